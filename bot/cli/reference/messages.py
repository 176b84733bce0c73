"""docs/reference/messages.md: what each message template is given, noun by noun.

The table of templates/slack/README.md is the source of these words; the folders say which noun a template belongs to.
"""

import re
from pathlib import Path

import bot

FOLDER = Path(bot.__file__).parent.parent / "templates" / "slack"
_HEAD = """\
# What each message is given

`make docs` writes this page from `templates/slack/README.md`, which also has the rules of the mark-up and the names
that every message is given under `incident`. How to change the words: [howto/templates.md](../howto/templates.md).
Names marked ? may be None. *When* is a time, *person* a mention or a text, *span* a length of time.
"""
_ROW = re.compile(r"^\| ([a-z_0-9]+(?:, [a-z_0-9]+)*) \| (.+) \|$")


def text() -> str:
    """The page: a table for each folder of templates. Raises ValueError for a template that no table explains."""
    given = explained((FOLDER / "README.md").read_text("utf-8"))
    parts = [_HEAD]
    for noun in sorted({path.parent for path in FOLDER.rglob("*/*.md")}):
        rows = [f"| `{path.stem}` | {_given(path, given)} |" for path in sorted(noun.glob("*.md"))]
        name = noun.relative_to(FOLDER).as_posix()
        parts.append("\n".join([f"## {name}", "", "| Template | Besides `incident` |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


def explained(readme: str) -> dict[str, str]:
    """Template -> what its row of the table says."""
    rows = (row for line in readme.splitlines() if (row := _ROW.match(line)))
    return {name.strip(): row[2] for row in rows for name in row[1].split(",")}


def _given(path: Path, given: dict[str, str]) -> str:
    if path.stem not in given:
        raise ValueError(f"templates/slack/README.md does not say what {path.stem} is given")
    return given[path.stem]
