"""Can everybody be reached who is on call in the coming two weeks? A pure rule: findings with what to do about each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from typing import Literal

from bot.catalog import Catalog
from bot.domain.contact import calm, do_not_disturb, methods, planning
from bot.domain.contact.finding import Finding
from bot.domain.contact.methods import NAMES, Contactee, Occasion
from bot.domain.core.people import display_name, slack_id
from bot.domain.schedules import coverage, idle
from bot.domain.schedules.rota import Rota, stretches
from bot.domain.schedules.schedule import Shift
from storage.models import DoNotDisturb, Member, ScheduleOverride

AHEAD = timedelta(days=14)
FRESH = timedelta(days=90)
"""How long an acknowledged test page proves a way."""


@dataclass(frozen=True)
class Proof:
    """The last times at which a way reached somebody, failed, and was answered on a test page."""

    sent_at: datetime | None = None
    failed_at: datetime | None = None
    acknowledged_at: datetime | None = None


Proofs = Mapping[tuple[str, str], Proof]
"""By the name in our records (Slack id, else key) and contact method."""
Silences = Mapping[str, DoNotDisturb]
"""By Slack id; whoever is not in it has no do-not-disturb, or nobody may know."""


@dataclass(frozen=True)
class Known:
    """What the records say beside the configuration. `listed`: who is not among the `members` is not in Slack."""

    members: Mapping[str, Member] = field(default_factory=dict)
    listed: bool = False
    proofs: Proofs = field(default_factory=dict)
    silences: Silences = field(default_factory=dict)
    overrides: Sequence[ScheduleOverride] = ()


def findings(rota: Rota, now: datetime, known: Known) -> list[Finding]:
    """Everything that could keep a page from somebody in [now, now + 14 days), the gravest kinds first."""
    plans = {key: rota.shifts(key, now, now + AHEAD) for key in rota.catalog.schedules}
    found = [*_gaps(rota.catalog, plans), *_level_gaps(rota, now), *_of_people(rota.catalog, plans, now, known)]
    found += [*_alone(rota.catalog, plans), *_both(rota.catalog, plans)]
    return [*found, *(_idle(rota, row, now) for row in idle.without_effect(rota, known.overrides, now))]


def _of_people(
    catalog: Catalog, plans: Mapping[str, Sequence[Shift]], now: datetime, known: Known
) -> Iterator[Finding]:
    duties: dict[str, list[str]] = {}
    for schedule, plan in plans.items():
        for person in dict.fromkeys(who for shift in plan for who in shift.people):
            duties.setdefault(person, []).append(schedule)
    hindered = methods.hindrances(catalog)
    for person, schedules in duties.items():
        slack = slack_id(person, catalog)
        member = known.members.get(slack or "")
        named = (tuple(schedules), person)
        if slack and member is None and known.listed:
            yield _unknown(catalog, named, slack)
        yield from _account(catalog, named, member)
        on_duty = [stretch for schedule in schedules for stretch in stretches(plans[schedule], person)]
        silence = known.silences.get(slack or "")
        asleep = silence if silence and do_not_disturb.meets(silence, on_duty, now) else None
        yield from _ways(catalog, named, slack, hindered, now, known.proofs, asleep)
        yield from _zone(catalog, named, member)


Named = tuple[tuple[str, ...], str]


def _unknown(catalog: Catalog, named: Named, slack: str) -> Finding:
    schedules, person = named
    said = f"{display_name(person, catalog)} is {_on(schedules)}, but no one in Slack has the id {slack}."
    return Finding("unknown", schedules, person, said, f"correct `slack` under people.{person} in tocsin.yml.")


def _account(catalog: Catalog, named: Named, member: Member | None) -> Iterator[Finding]:
    schedules, person = named
    who, duty = display_name(person, catalog), _on(schedules)
    if member is not None and member.deleted:
        yield Finding("inactive", schedules, person, f"{who} is {duty}, but the Slack account is deactivated.",
                      _override(schedules, person, "replace"))  # fmt: skip
    elif member is not None and member.kind in ("guest", "stranger"):
        kind = "a guest" if member.kind == "guest" else "of another workspace"
        yield Finding("guest", schedules, person, f"{who} is {duty}, but is {kind} in Slack and cannot join war rooms.",
                      "make them a full member, or let someone else take the turns.")  # fmt: skip


def _ways(
    catalog: Catalog,
    named: Named,
    slack: str | None,
    hindered: Mapping[str, str],
    now: datetime,
    proofs: Proofs,
    asleep: DoNotDisturb | None,
) -> Iterator[Finding]:
    """A way beyond Slack that works: answered on a test page of late, or set up and never failed."""
    schedules, person = named
    contactee = Contactee.of(person, slack, catalog)
    plan = planning.plan(contactee, Occasion("SEV-1", methods.asked_for(catalog)), hindered)
    used = [way.via for way in plan if not way.unused]
    who, duty = display_name(person, catalog), _on(schedules)
    if not used:
        yield Finding("unreachable", schedules, person, f"{who} is {duty}, and no way reaches them.",
                      f"fix one of these: {methods.cures(person, plan)}.")  # fmt: skip
        return
    beyond = [via for via in used if via != "slack"]
    if not beyond and asleep:
        yield _asleep(catalog, named, asleep)
        return
    if not beyond:
        why = next((way.unused for way in plan if way.via in ("phone", "sms", "email") and way.unused), "")
        yield Finding("slack_only", schedules, person, f"{who} is {duty}, and nothing but Slack reaches them.",
                      f"give them another way under people.{person}.contact{f' ({why})' if why else ''}.")  # fmt: skip
        return
    if quiet := calm.by_slack_alone(contactee, catalog, schedules, hindered):
        sentence = (
            f"{who} is {duty}, and for {' and '.join(quiet)} nothing but Slack reaches them: no phone rings for it."
        )
        yield Finding("slack_only", schedules, person, sentence, calm.ADVICE.format(person=person), ",".join(quiet))
    states = {via: proven(proofs.get((slack or person, via), Proof()), now) for via in beyond}
    if all(state == "failed" for state in states.values()):
        ways = " and ".join(NAMES[via] for via in beyond)
        yield Finding("failed", schedules, person, f"{who} is {duty}, and the last try by {ways} failed.",
                      "check the address, then send a test page.")  # fmt: skip
        if asleep:
            yield _asleep(catalog, named, asleep)


def _asleep(catalog: Catalog, named: Named, silence: DoNotDisturb) -> Finding:
    schedules, person = named
    known = catalog.people.get(person)
    when = do_not_disturb.hours(silence, known.timezone if known else None)
    sentence = (
        f"{display_name(person, catalog)} is {_on(schedules)}, behind do-not-disturb {when}, "
        f"and no other way than Slack reaches them."
    )
    advice = (
        f"give them another way under people.{person}.contact, "
        f"or have them change Slack's Preferences > Notifications for their turns."
    )
    return Finding("asleep", schedules, person, sentence, advice)


def proven(proof: Proof, now: datetime) -> Literal["answered", "configured", "failed"]:
    """Why a way counts as working: answered on a test page in the last 90 days, or set up and not failing."""
    answered, failed = proof.acknowledged_at, proof.failed_at
    if answered and now - answered <= FRESH and (failed is None or failed < answered):
        return "answered"
    later = [at for at in (proof.sent_at, answered) if at]
    if failed and all(failed > at for at in later):
        return "failed"
    return "configured"


def _zone(catalog: Catalog, named: Named, member: Member | None) -> Iterator[Finding]:
    schedules, person = named
    known = catalog.people.get(person)
    if (known and known.timezone) or (member and member.timezone):
        return
    who = display_name(person, catalog)
    yield Finding("no_zone", schedules, person, f"The time zone of {who}, who is {_on(schedules)}, is not known.",
                  f"write `timezone` under people.{person}.")  # fmt: skip


def _gaps(catalog: Catalog, plans: Mapping[str, Sequence[Shift]]) -> Iterator[Finding]:
    covered_by_others = coverage.parts(catalog)
    for key, plan in plans.items():
        empty = [shift for shift in plan if not shift.people]
        if not empty or key in covered_by_others:
            continue
        zone = catalog.schedules[key].zone
        first = empty[0]
        begins, ends = (edge.astimezone(zone) for edge in (first.start, first.end))
        more = coverage.more_times(", and", len(empty) - 1)
        hours = sorted({f"{shift.start.astimezone(zone):%a %H:%M}" for shift in empty[1:]} | {f"{ends:%a %H:%M}"})
        yield Finding("gap", (key,), "", f"No one is on call for {key} from {begins:%a %d %b %H:%M} to "
                      f"{ends:%a %d %b %H:%M}{more} in the next 14 days.",
                      f"tocsin oncall override --schedule {key} --from {begins:%Y-%m-%dT%H:%M} "
                      f"--to {ends:%Y-%m-%dT%H:%M} --add PERSON", ",".join(hours))  # fmt: skip


def _level_gaps(rota: Rota, now: datetime) -> Iterator[Finding]:
    """A level of several schedules has a gap where all of them have one."""
    levels: dict[tuple[str, int], list[coverage.LevelGap]] = {}
    for one in coverage.level_gaps(rota, now, now + AHEAD):
        levels.setdefault((one.policy, one.level), []).append(one)
    for (policy, level), gaps in levels.items():
        first = gaps[0]
        zone = rota.catalog.schedules[first.schedules[0]].zone
        begins, ends = (edge.astimezone(zone) for edge in (first.start, first.end))
        more = coverage.more_times(", and", len(gaps) - 1)
        hours = sorted({f"{edge.astimezone(zone):%a %H:%M}" for one in gaps[1:] for edge in (one.start,)})
        yield Finding("gap", first.schedules, "", f"No one of level {level} of {policy} ({', '.join(first.schedules)}) "
                      f"is on call from {begins:%a %d %b %H:%M} to {ends:%a %d %b %H:%M}{more} in the next 14 days.",
                      f"tocsin oncall override --schedule {first.schedules[0]} --from {begins:%Y-%m-%dT%H:%M} "
                      f"--to {ends:%Y-%m-%dT%H:%M} --add PERSON", ",".join([*hours, f"{ends:%a %H:%M}"]))  # fmt: skip


def _alone(catalog: Catalog, plans: Mapping[str, Sequence[Shift]]) -> Iterator[Finding]:
    """A rotation of one person has nobody to hand over to."""
    for key, plan in plans.items():
        people = dict.fromkeys(who for shift in plan for who in shift.people)
        if len(people) == 1 and len(catalog.schedules[key].people) == 1:
            person = next(iter(people))
            yield Finding("alone", (key,), person, f"{display_name(person, catalog)} is the only person of {key}.",
                          f"add someone to a layer of schedules.{key}.")  # fmt: skip


def _both(catalog: Catalog, plans: Mapping[str, Sequence[Shift]]) -> Iterator[Finding]:
    """Two levels of one policy that the same people answer are one level."""
    pairs: dict[tuple[str, str], str] = {}
    for policy in catalog.policies.values():
        names = [target.name for level in policy.levels for target in level.to if target.kind == "schedule"]
        for one, other in combinations(dict.fromkeys(names), 2):
            pairs.setdefault((one, other), policy.key)
    for (one, other), name in pairs.items():
        for shift in plans[one]:
            match = next((its for its in plans[other] if shift.people and set(its.people) == set(shift.people)
                          and its.start < shift.end and shift.start < its.end), None)  # fmt: skip
            if match is not None:
                yield _double(catalog, (one, other), name, shift, max(shift.start, match.start))
                break


def _double(catalog: Catalog, pair: tuple[str, str], policy: str, shift: Shift, begins: datetime) -> Finding:
    who = " and ".join(display_name(person, catalog) for person in shift.people)
    when = f"{begins.astimezone(catalog.schedules[pair[0]].zone):%a %d %b %H:%M}"
    sentence = (
        f"{who} is on call for {pair[0]} and {pair[1]} at once from {when}, so {policy} asks the same people twice."
    )
    return Finding("both", pair, shift.people[0], sentence, "swap one of the turns with `/oncall override`.")


def _idle(rota: Rota, row: ScheduleOverride, now: datetime) -> Finding:
    said = idle.sentence(rota, row, now)
    return Finding("idle", (row.schedule,), "", said[:1].upper() + said[1:],
                   f"tocsin oncall override cancel {row.id}, and make another one if it is still needed.",
                   str(row.id))  # fmt: skip


def _on(schedules: Sequence[str]) -> str:
    return f"on call for {' and '.join(schedules)} in the next 14 days"


def _override(schedules: Sequence[str], person: str, how: str) -> str:
    return f"tocsin oncall override --schedule {schedules[0]} --from NOW --to LATER --{how} {person} --with SOMEONE"
