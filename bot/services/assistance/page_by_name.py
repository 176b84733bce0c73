"""Use case: page somebody by name beside those on call: one or several people, teams, schedules, groups, policies."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.assistance import everyday, specialists
from bot.domain.core import people
from bot.domain.core.eligibility import Task
from bot.domain.core.errors import DomainError, UnknownPerson, UnknownPolicy, Unreachable
from bot.domain.incidents import lifecycle as incidents
from bot.domain.paging import all_hands as all_hands_rules
from bot.domain.paging import escalation as escalations
from bot.domain.paging import whom
from bot.domain.paging.targets import Unnamed
from bot.services.assistance import specialists as specialist_service
from bot.services.core.answer import Answer
from bot.services.paging import all_hands, resolver, side_escalations
from bot.services.paging import escalations as escalation_service
from bot.services.workspace import directory, eligibility, user_groups
from bot.work import Work
from storage.models import Escalation, EscalationKind, Incident, PageState
from storage.queries import paging as paging_queries

MOST = 200
"""Characters of a reason on a page."""


@dataclass
class Named:
    """What the words name: specialists' keys, policies with their snapshots, and targets that are asked together."""

    experts: list[str] = field(default_factory=list)
    policies: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    #: Names of what the targets are, where they are no people.
    groups: list[str] = field(default_factory=list)
    #: People who cannot be paged, each with why.
    unfit: dict[str, str] = field(default_factory=dict)
    #: What whoever asked said of it, for those who are paged.
    why: str = ""


def page(w: Work, incident: Incident, target: str, *, confirmed: bool = False) -> Answer:
    """Pages whoever the words mean, now, beside what is running; who is being asked already is not asked again.

    `confirmed` is said by whoever knows how many people "all-hands" means.
    Raises UnknownPolicy with what works here, NotEligible, Unreachable, NotOpen, and what all hands raises.
    """
    number = incident.number or 0
    if (reason := all_hands_rules.reason(target)) is not None:
        return all_hands.page(w, incident, reason, confirmed=confirmed)
    incidents.require_open(incident, w.catalog.reference(number), "paging")
    named = _read(w, incident, target)
    if not (named.experts or named.policies or named.targets):
        who, why = next(iter(named.unfit.items()))
        raise eligibility.refusal(w, who, why, Task.PAGE, side_escalations.on_call(w, incident))
    answers = [specialist_service.page(w, incident, key, named.why) for key in named.experts]
    answers += [_policy(w, incident, *one, named.why) for one in named.policies]
    if named.targets:
        answers.append(_together(w, incident, named))
    return _answer(number, answers, [_cannot(w, *one) for one in named.unfit.items()])


def _read(w: Work, incident: Incident, text: str) -> Named:
    words, why = whom.read(text, lambda word: _known(w, incident, word))
    named = Named(why=incidents.tidy(why, MOST))
    for word in words:
        found = _configured(w, incident, word)
        if found is None:
            _person(w, incident, word, named)
        elif isinstance(found, str):
            named.experts.append(found)
        elif found[0] in w.catalog.policies:
            named.policies.append(found)
        else:
            named.targets += found[1]["levels"][0]["to"]
            named.groups.append(found[0])
    if not text.strip() or not (named.experts or named.policies or named.targets or named.unfit):
        raise _unknown(w, incident, text)
    return named


def is_name(w: Work, incident: Incident, words: str) -> bool:
    """Whether the words are one certain name and nothing else."""
    return bool(people.MENTION.fullmatch(words)) or _known(w, incident, words)


def _known(w: Work, incident: Incident, word: str) -> bool:
    """Whether the word certainly names somebody or something; a name of several people does, and is asked about."""
    if _configured(w, incident, word) is not None:
        return True
    try:
        return not people.SLACK_ID.match(word) and bool(directory.person(w, word))
    except UnknownPerson:
        return False
    except directory.SeveralPeople:
        return True


def _configured(w: Work, incident: Incident, word: str) -> str | tuple[str, dict[str, Any]] | None:
    """The key of specialists, or the name and the snapshot of another thing that is configured, in any spelling."""
    if people.MENTION.match(word):
        return None
    for spelled in whom.spellings(word, w.catalog, [row.handle for row in user_groups.known(w.session)]):
        if experts := specialists.find(w.catalog, spelled):
            return experts.key
        if found := resolver.named(w, incident, spelled):
            return found
    found = everyday.named(w.catalog, word, incident, w.actor.who, w.now)
    stands = found and side_escalations.reachable(w, incident, found[1])
    return found if stands else None


