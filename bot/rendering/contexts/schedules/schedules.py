"""What messages about schedules show: shifts, overrides, requests for cover. Times come as ISO 8601 text."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.core.people import slack_id
from bot.domain.schedules import idle as idle_rules
from bot.domain.schedules import overrides as override_rules
from bot.domain.schedules.rota import stretches
from bot.domain.schedules.schedule import Shift
from bot.rendering.contexts.core.message import Messages, PlainMessage, Values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.values import When
from storage.models import CoverRequest, ScheduleOverride

Spans = Sequence[Sequence[str]]
AHEAD = timedelta(days=28)
TABLE = timedelta(days=14)
ROWS = 40
SHOWN = 12


def at(text: str | datetime | None) -> When | None:
    """A time with its date: shifts are days away."""
    if text is None:
        return None
    return When(datetime.fromisoformat(text) if isinstance(text, str) else text, "datetime")


def _stretch(show: Presenter, schedule: str, start: str | datetime, end: str | datetime | None) -> Context:
    """Its edges, and `when` it is: whole days as days."""
    begins, ends = (datetime.fromisoformat(edge) if isinstance(edge, str) else edge for edge in (start, end))
    assert begins is not None
    return {"start": at(begins), "end": at(ends), "when": show.between(schedule, begins, ends)}


def _changes(show: Presenter, schedule: str, rows: Sequence[Values]) -> list[Context]:
    return [
        {"who": show.person(one["person"]), "gains": one["gains"],
         **_stretch(show, schedule, one["start"], one["end"])}
        for one in rows[:SHOWN]
    ]  # fmt: skip


def override_added(show: Presenter, values: Values) -> Context:
    """The answer to whoever made it. `alone`: the stretches that nobody covers any more."""
    return {
        "override": values["override"],
        "schedule": values["schedule"],
        "changes": _changes(show, values["schedule"], values["changes"]),
        "more": max(0, len(values["changes"]) - SHOWN),
        "alone": _spans(show, values["schedule"], values.get("alone", [])),
        "note": values.get("note") or None,
    }


def schedule_changed(show: Presenter, values: Values) -> Context:
    """To one person whose shifts were changed by somebody else."""
    return {
        "schedule": values["schedule"],
        "what": values["what"],
        "by": show.person(values["by"]),
        "changes": _changes(show, values["schedule"], values["changes"]),
        "more": max(0, len(values["changes"]) - SHOWN),
        "note": show.words(values.get("note", "")) or None,
    }


def shift(show: Presenter, values: Values) -> Context:
    """To one person: their shift begins, is near, or is over."""
    return {
        "schedule": values["schedule"],
        "state": values["state"],
        "at": at(values["at"]),
        "until": at(values.get("until")),
        "people": show.everyone(values.get("people", [])),
    }


def cover_answer(show: Presenter, values: Values) -> Context:
    return {
        "cover": values["cover"],
        "schedule": values["schedule"],
        "person": show.person(values["person"]),
        "by": show.someone(values.get("by")),
        **_stretch(show, values["schedule"], values["start"], values["end"]),
        "state": values.get("state", "open"),
        **_exchanged(show, values["schedule"], values.get("partner"), values.get("gives", []), values.get("takes", [])),
    }


def _exchanged(show: Presenter, schedule: str, partner: str | None, gives: Spans, takes: Spans) -> Context:
    """Of a swap: with whom, and the stretches of either; for cover there is no partner."""
    return {"partner": show.someone(partner), "gives": _spans(show, schedule, gives),
            "takes": _spans(show, schedule, takes)}  # fmt: skip


def _spans(show: Presenter, schedule: str, rows: Spans) -> list[Context]:
    return [_stretch(show, schedule, start, end) for start, end in rows[:SHOWN]]


def cover_told(show: Presenter, values: Values) -> Context:
    """To whoever asked: what became of it, or that nobody has taken it yet."""
    return {
        "cover": values["cover"],
        "schedule": values.get("schedule"),
        "state": values["state"],
        "by": show.someone(values.get("by")),
        "owner": show.someone(values.get("owner")),
        "partner": show.someone(values.get("partner")),
    }


def cover_owner(show: Presenter, values: Values) -> Context:
    """To whoever looks after the schedule: the time comes near, and nobody has taken it."""
    return {"cover": values["cover"], "schedule": values["schedule"], "person": show.person(values["person"])}


def cover(show: Presenter, row: CoverRequest) -> Context:
    """The message in the team's channel, or to whom a swap is offered."""
    return {
        "cover": row.id,
        "schedule": row.schedule,
        "state": row.state,
        "person": show.person(row.person),
        "by": show.someone(row.taken_by),
        **_stretch(show, row.schedule, row.start, row.end),
        "note": show.words(row.note) or None,
        **_exchanged(show, row.schedule, row.partner, row.gives, row.takes),
    }


def gaps_opened(show: Presenter, values: Values) -> Context:
    """What `gaps_opened` is given: of the stretches that a change opened those that nobody covers now, and who did."""
    spans = []
    for one in values["gaps"]:
        start, end = max(datetime.fromisoformat(one["start"]), show.now), datetime.fromisoformat(one["end"])
        for gap in show.plan.gaps(values["schedule"], start, end) if start < end else []:
            spans.append((gap.start, gap.end, one["was"]))
    hours = sum((end - start).total_seconds() for start, end, _ in spans) / 3600
    return {
        "schedule": values["schedule"],
        "by": show.person(values["by"]),
        "owner": show.someone(values.get("owner")),
        "gaps": [
            {**_stretch(show, values["schedule"], start, end), "was": show.everyone(was)}
            for start, end, was in spans[:SHOWN]
        ],
        "more": max(0, len(spans) - SHOWN),
        "count": len(spans),
        "hours": f"{hours:.1f}".removesuffix(".0"),
    }


