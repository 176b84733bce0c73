"""Lines of an escalation's log about one way: everybody of a level whom it failed, or reached in place of another.

A provider that is down fails everybody whom it should have reached: that is one line, not one for each of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.contact.methods import NAMES
from bot.rendering.contexts.core.message import IncidentMessage, Messages, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.models import PageStep, StepState
from storage.queries.incident_view import IncidentView


def failed(show: Presenter, dossier: IncidentView, values: Mapping[str, Any]) -> Context:
    """What `ladder_way_failed` is given: the people, by the reason."""
    reasons: dict[str, list[str]] = {}
    for person, steps in _of_level(dossier, values):
        for step in steps:
            if step.via == values["via"] and step.state == StepState.FAILED:
                reasons.setdefault(step.note, []).append(person)
    failures = [{"people": show.everyone(people), "reason": show.words(why)} for why, people in reasons.items()]
    return {**_about(show, dossier, values), "failures": failures}


def reached(show: Presenter, dossier: IncidentView, values: Mapping[str, Any]) -> Context:
    """What `ladder_reached` is given."""
    people = [person for person, steps in _of_level(dossier, values) if _instead(steps, values["via"])]
    return {**_about(show, dossier, values), "people": show.everyone(people)}


def _about(show: Presenter, dossier: IncidentView, values: Mapping[str, Any]) -> Context:
    return {"incident": incident(show, dossier), "way": NAMES.get(values["via"], values["via"])}


def _of_level(dossier: IncidentView, values: Mapping[str, Any]) -> Iterator[tuple[str, list[PageStep]]]:
    """Everybody of the line's level, with the ways to them."""
    for page in dossier.pages:
        if (page.cycle, page.level) == (values["cycle"], values["level"]):
            yield page.person, [step for step in dossier.steps if step.page == page.id]


def _instead(steps: list[PageStep], via: str) -> bool:
    """Did this way arrive where another one failed, or was too slow?"""
    arrived = any(one.via == via and one.state == StepState.SENT for one in steps)
    return arrived and any(one.state == StepState.FAILED or one.late_at is not None for one in steps)


MESSAGES: Messages = {
    "ladder_way_failed": IncidentMessage(of_values(failed)),
    "ladder_reached": IncidentMessage(of_values(reached)),
}
