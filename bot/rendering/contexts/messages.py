"""Every message that is named by its template: answers to people, posts, direct messages, lines of a thread.

One table says what each template is given, so that a use case needs to know no more than a name and plain values.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.roles import NAMES
from bot.domain.paging import targets
from bot.rendering.contexts.assistance import assistance
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.rendering.contexts.incidents import lists, surfaces
from bot.rendering.contexts.incidents.incident import Context, incident, pages_line, roles
from bot.rendering.contexts.oncall import shift_handoff
from bot.rendering.contexts.paging import acknowledgement, thread_methods
from bot.rendering.contexts.paging import thread as thread_context
from bot.rendering.contexts.schedules import schedules
from storage.models import TimelineEntry
from storage.queries.incident_view import IncidentView

Values = Mapping[str, Any]


@dataclass(frozen=True)
class MessageContext:
    """What an answer is about: the incident as it is now, the values the use case gave, and its timeline."""

    show: Presenter
    dossier: IncidentView
    values: Values = field(default_factory=dict)
    timeline: Sequence[TimelineEntry] = ()


Build = Callable[[MessageContext], Context]

# What the quickest answers show of an incident's record; every other one is given the whole of it.
_ROW: frozenset[str] = frozenset()
PARTS: Mapping[str, frozenset[str]] = {
    "note_added": _ROW,
    "note_known": _ROW,
    "update_snoozed": _ROW,
    "no_change": _ROW,
    "status_set": _ROW,
    "severity_set": _ROW,
    "declared": frozenset({"pages"}),
    "acknowledged": frozenset({"pages", "roles"}),
}


def context(template: str, matter: MessageContext) -> Context:
    """What `template` is given. Raises LookupError for a template that no table knows."""
    build = TEMPLATES.get(template)
    if build is None:
        raise LookupError(f"no context is known for the template {template}")
    return build(matter)


def bare(template: str, show: Presenter, values: Values) -> Context:
    """What a template about no incident is given. Raises LookupError for one that needs an incident."""
    build = WITHOUT_INCIDENT.get(template)
    if build is None:
        raise LookupError(f"the template {template} needs an incident")
    return build(show, values)


MOST_PROBLEMS = 10


def _problems(problems: Sequence[str]) -> Context:
    """Mistakes of a configuration, each with its place."""
    shown = [Sentence(one) for one in problems[:MOST_PROBLEMS]]
    return {"problems": shown, "more": max(0, len(problems) - MOST_PROBLEMS)}


def _plain(matter: MessageContext) -> Context:
    return surfaces.plain(matter.show, matter.dossier)


def _paging(matter: MessageContext) -> Context:
    """Who is being asked now, who has answered, and the policy when one was named."""
    show, dossier = matter.show, matter.dossier
    waiting = [page.person for page in dossier.pages if page.state in ("owed", "sent")]
    answered = matter.values.get("by") or (dossier.escalation.acknowledged_by if dossier.escalation else None)
    named = matter.values.get("who", [])
    return {
        "incident": incident(show, dossier),
        "paged": show.everyone(waiting),
        "unlisted": show.listed(targets.unlisted(show.catalog, waiting)) or None,
        "by": show.someone(answered),
        "policy": ", ".join(f"the {name} policy" for name in named) or None,
    }


def _role(matter: MessageContext) -> Context:
    key = matter.values["role"]
    person = matter.show.person(matter.values["person"])
    return {"incident": incident(matter.show, matter.dossier), "role": NAMES.get(key, key), "person": person}


def _passed(matter: MessageContext) -> Context:
    key = matter.values["role"]
    by = matter.show.person(matter.values["by"])
    return {"incident": incident(matter.show, matter.dossier), "role": NAMES.get(key, key), "key": key, "by": by}


def _link(matter: MessageContext) -> Context:
    return {"incident": incident(matter.show, matter.dossier), "link": matter.values["link"]}


def _number(matter: MessageContext) -> Context:
    return {"incident": incident(matter.show, matter.dossier), "number": matter.values["number"]}


def _room(matter: MessageContext) -> Context:
    row = matter.dossier.incident
    policy = matter.show.catalog.severities.get(row.severity)
    return {
        "incident": incident(matter.show, matter.dossier),
        "room": "opening" if row.room == "creating" else row.room,
        "possible": is_open(row) and policy is not None and policy.war_room != "never",
    }


def _join(matter: MessageContext) -> Context:
    show, row = matter.show, matter.dossier.incident
    thread = show.message_url(row.announcement_channel, row.announcement_ts)
    state = {"open": "open", "creating": "opening"}.get(row.room, "thread" if thread else "alone")
    return {"incident": incident(show, matter.dossier), "state": state, "thread_url": thread}


def _status(matter: MessageContext) -> Context:
    show, dossier = matter.show, matter.dossier
    return {"incident": incident(show, dossier), "roles": roles(show, dossier), "pages": pages_line(show, dossier)}


def _line(matter: MessageContext) -> Context:
    """A line of the ladder's log, whose escalation the dossier holds."""
    escalation = matter.dossier.escalation
    if escalation is None:
        raise LookupError("a line of the ladder needs its escalation")
    return thread_context.line(matter.show, matter.dossier, escalation, matter.values)


