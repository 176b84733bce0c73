"""Overrides and cover for programs and for the command line: the same use cases as in Slack, answered as JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import AwareDatetime
from sqlmodel import Session, col, select

from bot.domain.core.people import Actor
from bot.rendering.contexts import render
from bot.rendering.contexts.core.composer import Composer
from bot.services.core.answer import Answer
from bot.services.schedules import cover_requests as cover_request_service
from bot.services.schedules import overrides as override_service
from bot.services.schedules.cover_requests import Offer, Window
from bot.services.schedules.overrides import Wanted
from bot.work import Work, WorkFactory
from handlers.web import rest_verb
from handlers.web.rest_verb import BadRequest, RestRequest
from handlers.web.serializers import Json
from storage.models import CoverRequest, ScheduleOverride


class Override(RestRequest):
    """`kind` only takes `people` and nobody else; replace needs a `substitute`."""

    schedule: str
    kind: Literal["add", "remove", "replace", "only"]
    start: AwareDatetime
    end: AwareDatetime
    person: str = ""
    substitute: str = ""
    people: tuple[str, ...] = ()
    note: str = ""


class Cover(RestRequest):
    schedule: str
    start: AwareDatetime
    end: AwareDatetime
    note: str = ""


class Swap(Cover):
    """The shifts of whoever asks in [start, end), for those of `partner` in [back_start, back_end)."""

    partner: str
    back_start: AwareDatetime
    back_end: AwareDatetime


class Numbered(RestRequest):
    number: int


@dataclass(frozen=True)
class Verb:
    body: type[RestRequest]
    use_case: Callable[[Work, Any], Answer]


def _override(w: Work, body: Override) -> Answer:
    return override_service.add(w, Wanted(**{**body.model_dump(), "people": tuple(body.people)}))


VERBS: dict[str, Verb] = {
    "override": Verb(Override, _override),
    "cancel-override": Verb(Numbered, lambda w, body: override_service.cancel(w, body.number)),
    "ask-cover": Verb(Cover, lambda w, body: cover_request_service.ask(w, Window(**body.model_dump()))),
    "take-cover": Verb(Numbered, lambda w, body: cover_request_service.take(w, body.number)),
    "ask-swap": Verb(Swap, lambda w, body: cover_request_service.offer(w, Offer(**body.model_dump()))),
    "decline-cover": Verb(Numbered, lambda w, body: cover_request_service.decline(w, body.number)),
    "withdraw-cover": Verb(Numbered, lambda w, body: cover_request_service.withdraw(w, body.number)),
}


class Schedules:
    """`change` raises DomainError or BadOrder."""

    def __init__(self, desk: WorkFactory, composer: Callable[[], Composer]) -> None:
        self._desk, self._composer = desk, composer

    def change(self, actor: Actor, verb: str, given: Mapping[str, Any], key: str | None = None) -> Json:
        """One verb of `VERBS`. The same `key` again changes nothing and gives the first answer."""
        known = VERBS.get(verb)
        if known is None:
            raise BadRequest(f'there is no action "{verb}": use one of {", ".join(VERBS)}')
        body = rest_verb.read(known.body, given)
        once = f"{actor.via}:{key}" if key else None
        answer = self._desk.run(actor, once, lambda w: known.use_case(w, body), Answer.restore)
        with self._desk.read() as session:
            message = render.answer(session, self._composer(), answer.template, None, answer.values)
        return {"answer": answer.template, "message": message.text, **answer.values}

    def overrides(self) -> list[Json]:
        """Those that hold or are to come."""
        now = self._desk.clock.now().isoformat()
        with self._desk.read() as session:
            return [one for one in all_overrides(session) if one["cancelled_at"] is None and one["end"] > now]

    def covers(self) -> list[Json]:
        with self._desk.read() as session:
            return cover_requests(session)


def all_overrides(session: Session) -> list[Json]:
    """Every override that ever was made, in order of time; times are ISO 8601 in UTC."""
    query = select(ScheduleOverride).order_by(col(ScheduleOverride.start), col(ScheduleOverride.id))
    return [_plain_override(row) for row in session.exec(query)]


def _plain_override(row: ScheduleOverride) -> Json:
    return {
        "number": row.id,
        "schedule": row.schedule,
        "kind": row.kind,
        "person": row.person or None,
        "substitute": row.substitute,
        "people": list(row.people),
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "note": row.note,
        "cover": row.cover,
        "by": row.created_by,
        "cancelled_at": row.cancelled_at.isoformat() if row.cancelled_at else None,
    }


def cover_requests(session: Session) -> list[Json]:
    """The requests for cover and swaps that are open, in order of time; of a swap who is asked, and the shifts."""
    query = select(CoverRequest).where(CoverRequest.state == "open").order_by(col(CoverRequest.start))
    return [
        {
            "number": row.id,
            "schedule": row.schedule,
            "person": row.person,
            "start": row.start.isoformat(),
            "end": row.end.isoformat(),
            "note": row.note,
            "partner": row.partner,
            "gives": row.gives,
            "takes": row.takes,
        }
        for row in session.exec(query)
    ]
