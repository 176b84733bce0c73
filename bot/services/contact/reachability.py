"""Use cases of reachability: the nightly look at everybody on call, what the owners are told, a test page for one.

What was found last is a setting, so that an owner hears of it once and again only when it changes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.contact import finding, reachability
from bot.domain.contact.facts import ReachabilityChanged
from bot.domain.contact.finding import Finding
from bot.domain.contact.reachability import Known, Proof
from bot.domain.core import people
from bot.domain.core.effect import Arm
from bot.domain.core.fact import stored_names
from bot.domain.core.people import TOCSIN
from bot.domain.paging.facts import PageAcknowledged
from bot.domain.schedules import overrides
from bot.domain.schedules.owner import place_of
from bot.services.core import settings
from bot.services.core.clockwork import Sweep, Sweeps, TimerKind, Timers, lock_nothing
from bot.services.schedules import history
from bot.services.workspace.members import LISTED
from bot.work import Work, WorkFactory
from storage.models import Timer
from storage.queries import do_not_disturb, paging_evidence
from storage.queries import members as member_queries
from storage.queries import schedules as schedule_queries

KIND, SUBJECT = "reachability", "reachability:0"


SETTING = "reachability"


NIGHTLY = time(3, 30)


def findings(session: Session, catalog: Catalog, now: datetime) -> list[Finding]:
    """What could keep a page from somebody in the coming two weeks."""
    rows, gone = schedule_queries.overrides(session, now)
    rota = overrides.rota_of(catalog, rows, gone)
    accounts = [slack for key in catalog.people if (slack := people.slack_id(key, catalog))]
    proven = paging_evidence.proofs(session, now - reachability.FRESH, stored_names([PageAcknowledged]))
    proofs = {key: Proof(*times) for key, times in proven.items()}
    listed = bool(settings.setting(session, LISTED))
    members = member_queries.members(session, accounts)
    known = Known(members, listed, proofs, do_not_disturb.of(session, accounts), rows)
    return reachability.findings(rota, now, known)


def sweep(desk: WorkFactory) -> None:
    """Looks anew when the configuration has changed; cheap when there is nothing to do.

    The first time of all only arms the nightly look: what is odd in a new configuration, `tocsin check` has said.
    """
    digest = desk.catalog.digest
    with desk.read() as session:
        known = settings.setting(session, SETTING)
        armed = session.get(Timer, (KIND, SUBJECT)) is not None
    if armed and known and known["configuration"] == digest:
        return
    if history.is_behind(desk):
        return
    with desk.work(TOCSIN) as w:
        if known is None:
            _keep(w, [], {})
            _arm(w)
        else:
            check(w)


def check(w: Work) -> None:
    """Compares what is found with what each owner was told last; whoever has news is told, and the next night armed."""
    w.lock(Timer, (KIND, SUBJECT))
    found = findings(w.session, w.catalog, w.now)
    before: Mapping[str, Any] = (settings.setting(w.session, SETTING) or {}).get("told", {})
    by_channel = by_owner(w.catalog, found)
    _keep(w, found, {channel: sorted({one.identity for one in own}) for channel, own in by_channel.items()})
    for channel in dict.fromkeys([*by_channel, *before]):
        own = by_channel.get(channel, [])
        if finding.has_news(before.get(channel, ()), own):
            sentences = [one.sentence for one in own]
            w.record([ReachabilityChanged(channel=channel, findings=sentences, digest=finding.digest(own))])
    _arm(w)


def by_owner(catalog: Catalog, found: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Findings by the channel of whoever owns the first schedule they concern."""
    owned: dict[str, list[Finding]] = {}
    for one in found:
        owned.setdefault(place_of(catalog, one.schedules[0]), []).append(one)
    return owned


def channel(catalog: Catalog, one: Mapping[str, Any]) -> str:
    """Where a stored finding is told."""
    return place_of(catalog, one["schedules"][0])


def _keep(w: Work, found: Sequence[Finding], told: Mapping[str, Any]) -> None:
    value: dict[str, Any] = {
        "configuration": w.catalog.digest,
        "checked_at": w.now.isoformat(),
        "findings": [one.plain() for one in found],
        "told": dict(told),
    }
    settings.set_setting(w, SETTING, value)


def _arm(w: Work) -> None:
    zone = ZoneInfo(w.catalog.display.time_zone)
    local = w.now.astimezone(zone)
    tonight = datetime.combine(local.date(), NIGHTLY, zone)
    due = tonight if tonight > local else datetime.combine(local.date() + timedelta(days=1), NIGHTLY, zone)
    w.carry_out(Arm(KIND, SUBJECT, due.astimezone(w.now.tzinfo)))


def fire(w: Work, number: int, due_at: datetime) -> None:
    check(w)


TIMERS: Timers = {KIND: TimerKind(lock_nothing, fire)}
SWEEPS: Sweeps = {"reachability": Sweep(timedelta(seconds=5), sweep)}
