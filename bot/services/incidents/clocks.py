"""Use case: when something happened is put right by hand, one fact for each clock."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.core import written_time
from bot.domain.core.effect import Arm
from bot.domain.lifecycle import clocks as rules
from bot.services.core.answer import Answer
from bot.services.core.incident import ref
from bot.services.workspace import directory
from bot.work import Work
from storage.models import Incident, IncidentStatus

WORDS = {
    "started": ("started", "start", "began", "begin"),
    "detected": ("detected", "noticed", "detection"),
    "acknowledged": ("acknowledged", "acked", "ack"),
    "identified": ("identified", "cause"),
    "mitigated": ("mitigated", "impact ended", "ended", "recovered", "mitigation"),
    "resolved": ("resolved", "fixed"),
}
_KEYS = {word: key for key, words in WORDS.items() for word in words}
_WORD = re.compile(rf"\b({'|'.join(sorted(_KEYS, key=len, reverse=True))})\b(?:\s*(?:at|was|=|:))?\s*", re.IGNORECASE)


def correct(w: Work, incident: Incident, times: Mapping[str, datetime]) -> Answer:
    """Sets these clocks, all of them or none. Raises OrderOfTimes, NoClock, NotResolvedYet."""
    facts = rules.correct(incident, times, now=w.now, ref=ref(w, incident))
    w.record(facts, incident=incident)
    hold, watched = w.catalog.severities[incident.severity].stability_hold, incident.status == IncidentStatus.MONITORING
    if hold and watched and "mitigated" in times and incident.mitigated_at:
        w.carry_out(Arm("stable", f"incident:{incident.number}", max(w.now, incident.mitigated_at + hold)))
    return Answer("times" if facts else "no_change", incident.number)


def written(w: Work, incident: Incident, text: str) -> Answer:
    """`started 13:41, detected yesterday 23:50`. Raises NoClock and WhichZone."""
    zone = directory.zone(w, w.actor.who)
    found = list(_WORD.finditer(text))
    times: dict[str, datetime] = {}
    for one, following in zip(found, [*found[1:], None], strict=False):
        said = text[one.end() : following.start() if following else len(text)].strip(" ,;.&").removesuffix(" and")
        at = written_time.leading(f"{said} .", w.now, zone)
        if at is None or at.rest.strip(" .,"):
            raise rules.NoClock(choices=", ".join(rules.BY_KEY))
        times[_KEYS[one[1].lower()]] = at.a_day_before if at.ahead and not at.dated else at.at
    return correct(w, incident, times)


def same_minute(a: datetime | None, b: datetime | None) -> bool:
    """A form shows minutes: what was not touched is not moved."""
    return a is not None and b is not None and abs(a - b) < timedelta(minutes=1)
