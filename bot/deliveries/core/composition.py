"""What composing one delivery works with: its payload, the records it names, and the rendered, fitted message."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlmodel import Session

from bot.domain.core import people, permissions
from bot.domain.core.effect import Deliver
from bot.domain.core.errors import OfANewerRelease
from bot.domain.core.facts import DeliveryDied
from bot.domain.core.newer_release import require_known
from bot.domain.incidents.last_edit import REMAIN
from bot.domain.incidents.surfaces import ROOM_SETUP
from bot.rendering.contexts import messages, render
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.message import Message, together
from bot.rendering.readers import after_its_end, for_reader
from bot.services.core import incident as incidents
from bot.services.incidents import gathering
from bot.work import Work
from storage import outbox
from storage.models import Delivery, DeliveryState, Incident, Member, Page, RoomState
from storage.queries import incident_view as incident_views
from storage.queries.incident_view import IncidentView


@dataclass(frozen=True)
class Home:
    """Where an incident lives: a channel, and the message there whose thread takes what is not for everybody."""

    channel: str
    ts: str


@dataclass
class Composition:
    session: Session
    delivery: Delivery
    composer: Composer

    @property
    def payload(self) -> dict[str, Any]:
        return self.delivery.payload

    @property
    def key(self) -> str:
        return self.delivery.key

    @cached_property
    def dossier(self) -> IncidentView:
        """The incident of this delivery; when an escalation is named, with that one. Raises LookupError,
        and OfANewerRelease for one in a state that this release does not know."""
        number = self.payload["incident"]
        wanted = self.payload.get("escalation")
        found = incident_views.dossier(self.session, number, escalation=wanted)
        if found is None:
            raise LookupError(f"there is no incident {number}")
        require_known(found.incident)
        return render.with_ways(self.session, found, found.pages) if wanted else found

    @cached_property
    def incident(self) -> Incident:
        """The incident alone: what a topic or a pin needs. Raises LookupError."""
        number = self.payload["incident"]
        found = self.session.get(Incident, number)
        if found is None:
            raise LookupError(f"there is no incident {number}")
        return found

    @cached_property
    def page(self) -> Page:
        """The page of this delivery. Raises OfANewerRelease for one in a state that this release does not know."""
        return require_known(self.session.get_one(Page, self.payload["page"]))

    @cached_property
    def show(self) -> Presenter:
        return self.composer.for_dossier(self.session, self.dossier, self._named())

    def _named(self) -> list[str]:
        unfit = self.payload.get("unfit", ())
        return [*self.payload.get("people", []), *unfit, *filter(None, [self.payload.get("person")])]

    def message(self, template: str, context: Context) -> Message:
        """Rendered. Of an incident that is over, without what would only be refused."""
        message, about = render.written(self.composer, template, context), context.get("incident") or {}
        return after_its_end(message, about["id"], REMAIN) if about.get("resolved") else message

    def named(self) -> Message:
        """The message of the template that the payload names, about its incident if it has one; before it, what is told
        with it.

        Raises OfANewerRelease for a template that this release does not know.
        """
        return together([self._part(part) for part in gathering.said(self.payload)])

    def _part(self, payload: dict[str, Any]) -> Message:
        template = payload["template"]
        if template not in messages.MESSAGES:
            raise OfANewerRelease(what=f"{self.delivery.kind} {template}")
        values = {**payload, **(payload.get("values") or {})}
        if payload.get("incident") is None:
            return render.answer(self.session, self.composer, template, None, payload.get("values"))
        context = render.about(self.session, self.composer, template, self.dossier, values)
        return self.message(template, context)

    def home(self) -> Home | None:
        """The card in the war room, or else the announcement; None before there is either."""
        row = self.incident
        if row.room == RoomState.OPEN and row.channel_id:
            return Home(row.channel_id, row.card_ts) if row.card_ts else None
        return self.announcement()

    def announcement(self) -> Home | None:
        row = self.incident
        if row.announcement_channel and row.announcement_ts:
            return Home(row.announcement_channel, row.announcement_ts)
        return None

    def home_is_coming(self) -> bool:
        """Whether it is worth waiting for a home, instead of settling for a lesser one or for none."""
        return self._room_is_coming() or self.bringer() is not None

    def bringer(self) -> str | None:
        """The key of the delivery that makes a home, where one is owed; a room that is being created has its time."""
        row = self.incident
        if self._room_is_coming():
            return None
        if row.room == RoomState.OPEN and row.channel_id:
            stands, key = row.card_ts, f"room:{row.number}:card:{row.channel_id}"
        else:
            stands, key = row.announcement_ts, f"announce:{row.number}"
        return key if not stands and self.owed(key) else None

    def _room_is_coming(self) -> bool:
        """A room that takes longer than its time is not waited for: the announcement's thread serves meanwhile."""
        row = self.incident
        since = row.room_since or row.declared_at
        return row.room == RoomState.CREATING and self.composer.now - since < ROOM_SETUP

    def owed(self, key: str) -> bool:
        """Whether the delivery of this key is still to be sent; what was given up is not worth waiting for."""
        row = outbox.by_key(self.session, key)
        return row is not None and row.state in DeliveryState.UNSETTLED

    def shown_to(self, message: Message, slack: str) -> Message:
        """The message as one person gets it: without the buttons that would refuse them."""
        row = permissions.row(self.session.get(Member, slack), self.composer.catalog.access(slack))
        return (
            message
            if row in permissions.EVERYTHING
            else for_reader(message, lambda button: permissions.may_press(row, button))
        )

    def slack(self, who: str) -> str | None:
        return people.slack_id(who, self.composer.catalog)


Result = Mapping[str, Any]


def died(w: Work, delivery: Delivery, detail: str) -> None:
    """Given up, and nothing more than that is recorded. The auditor keeps a page of which no more is known."""
    w.record([DeliveryDied(delivery=delivery.id or 0, kind=delivery.kind, reason=detail)])


def copied(w: Work, delivery: int, result: Result) -> None:
    """A sender that stood still between its last look at the lease and its call has posted what another posted too.

    Which of the two stays, the delivery's own outcome says; the other would show for ever what was true once.
    """
    where = {"of": delivery, "channel": result["channel"], "ts": result["ts"]}
    lane = f"copy:{delivery}"
    w.carry_out(Deliver(kind="copy.remove", lane=lane, payload=where, key=f"{lane}:{result['ts']}"))


def incident_of(w: Work, delivery: Delivery) -> Incident:
    return incidents.find(w, delivery.payload["incident"])
