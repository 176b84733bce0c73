"""A page in plain text, for every way but Slack, and the ways as people call them."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.catalog.sections.company import Person
from bot.domain.assistance import questions
from bot.domain.contact.methods import NAMES
from bot.domain.incidents.visibility import hides_words
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.models import Page, PageStep, StepState
from storage.queries.incident_view import IncidentView

HIDDEN = "a private incident"


def reach(show: Presenter, dossier: IncidentView | None, row: Page, person: Person | None, ack_url: str) -> Context:
    """What `mail/page.txt` and `mail/title.txt` are given. A private incident keeps its words to itself."""
    base = {"test": dossier is None, "why": row.why, "ack_url": ack_url or None, "incident": None, "since": None,
            "decision": questions.is_asked(row.why)}  # fmt: skip
    if dossier is None:
        return base
    shown = incident(show, dossier)
    shown |= {"declared_by": show.name(dossier.incident.declared_by)}
    if hides_words(dossier.incident):
        base |= {"why": questions.public(row.why)}
        shown |= {"title": HIDDEN, "summary": None}
    zone = show.catalog.timezone(person)
    return base | {"incident": shown, "since": local(dossier.incident.declared_at, zone)}


def unanswered(show: Presenter, dossier: IncidentView, person: Person | None) -> Context:
    """What `mail/alarm.txt` is given. A private incident keeps its words to itself."""
    shown = incident(show, dossier)
    if hides_words(dossier.incident):
        shown |= {"title": HIDDEN, "summary": None}
    return {"incident": shown, "since": local(dossier.incident.declared_at, show.catalog.timezone(person))}


def local(at: datetime, zone: str) -> str:
    """A moment as somebody reads it who has no client that would convert it."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M on %d %b} ({zone})"


def also(show: Presenter, steps: Sequence[PageStep]) -> list[Context]:
    """The ways beside Slack that reached the person, are under way, or come later (`at`)."""
    shown = [
        step
        for step in steps
        if step.via != "slack" and step.state in (StepState.WAITING, StepState.OWED, StepState.SENT, StepState.FAILED)
    ]
    return [
        {
            "way": NAMES.get(step.via, step.via),
            "at": show.when(step.due_at) if step.state == StepState.WAITING else None,
            "failed": step.state == StepState.FAILED,
            "sent": step.state == StepState.SENT,
        }
        for step in shown
    ]


def reached(steps: Sequence[PageStep]) -> str | None:
    """Every way by which a page arrived, for the paging thread: "Slack and e-mail"."""
    names = [
        NAMES.get(step.via, step.via)
        for step in sorted(steps, key=lambda step: step.via != "slack")
        if step.state == StepState.SENT
    ]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or None
