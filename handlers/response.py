"""What a listener hands back: the boundary alone knows how each kind travels to Slack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.rendering.message import Message
from bot.services.core.answer import Answer

View = dict[str, Any]


@dataclass(frozen=True)
class Show:
    """Opens a modal; from inside a modal it is stacked on top."""

    view: View


@dataclass(frozen=True)
class Screen:
    """Something to read: a command gets it as its answer, a click as a modal."""

    title: str
    message: Message


@dataclass(frozen=True)
class Redraw:
    """Replaces the modal in which something was chosen."""

    view: View


@dataclass(frozen=True)
class Swap:
    """Answers a submission with another view in place of the submitted one."""

    view: View


@dataclass(frozen=True)
class Errors:
    """Answers a submission: {block_id: sentence}, shown under the fields."""

    errors: Mapping[str, str]


@dataclass(frozen=True)
class Options:
    """The choices of a menu that Slack asks for: (value, label)."""

    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Ask:
    """Words could mean several things: the question, and (value, label) of what can be chosen; nothing has changed."""

    question: str
    choices: Sequence[tuple[str, str]]


Reply = Answer | Show | Screen | Redraw | Swap | Errors | Options | Ask | None
