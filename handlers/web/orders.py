"""What a program or the command line may ask of an incident: one strict body per verb, one use case each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from bot.catalog import Duration
from bot.domain import people
from bot.services import conduct, lifecycle, paging
from bot.services.answer import Answer
from bot.work import Work
from storage.models import Incident


class BadOrder(Exception):
    """The body cannot be understood; the text is the sentence for whoever sent it."""


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid", str_max_length=20_000)


class Nothing(Order):
    """A verb that needs no more than its incident."""


class Declare(Order):
    title: str
    severity: str = ""
    service: str = ""
    description: str = ""
    private: bool = False
    drill: bool = False


class Text(Order):
    text: str


class Update(Order):
    """`next_in` is a length of time (30m); without it the severity's own cadence holds."""

    text: str
    status: Literal["", "investigating", "identified", "monitoring"] = ""
    severity: str = ""
    impact: str = ""
    next_in: Duration | None = None


class Severity(Order):
    severity: str
    reason: str = ""


class Status(Order):
    status: str
    reason: str = ""


class Commander(Order):
    person: str


class Resolve(Order):
    text: str
    impact: str = ""
    mitigated_at: AwareDatetime | None = None


@dataclass(frozen=True)
class Verb:
    """`body` is what the verb needs to be told, `use_case` what it does to the locked incident."""

    body: type[Order]
    use_case: Callable[[Work, Incident, Any], Answer]


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


def _ack(w: Work, incident: Incident, body: Nothing) -> Answer:
    return paging.acknowledge(w, incident)


def _note(w: Work, incident: Incident, body: Text) -> Answer:
    return conduct.note(w, incident, body.text)


def _update(w: Work, incident: Incident, body: Update) -> Answer:
    what = conduct.Update(
        text=body.text,
        status=body.status,
        severity=body.severity,
        impact=body.impact,
        next_in=body.next_in,
        keep_cadence=body.next_in is None,
    )
    return conduct.publish(w, incident, what)


def _severity(w: Work, incident: Incident, body: Severity) -> Answer:
    return lifecycle.set_severity(w, incident, body.severity, body.reason)


def _status(w: Work, incident: Incident, body: Status) -> Answer:
    return lifecycle.set_status(w, incident, body.status, body.reason)


def _ic(w: Work, incident: Incident, body: Commander) -> Answer:
    return conduct.take_role(w, incident, "ic", people.identify(body.person, w.catalog))


def _resolve(w: Work, incident: Incident, body: Resolve) -> Answer:
    how = lifecycle.Resolution(text=body.text, impact=body.impact, mitigated_at=body.mitigated_at)
    return lifecycle.resolve(w, incident, how)


VERBS: dict[str, Verb] = {
    "ack": Verb(Nothing, _ack),
    "note": Verb(Text, _note),
    "update": Verb(Update, _update),
    "severity": Verb(Severity, _severity),
    "status": Verb(Status, _status),
    "ic": Verb(Commander, _ic),
    "resolve": Verb(Resolve, _resolve),
}


def read(body: type[Order], given: Mapping[str, Any]) -> Any:
    """The parsed body. Raises BadOrder with every complaint in one sentence."""
    try:
        return body.model_validate(given)
    except ValidationError as error:
        raise BadOrder("; ".join(_complaint(one) for one in error.errors(include_url=False))) from None


def _complaint(error: Mapping[str, Any]) -> str:
    field = ".".join(str(part) for part in error["loc"])
    said = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    if error["type"] == "extra_forbidden":
        return f'there is no field "{field}"'
    if error["type"] == "missing":
        return f'the field "{field}" is missing'
    return f"{field}: {said}" if field else said
