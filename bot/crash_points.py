"""Named points where the torture tests kill or stop the process; free of cost without TOCSIN_CRASH_AT."""

import os
import signal
import threading

RECORD, STOP = "record:", "stop:"

_armed: dict[str, int] = {}
_blow = [signal.SIGKILL]
_lock = threading.Lock()


def arm(spec: str | None) -> None:
    """`name:n` kills this process with SIGKILL at the n-th passage of `name` (counted from 1).

    `stop:name:n` stops it there with SIGSTOP instead, until somebody else lets it go on.
    `record:PATH` kills nobody and appends the name of each point that is passed to the file, a line each.
    """
    if spec and spec.startswith(RECORD):
        _armed[RECORD] = os.open(spec.removeprefix(RECORD), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    elif spec:
        _blow[0] = signal.SIGSTOP if spec.startswith(STOP) else signal.SIGKILL
        name, _, count = spec.removeprefix(STOP).partition(":")
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
            os.kill(os.getpid(), _blow[0])
