"""Use cases of a pause: paging waits for a while, goes on by itself, or is stopped by hand."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.catalog.duration import parse_duration
from bot.domain.core import written_time, written_zone
from bot.domain.core.errors import NothingIsPaging, NotOnShift, TimeIsOver, UnknownLength
from bot.domain.paging import acknowledgement as rules
from bot.domain.paging import escalation as escalations
from bot.domain.schedules.overrides import named, rota_of
from bot.services.core.answer import Answer
from bot.services.paging import escalations as escalation_service
from bot.work import Work
from storage.models import Escalation, EscalationKind, EscalationState, Incident, Member, Page, PageState
from storage.queries import paging as paging_queries
from storage.queries import schedules as schedule_queries

LONGEST = timedelta(hours=12)
BEHIND = timedelta(hours=6)
"""A time on a clock that passed since then is not taken for tomorrow's."""
HOUR_BEHIND = timedelta(hours=3)
"""Likewise for an hour without minutes, which comes twice a day: "until 2"."""
MORNING = time(9)
USUAL = "15m"
_LEADING = re.compile(r"^(?:for|(until|till|to|by))\s+(?:the\s+)?")
_HOURS = re.compile(r"(\d{1,3})(?:[.,](\d))? ?h(?:(?:ou)?rs?)?(?: ?(?:and )?([0-5]?\d) ?(?:m(?:in(?:ute)?s?)?)?)?")
"""`1h30`, `1.5 h`, `2 hours 15`: a length, not a clock."""
_UNIT = re.compile(r"(\d+)\s*(s|m|h|d)(?:ec|econd|in|inute|r|our|ay)?s?\b(?:\s+and\s+|\s+)?", re.IGNORECASE)
_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10",
    "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "sixty": "60",
}  # fmt: skip
_FILLER = re.compile(
    r"\b(?:please|pls|plz|it|this|(?:the )?(?:pages?|paging|alerts?)|everything|for now|right now|thanks)\b"
)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def pause(w: Work, incident: Incident, text: str = "", *, page: Page | None = None) -> Answer:
    """No further level is asked for a while: `15m`, `1h`, `shift` (the end of one's own), `9:00` in one's own zone.

    Twelve hours at most, so that nothing is forgotten. Raises NothingIsPaging, UnknownLength, TimeIsOver, NotOnShift.
    """
    found = _going(w, incident, page)
    if not found:
        return _nothing(w, incident, page, "pause")
    asked, longest = _until(w, _length_words(text) or USUAL), w.now + LONGEST
    until = min(asked, longest)
    for escalation in found:
        facts = rules.pause(escalation, by=w.actor.who, until=until)
        w.record(facts, incident=incident, escalation=escalation, pages=w.pages(escalation))
    return Answer("paused", incident.number, {"until": until.isoformat(), "cut": asked > longest})


def _going(
    w: Work, incident: Incident, page: Page | None, states: tuple[str, ...] = EscalationState.GOING_ON
) -> list[Escalation]:
    """What is paging now; with a page, only its own escalation and only while its buttons are true."""
    if page is not None and page.state not in PageState.WAITING:
        return []
    rows = paging_queries.running_escalations(w.session, incident.number or 0)
    going = [one for one in rows if one.state in states and one.kind not in EscalationKind.ASIDE]
    return [one for one in going if page is None or one.id == page.escalation]


def _nothing(w: Work, incident: Incident, page: Page | None, what: str) -> Answer:
    if page is None:
        raise NothingIsPaging(ref=w.catalog.reference(incident.number or 0), what=what)
    return escalation_service.present(w, incident, page.id)


def _length_words(text: str) -> str:
    """In small letters, numbers as digits, without words that say no length: "pause the paging, please"."""
    plain = _FILLER.sub(" ", text.lower())
    plain = re.sub(r"[a-z]+", lambda word: _NUMBERS.get(word[0], word[0]), plain)
    return " ".join(plain.split()).strip(" ,.!")


def _until(w: Work, text: str) -> datetime:
    leading = _LEADING.match(text)
    text, a_clock = _LEADING.sub("", text), bool(leading and leading[1])
    if text in ("shift", "shift end", "end of shift"):
        return _shift_end(w)
    if text in ("morning", "tomorrow morning"):
        return _next_clock(w.now, MORNING, _zone(w))
    if clock := _CLOCK.fullmatch(text):
        return _to_come(_next_clock(w.now, time(int(clock[1]), int(clock[2])), _zone(w)), w.now, text)
    if a_clock and text.isdigit() and int(text) <= 24:
        return _next_hour(w.now, int(text), _zone(w))
    if not a_clock and (hours := _HOURS.fullmatch(text)):
        return w.now + timedelta(hours=float(f"{hours[1]}.{hours[2] or 0}"), minutes=int(hours[3] or 0))
    if at := written_time.coming(text, w.now, _zone(w)):
        return _to_come(at, w.now, text)
    try:
        length = _length(text)
    except ValueError:
        raise UnknownLength(text=text[:40]) from None
    if length <= timedelta(0):
        raise UnknownLength(text=text[:40])
    return w.now + length


