"""Named points where the torture tests kill the process; free of cost without TOCSIN_CRASH_AT."""

import os
import signal
import threading

RECORD = "record:"

_armed: dict[str, int] = {}
_lock = threading.Lock()


def arm(spec: str | None) -> None:
    """`name:n` kills this process with SIGKILL at the n-th passage of `name` (counted from 1).

    `record:PATH` kills nobody and appends the name of each point that is passed to the file, a line each.
    """
    if spec and spec.startswith(RECORD):
        _armed[RECORD] = os.open(spec.removeprefix(RECORD), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    elif spec:
        name, _, count = spec.partition(":")
        _armed[name] = int(count or "1")


def crashpoint(name: str) -> None:
    if not _armed:
        return
    if RECORD in _armed:
        os.write(_armed[RECORD], f"{name}\n".encode())
        return
    with _lock:
        left = _armed.get(name)
        if left is None:
            return
        _armed[name] = left - 1
        if left == 1:
            os.kill(os.getpid(), signal.SIGKILL)
