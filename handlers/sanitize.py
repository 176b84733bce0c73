"""Text that can be kept and sent on: PostgreSQL refuses U+0000, and UTF-8 half a surrogate pair."""

import re
from typing import TypeVar

Value = TypeVar("Value")

_ILLEGIBLE = re.compile("[\x00\ud800-\udfff]")


def legible(value: Value) -> Value:
    """The same value, each character in its texts that cannot be kept replaced by U+FFFD. Values of JSON only."""
    kept: object = value
    if isinstance(value, str):
        kept = _ILLEGIBLE.sub("\ufffd", value)
    elif isinstance(value, dict):
        kept = {legible(name): legible(one) for name, one in value.items()}
    elif isinstance(value, list):
        kept = [legible(one) for one in value]
    return kept  # type: ignore[return-value]
