"""Use cases of waiting: an incident is held until a time, and goes on by itself."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.core import written_time
from bot.domain.core.effect import Arm, tell
from bot.domain.core.errors import DomainError
from bot.domain.lifecycle import holding as rules
from bot.services.core.answer import Answer
from bot.services.core.incident import ref
from bot.services.incidents import complaints
from bot.services.workspace import directory
from bot.work import Work
from storage import timers
from storage.models import Incident
from storage.queries import command as command_queries
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

_LEADING = re.compile(r"^(?:until|till|for|to)\s+", re.IGNORECASE)
_LENGTH = re.compile(
    r"^(\d{1,3})\s*(m|h|d|w)(?:in|inutes?|ins|rs?|ours?|ays?|eeks?)?\b[\s,:;–-]*(.*)$", re.IGNORECASE | re.DOTALL
)
_DAY = re.compile(
    r"^(?:on )?(tomorrow|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|"
    r"sun(?:day)?)\b[\s,:;–-]*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
MORNING = time(9)
JUST_NOW = timedelta(minutes=5)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class UnknownUntil(DomainError):
    """I can't tell until when "{text}" is. Write it in front of the reason, such as `2h`, `17:30`, `tomorrow 9:00` or
    `Monday 9:00`.
    """


def written(w: Work, incident: Incident, text: str) -> Answer:
    """`until Monday 9:00 waiting for the vendor`, `2h waiting for the vendor`. Raises UnknownUntil and WhichZone."""
    until, reason = read(text, w.now, directory.zone(w, w.actor.who))
    return hold(w, incident, until, reason)


def read(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """The time in front of the words, always one to come, and the words behind it. Raises UnknownUntil."""
    clean = _LEADING.sub("", text.strip())
    if length := _LENGTH.match(clean):
        return now + int(length[1]) * _UNITS[length[2].lower()], length[3]
    if found := written_time.leading(f"{clean} .", now, zone):
        return _to_come(clean, found, now), found.rest.removesuffix(".").strip()
    if day := _DAY.match(clean):
        return _morning(day[1].lower(), now.astimezone(zone)).astimezone(now.tzinfo), day[2]
    raise UnknownUntil(text=text[:40])


def _to_come(text: str, found: written_time.WrittenTime, now: datetime) -> datetime:
    """A time of day is today's or tomorrow's; a weekday is the next one of that name. What the clock showed just now is
    not tomorrow's: that is over."""
    if found.exactly > now - JUST_NOW:
        return found.exactly
    if not found.dated:
        return found.other_day(1)
    return found.other_day(7) if _DAY.match(text) else found.at


def _morning(day: str, local: datetime) -> datetime:
    ahead = 1 if day == "tomorrow" else (_DAYS.index(day[:3]) - local.weekday() - 1) % 7 + 1
    return datetime.combine(local.date() + timedelta(days=ahead), MORNING, local.tzinfo)


def hold(w: Work, incident: Incident, until: datetime, reason: str) -> Answer:
    before = rules.asked_at(incident, w.now)
    facts = rules.hold(incident, until=until, reason=reason, now=w.now, ref=ref(w, incident))
    w.record(facts, incident=incident)
    if before and (later := rules.asked_at(incident, w.now)):
        _move_questions(w, incident, before, later)
    return Answer("held" if facts else "no_change", incident.number)


def end(w: Work, incident: Incident) -> Answer:
    """A person takes it off hold. Raises NotHeldNow."""
    _end(w, incident, by_itself=False)
    return Answer("hold_ended_answer", incident.number)


def over(w: Work, incident: Incident) -> None:
    """The clock: its time is over, so the work goes on, and whoever conducts it hears of it."""
    if _end(w, incident, by_itself=True):
        number = incident.number or 0
        person = incident_queries.roles(w.session, number).get("ic", incident.declared_by)
        w.carry_out(tell(person, "hold_ended", f"hold-ended:{number}:{w.now.isoformat()}", incident=number))


def _end(w: Work, incident: Incident, *, by_itself: bool) -> bool:
    cadence, waiting = w.catalog.severities[incident.severity].cadence, rules.asked_at(incident, w.now)
    facts = rules.end(incident, now=w.now, ref=ref(w, incident), cadence=cadence, by_itself=by_itself)
    w.record(facts, incident=incident)
    if facts and waiting:
        _move_questions(w, incident, waiting, w.now)
        complaints.review(w, incident)
    return bool(facts)


def _move_questions(w: Work, incident: Incident, before: datetime, to: datetime) -> None:
    """What fell due in the hold waits for its end: when that moves, so does it."""
    for kind, subject in timers.armed_for(w.session, before, _subjects(w, incident)):
        w.carry_out(Arm(kind, subject, to))


def _subjects(w: Work, incident: Incident) -> list[str]:
    """Whatever of an incident asks people by a timer."""
    number = incident.number or 0
    return [
        f"incident:{number}",
        *(f"escalation:{one.id}" for one in paging_queries.held_escalations(w.session, number)),
        *(f"action:{one.id}" for one in command_queries.actions(w.session, number)),
        *(f"ruling:{one.id}" for one in command_queries.rulings(w.session, number)),
    ]