def _to_come(at: datetime, now: datetime, text: str, behind: timedelta = BEHIND) -> datetime:
    """The moment, unless the clock showed it just now: whoever writes 11:15 at 11:17 does not mean tomorrow.

    Raises TimeIsOver.
    """
    if at - timedelta(days=1) >= now - behind:
        raise TimeIsOver(text=text[:40])
    return at


def _length(text: str) -> timedelta:
    """`15m`, `15 minutes`, `1 hour`, `an hour`; a number alone is minutes. Raises ValueError."""
    amount = re.sub(r"\b(an?|one)\b", "1", text).removesuffix(" please").strip(" .,!")
    if amount in ("half 1 hour", "half hour", "half 1h"):
        return timedelta(minutes=30)
    return parse_duration(f"{amount}m" if amount.isdigit() else _UNIT.sub(lambda found: found[1] + found[2][0], amount))


def _shift_end(w: Work) -> datetime:
    """When the shift of whoever asks ends, the earliest if there are several."""
    rota = rota_of(w.catalog, *schedule_queries.overrides(w.session, w.now))
    me = {w.actor.who, named(w.actor.who, w.catalog)}
    now = [rota.on_call(schedule, w.now) for schedule in w.catalog.schedules]
    ends = [one.until for one in now if me & set(one.people) and one.until]
    if not ends:
        raise NotOnShift()
    return min(ends)


def _zone(w: Work) -> ZoneInfo:
    known = w.catalog.people.get(w.actor.who) or w.catalog.person_by_slack(w.actor.who)
    member = w.session.get(Member, w.actor.who)
    configured = known.timezone if known else None
    return written_zone.zone(configured, member.timezone if member else None, w.catalog.display.time_zone)


def _next_clock(now: datetime, clock: time, zone: ZoneInfo) -> datetime:
    """The next time that a clock in this zone shows this time of day."""
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), clock, zone)
    return (today if today > local else datetime.combine(local.date() + timedelta(days=1), clock, zone)).astimezone(
        now.tzinfo
    )


def _next_hour(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The next time that a clock shows this hour; "until 2" is 2:00 or 14:00, whichever comes first."""
    if not 0 < hour <= 12:
        return _to_come(_next_clock(now, time(hour % 24), zone), now, f"{hour}:00")
    both = [_next_clock(now, time(one % 24), zone) for one in (hour, hour + 12)]
    _to_come(max(both), now, f"{hour}:00", HOUR_BEHIND)
    return min(both)


def resume(w: Work, incident: Incident, *, reason: str = "") -> Answer:
    """Ends a pause before its time."""
    found = _going(w, incident, None, (EscalationState.PAUSED,))
    if not found:
        raise NothingIsPaging(ref=w.catalog.reference(incident.number or 0), what="resume")
    for escalation in found:
        wake(w, incident, escalation, reason or f"resumed by {{person:{w.actor.who}}}")
    return Answer("resumed", incident.number)


def wake(w: Work, incident: Incident | None, escalation: Escalation, reason: str) -> None:
    """The pause is over: the level it stood at is asked again, or the first if nobody has been asked yet."""
    facts = rules.wake(escalation, reason=reason)
    if not facts:
        return
    w.record(facts, incident=incident, escalation=escalation, pages=w.pages(escalation))
    if w.pages(escalation):
        escalation_service.advance(w, incident, escalation, reason, escalation.level)
    else:
        escalation_service.begin(w, incident, escalation)


def stop(w: Work, incident: Incident, text: str = "", *, page: Page | None = None) -> Answer:
    """Ends the paging although nobody has acknowledged; who did it, and why, is in the timeline."""
    found = _going(w, incident, page, EscalationState.LIVE)
    if not found:
        return _nothing(w, incident, page, "stop")
    reason = f"by {{person:{w.actor.who}}}" + (f": {text.strip()}" if text.strip() else "")
    for escalation in found:
        pages = w.pages(escalation)
        facts = escalations.stop(escalation, pages, reason=reason, now=w.now)
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
    return Answer("paging_stopped", incident.number)
