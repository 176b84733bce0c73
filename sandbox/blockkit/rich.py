"""Rich text and tables: what may stand in them, how long and how often."""

from typing import Any

from sandbox.blockkit.elements import URL
from sandbox.blockkit.schema import Array, Finding, Flag, Number, OneOf, Real, Shape, Spec, Str
from sandbox.records import Json

ROWS, COLUMNS, CELL_TEXT = 100, 20, 10_000
_ID: dict[str, Spec] = {"block_id": Str(255)}
_STYLE = Shape(
    {},
    {
        name: Flag()
        for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
    },
)
_STYLED: dict[str, Spec] = {"style": _STYLE}
_TEXT = Shape({"text": Str()}, _STYLED)
_LINK = Shape({"url": URL}, {**_STYLED, "text": Str(), "unsafe": Flag()})
INLINE = OneOf(
    {
        "text": _TEXT,
        "link": _LINK,
        "emoji": Shape({"name": Str()}, {**_STYLED, "unicode": Str(), "url": URL, "skin_tone": Number(1, 6)}),
        "user": Shape({"user_id": Str()}, _STYLED),
        "usergroup": Shape({"usergroup_id": Str()}, _STYLED),
        "channel": Shape({"channel_id": Str()}, _STYLED),
        "team": Shape({"team_id": Str()}, _STYLED),
        "broadcast": Shape({"range": Str(one_of=("here", "channel", "everyone"))}, _STYLED),
        "color": Shape({"value": Str(pattern=r"^#[0-9a-fA-F]{6}$")}, _STYLED),
        "date": Shape({"timestamp": Number(), "format": Str()}, {**_STYLED, "url": URL, "fallback": Str()}),
    },
    "element",
)
_SECTION = Shape({"elements": Array(INLINE, 1000, 0)})
_PART = OneOf(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": Shape(
            {
                "elements": Array(OneOf({"rich_text_section": _SECTION}, "element"), 1000),
                "style": Str(one_of=("bullet", "ordered")),
            },
            {"indent": Number(0, 8), "offset": Number(), "border": Number(0, 1)},
        ),
        "rich_text_quote": Shape({"elements": Array(INLINE, 1000)}, {"border": Number(0, 1)}),
        "rich_text_preformatted": Shape(
            {"elements": Array(OneOf({"text": _TEXT, "link": _LINK}, "element"), 1000)},
            {"border": Number(0, 1), "language": Str()},
        ),
    },
    "element",
)
RICH_TEXT = Shape({"elements": Array(_PART, 1000, 0)}, _ID)
_RAW: dict[str, Shape] = {
    "raw_text": Shape({"text": Str()}),
    "raw_number": Shape({"value": Real(), "text": Str()}),
}
_CELL = OneOf({**_RAW, "rich_text": RICH_TEXT}, "cell")
_COLUMN = Shape({}, {"align": Str(one_of=("left", "center", "right")), "is_wrapped": Flag()})


class _Setting:
    """The setting of a column, or null for one that is as ever."""

    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """A column's alignment and wrapping."""
        if value is not None:
            _COLUMN.check(value, at, found)


TABLE = Shape({"rows": Array(Array(_CELL, COLUMNS), ROWS)}, {**_ID, "column_settings": Array(_Setting(), COLUMNS)})


def _data_rows(value: Json, at: str, found: list[Finding]) -> None:
    rows = value.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return
    if len({len(row) for row in rows}) > 1:
        found.append(Finding("invalid_value", "rows must be of equal length", f"{at}/rows", "equalLength", True))
    for index, cell in enumerate(rows[0] if rows else ()):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            text = "a header cell is raw_text or raw_number"
            found.append(Finding("unsupported_cell", text, f"{at}/rows/0/{index}/type", "enum", sorted(_RAW)))
    if sum(words(cell) for row in rows for cell in row) > CELL_TEXT:
        text = f"the cells are limited to {CELL_TEXT} characters"
        found.append(Finding("too_long", text, f"{at}/rows", "maxLength", CELL_TEXT))


def words(node: Any) -> int:
    """How many characters of text are in a cell."""
    if isinstance(node, dict):
        return sum(
            len(value) if key == "text" and isinstance(value, str) else words(value) for key, value in node.items()
        )
    return sum(words(one) for one in node) if isinstance(node, list) else 0


DATA_TABLE = Shape(
    {"rows": Array(Array(_CELL, COLUMNS), ROWS + 1, 2), "caption": Str()},
    {**_ID, "page_size": Number(1, 100), "row_header_column_index": Number(0, COLUMNS - 1)},
    _data_rows,
)
TASK_CARD = Shape(
    {"task_id": Str(), "title": Str(), "status": Str(one_of=("pending", "in_progress", "complete", "error"))},
    {
        **_ID,
        "details": OneOf({"rich_text": RICH_TEXT}, "block"),
        "output": OneOf({"rich_text": RICH_TEXT}, "block"),
        "sources": Array(Shape({"url": URL, "text": Str()}, {"icon_url": URL})),
    },
)
PLAN = Shape({"title": Str()}, {**_ID, "tasks": Array(OneOf({"task_card": TASK_CARD}, "block"), 50, 0)})
