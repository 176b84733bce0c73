"""How long something took or will take, in words a person reads at a glance."""

from __future__ import annotations

from datetime import timedelta

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def human(span: timedelta) -> str:
    """Two neighbouring units at most: ``45 s``, ``2 min 10 s``, ``41 min``, ``2 h 15 min``, ``1 d 3 h``.

    Seconds are shown below ten minutes only; what is left out is rounded down, so that a wait is never overstated.
    A negative span is shown with a minus sign.
    """
    seconds = int(abs(span).total_seconds())
    sign = "-" if span < timedelta(0) and seconds else ""
    return sign + _words(seconds)


def _words(seconds: int) -> str:
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < 10 * _MINUTE:
        return _pair(seconds, _MINUTE, "min", 1, "s")
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return _pair(seconds, _HOUR, "h", _MINUTE, "min")
    return _pair(seconds, _DAY, "d", _HOUR, "h")


def _pair(seconds: int, large: int, large_name: str, small: int, small_name: str) -> str:
    rest = seconds % large // small
    head = f"{seconds // large} {large_name}"
    return f"{head} {rest} {small_name}" if rest else head
