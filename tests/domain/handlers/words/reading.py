"""How a line of words is read, in one line that a table can hold."""

from functools import cache

from bot.catalog import Catalog, load
from bot.domain.core.errors import DomainError
from handlers.words import command_parser
from handlers.words.command import Ambiguity, Command


@cache
def catalog() -> Catalog:
    return load(None)


def read(typed: str, room: int | None = None) -> str:
    """`resolve INC-2 "rolled back"`; `?` begins what is in doubt, `ask` what two buttons offer, `no` a refusal."""
    try:
        said = command_parser.incident(typed, catalog(), room=lambda: room)
    except DomainError as refusal:
        return f"no {type(refusal).__name__}"
    if isinstance(said, Ambiguity):
        return "ask " + " | ".join(shown(command) for _, command in said.choices)
    return shown(said)


def shown(said: Command) -> str:
    if said.verb is None:
        return "menu" if said.menu else "unknown"
    about = f"INC-{said.reference}" if said.reference is not None else ""
    ticked = [name for name in ("private", "drill", "dry_run") if getattr(said, name)]
    doubts = [
        f'? INC-{one.number} "{one.text}"{" faint" if one.faint else ""}{" counts" if one.counts else ""}'
        for one in said.doubt
    ]
    parts = [said.verb.name, about, said.severity or "", f'"{said.text}"' if said.text else "",
             f"service={said.service}" if said.service else "", *ticked, *(["unnamed"] * said.unnamed),
             *doubts]  # fmt: skip
    return " ".join(part for part in parts if part)
