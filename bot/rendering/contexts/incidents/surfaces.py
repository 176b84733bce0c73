"""What the room and the channel show: card, announcement, topic, updates, reminders, the end, and the smaller posts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.catalog.duration import Months
from bot.domain.incidents import updates
from bot.domain.incidents.lifecycle import UNDONE, is_open
from bot.domain.lifecycle import clocks
from bot.domain.paging import policy_choice
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.rendering.contexts.incidents.incident import Context, begins, incident, late, measures, pages_line, roles
from storage.models import PageState, RoomState, StatusUpdate
from storage.queries.incident_view import IncidentView


def card(show: Presenter, dossier: IncidentView) -> Context:
    """The vacant commander has a line of its own in the template, so the row of roles leaves it out then."""
    without = () if dossier.roles.get("ic") else ("ic",)
    return {
        "incident": incident(show, dossier),
        "roles": roles(show, dossier, without=without),
        "pages": pages_line(show, dossier),
    }


def announcement(
    show: Presenter, dossier: IncidentView, *, exhausted: bool, asked: bool = True, waiting: Context | None = None
) -> Context:
    """`exhausted`: paging is at its end and nobody has it. `asked`: somebody was paged, by whichever policy. `waiting`:
    how far paging has come while nobody answers."""
    at_its_end = "unanswered" if asked else "nobody"
    shown = exhausted and is_open(dossier.incident)
    return {"incident": incident(show, dossier), "paging": at_its_end if shown else None, "waiting": waiting}


def update(show: Presenter, dossier: IncidentView, number: int) -> Context:
    """What `update` is given. Raises LookupError when there is no update of this number."""
    row = next((one for one in dossier.updates if one.number == number), None)
    if row is None:
        raise LookupError(f"there is no update {number}")
    shown = incident(show, dossier) | {"status": row.status.capitalize()}
    return {"incident": shown, "update": _update(show, row)}


def _update(show: Presenter, row: StatusUpdate) -> Context:
    return {
        "number": row.number,
        "text": show.words(row.text),
        "by": show.person(row.by),
        "impact": show.words(row.impact) or None,
        "severity_was": None,
        "next_at": show.when(row.next_update_at),
    }


def update_due(show: Presenter, dossier: IncidentView, values: Mapping[str, Any]) -> Context:
    """The reminder to one person, or with `overdue` the line in the room; `settled`, what becomes of either."""
    row = dossier.incident
    due = row.next_update_at
    state = "late" if values.get("overdue") else "due" if due and due <= show.now else "soon"
    return {
        "incident": incident(show, dossier),
        "state": "settled" if values.get("settled") else state,
        "due_at": show.when(due),
        "late": late(row, show.now),
        "token": updates.promise(row),
    }


def resolved(show: Presenter, dossier: IncidentView) -> Context:
    """The report at the end. `people` are thanked: whoever had a role or answered."""
    row = dossier.incident
    policy = show.catalog.severities.get(row.severity)
    wanted = policy is not None and policy.postmortem != "none"
    due = show.catalog.postmortem.draft
    by = dossier.escalation.acknowledged_by if dossier.escalation else None
    helped = [*dossier.roles.values(), *([by] if by else []), row.declared_by]
    return {
        "incident": incident(show, dossier),
        "durations": [one for one in measures(show, row) if one["value"] or one["target"]],
        "people": show.everyone(helped),
        "postmortem_due": show.when(_after(row.resolved_at, due)) if wanted else None,
    }


def _after(start: datetime | None, span: timedelta | Months) -> datetime | None:
    """Lengths in months are counted as thirty days each: a draft is due in days."""
    days = timedelta(days=30 * span.count) if isinstance(span, Months) else span
    return start + days if start is not None else None


WHY = {
    "word": "as you wrote",
    "flag": "as you wrote",
    "form": "as you chose",
    "wizard": "as your answers suggest",
    "": "none was given, so this is the default",
}
"""How the severity was said -> why it is this one."""


def declared(show: Presenter, dossier: IncidentView, values: Mapping[str, Any]) -> Context:
    """The answer to the declarer: what was understood, the room, and who is being paged."""
    states = {RoomState.OPEN: "open", RoomState.CREATING: "opening", RoomState.ASKED: "ask"}
    asked = [page.person for page in dossier.pages if page.state in PageState.WAITING]
    return {
        "incident": incident(show, dossier),
        "why": WHY[values.get("given", "")],
        "because": values.get("because") or None,
        "private": dossier.incident.private,
        "drill": dossier.incident.drill,
        "changed": values.get("changed", False),
        "accepted": values.get("accepted", False),
        "replaces": values.get("replaces"),
        "was_room": values.get("was_room"),
        "twin": values.get("twin", False),
        "room": states.get(dossier.incident.room, "none"),
        "paged": show.everyone(asked),
        "waits": _waits(show, dossier),
        "notice": None
        if dossier.pages
        else Sentence("No one could be paged: page someone yourself with `/incident page`."),
    }


def reopened_answer(show: Presenter, dossier: IncidentView) -> Context:
    return {"incident": incident(show, dossier), "waits": _waits(show, dossier)}


def _waits(show: Presenter, dossier: IncidentView) -> Sentence | None:
    """When paging begins that waits for the hours of its severity."""
    severity, at = dossier.incident.severity, begins(show, dossier)
    if at is None:
        return None
    why = policy_choice.WAITS[show.catalog.severities[severity].quiet_hours].replace("it ", "", 1)
    sooner = f"`/incident page {show.ref(dossier.incident.number)} @person`"
    begun = policy_choice.begins_when(show.catalog, severity, at.at, show.now)
    return Sentence(f"Paging begins {begun}: {show.severity(severity)} {why}. To page someone now: {sooner}")


def severity_set(show: Presenter, dossier: IncidentView, values: Mapping[str, Any]) -> Context:
    """`goes_on`: the policy that still pages although the severity is a lower one now."""
    return {**plain(show, dossier), "goes_on": values.get("goes_on")}


def fields_set(show: Presenter, dossier: IncidentView, values: Mapping[str, Any]) -> Context:
    """`changed`: whether something stands there that did not before."""
    return {"incident": incident(show, dossier), "changed": bool(values.get("changed"))}


def plain(show: Presenter, dossier: IncidentView) -> Context:
    """Templates that need nothing but the incident and its roles."""
    return {"incident": incident(show, dossier), "roles": roles(show, dossier)}


def times(show: Presenter, dossier: IncidentView) -> Context:
    """Every clock that is known, in order."""
    row = dossier.incident
    known = [(one.says, getattr(row, one.field)) for one in clocks.CLOCKS if getattr(row, one.field)]
    rows = [{"label": says[0].upper() + says[1:], "at": show.when(at)} for says, at in known]
    return {"incident": incident(show, dossier), "clocks": rows}


def skipped(show: Presenter, dossier: IncidentView, people: Mapping[str, str]) -> Context:
    """Who could not be brought into the room, and why."""
    rows = [{"who": show.person(who), "why": why} for who, why in people.items()]
    return {"incident": incident(show, dossier), "people": rows}


def cancelled(show: Presenter, dossier: IncidentView, reason: str) -> Context:
    """`undone`: it was declared by mistake and taken back at once."""
    undone = reason == UNDONE
    return {
        "incident": incident(show, dossier),
        "undone": undone,
        "reason": None if undone else show.words(reason) or None,
    }


def reopened(show: Presenter, dossier: IncidentView, reason: str) -> Context:
    return {"incident": incident(show, dossier), "reason": show.words(reason) or None}
