"""How commands print: plain lines for people, aligned columns, one JSON document for programs."""

import json
from collections.abc import Sequence
from typing import Any


def document(value: Any) -> None:
    """The one JSON document of `--json`."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows of equal length as aligned columns; the last one is not padded."""
    if not rows:
        return
    widths = [max(len(row[number]) for row in rows) for number in range(len(rows[0]))]
    for row in rows:
        padded = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        print("  ".join([*padded, row[-1]]).rstrip())
