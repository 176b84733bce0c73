"""Use cases of how the ways stand: one is found to be refused or down, and found to work again.

Kept as settings, so that every page, every replica and the next start know it. The admins are told once of credentials
that are refused, and once when they work; that a service is down is nothing that they can mend.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.domain.contact import provider_health
from bot.domain.contact.methods import NAMES, SLACK
from bot.domain.contact.provider_health import (
    DOWN,
    FILES,
    MIRROR,
    REFUSED,
    TICKETS,
    Attempted,
    ProviderTrouble,
)
from bot.domain.core.people import TOCSIN
from bot.domain.workspace.facts import ProviderDown, ProviderRecovered
from bot.services.core import operators
from bot.work import Work, WorkFactory
from storage import outbox
from storage.models import Setting
from storage.queries import paging_evidence

PREFIX = "ailing:"


def ailments(session: Session) -> dict[str, ProviderTrouble]:
    """Every way that does not work now."""
    rows = session.exec(select(Setting).where(col(Setting.key).startswith(PREFIX)).order_by(Setting.key))
    return {row.key.removeprefix(PREFIX): _read(row.value) for row in rows}


def name(via: str) -> str:
    named = {
        MIRROR: "PagerDuty's REST interface",
        FILES: "Slack's store of files",
        TICKETS: "the ticket tracker",
    }
    return named.get(via) or NAMES.get(via, via)


def sentences(session: Session) -> dict[str, str]:
    """The same for people, by way."""
    return {via: f"{name(via)} {one.reason}" for via, one in ailments(session).items()}


def refused(w: Work, via: str, detail: str, at: datetime) -> None:
    """A provider does not accept our credentials. The admins are told once; Slack's own are waited for, parked."""
    if via != SLACK and _fall_ill(w, via, REFUSED, "refuses our credentials", at):
        operators.tell(w, "way_refused", f"{via}:{w.now.isoformat()}", {"way": name(via), "reason": detail})


def well(w: Work, via: str, cause: str) -> None:
    """It works again. A second finding of the same changes nothing."""
    w.hold_system()
    row = w.session.get(Setting, PREFIX + via, populate_existing=True)
    if row is None or row.value["cause"] != cause:
        return
    w.session.delete(row)
    w.record([ProviderRecovered(via=via, cause=cause)])
    if cause == REFUSED:
        operators.tell(w, "way_accepted", f"{via}:{w.now.isoformat()}:well", {"way": name(via)})


def sweep(desk: WorkFactory, now: datetime, via: Callable[[str, Mapping[str, Any]], str], *, away: bool) -> None:
    """Compares the latest attempts with what is known. `via` says by which provider a delivery of this kind and payload
    leaves; `away`: no connection to Slack for long."""
    with desk.read() as session:
        known = ailments(session)
        latest = paging_evidence.latest_tries(session)
        tries = [Attempted(via(kind, payload), outcome, at) for kind, payload, outcome, at in latest]
        found = provider_health.down(tries, now, parked=outbox.parked(session) > 0, away=away)
    for provider in found.keys() - known.keys():
        with desk.work(TOCSIN) as w:
            _fall_ill(w, provider, DOWN, found[provider], now)
    for provider, one in known.items():
        if one.cause == REFUSED and provider_health.accepted(tries, provider, one.since):
            _recover(desk, provider, REFUSED)
        elif one.cause == DOWN and provider not in found:
            _recover(desk, provider, DOWN)


def _recover(desk: WorkFactory, via: str, cause: str) -> None:
    with desk.work(TOCSIN) as w:
        well(w, via, cause)


def _fall_ill(w: Work, via: str, cause: str, reason: str, at: datetime) -> bool:
    """Whether it was news. Credentials weigh more than silence."""
    w.hold_system()
    row = w.session.get(Setting, PREFIX + via, populate_existing=True)
    if row is not None and (row.value["cause"] == REFUSED or cause == DOWN):
        return False
    value = {"cause": cause, "reason": reason, "since": at.isoformat()}
    w.session.merge(Setting(key=PREFIX + via, value=value))
    w.record([ProviderDown(via=via, cause=cause, reason=reason)])
    return True


def _read(value: Mapping[str, str]) -> ProviderTrouble:
    return ProviderTrouble(value["cause"], value["reason"], datetime.fromisoformat(value["since"]))
