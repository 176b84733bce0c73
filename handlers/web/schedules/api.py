"""Overrides and cover for programs and for the command line: the same use cases as in Slack, answered as JSON."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.catalog import Catalog
from bot.domain.core.people import Actor
from bot.domain.schedules import idle, overrides
from bot.rendering.contexts import render
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.contexts.core.presenter import named_in
from bot.services.core.answer import Answer
from bot.services.schedules import cover_requests as cover_request_service
from bot.services.schedules import overrides as override_service
from bot.services.schedules.cover_requests import Offer, Window
from bot.services.schedules.overrides import Wanted
from bot.work import Work, WorkFactory
from handlers import verb_body
from handlers.web import rest_verbs
from handlers.web.serializers import Json, sentence
from storage.models import CoverRequest, CoverState, ScheduleOverride
from storage.queries import schedules as schedule_queries


def _override(w: Work, body: Any) -> Answer:
    return override_service.add(w, Wanted(**body.model_dump()))


CHANGES: dict[str, Callable[[Work, Any], Answer]] = {
    "override": _override,
    "cancel-override": lambda w, body: override_service.cancel(w, body.number),
    "ask-cover": lambda w, body: cover_request_service.ask(w, Window(**body.model_dump())),
    "take-cover": lambda w, body: cover_request_service.take(w, body.number),
    "ask-swap": lambda w, body: cover_request_service.offer(w, Offer(**body.model_dump())),
    "decline-cover": lambda w, body: cover_request_service.decline(w, body.number),
    "withdraw-cover": lambda w, body: cover_request_service.withdraw(w, body.number),
}


class Schedules:
    """`change` raises DomainError, NoSuchVerb or BadRequest."""

    def __init__(self, desk: WorkFactory, composer: Callable[[], Composer]) -> None:
        self._desk, self._composer = desk, composer

    def change(self, actor: Actor, verb: str, given: Mapping[str, Any], key: str | None = None) -> Json:
        """One verb of `CHANGES`. The same `key` again changes nothing and gives the first answer."""
        known = rest_verbs.change("schedules", verb)
        body, change = verb_body.read(known, given), CHANGES[known.name]
        once = f"{actor.via}:{key}" if key else None
        answer = self._desk.run(actor, once, lambda w: change(w, body), Answer.restore)
        with self._desk.read() as session:
            composer = self._composer()
            message = render.answer(session, composer, answer.template, None, answer.values)
            said = sentence(composer.showing(session, named_in(message.text)), message.text)
        return {"answer": answer.template, "message": said, **answer.values}

    def overrides(self) -> list[Json]:
        """Those that hold or are to come."""
        now = self._desk.clock.now()
        with self._desk.read() as session:
            rows = all_overrides(session, self._desk.catalog, now)
            return [one for one in rows if one["cancelled_at"] is None and one["end"] > now.isoformat()]

    def covers(self) -> list[Json]:
        with self._desk.read() as session:
            return cover_requests(session)


def all_overrides(session: Session, catalog: Catalog, now: datetime) -> list[Json]:
    """Every override that ever was made, in order of time; times are ISO 8601 in UTC.

    `without_effect`: it runs or is to come, and changes nothing any more.
    """
    rota = overrides.rota_of(catalog, *schedule_queries.overrides(session, now))
    query = select(ScheduleOverride).order_by(col(ScheduleOverride.start), col(ScheduleOverride.id))
    rows = list(session.exec(query))
    without = {row.id for row in idle.without_effect(rota, rows, now)}
    return [{**_plain_override(row), "without_effect": row.id in without} for row in rows]


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
    query = select(CoverRequest).where(CoverRequest.state == CoverState.OPEN).order_by(col(CoverRequest.start))
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
