"""How one person is reached for one page: each way becomes a step with its time, or a reason why it is not used.

Slack comes first and at once. The person's own rules decide about the rest; a level may add ways, and the severities
that must not be missed go at least two ways at once where there is a second. A phone rings for what is urgent.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.catalog.sections.company import Contact, Via
from bot.catalog.sections.policies import PHONE, QUIET
from bot.domain.contact.methods import (
    AT_ONCE,
    NAMES,
    NONE,
    SLACK,
    TWO_WAYS,
    WAYS,
    Contactee,
    ContactMethod,
    Occasion,
    Unused,
    address,
    label,
    refusal,
)  # fmt: skip

BEHIND = timedelta(minutes=1)
"""How long after its call a text goes to a number that a policy names itself."""


def plan(
    who: Contactee, occasion: Occasion, hindered: Mapping[str, str], ailing: Mapping[str, str] = NONE
) -> list[ContactMethod]:
    """Every way there is, those that are used first, in their order; `hindered` as `hindrances` says.

    Two rules for one way are one: the earlier counts. `ailing` ways, each with the reason (the end of a sentence that
    begins with the way), are tried all the same, but not counted on: others leave at once in their place.
    """
    delays = _delays(who, occasion)
    ways = _within(occasion, _quiet(who, occasion), [_way(via, who, delays, hindered) for via in WAYS], ailing)
    used = sorted((way for way in ways if not way.unused), key=lambda way: _rank(way, list(delays)))
    if occasion.event == "test":
        used = [replace(way, after=AT_ONCE) for way in used]
    return [*_at_once(used, occasion.severity, ailing), *(way for way in ways if way.unused)]


def _delays(who: Contactee, occasion: Occasion) -> dict[str, timedelta]:
    """When each way is used that anybody asks for, in the order in which they are named."""
    if who.place:  # a text behind the call: nobody can acknowledge a call by its link
        return {via: BEHIND if via == "sms" else AT_ONCE for via in WAYS if address(via, who)}
    delays: dict[str, timedelta] = {SLACK: AT_ONCE}
    for rule in who.rules:
        if _holds(rule, occasion):
            delays[rule.via] = min(delays.get(rule.via, rule.after), rule.after)
    return delays | {via: AT_ONCE for via in occasion.via if via not in delays}


def _holds(rule: Contact, occasion: Occasion) -> bool:
    """Whether a rule is for this severity. A test page, and whoever is looked at without an incident, ask for all."""
    return not rule.severities or occasion.severity is None or occasion.severity in rule.severities


def _quiet(who: Contactee, occasion: Occasion) -> set[Via]:
    """The ways that ring a phone for which the page is not urgent enough.

    What the level's `via` names rings. Where only the severity says how urgent it is, so does what `only` names, what a
    person's rule asks for at this very severity, and the number that a policy names itself.
    """
    named = {*occasion.only, *(rule.via for rule in who.rules if occasion.severity in rule.severities)}
    meant = set(PHONE) if who.place else named
    return {
        via
        for via in PHONE
        if occasion.priority_of(via) in QUIET
        and via not in occasion.via
        and (occasion.said_of(via) or via not in meant)
    }


def _within(
    occasion: Occasion, quiet: Container[str], ways: list[ContactMethod], ailing: Container[str]
) -> list[ContactMethod]:
    """Without what the level leaves out. What would leave nobody to be reached is not followed: a page goes first.

    A phone rings all the same where nothing else of what the level allows gets through.
    """
    others = {via for via in WAYS if occasion.only and via not in occasion.only}
    nothing: Container[str] = ()
    for left_out in (others, nothing):
        calm = [_left_out(way, quiet, left_out) for way in ways]
        if not _reaches(calm, nothing):
            continue
        loud = [_left_out(way, nothing, left_out) for way in ways]
        return loud if not _reaches(calm, ailing) and _reaches(loud, ailing) else calm
    return ways


def _reaches(ways: list[ContactMethod], ailing: Container[str]) -> bool:
    return any(not way.unused and way.via not in ailing for way in ways)


def _left_out(way: ContactMethod, quiet: Container[str], others: Container[str]) -> ContactMethod:
    why = Unused.LEFT_OUT if way.via in others else Unused.NOT_URGENT if way.via in quiet else ""
    return replace(way, unused=why) if why and not way.unused else way


def _way(via: Via, who: Contactee, delays: Mapping[str, timedelta], hindered: Mapping[str, str]) -> ContactMethod:
    why = refusal(via, who, hindered)
    if not why and via not in delays:
        why = Unused.OTHER_SEVERITY if any(rule.via == via for rule in who.rules) else Unused.NO_RULE
    return ContactMethod(via, delays.get(via, AT_ONCE), label(via, who), why)


def _rank(way: ContactMethod, named: Sequence[str]) -> tuple[bool, timedelta, int]:
    return way.via != SLACK, way.after, named.index(way.via)


def _at_once(used: list[ContactMethod], severity: str | None, ailing: Mapping[str, str]) -> list[ContactMethod]:
    """The first way never waits, for there is nothing before it; nor does the second when none may be missed.

    What is known not to get through is none of them.
    """
    soon = 2 if severity in TWO_WAYS else 1
    always = used[:soon]
    sound = [way for way in used if way.via not in ailing][:soon]
    because = "; ".join(f"{NAMES[way.via]} {ailing[way.via]}" for way in used if way.via in ailing)
    return [
        replace(way, after=AT_ONCE if way in always or way in sound else way.after,
                note=ailing.get(way.via) or ("" if way in always or way not in sound else f"at once: {because}"))
        for way in used
    ]  # fmt: skip
