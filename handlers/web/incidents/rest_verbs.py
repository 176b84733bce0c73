"""What a program or the command line may ask of an incident: one strict body per verb, one use case each."""

from typing import Literal

from pydantic import AwareDatetime

from bot.catalog import Duration
from bot.domain.core import people
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle, notes, roles, updates
from bot.services.incidents import severity as severity_service
from bot.work import Work
from handlers.web.rest_verb import RestRequest, Text
from storage.models import Incident


class Declare(RestRequest):
    title: str
    severity: str = ""
    service: str = ""
    description: str = ""
    private: bool = False
    drill: bool = False


class Update(RestRequest):
    """`next_in` is a length of time (30m); without it the severity's own cadence holds."""

    text: str
    status: Literal["", "investigating", "identified", "monitoring"] = ""
    severity: str = ""
    impact: str = ""
    next_in: Duration | None = None


class Severity(RestRequest):
    severity: str
    reason: str = ""


class Status(RestRequest):
    status: str
    reason: str = ""


class Commander(RestRequest):
    person: str


class Resolve(RestRequest):
    text: str
    impact: str = ""
    mitigated_at: AwareDatetime | None = None


class Role(RestRequest):
    """Without a `person`, whoever asks takes it."""

    role: str
    person: str = ""


def declare(w: Work, body: Declare) -> Answer:
    what = lifecycle.Declaration(
        title=body.title,
        severity=body.severity,
        service=body.service,
        description=body.description,
        private=body.private,
        drill=body.drill,
        source=w.actor.via,
    )
    return lifecycle.declare(w, what)


def _note(w: Work, incident: Incident, body: Text) -> Answer:
    return notes.note(w, incident, body.text)


def _update(w: Work, incident: Incident, body: Update) -> Answer:
    what = updates.Update(
        text=body.text,
        status=body.status,
        severity=body.severity,
        impact=body.impact,
        next_in=body.next_in,
        keep_cadence=body.next_in is None,
    )
    return updates.publish(w, incident, what)


def _severity(w: Work, incident: Incident, body: Severity) -> Answer:
    return severity_service.set_severity(w, incident, body.severity, body.reason)


def _status(w: Work, incident: Incident, body: Status) -> Answer:
    return lifecycle.set_status(w, incident, body.status, body.reason)


def _ic(w: Work, incident: Incident, body: Commander) -> Answer:
    return roles.take_role(w, incident, "ic", people.identify(body.person, w.catalog))


def _role(w: Work, incident: Incident, body: Role) -> Answer:
    person = people.identify(body.person, w.catalog) if body.person else w.actor.who
    return roles.take_role(w, incident, body.role, person)


def _resolve(w: Work, incident: Incident, body: Resolve) -> Answer:
    how = lifecycle.Resolution(text=body.text, impact=body.impact, mitigated_at=body.mitigated_at)
    return lifecycle.resolve(w, incident, how)
