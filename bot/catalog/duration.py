"""Lengths of time as people write them: `30s 5m 4h 1d 2w`, and the calendar ones `1mo 7y`."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic.dataclasses import dataclass

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_PART = re.compile(r"([0-9]{1,9})(mo|[smhdwy])")
_WRITTEN = re.compile(r"(?:[0-9]{1,9}[smhdw])+")
_LONGEST = timedelta(days=36525)


@dataclass(frozen=True)
class Months:
    """A length in calendar months, whose days depend on where it starts."""

    count: int

    def __str__(self) -> str:
        return f"{self.count // 12}y" if self.count and self.count % 12 == 0 else f"{self.count}mo"


def parse_duration(text: Any) -> timedelta:
    """`1h30m` -> timedelta. Raises ValueError with the sentence a person needs."""
    if isinstance(text, timedelta):
        return text
    written = str(text).strip().lower()
    if not isinstance(text, str) or not _WRITTEN.fullmatch(written):
        raise ValueError(f'"{text}" is not a length of time; write a number with its unit, such as 30s, 5m, 4h or 1d.')
    length = timedelta(seconds=sum(int(number) * _SECONDS[unit] for number, unit in _PART.findall(written)))
    if length > _LONGEST:
        raise ValueError(f'"{text}" is longer than a hundred years; write a shorter length.')
    return length


def parse_span(text: Any) -> timedelta | Months:
    """Like `parse_duration`, and also `1mo` and `7y`, which become calendar months."""
    if isinstance(text, Months):
        return text
    calendar = re.fullmatch(r"([0-9]{1,4})(mo|y)", text.strip().lower()) if isinstance(text, str) else None
    if calendar is None:
        return parse_duration(text)
    return Months(int(calendar[1]) * (12 if calendar[2] == "y" else 1))


def format_duration(length: timedelta) -> str:
    """The shortest spelling that parses back to the same length: 5400 s -> `1h30m`."""
    rest, parts = int(length.total_seconds()), []
    for unit in ("d", "h", "m", "s"):
        number, rest = divmod(rest, _SECONDS[unit])
        if number:
            parts.append(f"{number}{unit}")
    return "".join(parts) or "0m"


def _format_span(span: timedelta | Months) -> str:
    return str(span) if isinstance(span, Months) else format_duration(span)


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration, return_type=str),
    WithJsonSchema({"type": "string", "title": "length of time", "examples": ["30s", "5m", "4h", "1d"]}),
]
Span = Annotated[
    timedelta | Months,
    PlainValidator(parse_span),
    PlainSerializer(_format_span, return_type=str),
    WithJsonSchema({"type": "string", "title": "length of time", "examples": ["24h", "1mo", "7y"]}),
]
