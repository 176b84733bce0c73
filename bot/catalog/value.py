"""The base of every configured value: strict, frozen, and refusing keys that it does not know."""

from functools import cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, WithJsonSchema


class Value(BaseModel):
    """A configured thing; hashable as long as its fields are."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", populate_by_name=True)


class Keyed(Value):
    """A value that lives under its own name in a section of the file."""

    key: str


@cache
def zone(name: str) -> ZoneInfo:
    """The IANA zone `name`. Raises ValueError when there is no such zone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(
            f'"{name}" is not a time zone; write an IANA name such as Europe/Madrid, America/New_York or UTC.'
        ) from error


def _zone_name(name: str) -> str:
    zone(name)
    return name


ZoneName = Annotated[
    str,
    AfterValidator(_zone_name),
    WithJsonSchema({"type": "string", "title": "time zone", "examples": ["UTC", "Europe/Madrid"]}),
]
Plain = dict[str, Any]
"""A section whose strict schema a later capability brings: str, int, Decimal, bool, None, dict and tuple."""
