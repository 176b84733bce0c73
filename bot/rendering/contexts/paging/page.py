"""Pages: the direct message to one person in each of its states, and the test page."""

from collections.abc import Sequence
from typing import Any

from bot.domain.incidents.visibility import has_public_place
from bot.domain.paging import ack_timeout, page_ending
from bot.domain.paging.page_ending import Ending
from bot.domain.paging.resolver import resolver
from bot.rendering.contexts.contact import plain_text
from bot.rendering.contexts.core.message import Messages, PlainMessage, Values, nothing
from bot.rendering.contexts.core.presenter import Presenter, Who
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.models import (
    Escalation,
    EscalationKind,
    EscalationState,
    Incident,
    IncidentStatus,
    Page,
    PageState,
    PageStep,
)
from storage.queries.incident_view import IncidentView

_ENDED_BY = {Ending.ESCALATED: "escalated", Ending.TAKEN_BACK: "taken_back"}
REPLACED = ("missed", *_ENDED_BY.values())
"""States of a page after which others were asked."""


def page(show: Presenter, dossier: IncidentView, row: Page) -> Context:
    """What `page` is given. The dossier's escalation is the one that this page belongs to."""
    escalation = dossier.escalation
    state = page_state(row, escalation)
    acked_by = escalation.acknowledged_by if escalation else None
    by = page_ending.of(row).by if state in _ENDED_BY.values() else acked_by
    acked_at = escalation.acknowledged_at if escalation else None
    following, at = _next(show, dossier, row) if state in ("waiting", "declined", *REPLACED) else (None, None)
    return {
        "incident": incident(show, dossier),
        "state": "older" if _is_older(row, dossier.pages) else state,
        "page": {
            "id": row.id,
            "was": state,
            "why": row.why,
            "next": following,
            "alarm": _alarm(show, dossier, row),
            "still": show.listed(_still_asked(dossier, row)) or None,
            "again": following == show.person(row.person),
            "next_at": at,
            "also": plain_text.also(show, [step for step in dossier.steps if step.page == row.id]),
            "acked_at": show.when(acked_at or row.settled_at),
            "ended_at": show.when(row.settled_at or show.now),
            "took": acked_at - (row.sent_at or row.owed_at) if acked_at else None,
            "by": show.someone(by),
            "by_you": by == row.person,
            "giver": show.someone(dossier.giver),
            "note": show.words(dossier.note or "") or None,
            "commands": dossier.roles.get("ic") == row.person,
            "asked_at": show.when(row.sent_at or row.owed_at),
            "ask_again_at": show.when(ack_timeout.asks_at(escalation, dossier.incident)) if escalation else None,
            "reason": _reason(show, dossier, row, state),
            "unanswered": page_ending.of(row).ending == Ending.NO_ANSWER,
        },
    }


def _is_older(row: Page, pages: Sequence[Page]) -> bool:
    """Whether the same person was asked again since: only the newest of their pages is there to be read."""
    newer = [one for one in pages if one.person == row.person and (one.id or 0) > (row.id or 0)]
    return bool(newer) and (row.state not in PageState.WAITING or any(one.state in PageState.WAITING for one in newer))


def page_state(row: Page, escalation: Escalation | None) -> str:
    """What is true for this person now: waiting, acked, acked_elsewhere, missed, escalated, taken_back, declined or
    cancelled."""
    if row.state in PageState.WAITING:
        return "waiting"
    by = escalation.acknowledged_by if escalation and escalation.state == EscalationState.ACKNOWLEDGED else None
    if row.state == PageState.ACKNOWLEDGED or (by == row.person and row.state == PageState.RELEASED):
        return "acked"
    if row.state == PageState.DECLINED:
        return "declined"
    if row.state in (PageState.MISSED, PageState.FAILED):
        ending = page_ending.of(row).ending
        return _ENDED_BY.get(ending, "missed") if ending else "missed"
    return "acked_elsewhere" if by else "cancelled"


def enders(row: Page) -> list[str]:
    """Whoever ended this page by escalating, or by taking its answer back."""
    by = page_ending.of(row).by
    return [by] if by else []


def _reason(show: Presenter, dossier: IncidentView, row: Page, state: str) -> str | None:
    """What was noted of this page; of one that was taken back, first what ended it."""
    noted = "" if page_ending.of(row).ending == Ending.NO_ANSWER else show.words(row.note)
    return (state == "cancelled" and _ended(show, dossier)) or noted or None


def _ended(show: Presenter, dossier: IncidentView) -> str | None:
    """Why a page was taken back without an answer."""
    row = dossier.incident
    ended = row.status in (
        IncidentStatus.RESOLVED,
        IncidentStatus.CLOSED,
        IncidentStatus.CANCELLED,
        IncidentStatus.MERGED,
    )
    return f"{show.ref(row.number)} is {row.status}" if ended else None


