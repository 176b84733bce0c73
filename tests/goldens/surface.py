"""The public surface as text: what users, scripts and stored journals rely on. `make goldens` writes it down again.

The REST API, the commands and the configuration are compared with docs/reference/ instead (`make docs`).
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import select

from bot.cli import arguments
from bot.domain.core.fact import Fact
from bot.domain.core.people import Actor
from bot.rendering.message import Renderer
from bot.services.command import roles
from bot.services.core import incident as incidents
from bot.services.incidents import lifecycle, notes, severity, updates
from bot.services.paging import escalations
from storage.models import JournalEntry
from tests.domain import (
    template_cases,
    template_cases_lifecycle,
    template_cases_lists,
    template_cases_rooms,
    template_cases_schedule,
    template_cases_severity,
    why_cases,
)
from tests.storage.delivery_harness import DeliveryHarness

FOLDER = Path(__file__).parent


def command_line() -> str:
    """`--help` of every command, in the order of the parser, at a width of 100."""
    return "\n".join(f"$ {one.prog} --help\n{one.format_help()}" for one in _parsers(_top()))


def _top() -> ArgumentParser:
    return arguments.parser(arguments.COMMANDS)


def _parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for name, child in action.choices.items():
                if child.prog.endswith(f" {name}"):  # an alias is the same parser under another name
                    yield from _parsers(child)


def facts() -> str:
    """Name and fields of every fact: the format of the journal. It only grows: what is written is kept for years."""
    return _json({name: fact.shape() for name, fact in Fact.all.items()})


def messages() -> str:
    """Every shipped template in every state that the tests know, as it is sent."""
    renderer = Renderer()
    cases = [
        *template_cases.CASES,
        *template_cases_lists.CASES,
        *template_cases_severity.CASES,
        *template_cases_rooms.CASES,
        *template_cases_lifecycle.CASES,
        *template_cases_schedule.CASES,
        *why_cases.why(template_cases.INCIDENT),
    ]
    rendered = [(name, renderer.message(name, context)) for name, context in cases]
    return _json([{"template": name, "text": one.text, "blocks": one.blocks} for name, one in rendered])


def journal() -> str:
    """What one night leaves behind: declared, declined, escalated, acknowledged, told, resolved, closed."""
    with TemporaryDirectory() as folder:
        room = DeliveryHarness.opened(Path(folder))
        _night(room)
        with room.desk.read() as session:
            rows = session.exec(select(JournalEntry).order_by(JournalEntry.seq)).all()  # type: ignore[arg-type]
        room.close()
    return _json([{**one.model_dump(exclude={"seq", "prev_hash"}), "body": json.loads(one.body)} for one in rows])


def _night(room: DeliveryHarness) -> None:
    room.declare("Checkout returns 5xx", service="checkout", description="since the deploy")
    room.deliver()
    room.later(minutes=2)
    room.act("U01ANA", lambda w, it: escalations.decline(w, it, reason="on a train"))
    room.deliver()
    room.later(minutes=1)
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    room.act("U01DEE", lambda w, it: roles.take_role(w, it, "ic", "U01DEE"))
    room.act("U01BO", lambda w, it: notes.note(w, it, "the pool is at 98 %"))
    room.act("U01DEE", lambda w, it: updates.publish(w, it, updates.Update("rolling back", status="identified")))
    room.deliver()
    room.act("U01DEE", lambda w, it: severity.set_severity(w, it, "sev2", "half of it is back"))
    room.later(minutes=29)
    room.act("tocsin", lifecycle.due_update)
    room.deliver()
    room.act("U01DEE", lambda w, it: lifecycle.resolve(w, it, lifecycle.Resolution("rolled back")))
    room.deliver()
    room.clock.forward(timedelta(days=1))
    with room.desk.work(Actor("U01DEE")) as w:
        lifecycle.close(w, incidents.find(w, 1))
    room.deliver()


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"


SURFACE: dict[str, Callable[[], str]] = {
    "command_line.txt": command_line,
    "facts.json": facts,
    "messages.json": messages,
    "journal.json": journal,
}


def write() -> None:
    for name, made in SURFACE.items():
        (FOLDER / name).write_text(made(), "utf-8")


if __name__ == "__main__":
    write()
