"""A process that has imported the bot and forks one for each line it reads: a start without a second of imports."""

import json
import os
import signal
import sys
import time
import traceback
from typing import Any

from bot import __main__ as tocsin
from bot.cli import run
from bot.cli.data import audit
from bot.integrations import apprise_method
from tests.torture import planted
from tests.torture.processes import PLANTED, UNPLANTED

PREPARED = (audit, run)  # imported here, so that no child has to do it again


_graves: dict[int, str] = {}
"""Where the end of each child is written."""
_unclaimed: dict[int, str] = {}


def main() -> None:
    """Each line is `{arguments, environment, log, ends}`; the answer is the pid of the process that runs them.

    How it ended is a line of the file `ends`: no one but its parent can know.
    """
    apprise_method._apprise()  # half a second, which each child would take for its first page
    signal.signal(signal.SIGCHLD, _bury)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(order)
        _graves[child] = order["ends"]
        if child in _unclaimed:
            _write(child, _unclaimed.pop(child))
        print(child, flush=True)


def _bury(number: int, frame: Any) -> None:
    while True:
        try:
            child, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if child == 0:
            return
        words = json.dumps({"pid": child, "status": os.waitstatus_to_exitcode(status), "at": time.time()})
        if child in _graves:
            _write(child, words)
        else:  # it ended before it was known here
            _unclaimed[child] = words


def _write(child: int, words: str) -> None:
    with open(_graves.pop(child), "a", encoding="utf-8") as file:
        file.write(f"{words}\n")


def _become(order: dict[str, Any]) -> None:
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        os.environ.update(order["environment"])
        if name := os.environ.get(PLANTED):
            code = UNPLANTED
            planted.plant(name)
            code = 1
        code = tocsin.main(order["arguments"])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
