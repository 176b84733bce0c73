"""What a fact is: something that became true, as plain JSON (times as ISO 8601 text).

It is written to the journal as it is. People are Slack ids, or catalogue keys of people without one.
"""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Fact:
    """The base of all facts. `name` is the class's name in the journal."""

    all: ClassVar[dict[str, type["Fact"]]] = {}

    def __init_subclass__(cls) -> None:
        Fact.all[cls.__name__] = cls

    @property
    def name(self) -> str:
        return type(self).__name__

    def body(self) -> dict[str, Any]:
        return {key: _plain(value) for key, value in asdict(self).items()}

    @classmethod
    def shape(cls) -> list[str]:
        return [field.name for field in fields(cls)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
