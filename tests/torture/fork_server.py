"""A process that has imported the bot and forks one for each line it reads: a start without a second of imports."""

import json
import os
import signal
import sys
import traceback
from typing import Any

from bot import __main__ as tocsin
from bot.cli import run
from bot.cli.data import audit
from bot.integrations import apprise_method

PREPARED = (audit, run)  # imported here, so that no child has to do it again


def main() -> None:
    """Each line is `{arguments, environment, log}`; the answer is the pid of the process that runs them."""
    apprise_method._apprise()  # half a second, which each child would take for its first page
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries them
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(order)
        print(child, flush=True)


def _become(order: dict[str, Any]) -> None:
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        os.environ.update(order["environment"])
        code = tocsin.main(order["arguments"])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
