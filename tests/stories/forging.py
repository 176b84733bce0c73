"""Requests that Slack never sent, signed as Slack signs them, about a private incident by somebody outside of it."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from sqlmodel import col, select

from bot.domain.core.people import Actor
from handlers import subject
from handlers.web.guard import signature
from sandbox import Sandbox
from storage.models import (
    Action,
    CommandOffer,
    Decision,
    Delivery,
    Escalation,
    EscalationKind,
    Mitigation,
    Page,
    Ruling,
    VendorCase,
)
from tests.calendar import WEDNESDAY, turn_to
from tests.stories.world import PATIENT, ROOT, World, settings_for, start

SECRET = "Secret merger leaked"
TOKEN = "alert-token"
OUTSIDER, INSIDER = "U01LI", "U01CY"
Json = dict[str, Any]


@dataclass(frozen=True)
class Numbers:
    """What the forger writes: of the private incident, or of nothing."""

    incident: int
    page: int
    escalation: int
    asking: int
    decision: int
    case: int
    offer: int
    item: int
    note: int = 990_001

    def of(self, action: str) -> str:
        """The value of this button."""
        named = {
            "Page": str(self.page), "Decision": str(self.decision), "VendorCase": str(self.case),
            "HandoffNote": str(self.note), "CommandOffer": str(self.offer), "Action": str(self.item),
            "Ruling": str(self.item),
            "Mitigation": str(self.item), "IncidentLink": str(self.item),
            "Incident": str(self.incident), "Escalation": str(self.escalation),
        }  # fmt: skip
        model = subject.CARRIES.get(action)
        value = named[model.__name__] if model else "990002"
        tails = {"ladder.": "-0-0", "hold.": "-1764000000", "severity.": "-SEV-1", "update.": "-1764000000"}
        tail = next((tail for start, tail in tails.items() if action.startswith(start)), "")
        tail = "" if action == "update.write" else tail
        value = str(self.asking) if action.startswith("specialist.") else value
        value = {
            "cover.get": "primary-oncall",
            "override.open": "primary-oncall",
            "handoff.rate": f"{self.note}:3",
        }.get(action, value)
        return value + tail + (":15m" if action in ("page.pause", "ladder.pause") else "")

    def plain(self, text: str) -> str:
        """The answer without the number that was asked about."""
        return text.replace(f"INC-{self.incident}", "INC-N")


NOBODYS = Numbers(7001, 7001, 7001, 7001, 7001, 7001, 7001, 7001)


@dataclass
class Forger:
    """Signs what Slack never sent, and reads every answer that comes back."""

    world: World
    real: Numbers
    who: str = OUTSIDER
    triggers: Iterator[int] = field(default_factory=lambda: count(1))
    heard: int = 0

    def action(self, action: str, numbers: Numbers, view: Json | None = None) -> str:
        body = {
            "type": "block_actions",
            "actions": [
                {
                    "action_id": action,
                    "block_id": "b",
                    "action_ts": "1.1",
                    "type": "button",
                    "value": numbers.of(action),
                }
            ],
        }
        where = {"view": view} if view else {"channel": {"id": "C01GENERAL", "name": "general"}, "message": {"ts": "1"}}
        return self._interaction({**body, **where}, numbers)

    def view(self, callback: str, numbers: Numbers) -> Json:
        """A form that carries every number there is."""
        meta = {"incident": numbers.incident, "page": numbers.page, "decision": numbers.decision,
                "ruling": numbers.item, "verb": "decline",
                "channel": "C01GENERAL", "bot_is_there": True, "mark": "x", "way": []}  # fmt: skip
        return {"id": "V1", "type": "modal", "callback_id": callback, "private_metadata": json.dumps(meta),
                "hash": str(next(self.triggers)), "blocks": [], "state": {"values": _filled(numbers)}}  # fmt: skip

    def submits(self, callback: str, numbers: Numbers) -> str:
        return self._interaction({"type": "view_submission", "view": self.view(callback, numbers)}, numbers)

    def _interaction(self, body: Json, numbers: Numbers) -> str:
        trigger = f"forged-{next(self.triggers)}"
        who = {"user": {"id": self.who, "team_id": "T01ACME"}, "team": {"id": "T01ACME"}, "trigger_id": trigger}
        return self._sent({"payload": json.dumps({**who, **body})}, numbers, trigger)

    def types(self, command: str, text: str, numbers: Numbers, channel: str = "C01GENERAL") -> str:
        trigger = f"forged-{next(self.triggers)}"
        body = {"command": command, "text": text, "user_id": self.who, "team_id": "T01ACME", "channel_id": channel,
                "trigger_id": trigger, "response_url": "http://127.0.0.1:1/"}  # fmt: skip
        return self._sent(body, numbers, trigger)

    def _sent(self, form: Json, numbers: Numbers, trigger: str) -> str:
        """All that the forger could ever see: the answer, calls made while it was made, and what is owed to them."""
        raw, stamp = urlencode(form).encode(), str(int(time.time()))
        headers = {"content-type": "application/x-www-form-urlencoded", "x-slack-request-timestamp": stamp,
                   "x-slack-signature": signature(self.world.sandbox.signing_secret, stamp, raw)}  # fmt: skip
        answer = httpx.post(f"{self.world.app.url}/slack/events", content=raw, headers=headers, trust_env=False,
                            verify=False, timeout=60)  # fmt: skip
        calls = self.world.look(f"calls?since={self.heard}")
        self.heard = max((one["n"] for one in calls), default=self.heard)
        made = [[one["method"], one["arguments"].get("view")] for one in calls if one["method"].startswith("views.")]
        owed = self._all_owed(trigger)
        seen = json.dumps([answer.status_code, answer.text, made, owed], sort_keys=True, default=str)
        return numbers.plain(seen.replace(trigger, "TRIGGER"))

    def _all_owed(self, ident: str) -> list[Any]:
        """What cannot be whispered goes to them directly: before the next one is looked at, not some time later."""
        if self._owed(ident):
            self.world.settle()
        return self._owed(ident)

    def _owed(self, ident: str) -> list[Any]:
        with self.world.app.desk.read() as session:
            theirs = select(Delivery).where(col(Delivery.key).contains(ident, autoescape=True))
            return [[row.kind, row.payload] for row in session.exec(theirs.order_by(col(Delivery.id)))]

    def hears(self, event: Json, ident: str) -> int:
        """An event as Slack tells it."""
        raw = json.dumps({"type": "event_callback", "event_id": ident, "event": event}).encode()
        stamp = str(int(time.time()))
        headers = {"content-type": "application/json", "x-slack-request-timestamp": stamp,
                   "x-slack-signature": signature(self.world.sandbox.signing_secret, stamp, raw)}  # fmt: skip
        return httpx.post(f"{self.world.app.url}/slack/events", content=raw, headers=headers, trust_env=False,
                          verify=False, timeout=60).status_code  # fmt: skip

    def owed(self, ident: str) -> str:
        """What is to be said because of it."""
        return json.dumps(self._all_owed(ident), sort_keys=True, default=str)


def _filled(numbers: Numbers) -> Json:
    """Every input of every form, filled in."""
    texts = {"note": "x", "text": "x", "fixed": "x", "question": "x", "why": "x", "words": "x", "reason": "x",
             "ticket": "x", "impact": "x", "brief": "x", "worry": "x"}  # fmt: skip
    chosen = {"incident": str(numbers.incident), "severity": "SEV-2", "status": "identified", "answer": "yes",
              "vendor": "aws", "next": "900", "who": "database", "reason": "asleep", "score": "3"}  # fmt: skip
    values: Json = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in texts.items()}
    for name, value in chosen.items():
        values.setdefault(name, {}).setdefault(name, {})["selected_option"] = {"value": value}
    return {**values, "person": {"person": {"selected_user": OUTSIDER}}}


@pytest.fixture
def forger(database_url: str) -> Iterator[Forger]:
    with forging(database_url) as made:
        yield made


@contextmanager
def forging(database_url: str, said: str = f"{SECRET} --private", config: Path | None = None) -> Iterator[Forger]:
    """A forger beside a bot with one incident, declared with these words."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Sandbox(manifest=ROOT / "manifest.yml", request_url=f"http://127.0.0.1:{port}/slack/events",
                 patience=PATIENT) as sandbox:  # fmt: skip
        sandbox.limits.enabled = False
        turn_to(WEDNESDAY, sandbox)
        settings = settings_for(sandbox, database_url, config=config, http_mode=True)
        more = {"http_port": port, "alert_token": type(settings.signing_secret)(TOKEN)}
        world = start(sandbox, settings.model_copy(update=more))
        real = _with_everything(world, said)
        world.http.post("clock", json={"speed": 0}).raise_for_status()  # what comes with time is no answer to a forger
        world.settle()
        yield Forger(world, real)
        world.http.close()
        world.app.stop()