def _person(w: Work, incident: Incident, word: str, named: Named) -> None:
    try:
        person = directory.person(w, word)
    except UnknownPerson:
        raise _unknown(w, incident, word) from None
    if people.slack_id(person, w.catalog) is None and not _beyond_slack(w, person):
        raise Unreachable(who=person)
    if why := eligibility.unfit(w, [person], Task.PAGE).get(person):
        named.unfit[person] = why
    else:
        named.targets.append(f"person:{person}")


def _beyond_slack(w: Work, person: str) -> bool:
    known = w.catalog.people.get(person)
    return bool(known and (known.email or known.phone))


def _unknown(w: Work, incident: Incident, word: str) -> DomainError:
    groups = {row.handle for row in user_groups.known(w.session) if row.members}

    def stands(targets: Sequence[str]) -> bool:
        return bool(side_escalations.reachable(w, incident, escalations.direct(targets)))

    meant = whom.near(word, w.catalog)
    example = f"`/incident page {w.catalog.reference(incident.number or 0)} {meant}`"
    near = f"Did you mean {example}? " if meant else ""
    return UnknownPolicy(text=word[:60], near=near, choices=whom.works_here(w.catalog, sorted(groups), stands))


def _policy(w: Work, incident: Incident, name: str, snapshot: dict[str, Any], why: str) -> Answer:
    if paging_queries.asks_policy(w.session, incident.number or 0, name):
        return Answer("asked_already", incident.number, {"who": [name]})
    escalation = escalation_service.start(
        w, incident, name, escalations.because(snapshot, why), f"paged by {w.actor.who}", kind=EscalationKind.ASKED
    )
    return _begun(w, incident, escalation, {"who": [name], "reason": why})


def _begun(w: Work, incident: Incident, escalation: Escalation, values: dict[str, Any]) -> Answer:
    """The answer names whom this very escalation asks, and nobody else."""
    asked = [page.person for page in w.pages(escalation) if page.state in PageState.WAITING]
    return Answer("paging", incident.number, {**values, "begun": asked})


def _together(w: Work, incident: Incident, named: Named) -> Answer:
    """One escalation for all of them. Who is asked already, for this incident, is left out and named."""
    snapshot = escalations.direct(dict.fromkeys(named.targets), w.catalog.ack_target(incident.severity))
    wanted = side_escalations.reachable(w, incident, snapshot)
    asking = paging_queries.being_asked(w.session, incident.number or 0)
    already = [who for who in wanted if who in asking]
    values: dict[str, Any] = {"who": named.groups, "people": wanted, "already": already, "reason": named.why}
    if wanted and len(already) == len(wanted):
        return Answer("asked_already", incident.number, values)
    name = ", ".join(named.groups) if named.groups and len(named.groups) == len(named.targets) else Unnamed.PERSON
    escalation = escalation_service.start(
        w, incident, name, escalations.because(snapshot, named.why), f"paged by {w.actor.who}",
        kind=EscalationKind.ASKED, left_out=already,
    )  # fmt: skip
    return _begun(w, incident, escalation, values)


def _cannot(w: Work, person: str, why: str) -> dict[str, str]:
    return {"who": eligibility.name(w, person), "why": why}


def _answer(number: int, answers: Sequence[Answer], unfit: Sequence[dict[str, Any]]) -> Answer:
    """The one answer, or that of several begun together; it names those who could not be paged."""
    if len(answers) == 1 and not unfit:
        return answers[0]
    values: dict[str, Any] = {"who": [], "people": [], "begun": [], "already": [], "reason": ""}
    for one in answers:
        said = one.values
        going_on = one.template == "asked_already" or said.get("state") == "waiting"
        people = said.get("people", [])
        values["people"] += people
        values["already"] += said.get("already", people) if going_on else said.get("already", [])
        values["reason"] = values["reason"] or said.get("reason", "")
        if not going_on:
            values["who"] += [*said.get("who", []), *([said["specialist"]] if "specialist" in said else [])]
            values["begun"] += said.get("begun", people)
        elif not (people or said.get("already")):
            values.setdefault("going_on", []).extend(said["who"])
    return Answer("paging", number, {**values, "unfit": list(unfit)})
