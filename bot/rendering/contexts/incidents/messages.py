"""Messages about an incident: answers of its use cases, its posts and reminders, and what it asks of people."""

from datetime import datetime, timedelta

from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.roles import NAMES
from bot.domain.incidents.visibility import has_public_place
from bot.domain.lifecycle import phases
from bot.rendering.contexts.core import answers
from bot.rendering.contexts.core.message import (
    ROW,
    IncidentMessage,
    MessageContext,
    Messages,
    PlainMessage,
    of_incident,
    of_values,
)
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.rendering.contexts.incidents import lists, severities, surfaces
from bot.rendering.contexts.incidents.incident import Context, incident, pages_line, roles
from storage.models import IncidentStatus, RoomState
from storage.queries.incident_view import IncidentView

plain = of_incident(surfaces.plain)


def role(it: MessageContext) -> Context:
    key = it.values["role"]
    person = it.show.person(it.values["person"])
    return {"incident": incident(it.show, it.dossier), "role": NAMES.get(key, key), "key": key, "person": person}


def triage_declined(it: MessageContext) -> Context:
    """What it was instead, and where a wish is written down."""
    shown = {key: it.values.get(key) for key in ("kind", "wish", "ticket", "create")}
    return {"incident": incident(it.show, it.dossier), **shown}


def triage(it: MessageContext) -> Context:
    """`state`: waiting, accepted, merged, declined."""
    row = it.dossier.incident
    known = {IncidentStatus.TRIAGE: "waiting", IncidentStatus.MERGED: "merged"}
    state = known.get(row.status, "declined" if row.unaccepted else "accepted")
    return {"incident": incident(it.show, it.dossier), "state": state}


def merged(it: MessageContext) -> Context:
    """`into` is where the work goes on: its reference, and what its buttons carry."""
    number = int(it.values["into"])
    reason = it.show.words(str(it.values.get("reason", ""))) or None
    raised = it.values.get("raised")
    return {
        "incident": incident(it.show, it.dossier),
        "into": it.show.ref(number),
        "into_id": number,
        "reason": reason,
        "raised": it.show.severity(raised) if raised else None,
        "off_hold": bool(it.values.get("off_hold")),
        "left": _left(it),
    }


def _left(it: MessageContext) -> list[str]:
    """What the one that ended has left open, each as `A1 restart the pool (Bo)`."""
    return [it.show.words(str(one)) for one in it.values.get("left") or []]


def absorbed(it: MessageContext) -> Context:
    number = int(it.values["other"])
    return {"incident": incident(it.show, it.dossier), "other": it.show.ref(number), "left": _left(it)}


def stable(it: MessageContext) -> Context:
    """`until` is when it is asked again, once it was put off; then, and when it is over, nothing is left to press."""
    row, until = it.dossier.incident, it.values.get("until")
    watched = row.status == IncidentStatus.MONITORING and not until
    again = it.show.when(datetime.fromisoformat(until)) if until else None
    return {"incident": incident(it.show, it.dossier), "watched": watched, "until": again,
            "quiet": it.show.now - row.mitigated_at if row.mitigated_at else None}  # fmt: skip


def resolved(it: MessageContext) -> Context:
    """`left_out` is what was left of the stability hold, `whole` whether that was all of it."""
    left, hold = int(it.values.get("left_out") or 0), int(it.values.get("hold") or 0)
    return {
        **surfaces.plain(it.show, it.dossier),
        "left_out": timedelta(seconds=left) if left else None,
        "whole": left == hold,
        "early": bool(it.values.get("early")),
        "unticked": list(it.values.get("unticked") or []),
        "kept": [it.show.words(one) for one in it.values.get("kept") or []],
    }


def passed(it: MessageContext) -> Context:
    key = it.values["role"]
    by = it.show.person(it.values["by"])
    return {"incident": incident(it.show, it.dossier), "role": NAMES.get(key, key), "key": key, "by": by}


def vacated(it: MessageContext) -> Context:
    return {**role(it), "key": it.values["role"], "by": it.show.someone(it.values.get("by"))}


def published(it: MessageContext) -> Context:
    """`place`: room (or wherever an incident without one lives), or thread or person when its room is gone."""
    row = it.dossier.incident
    instead = "thread" if has_public_place(row) else "person"
    place = instead if row.room == RoomState.GONE else "room"
    return {"incident": incident(it.show, it.dossier), "number": it.values["number"], "place": place}


def gone(it: MessageContext) -> Context:
    row = it.dossier.incident
    return {
        "incident": incident(it.show, it.dossier),
        "name": it.values["name"],
        "why": Sentence(it.values["why"]),
        "public": has_public_place(row),
    }


def moved(it: MessageContext) -> Context:
    return {"incident": incident(it.show, it.dossier), "before": it.values["before"]}


def privacy(it: MessageContext) -> Context:
    shown = {"private": it.values["private"], "public": has_public_place(it.dossier.incident)}
    return {"incident": incident(it.show, it.dossier), **shown}


def link(it: MessageContext) -> Context:
    return {"incident": incident(it.show, it.dossier), "why": Sentence(it.values["why"])}


def holding_over(it: MessageContext) -> Context:
    return {
        "incident": incident(it.show, it.dossier),
        "by": it.show.someone(it.values["by"]),
        "undone": it.values.get("undone", False),
    }


def not_delivered(it: MessageContext) -> Context:
    return {"incident": incident(it.show, it.dossier), **answers.undelivered(it.show, it.values)}


def timed(it: MessageContext) -> Context:
    """When a note was taken to be, and what to choose from when that was odd."""
    n, text = it.dossier.incident.number, it.values.get("text", "")
    return {
        "incident": incident(it.show, it.dossier),
        "when": it.values["when"],
        "odd": it.values.get("odd"),
        "note": text,
        "choices": [{"label": label, "value": f"{n}:{at}:{text}"} for at, label in it.values.get("choices", [])],
    }