def my_shifts(show: Presenter, viewer: str, whose: str | None = None) -> Context:
    """What `my_shifts` is given: somebody's shifts of the next four weeks, on every schedule, in order; `whose` when
    somebody else asks."""
    rows = []
    for name in show.catalog.schedules:
        for who in _names(show, viewer):
            found = show.plan.whole_stretches(name, who, show.now, show.now + AHEAD)
            rows += [_own_shift(show, name, start, end) for start, end in found]
    rows.sort(key=lambda row: (row["begins"], row["schedule"]))
    return {"shifts": rows[:ROWS], "more": max(0, len(rows) - ROWS), "skipped": list(show.plan.skipped),
            "whose": show.name(whose) if whose else None}  # fmt: skip


def _names(show: Presenter, viewer: str) -> list[str]:
    """How schedules may name the viewer: by key, by Slack id."""
    return list(dict.fromkeys([override_rules.named(viewer, show.catalog), viewer]))


def _own_shift(show: Presenter, name: str, start: datetime, end: datetime | None) -> Context:
    return {
        "schedule": name,
        "begins": start,
        "now": start <= show.now,
        **_stretch(show, name, start, end),
        "when": show.between(name, start, end, from_now=True),
    }


def oncall_next(show: Presenter) -> Context:
    """What `oncall_next` is given: on each schedule who takes over next, and when."""
    rows = []
    for name in show.catalog.schedules:
        now = show.plan.on_call(name, show.now)
        after = show.plan.on_call(name, now.until) if now.until else None
        rows.append(
            {
                "schedule": name,
                "people": show.everyone(now.people),
                "at": at(now.until),
                "next": show.everyone(after.people) if after else [],
            }
        )
    return {"schedules": rows, "skipped": list(show.plan.skipped)}


def rota(show: Presenter, name: str, overrides: Sequence[ScheduleOverride], picture: bool) -> Context:
    """What `rota` is given: one schedule's coming two weeks, row by row, and the overrides that hold in them.

    `picture`: one is on its way.
    """
    until = show.now + TABLE
    shifts = show.plan.whole_shifts(name, show.now, until)
    coming = [row for row in overrides if row.schedule == name and row.cancelled_at is None and row.end > show.now]
    idle = {row.id for row in idle_rules.without_effect(show.plan, coming, show.now)}
    return {
        "schedule": name,
        "zone": show.catalog.schedules[name].timezone,
        "shifts": [_shift(show, name, *one) for one in shifts[:ROWS]],
        "more": max(0, len(shifts) - ROWS),
        "overrides": [{**_override(show, row), "idle": row.id in idle} for row in coming[:SHOWN]],
        "skipped": list(show.plan.skipped),
        "picture": picture,
    }


def rota_picture(name: str, zone: ZoneInfo) -> Context:
    """The words beside a picture."""
    return {"schedule": name, "zone": zone.key}


def _shift(show: Presenter, schedule: str, one: Shift, end: datetime | None) -> Context:
    return {
        **_stretch(show, schedule, one.start, end),
        "people": show.everyone(one.people),
        "layer": one.layer,
        "override": one.override,
    }


def _override(show: Presenter, row: ScheduleOverride) -> Context:
    return {
        "id": row.id,
        "kind": row.kind,
        "person": show.someone(row.person or None),
        "substitute": show.someone(row.substitute),
        "people": show.everyone(row.people),
        **_stretch(show, row.schedule, row.start, row.end),
        "by": show.person(row.created_by),
        "note": show.words(row.note) or None,
    }


def mine(show: Presenter, viewer: str, name: str) -> list[tuple[datetime, datetime]]:
    """The viewer's stretches on one schedule within four weeks."""
    shifts = show.plan.shifts(name, show.now, show.now + AHEAD)
    names = [who for who in _names(show, viewer) if slack_id(who, show.catalog)]
    return sorted(span for who in names for span in stretches(shifts, who))


def turns(show: Presenter, viewer: str, name: str) -> list[tuple[datetime, datetime]]:
    """The viewer's stretches that begin within four weeks, whole; one without an end can be given to nobody."""
    names = [who for who in _names(show, viewer) if slack_id(who, show.catalog)]
    found = [span for who in names for span in show.plan.whole_stretches(name, who, show.now, show.now + AHEAD)]
    return sorted((start, end) for start, end in found if end is not None)


MESSAGES: Messages = {
    "override_added": PlainMessage(override_added),
    "override_cancelled": PlainMessage(override_added),
    "schedule_changed": PlainMessage(schedule_changed),
    "shift": PlainMessage(shift),
    "cover_asked": PlainMessage(cover_answer),
    "swap_asked": PlainMessage(cover_answer),
    "cover_owner": PlainMessage(cover_owner),
    "cover_taken": PlainMessage(cover_answer),
    "cover_withdrawn": PlainMessage(cover_answer),
    "cover_settled": PlainMessage(cover_answer),
    "cover_told": PlainMessage(cover_told),
}
