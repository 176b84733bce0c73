"""Who would be paged when: a policy walked by the very rules that page, on records that are never stored. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.catalog import Catalog, did_you_mean
from bot.catalog.sections.policies import DYNAMIC_ROLES
from bot.domain.assistance import specialists
from bot.domain.contact import methods, planning
from bot.domain.contact.methods import Contactee, ContactMethod, Occasion
from bot.domain.core import people as people_rules
from bot.domain.core.errors import DomainError, UnknownPerson, Unreachable
from bot.domain.paging import all_hands, escalation, policy_choice, resolver, whom
from bot.domain.paging import targets as target_rules
from bot.domain.paging.escalation import Asked, Step
from bot.domain.paging.explanation import because_of
from bot.domain.paging.facts import LevelReached, LevelSkipped
from bot.domain.paging.page_ending import Ending
from bot.domain.paging.policy_choice import Choice
from bot.domain.schedules.rota import Rota
from storage.models import Escalation, EscalationState, Incident, Page, PageState


@dataclass(frozen=True)
class Expected:
    """Somebody who would be paged: `person` is the key of tocsin.yml where there is one; `ways` as `contact.plan`."""

    person: str
    slack: str | None
    why: str
    because: str
    ways: Sequence[ContactMethod]


@dataclass(frozen=True)
class Stop:
    """One level (from 1) of the walk, `after` the first page. Without people it is skipped at once.

    `open_targets` are known only when there is an incident, so that the level may ask more people than these.
    """

    level: int
    after: timedelta
    at: datetime
    targets: Sequence[str]
    people: Sequence[Expected]
    open_targets: Sequence[str]


@dataclass(frozen=True)
class Case:
    """What is asked: a policy's snapshot at `at`, for an incident of this severity and service.

    `begins` is when the first level is asked, None for at once; `waits` (a key of choosing.WAITS) is why not at once.
    """

    policy: Mapping[str, Any]
    at: datetime
    severity: str | None = None
    service: str | None = None
    groups: Mapping[str, Sequence[str]] | None = None
    begins: datetime | None = None
    waits: str | None = None

    @property
    def start(self) -> datetime:
        return self.begins or self.at


def declared(choice: Choice, at: datetime, severity: str, service: str | None) -> Case:
    """What an incident that is declared at `at` would do: the policy that the hours choose, when they allow it."""
    policy = escalation.snapshot(choice.policy, severity, choice.ack) if choice.policy else {"levels": [], "repeat": 0}
    return Case(policy, at, severity, service, begins=choice.begins, waits=choice.waits)


class UnknownTarget(DomainError):
    """There is no policy, service, team or person "{text}": {advice}"""


def by_words(catalog: Catalog, text: str, case: Case) -> tuple[str, Case]:
    """What paging by these words does: its name, and `case` with the policy; a service is paged for as it is declared.

    Who is asked by name never waits. Raises UnknownTarget and Unreachable.
    """
    if all_hands.reason(text) is not None:
        everyone = all_hands.everyone(catalog, (), {}, case.at)
        targets = [f"person:{one}" for one in everyone.people]
        return "all hands", replace(case, policy=escalation.direct(targets, catalog.ack_target(case.severity)))
    if experts := specialists.find(catalog, text):
        return experts.name, replace(case, policy=specialists.snapshot([str(target) for target in experts.to]))
    if found := target_rules.named(catalog, lambda: case.groups or {}, text, case.severity or ""):
        return found[0], replace(case, policy=found[1])
    if service := target_rules.service(catalog, text):
        severity = case.severity or next(iter(catalog.severities))
        choice = policy_choice.choose(catalog, severity, service, case.at)
        name = choice.policy.key if choice.policy else "none"
        return name, replace(declared(choice, case.at, severity, service), groups=case.groups)
    people = [_person(catalog, text, word) for word in whom.read(text, lambda word: _known(catalog, word))[0] or [text]]
    targets = [f"person:{one}" for one in people]
    return ", ".join(people), replace(case, policy=escalation.direct(targets, catalog.ack_target(case.severity)))


def _known(catalog: Catalog, word: str) -> bool:
    try:
        return bool(people_rules.identify(word, catalog))
    except UnknownPerson:
        return False


def _person(catalog: Catalog, text: str, word: str) -> str:
    try:
        person = people_rules.identify(word, catalog)
    except UnknownPerson:
        known = {*whom.used_policies(catalog), *catalog.services, *catalog.teams, *catalog.schedules}
        raise UnknownTarget(text=text[:60], advice=did_you_mean(text, known | {*catalog.specialists})) from None
    if people_rules.slack_id(person, catalog) is None:
        raise Unreachable(who=person)
    return person


def walk(rota: Rota, case: Case) -> list[Stop]:
    """The first round of the policy if nobody answers."""
    return list(_Walk(rota, case).stops())


class _Walk:
    def __init__(self, rota: Rota, case: Case) -> None:
        self._rota, self._case = rota, case
        self._run = Escalation(policy=dict(case.policy), policy_name="", started_at=case.start)
        self._hindered = methods.hindrances(rota.catalog)
        self._pages: list[Page] = []

    def stops(self) -> Iterator[Stop]:
        now = self._case.start
        step = escalation.begin(self._run, now, self._resolver(now))
        yield from self._told(step, now)
        while self._run.state == EscalationState.RUNNING and self._run.next_at is not None:
            now = self._run.next_at
            step = escalation.advance(self._run, self._pages, now, self._resolver(now), Ending.NO_ANSWER.value)
            if self._run.cycle > 0:
                skipped = [fact for fact in step.facts if isinstance(fact, LevelSkipped)]
                yield from (self._stop(fact.level, now, ()) for fact in skipped)
                return
            yield from self._told(step, now)

    def _told(self, step: Step, now: datetime) -> Iterator[Stop]:
        for fact in step.facts:
            if isinstance(fact, LevelSkipped):
                yield self._stop(fact.level, now, ())
            elif isinstance(fact, LevelReached):
                self._remember(step.asked, now)
                yield self._stop(fact.level, now, step.asked)

    def _remember(self, asked: Sequence[Asked], now: datetime) -> None:
        run = self._run
        self._pages += [
            Page(
                escalation=0,
                cycle=run.cycle,
                level=run.level,
                person=one.person,
                why=one.why,
                state=PageState.SENT,
                owed_at=now,
            )
            for one in asked
        ]

    def _stop(self, level: int, now: datetime, asked: Sequence[Asked]) -> Stop:
        written = self._case.policy["levels"][level]
        occasion = Occasion.of_level(written, self._case.severity)
        open_targets = [target for target in written["to"] if self._is_open(target)]
        people = [self._expected(one, occasion) for one in asked]
        return Stop(level + 1, now - self._case.start, now, written["to"], people, open_targets)

    def _expected(self, one: Asked, occasion: Occasion) -> Expected:
        catalog = self._rota.catalog
        known = catalog.people.get(one.person) or catalog.person_by_slack(one.person)
        ways = planning.plan(Contactee.of(one.person, one.slack, catalog), occasion, self._hindered)
        because = because_of({"target": one.target, **one.basis}, one.why)
        return Expected(known.key if known else one.person, one.slack, one.why, because, ways)

    def _is_open(self, target: str) -> bool:
        kind, _, name = target.partition(":")
        if kind == "usergroup":
            return self._case.groups is None
        if kind != "role" or name == "manager":
            return False
        return name in ("declarer", "ticket_owner") or (name in DYNAMIC_ROLES and not self._case.service)

    def _resolver(self, now: datetime) -> escalation.Resolve:
        incident = Incident(
            title="", severity=self._case.severity or "", declared_by="", service=self._case.service,
            started_at=now, detected_at=now, declared_at=now,
        )  # fmt: skip
        resolve = resolver.resolver(
            self._rota, now, incident=incident, groups=self._case.groups,
            before=[page.person for page in self._pages],
        )  # fmt: skip
        return lambda target: [one for one in resolve(target) if one.person]