def room(it: MessageContext) -> Context:
    """Whether there is a war room, and whether there could be one."""
    row = it.dossier.incident
    policy = it.show.catalog.severities.get(row.severity)
    return {
        "incident": incident(it.show, it.dossier),
        "room": "opening" if row.room == RoomState.CREATING else row.room,
        "possible": is_open(row) and policy is not None and policy.war_room != "never",
    }


def join(it: MessageContext) -> Context:
    """Where the work goes on, for somebody who would have declared the same again."""
    row = it.dossier.incident
    thread = it.show.message_url(row.announcement_channel, row.announcement_ts)
    state = {RoomState.OPEN: "open", RoomState.CREATING: "opening"}.get(row.room, "thread" if thread else "alone")
    return {"incident": incident(it.show, it.dossier), "state": state, "thread_url": thread}


def status(it: MessageContext) -> Context:
    show, dossier = it.show, it.dossier
    return {
        "incident": incident(show, dossier),
        "roles": roles(show, dossier),
        "pages": pages_line(show, dossier),
        "process": process(show, dossier),
    }


def process(show: Presenter, dossier: IncidentView) -> list[Context]:
    """The clock of the gravest ones: each step, when it was done or is due, and how late that is."""
    sent = [page.sent_at or page.owed_at for page in dossier.pages]
    updated = dossier.updates[0].at if dossier.updates else None
    evidence = phases.Evidence(paged_at=min(sent, default=None), updated_at=updated)
    return [
        {"label": one.label, "done": one.at is not None, "late": one.late(show.now), "due": show.when(one.due)}
        for one in phases.process(dossier.incident, evidence)
    ]


MESSAGES: Messages = {
    # answers of use cases
    "declared": IncidentMessage(of_values(surfaces.declared), parts=frozenset({"pages"})),
    "severity_suggested": IncidentMessage(severities.suggested),
    "severities": PlainMessage(severities.definitions),
    "target_missed": IncidentMessage(severities.target_missed),
    "fields_set": IncidentMessage(of_values(surfaces.fields_set)),
    "complaint_made": IncidentMessage(severities.complaint),
    "severity_kept": IncidentMessage(plain),
    "severity_set": IncidentMessage(of_values(surfaces.severity_set), parts=ROW),
    "status": IncidentMessage(status),
    "triage": IncidentMessage(triage),
    "merged": IncidentMessage(merged),
    "merged_answer": IncidentMessage(merged),
    "absorbed": IncidentMessage(absorbed),
    "held": IncidentMessage(plain),
    "hold_ended": IncidentMessage(plain),
    "hold_ended_answer": IncidentMessage(plain),
    "stable_ask": IncidentMessage(stable),
    "ticked": IncidentMessage(plain, parts=ROW),
    "times": IncidentMessage(of_incident(surfaces.times)),
    "triage_declined": IncidentMessage(triage_declined),
    "status_set": IncidentMessage(plain, parts=ROW),
    "no_change": IncidentMessage(plain, parts=ROW),
    "role_held": IncidentMessage(role),
    "role_taken": IncidentMessage(role),
    "note_added": IncidentMessage(plain, parts=ROW),
    "note_timed": IncidentMessage(timed, parts=ROW),
    "note_time": IncidentMessage(timed, parts=ROW),
    "note_known": IncidentMessage(plain, parts=ROW),
    "update_published": IncidentMessage(published, parts=ROW),
    "update_snoozed": IncidentMessage(plain, parts=ROW),
    "update_settled": IncidentMessage(plain),
    "room_opening": IncidentMessage(plain),
    "room_exists": IncidentMessage(room),
    "room_declined": IncidentMessage(plain),
    "joining": IncidentMessage(plain),
    "join_instead": IncidentMessage(join, drawn_anew=True),
    "timeline": IncidentMessage(lambda it: lists.timeline(it.show, it.dossier, it.timeline), timeline=True),
    "resolved_answer": IncidentMessage(resolved),
    "reopened_answer": IncidentMessage(of_incident(surfaces.reopened_answer), parts=frozenset({"pages"})),
    "closed_answer": IncidentMessage(plain),
    "cancelled_answer": IncidentMessage(plain),
    # posts, direct messages, and what one person alone sees
    "update": IncidentMessage(lambda it: surfaces.update(it.show, it.dossier, it.values["update"])),
    "update_due": IncidentMessage(of_values(surfaces.update_due)),
    "resolved": IncidentMessage(of_incident(surfaces.resolved)),
    "cancelled": IncidentMessage(lambda it: surfaces.cancelled(it.show, it.dossier, it.values.get("reason", ""))),
    "reopened": IncidentMessage(lambda it: surfaces.reopened(it.show, it.dossier, it.values.get("reason", ""))),
    "role_passed": IncidentMessage(passed),
    "role_vacant": IncidentMessage(vacated),
    "holding_over": IncidentMessage(holding_over),
    "room_ask": IncidentMessage(room),
    "close_ask": IncidentMessage(plain),
    "digest": IncidentMessage(lambda it: lists.digest(it.show, it.dossier, it.timeline, it.values), timeline=True),
    "old_button": IncidentMessage(plain),
    "room_gone": IncidentMessage(gone),
    "room_moved": IncidentMessage(moved),
    "room_goes_on": IncidentMessage(plain),
    "room_renamed": IncidentMessage(moved),
    "room_privacy": IncidentMessage(privacy),
    "room_link": IncidentMessage(link),
    "not_delivered": IncidentMessage(not_delivered),
    "skipped": IncidentMessage(lambda it: surfaces.skipped(it.show, it.dossier, it.values["people"])),
}
