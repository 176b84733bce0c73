"""Messages about who holds an incident, about pauses, and about those who are only informed."""

from bot.domain.incidents import severity as severity_rules
from bot.domain.paging import ack_timeout, targets
from bot.rendering.contexts.core.message import IncidentMessage, MessageContext, Messages, Values, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.contexts.paging.page import raised
from storage.models import Escalation, PageState
from storage.queries.incident_view import IncidentView


def token(row: Escalation | None) -> str:
    """What the buttons about an acknowledgement carry: the escalation, and when it was acknowledged."""
    at = row.acknowledged_at if row else None
    return f"{row.id}-{int(at.timestamp())}" if row and at else "0-0"


def state(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """Who is asked, who has it, and how long a pause or an acknowledgement lasts."""
    row = dossier.escalation
    by = values.get("by") or (row.acknowledged_by if row else None)
    check = ack_timeout.next_check(row) if row else None
    return {
        "incident": incident(show, dossier),
        "paged": show.everyone(page.person for page in dossier.pages if page.state in PageState.WAITING),
        "by": show.someone(by),
        "person": show.someone(values.get("person")),
        "reason": show.words(str(values.get("reason") or "")) or None,
        "until": show.when((row.paused_until or check) if row else None),
        "since": show.when(row.confirmed_at if row else None),
        "next_check": show.when(check),
        "token": token(row),
        "settled": bool(values.get("settled")),
        "cut": bool(values.get("cut")),
    }


def raise_ask(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """The question whether the severity is still right; the buttons carry what it was when asked."""
    row = dossier.incident
    asked = str(values.get("severity") or row.severity)
    rows = list(show.catalog.severities)
    at = rows.index(asked) if asked in rows else 0
    why = values.get("why")
    return {
        "incident": incident(show, dossier),
        "worse": show.severity(rows[at - 1]) if at else None,
        "token": f"{row.number}-{asked}",
        "why": why if why in severity_rules.RAISE else "taking-longer",
        "count": values.get("count", 0),
    }


def asked(it: MessageContext) -> Context:
    """Who is being asked now, who has answered, and the policy when one was named."""
    show, dossier = it.show, it.dossier
    waiting = [page.person for page in dossier.pages if page.state in PageState.WAITING]
    answered = it.values.get("by") or (dossier.escalation.acknowledged_by if dossier.escalation else None)
    named, already = it.values.get("who", []), it.values.get("already", [])
    return {
        "incident": incident(show, dossier),
        "paged": show.everyone(waiting),
        "unlisted": show.listed(targets.unlisted(show.catalog, waiting)) or None,
        "by": show.someone(answered),
        "policy": ", ".join(_named(show, name) for name in named) or None,
        "already": show.everyone(it.values.get("already", [])),
        "unfit": [f"{one['who']} ({one['why']})" for one in it.values.get("unfit", [])],
        "since": show.when(min((page.owed_at for page in dossier.pages if page.person in already), default=None)),
    }


def declined(it: MessageContext) -> Context:
    """Who is asked now. `alarm`: nobody is left to ask, so this was done instead."""
    alarm = raised(it.show, it.dossier.incident) if it.values.get("alone") else None
    return {**asked(it), "alarm": alarm}


def in_vain(it: MessageContext) -> Context:
    """Who of those that were paged by name takes it not, and who has it or is asked."""
    show, values = it.show, it.values
    words = {PageState.DECLINED: "can't take it", PageState.FAILED: "couldn't be reached"}
    named = [
        {"who": show.person(who), "word": words.get(state, "hasn't answered"), "why": show.words(note) or None}
        for who, (state, note) in values.get("named", {}).items()
    ]
    return {
        "incident": incident(show, it.dossier),
        "named": named,
        "by": show.someone(values.get("by")),
        "still": show.listed(values.get("still", [])) or None,
    }


def begun(it: MessageContext) -> Context:
    """Whom the command that is answered has paged: never whom another escalation asks."""
    show, asked_now = it.show, it.values.get("begun", [])
    going_on = [_named(show, name) for name in it.values.get("going_on", [])]
    return {
        **asked(it),
        "paged": show.everyone(asked_now),
        "unlisted": show.listed(targets.unlisted(show.catalog, asked_now)) or None,
        "already": [*show.everyone(it.values.get("already", [])), *going_on],
        "reason": show.words(str(it.values.get("reason") or "")) or None,
    }


def _named(show: Presenter, name: str) -> str:
    """What was named, so that a policy is told from a team, a schedule and a group."""
    return f"the {name} policy" if name in show.catalog.policies else name


MESSAGES: Messages = {
    "acknowledged": IncidentMessage(asked, parts=frozenset({"pages", "roles"}), drawn_anew=True),
    "already_yours": IncidentMessage(asked),
    "already_acknowledged": IncidentMessage(asked),
    "declined": IncidentMessage(declined, drawn_anew=True),
    "named_in_vain": IncidentMessage(in_vain),
    "escalated": IncidentMessage(asked),
    "escalation_exhausted": IncidentMessage(asked),
    "nothing_to_escalate": IncidentMessage(asked),
    "paging": IncidentMessage(begun),
    "asked_already": IncidentMessage(asked),
    "escalation_at_its_end": IncidentMessage(of_values(state)),
    "confirmed": IncidentMessage(of_values(state)),
    "unacknowledged": IncidentMessage(of_values(state)),
    "taken_back": IncidentMessage(of_values(state)),
    "holding_changed": IncidentMessage(of_values(state)),
    "handover_offered": IncidentMessage(of_values(state)),
    "handover_taken": IncidentMessage(of_values(state)),
    "handover_refused": IncidentMessage(of_values(state)),
    "still_on_it": IncidentMessage(of_values(state)),
    "paused": IncidentMessage(of_values(state)),
    "resumed": IncidentMessage(of_values(state)),
    "paging_stopped": IncidentMessage(of_values(state)),
    "policy_renewed": IncidentMessage(of_values(state)),
    "informed": IncidentMessage(of_values(state)),
    "raise_ask": IncidentMessage(of_values(raise_ask)),
}
