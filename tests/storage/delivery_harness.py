"""A post room for tests: what is owed is composed, checked against Slack's limits and answered, without any Slack."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel, select

from bot import clock as clocks
from bot.catalog import Catalog
from bot.catalog.loading import load
from bot.catalog.sections.company import Contact
from bot.catalog.sections.integrations import Mail, PagerDuty, TicketTracker
from bot.clock import ManualClock
from bot.deliveries import kinds, outcomes
from bot.deliveries.core.refusal import Refusal
from bot.domain.core.people import TOCSIN, Actor
from bot.integrations import outbound
from bot.integrations.outbound import NoAddress, Outbound
from bot.integrations.trackers.letters import MakeTicket
from bot.rendering import limits
from bot.rendering.contexts import render
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.message import Renderer
from bot.services import work_factory
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle
from bot.work import Work, WorkFactory
from storage import claims
from storage.db import Database
from storage.models import Delivery, Incident, Setting

ROOT = Path(__file__).resolve().parents[2]
COMPANY = ROOT / "bot/catalog/demo.yml"
NIGHT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)  # Ana is on call, Bo is second, Dee commands
TEAM_URL = "https://acme.slack.com/"


cached = cache(load)


@dataclass
class Handled:
    """A delivery that was composed, and the letter it became."""

    kind: str
    key: str
    letter: Outbound

    @property
    def words(self) -> str:
        """Everything a reader would see, as one text."""
        return json.dumps(asdict(self.letter), ensure_ascii=False, default=str)


@dataclass
class DeliveryHarness:
    desk: WorkFactory
    clock: ManualClock
    renderer: Renderer = field(default_factory=Renderer)
    handled: list[Handled] = field(default_factory=list)
    base_url: str | None = "https://tocsin.example"
    waits: Counter[str] = field(default_factory=Counter)

    @classmethod
    def opened(cls, folder: Path, company: Path = COMPANY) -> "DeliveryHarness":
        database = Database(f"sqlite:///{folder}/t.db")
        SQLModel.metadata.create_all(database.engine)
        catalog, clock = cached(company), ManualClock(NIGHT)
        room = cls(work_factory.make(database, clock, lambda: catalog), clock)
        with room.desk.work(TOCSIN) as w:
            w.session.add(Setting(key="slack.team_url", value=TEAM_URL))
        return room

    def set_up_mail(self) -> None:
        """From now on people are reached by e-mail too."""
        mail = Mail.model_validate({"server": "mail.example", "from": "tocsin@acme.example"})
        self._change(integrations=self.catalog.integrations.model_copy(update={"email": mail}))

    def set_up_pagerduty(self) -> None:
        """From now on people are reached by PagerDuty too, and grave incidents have a twin there."""
        pager = PagerDuty.model_validate({"service": "P1", "from": "tocsin@acme.example", "mirror": True})
        ways = tuple(Contact(via=via) for via in ("slack", "email", "pagerduty"))
        self._change(
            integrations=self.catalog.integrations.model_copy(update={"pagerduty": pager}),
            notifications=self.catalog.notifications.model_copy(update={"contact": ways}),
        )

    def set_up_tickets(self) -> None:
        """From now on incidents can have a ticket."""
        tracker = TicketTracker.model_validate({"kind": "gitlab", "project": "acme/ops"})
        self._change(integrations=self.catalog.integrations.model_copy(update={"tickets": tracker}))

    def put_mail_off(self) -> None:
        """From now on e-mail comes half an hour after the other ways."""
        ways = (Contact(via="slack"), Contact(via="pagerduty"), Contact(via="email", after=timedelta(minutes=30)))
        self._change(notifications=self.catalog.notifications.model_copy(update={"contact": ways}))

    def _change(self, **sections: Any) -> None:
        catalog = self.catalog.model_copy(update=sections)
        self.desk._catalog = lambda: catalog

    @property
    def catalog(self) -> Catalog:
        return self.desk.catalog

    def composer(self) -> Composer:
        return Composer(self.renderer, self.catalog, self.clock.now(), self.base_url)

    def declare(self, title: str = "Checkout returns 5xx", severity: str = "sev1", **more: Any) -> int:
        with self.desk.work(Actor(more.pop("by", "U01ANA"))) as w:
            answer = lifecycle.declare(w, lifecycle.Declaration(title, severity, **more))
        return answer.incident or 0

    def act(self, who: str, use_case: Callable[[Work, Incident], Any], number: int = 1) -> Any:
        with self.desk.work(Actor(who)) as w:
            return use_case(w, incidents.find(w, number))

    def say(self, answer: Answer) -> str:
        """The answer as its reader sees it: the fallback text and the blocks."""
        with self.desk.read() as session:
            message = render.answer(session, self.composer(), answer.template, answer.incident, answer.values)
        assert limits.check("chat.postMessage", {"text": message.text, "blocks": message.blocks}) == []
        return message.text + json.dumps(message.blocks, ensure_ascii=False)

    def later(self, **span: float) -> None:
        self.clock.forward(timedelta(**span))

    def deliver(self, fail: tuple[str, ...] = ()) -> None:
        """Sends what is owed until nothing is left; deliveries of the kinds in `fail` are given up."""
        for _ in range(400):
            row = self._next()
            if row is None:
                return
            letter = self._compose(row, fail)
            self._settle(row, letter)
        raise AssertionError("the outbox does not come to rest")

    def _next(self) -> Delivery | None:
        """What may be sent now; what had to wait before comes last."""
        with self.desk.read() as session:
            rows = list(session.exec(select(Delivery).where(claims.sendable(seen=0, **claims.moments(clocks.real())))))
            session.expunge_all()
        return min(rows, key=lambda row: (self.waits[row.key], row.priority, row.id), default=None)

    def _compose(self, row: Delivery, fail: tuple[str, ...]) -> Outbound | None:
        try:
            with self.desk.read() as session:
                letter = kinds.compose(session, row, self.composer())
        except NoAddress:
            return None
        assert violations(letter) == [], row.kind
        self.handled.append(Handled(row.kind, row.key, letter))
        return None if row.kind in fail else letter

    def _settle(self, row: Delivery, letter: Outbound | None) -> None:
        with self.desk.work(TOCSIN) as w:
            held = w.session.get_one(Delivery, row.id)
            if isinstance(letter, outbound.NotYet):
                self.waits[row.key] += 1
                return
            held.attempts += 1
            held.state, held.settled_at = ("sent" if letter else "failed"), w.now
            w.session.flush()
            if letter:
                outcomes.sent(w, held, result(letter, row.id or 0))
            else:
                outcomes.failed(w, held, Refusal("refused by the test"))

    def of(self, kind: str) -> list[Handled]:
        return [one for one in self.handled if one.kind == kind]

    def last(self, kind: str) -> Any:
        """The newest letter of a kind."""
        return self.of(kind)[-1].letter

    def words(self, kind: str, which: int = -1) -> str:
        return self.of(kind)[which].words

    def close(self) -> None:
        self.desk.database.close()


def result(letter: Outbound, number: int) -> dict[str, Any]:
    """What Slack would answer."""
    match letter:
        case outbound.Nothing(reason=reason):
            return {"nothing": reason}
        case outbound.Post(to=to):
            channel = {"#": "C0INCIDENTS", "U": f"D{to[1:]}"}.get(to[0], to)
            return {"channel": channel, "ts": f"1795230000.{number:06}"}
        case outbound.Edit(channel=channel, ts=ts):
            return {"channel": channel, "ts": ts}
        case outbound.MakeChannel(names=names):
            return {"channel": "C0ROOM", "name": names[0]}
        case outbound.AskDoNotDisturb():
            return {"said": {"dnd_enabled": False}}
        case outbound.Fetch():
            return {"text": "pool is at 98 %", "user": "U01CY", "link": f"{TEAM_URL}archives/C0ROOM/p1"}
        case outbound.Invite(skipped=skipped):
            return {"skipped": dict(skipped)}
        case outbound.OpenMirror():
            return {"id": "PT4KHLK", "url": "https://acme.pagerduty.example/incidents/PT4KHLK"}
        case MakeTicket():
            return {"id": "7", "url": "https://gitlab.example/acme/ops/-/issues/7", "status": "opened"}
        case outbound.Upload():
            return {"link": f"{TEAM_URL}files/F1"}
    return {}


def violations(letter: Outbound) -> list[str]:
    """What of a letter Slack would refuse."""
    match letter:
        case outbound.Post(text=text, blocks=blocks) | outbound.Edit(text=text, blocks=blocks):
            return limits.check("chat.postMessage", {"text": text, "blocks": blocks})
        case outbound.Ephemeral(text=text, blocks=blocks):
            return limits.check("chat.postEphemeral", {"text": text, "blocks": blocks})
        case outbound.SetTopic(topic=topic):
            return limits.check("conversations.setTopic", {"topic": topic})
        case outbound.SetBookmark(title=title, link=link):
            return limits.check("bookmarks.add", {"title": title, "link": link})
        case outbound.ShowHome(view=view):
            return limits.check("views.publish", {"view": view})
        case outbound.MakeChannel(names=names):
            return [wrong for name in names for wrong in limits.check("conversations.create", {"name": name})]
    return []