def _with_everything(world: World, said: str) -> Numbers:
    """An incident with pages, a question, specialists, a case, and command that is offered."""
    world.cy.says(f"/incident declare sev1 {said} --service checkout").says("INC-1")
    assert world.cy.says("/incident ask-manager INC-1 may we fail over?").ok
    assert world.cy.says("/incident page INC-1 database").ok
    assert world.cy.says("/incident ic INC-1").ok
    assert world.cy.says("/incident handoff INC-1 @dee").ok
    for kept in ("action look at it", "decision pending fail over", "mitigation roll back", "link https://x.example/1"):
        assert world.cy.says(f"/incident {kept.replace(' ', ' INC-1 ', 1)}").ok
    with world.app.desk.work(Actor(INSIDER)) as w:
        w.session.add(VendorCase(incident=1, vendor="aws", opened_by=INSIDER, opened_at=w.now))
    with world.app.desk.read() as session:
        escalations = session.exec(select(Escalation)).all()
        kinds = {one.kind: one.id or 0 for one in escalations}
        page = next(one.id for one in session.exec(select(Page)) if one.escalation == kinds[EscalationKind.POLICY])
        decision, case = (session.exec(select(model)).one().id for model in (Decision, VendorCase))
        offer = session.exec(select(CommandOffer)).one().id or 0
        (item,) = {session.exec(select(model)).one().id or 0 for model in (Action, Ruling, Mitigation)}
    return Numbers(1, page or 0, kinds[EscalationKind.POLICY], kinds[EscalationKind.SPECIALIST], decision or 0,
                   case or 0, offer, item)  # fmt: skip