def _alarm_over(matter: MessageContext) -> Context:
    if matter.dossier.escalation is None:
        raise LookupError("an alarm that is over needs its escalation")
    return thread_context.alarm_over(matter.show, matter.dossier, matter.dossier.escalation)


def _holding(matter: MessageContext) -> Context:
    return acknowledgement.state(matter.show, matter.dossier, matter.values)


def _specialist(matter: MessageContext) -> Context:
    return assistance.specialist(matter.show, matter.dossier, matter.values)


def _vendor(matter: MessageContext) -> Context:
    return assistance.vendor(matter.show, matter.dossier, matter.values)


def _decision(matter: MessageContext) -> Context:
    return assistance.decision(matter.show, matter.dossier, matter.values)


def _due(matter: MessageContext) -> Context:
    return surfaces.update_due(matter.show, matter.dossier, matter.values)


TEMPLATES: dict[str, Build] = {
    # answers of use cases
    "declared": lambda it: surfaces.declared(it.show, it.dossier),
    "acknowledged": _paging,
    "already_yours": _paging,
    "already_acknowledged": _paging,
    "declined": _paging,
    "escalated": _paging,
    "escalation_exhausted": _paging,
    "nothing_to_escalate": _paging,
    "paging": _paging,
    "escalation_at_its_end": _holding,
    "confirmed": _holding,
    "unacknowledged": _holding,
    "taken_back": _holding,
    "holding_changed": _holding,
    "handover_offered": _holding,
    "paused": _holding,
    "resumed": _holding,
    "paging_stopped": _holding,
    "policy_renewed": _holding,
    "severity_kept": _plain,
    "role_held": _role,
    "role_taken": _role,
    "note_added": _plain,
    "note_known": _plain,
    "update_published": _number,
    "update_snoozed": _plain,
    "update_settled": _plain,
    "no_change": _plain,
    "status_set": _plain,
    "severity_set": _plain,
    "room_opening": _plain,
    "room_exists": _room,
    "room_declined": _plain,
    "resolved_answer": _plain,
    "reopened_answer": _plain,
    "close_ask": _plain,
    "closed_answer": _plain,
    "specialist_paged": _specialist,
    "vendor_case": _vendor,
    "vendor_escalated": _vendor,
    "vendor_answered": _vendor,
    "question_asked": _decision,
    "already_decided": _decision,
    "tree_done": _plain,
    "cancelled_answer": _plain,
    "status": _status,
    "joining": _plain,
    "join_instead": _join,
    "postmortem_ready": _link,
    "postmortem_coming": _plain,
    "timeline": lambda it: lists.timeline(it.show, it.dossier, it.timeline),
    # posts, direct messages, whispers
    "update": lambda it: surfaces.update(it.show, it.dossier, it.values["update"]),
    "update_due": _due,
    "resolved": lambda it: surfaces.resolved(it.show, it.dossier),
    "reopened": lambda it: surfaces.reopened(it.show, it.dossier, it.values.get("reason", "")),
    "joined": lambda it: surfaces.joined(it.show, it.dossier, it.timeline),
    "room_ask": _room,
    "specialist_silent": _specialist,
    "vendor_silent": _vendor,
    "decided": _decision,
    "private_note": lambda it: assistance.note(it.show, it.dossier, it.values),
    "alarm_over": _alarm_over,
    "role_passed": _passed,
    "still_on_it": _holding,
    "handover_taken": _holding,
    "handover_refused": _holding,
    "informed": _holding,
    "raise_ask": lambda it: acknowledgement.raise_ask(it.show, it.dossier, it.values),
    "skipped": lambda it: surfaces.skipped(it.show, it.dossier, it.values["people"]),
    # lines of an escalation's log
    "ladder_level": _line,
    "ladder_ack": _line,
    "ladder_declined": _line,
    "ladder_failed": _line,
    "ladder_asked": _line,
    "ladder_unack": _line,
    "ladder_handover": _line,
    "ladder_way_failed": lambda it: thread_methods.failed(it.show, it.dossier, it.values),
    "ladder_reached": lambda it: thread_methods.reached(it.show, it.dossier, it.values),
}
NEED_TIMELINE = frozenset({"timeline", "joined"})
WITHOUT_INCIDENT: dict[str, Callable[[Presenter, Values], Context]] = {
    **schedules.ANSWERS,
    **shift_handoff.ANSWERS,
    "test_page_sent": lambda show, values: {},
    "test_page_acknowledged": lambda show, values: {},
    "test_page_over": lambda show, values: {},
    "test_page_for": lambda show, values: {"person": show.person(values["person"])},
    "way_refused": lambda show, values: {"way": values["way"], "reason": values["reason"]},
    "way_accepted": lambda show, values: {"way": values["way"]},
    "configuration_refused": lambda show, values: _problems(values["problems"]),
    "configuration_mended": lambda show, values: {},
    "refusal": lambda show, values: {"sentence": Sentence(show.words(values["sentence"]))},
    "help": lambda show, values: {"tip": None, "verbs": [], "example": show.ref(42), "number": "42", **values},
}