def _next(show: Presenter, dossier: IncidentView, row: Page) -> tuple[Who | None, Any]:
    """Who comes after this page, and when: whoever was asked next, else whoever would be."""
    escalation = dossier.escalation
    if escalation is None:
        return None, None
    if escalation.kind == EscalationKind.HANDOVER:  # it asks nobody else
        return None, show.when(escalation.next_at)
    asked = asked_after(row, dossier.pages)
    if asked:
        return _one(show, asked), show.when(escalation.next_at)
    if escalation.state == EscalationState.EXHAUSTED and not escalation.alarms:  # others are asked, or have it
        return None, None
    if escalation.state != EscalationState.RUNNING:
        return last_resort(show, dossier.incident), None
    following = to_come(show, dossier)
    return _one(show, following) if following else last_resort(show, dossier.incident), show.when(escalation.next_at)


def _alarm(show: Presenter, dossier: IncidentView, row: Page) -> str | None:
    """What was done when nobody was left to ask after this page; None while somebody is, or has it."""
    escalation = dossier.escalation
    if escalation is None or escalation.state != EscalationState.EXHAUSTED or asked_after(row, dossier.pages):
        return None
    if not escalation.alarms:
        return None
    return None if escalation.kind == EscalationKind.HANDOVER else raised(show, dossier.incident)


def _still_asked(dossier: IncidentView, row: Page) -> list[str]:
    """Whoever of the same level has not answered yet."""
    level = (row.cycle, row.level)
    return [one.person for one in dossier.pages if (one.cycle, one.level) == level and one.state in PageState.WAITING]


def raised(show: Presenter, row: Incident) -> str:
    """The same as `last_resort`, as a sentence without its end."""
    channel = show.catalog.incidents_channel
    return f"I've raised an alarm in {channel}" if has_public_place(row) else "I've raised an alarm with the admins"


def _one(show: Presenter, whom: Sequence[str]) -> Who:
    """One person is mentioned, several are named."""
    return show.person(whom[0]) if len(whom) == 1 else show.listed(whom)


def asked_after(row: Page, pages: Sequence[Page]) -> list[str]:
    """The people of the level that was asked after the page's own."""
    later = sorted({(one.cycle, one.level) for one in pages if (one.cycle, one.level) > (row.cycle, row.level)})
    return [one.person for one in pages if later and (one.cycle, one.level) == later[0]]


def to_come(show: Presenter, dossier: IncidentView) -> list[str]:
    """Whom the next level that has somebody would ask now; empty when there is no such level."""
    escalation = dossier.escalation
    if escalation is None:
        return []
    resolve = resolver(show.plan, show.now, incident=dossier.incident, roles=dossier.roles)
    declined = {one.person for one in dossier.pages if one.state == PageState.DECLINED}
    for level in _levels_to_come(escalation):
        found = [one.person for target in level["to"] for one in resolve(target)]
        if asked := [who for who in dict.fromkeys(found) if who not in declined]:
            return asked
    return []


def _levels_to_come(escalation: Escalation) -> list[dict[str, Any]]:
    """The rest of this round, then one whole round if the policy is to be repeated."""
    levels: list[dict[str, Any]] = escalation.policy["levels"]
    again = levels if escalation.cycle < escalation.policy["repeat"] else []
    return [*levels[escalation.level + 1 :], *again]


def last_resort(show: Presenter, row: Incident) -> str:
    """Who is told when nobody answers."""
    return f"an alarm in {show.catalog.incidents_channel}" if has_public_place(row) else "an alarm to the admins"


def test_page(show: Presenter, row: Page, steps: Sequence[PageStep]) -> Context:
    """A page that belongs to no incident."""
    state = {PageState.ACKNOWLEDGED: "acked", PageState.OWED: "waiting", PageState.SENT: "waiting"}.get(
        row.state, "over"
    )
    ended = row.settled_at or show.now
    return {
        "state": state,
        "page": {"id": row.id},
        "by": show.person(row.decision.get("asked_by", row.person)),
        "also": plain_text.also(show, steps),
        "took": ended - (row.sent_at or row.owed_at),
    }


def test_page_for(show: Presenter, values: Values) -> Context:
    return {"person": show.person(values["person"])}


MESSAGES: Messages = {
    "test_page_sent": PlainMessage(nothing, drawn_anew=True),
    "test_page_acknowledged": PlainMessage(nothing, drawn_anew=True),
    "test_page_over": PlainMessage(nothing),
    "test_page_for": PlainMessage(test_page_for),
}
