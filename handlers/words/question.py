"""Words that mean several things are asked about: each button carries the whole command, kept where no limit cuts it.

A button's value holds 2,000 characters and a menu's 150; a note may have more. So the value names the question, and
what each choice does stands beside the key of the request that asked, for a fortnight.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.domain.core.errors import DomainError
from bot.domain.core.people import Actor
from handlers import verbs
from handlers.door import Door
from handlers.request import Request
from handlers.response import Ask
from handlers.words.command import Command
from storage import once

LABEL = 75


class QuestionIsOver(DomainError):
    """This button belongs to a question that is too old; nothing was changed. Write the command again."""


class LeftAlone(DomainError):
    """OK. Nothing was declared, and no one was paged."""


class QuestionIsAnswered(DomainError):
    """That question has been answered already{about}, so nothing more was done."""


def ask(door: Door, request: Request, question: str, choices: Sequence[tuple[str, Command]]) -> Ask:
    """Keeps what each choice would do, and asks. The same request that comes again asks the same."""
    key = f"{request.key}:ask"
    asked = {
        "user": request.user,
        "question": question,
        "choices": [{"label": label, "command": _plain(one)} for label, one in choices],
    }
    kept: dict[str, Any] = door.desk.run(Actor(request.user), key, lambda w: asked, dict)
    labels = [_short(str(one["label"])) for one in kept["choices"]]
    return Ask(str(kept["question"]), [(f"{key}|{n}", label) for n, label in enumerate(labels)])


def _short(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 2] + "…" + ("”" if label.endswith("”") else "")


def is_answer(request: Request) -> bool:
    """Whether the value that was pressed names a question; that of an older release was the command itself."""
    return "|" in request.value


def answered(door: Door, request: Request) -> tuple[Request, Command]:
    """What was chosen. It counts once, whichever button is pressed again. Raises QuestionIsOver, QuestionIsAnswered."""
    key, _, choice = request.value.rpartition("|")
    with door.desk.read() as session:
        kept: dict[str, Any] = once.answer(session, key) or {}
        done: dict[str, Any] | None = once.answer(session, f"{key}:answered")
    choices = kept.get("choices", [])
    if kept.get("user") != request.user or not choice.isdigit() or int(choice) >= len(choices):
        raise QuestionIsOver
    if done is not None:
        number = done.get("incident")
        raise QuestionIsAnswered(about=f" ({door.catalog.reference(int(number))})" if number else "")
    return replace(request, key=f"{key}:answered"), _restored(choices[int(choice)]["command"])


def _plain(said: Command) -> dict[str, Any]:
    return {**asdict(replace(said, verb=None, doubt=(), instead=())), "verb": said.verb.name if said.verb else None}


def _restored(kept: dict[str, Any]) -> Command:
    verb = verbs.find("/incident", str(kept["verb"]))
    return Command(**{**kept, "verb": verb, "doubt": (), "instead": ()})
