"""What messages around a rotation's change show: the note, the survey, checklists, and a word about rest."""

from bot.domain.oncall.shift_handoff import Handed
from bot.rendering.contexts.core.message import Messages, PlainMessage, Values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.contexts.schedules.schedules import at
from storage.models import HandoffNote, Incident, ScheduleOverride

SHOWN = 10
QUESTIONS = {"postmortem": "no postmortem yet", "resolution": "what fixed it isn't logged",
             "impact": "impact isn't logged"}  # fmt: skip


def note(show: Presenter, row: HandoffNote, handed: Handed) -> Context:
    """What `handoff` is given. `id` is None for a note that is only looked at."""
    life = show.catalog.on_call.handoff
    paged = handed.paged
    return {
        "id": row.id,
        "schedule": row.schedule,
        "outgoing": show.everyone(row.outgoing),
        "incoming": show.everyone(row.incoming),
        "since": at(row.since),
        "start": at(row.start),
        "open": [_incident(show, one) for one in handed.open[:SHOWN]],
        "ended": [{**_incident(show, one), "questions": _questions(one)} for one in handed.ended[:SHOWN]],
        "more": max(0, len(handed.open) - SHOWN) + max(0, len(handed.ended) - SHOWN),
        "paged": {
            "total": paged.total,
            "after_hours": paged.after_hours,
            "false_alarms": paged.false_alarms,
            "services": [{"name": name, "count": count} for name, count in paged.services[:SHOWN]],
        },
        "overrides": [_override(show, one) for one in handed.overrides[:SHOWN]],
        "contacts": _contacts(show, row.schedule),
        "quirks": list(life.quirks),
        "tips": list(life.tips),
        "words": show.words(row.words) or None,
        "edited_by": show.someone(row.edited_by),
        "taken_by": show.someone(row.taken_by),
        "taken_at": at(row.taken_at),
    }


def people(row: HandoffNote, handed: Handed) -> list[str]:
    """Everybody whose name a note shows."""
    some = [row.edited_by, row.taken_by, *(who for one in handed.overrides for who in _concerned(one))]
    return [*row.outgoing, *row.incoming, *(who for who in some if who)]


def _incident(show: Presenter, row: Incident) -> Context:
    return {
        "ref": show.ref(row.number),
        "title": show.words(row.title),
        "severity": show.severity(row.severity),
        "dot": show.dot(row.severity),
        "status": row.status,
        "service": row.service,
    }


def _questions(row: Incident) -> str | None:
    """What of a resolved incident is still to be answered."""
    missing = {"postmortem": row.postmortem_link, "resolution": row.resolution, "impact": row.impact}
    return ", ".join(QUESTIONS[name] for name, value in missing.items() if not value) or None


def _override(show: Presenter, row: ScheduleOverride) -> Context:
    return {
        "kind": row.kind,
        "who": show.everyone(_concerned(row)),
        "start": at(row.start),
        "end": at(row.end),
        "when": show.between(row.schedule, row.start, row.end),
        "note": show.words(row.note) or None,
    }


def _concerned(row: ScheduleOverride) -> list[str]:
    return [who for who in (*row.people, row.person, row.substitute) if who]


def _contacts(show: Presenter, schedule: str) -> list[Context]:
    """Who knows more: the team's lead, and the specialists."""
    found = show.catalog.schedules.get(schedule)
    team = show.catalog.teams.get(found.team or "") if found else None
    lead = [{"what": f"{team.name}, lead", "who": show.person(team.lead), "how": None}] if team and team.lead else []
    return [
        *lead,
        *(
            {"what": one.name, "who": None, "how": f"/incident escalate to {key}"}
            for key, one in list(show.catalog.specialists.items())[:SHOWN]
            if one.to
        ),
    ]


def survey(show: Presenter, values: Values) -> Context:
    return {"handoff": values["handoff"], "schedule": values["schedule"]}


def taken(show: Presenter, values: Values) -> Context:
    return {"schedule": values["schedule"], "by": show.someone(values.get("person"))}


def rated(show: Presenter, values: Values) -> Context:
    return {"handoff": values["handoff"], "schedule": values["schedule"], "score": values["score"]}


def wellness(show: Presenter, values: Values) -> Context:
    """`when` is before, during or after; the texts are those of the configuration."""
    chosen = getattr(show.catalog.on_call.wellness, values["when"])
    return {"schedule": values["schedule"], "when": values["when"], "items": list(chosen)}


def recovery(show: Presenter, values: Values) -> Context:
    """`yours`: it is told to the person; else to whoever looks after the schedule."""
    return {
        "yours": values["yours"],
        "who": show.person(values["person"]),
        "schedule": values["schedule"] or None,
        "pages": values["pages"],
        "owner": show.someone(values.get("owner")),
    }


def group_incomplete(show: Presenter, values: Values) -> Context:
    """To whoever looks after the schedule: who is on call and cannot be in its user group."""
    return {
        "group": values["group"],
        "schedules": list(values["schedules"]),
        "left": [{"who": show.person(who), "why": why} for who, why in values["left"].items()],
        "problem": values["problem"] or None,
    }


MESSAGES: Messages = {
    "group_incomplete": PlainMessage(group_incomplete),
    "handoff_survey": PlainMessage(survey),
    "handoff_taken": PlainMessage(taken),
    "handoff_rated": PlainMessage(rated),
    "wellness": PlainMessage(wellness),
    "recovery": PlainMessage(recovery),
}
