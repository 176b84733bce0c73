"""What a noun says of a message that is named by its template: how its context is built, and what that needs.

Rows stand beside the functions that build contexts, so that a use case needs to know no more than a name and values.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.rendering.contexts.core.presenter import Presenter
from storage.models import TimelineEntry
from storage.queries import incident_view
from storage.queries.command import Kept
from storage.queries.incident_view import IncidentView

Values = Mapping[str, Any]


@dataclass(frozen=True)
class MessageContext:
    """What a message is about: the incident as it is now, the values the use case gave, its timeline, what is kept."""

    show: Presenter
    dossier: IncidentView
    values: Values = field(default_factory=dict)
    timeline: Sequence[TimelineEntry] = ()
    kept: Kept = field(default_factory=Kept)


Build = Callable[[MessageContext], dict[str, Any]]


def of_values(build: Callable[[Presenter, IncidentView, Values], dict[str, Any]]) -> Build:
    """A builder that takes the three of them apart."""
    return lambda it: build(it.show, it.dossier, it.values)


def of_incident(build: Callable[[Presenter, IncidentView], dict[str, Any]]) -> Build:
    """A builder to which the values of the use case say nothing."""
    return lambda it: build(it.show, it.dossier)


@dataclass(frozen=True, kw_only=True)
class _Message:
    #: It says what the message that was clicked shows already, since that is drawn anew: nobody is told again.
    drawn_anew: bool = False


@dataclass(frozen=True)
class IncidentMessage(_Message):
    """A message about an incident."""

    build: Build
    #: What of the incident's record it shows. The quickest answers ask for less than the whole of it.
    parts: frozenset[str] = incident_view.PARTS
    #: Whether it shows the timeline.
    timeline: bool = False
    #: Whether it shows decisions, mitigations and since when somebody has a role.
    kept: bool = False


@dataclass(frozen=True)
class PlainMessage(_Message):
    """A message about no incident, or about several."""

    build: Callable[[Presenter, Values], dict[str, Any]]


ROW: frozenset[str] = frozenset()
"""Parts of a message that the incident's own row is enough for: it names nobody and links nowhere."""
Messages = Mapping[str, IncidentMessage | PlainMessage]


def nothing(show: Presenter, values: Values) -> dict[str, Any]:
    """For a template that is given nothing."""
    return {}
