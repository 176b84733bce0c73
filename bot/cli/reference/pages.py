"""What is written from the source for docs/: `make docs`. A test compares each file with what is written now."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bot
from bot.cli.reference import configuration, messages, permissions, schema
from bot.health import Health
from handlers import verbs
from handlers.door import Door
from handlers.web.application import create_app
from handlers.web.site import Site

DOCS = Path(bot.__file__).parent.parent / "docs"


def openapi() -> str:
    """What FastAPI says of the doors that it serves; describing them asks nothing of what lies behind."""
    nothing: Any = None
    site = Site(Door(nothing, nothing), Health(), lambda: b"", token="")
    return json.dumps(create_app(site).openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": verbs.markdown,
    "reference/configuration.md": configuration.text,
    "reference/tocsin.schema.json": schema.text,
    "reference/messages.md": messages.text,
    "reference/permissions.md": permissions.text,
    "reference/openapi.json": openapi,
}


def write() -> None:
    """Writes every page."""
    for name, text in PAGES.items():
        (DOCS / name).write_text(text(), "utf-8")


if __name__ == "__main__":
    write()
