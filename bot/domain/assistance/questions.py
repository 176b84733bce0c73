"""Who may decide, and what their answer becomes. A question is paged like an alarm and answered once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.catalog import Catalog, Target, Team
from bot.domain.assistance.facts import Decided, DecisionAsked
from bot.domain.core.errors import EmptyText
from bot.domain.core.fact import Fact
from bot.domain.incidents import lifecycle as incidents
from bot.domain.paging import policy_choice
from storage.models import Decision, Escalation, EscalationState, Incident

MANAGER = "manager"
NEEDED = ". Your decision is needed: "
"""Between why somebody is asked and what they are asked, in the reason of their page."""
ANSWERS = {"yes": "Yes, do it", "no": "No"}


def whom(catalog: Catalog, incident: Incident, now: datetime | None = None) -> list[list[str]]:
    """The levels that are asked for a decision, each a list of targets, the manager on call first.

    The schedule of the role `manager`, when it may be asked `now`; then the levels of the incident's policy that name
    a manager; then the lead of the service's team, or of the only team there is. Silence leads from one to the next.
    """
    role = catalog.roles.get(MANAGER)
    asked = role is not None and (now is None or policy_choice.role_is_asked(catalog, role, incident.severity, now))
    levels = [[f"schedule:{role.schedule}"]] if role and role.schedule and asked else []
    policy = catalog.policy_for(incident.severity, incident.service)
    for level in policy.levels if policy else ():
        levels += [[str(target) for target in level.to if _manages(target)]]
    team = _team(catalog, incident)
    levels += [[f"person:{team.lead}"]] if team and team.lead else []
    return [list(level) for level in dict.fromkeys(tuple(level) for level in levels if level)]


def near(catalog: Catalog, asker: str) -> list[list[str]]:
    """Who is asked where no one is named for it: the manager of whoever asks, then those of the people paged."""
    known = catalog.people.get(asker) or catalog.person_by_slack(asker)
    return [*([[f"manager:{known.key}"]] if known and known.manager else []), ["role:manager"]]


def waits(catalog: Catalog, incident: Incident, now: datetime) -> str:
    """A sentence on the manager on call, when it is for the hour alone that they are not asked; else ""."""
    role = catalog.roles.get(MANAGER)
    if role is None or not role.schedule or policy_choice.role_is_asked(catalog, role, incident.severity, now):
        return ""
    opens = policy_choice.opens_when(catalog, now)
    always = " and ".join(catalog.severity_label(one) for one in role.any_hour or ())
    return f"The manager on call can be asked from {opens} on{f', and at any hour for {always}' if always else ''}."


def reasons(catalog: Catalog, incident: Incident) -> dict[str, str]:
    """Why a person among the targets of `whom` may decide, by target: they are not simply "paged by name"."""
    policy, team = catalog.policy_for(incident.severity, incident.service), _team(catalog, incident)
    named = [str(target) for level in (policy.levels if policy else ()) for target in level.to if _manages(target)]
    people = [one for one in named if one.startswith("person:")]
    found = {one: f"named as manager by the {policy.key} policy" for one in people} if policy else {}
    return found | ({f"person:{team.lead}": f"lead of the team {team.name}"} if team and team.lead else {})


def _team(catalog: Catalog, incident: Incident) -> Team | None:
    """The team of the incident's service, or the only team there is."""
    service = catalog.services.get(incident.service or "")
    team = catalog.teams.get(service.team or "") if service else None
    if team is None and len(catalog.teams) == 1:
        return next(iter(catalog.teams.values()))
    return team


def _manages(target: Target) -> bool:
    return target.kind == MANAGER or MANAGER in target.name.lower().replace("_", "-").split("-")


def asking(why: str, text: str) -> str:
    """Why somebody is paged, with the question that they are asked."""
    return f"{why}{NEEDED}{text}"


def is_asked(why: str) -> bool:
    """Whether a page with this reason asks for a decision."""
    return NEEDED in why


def bare(why: str) -> str:
    """Why it is them, without a word of the question."""
    return why.partition(NEEDED)[0]


def public(why: str) -> str:
    """Why somebody is paged, without the question itself: what may be read where a private incident is not known."""
    reason, needed, _ = why.partition(NEEDED)
    return reason + needed.rstrip(": ")


def asked(decision: Decision, people: Iterable[str]) -> list[Fact]:
    return [DecisionAsked(decision=decision.id or 0, text=decision.text, people=list(people))]


def question(text: str) -> str:
    """The question as it is kept. Raises EmptyText."""
    clean = incidents.tidy(text, incidents.MAX_TEXT)
    if not clean:
        raise EmptyText(what="ask", example="/incident ask-manager may we fail over to Dublin?")
    return clean


def decide(decision: Decision, *, yes: bool, rationale: str, by: str, now: datetime) -> list[Fact]:
    """The answer, once: an empty list means that somebody was faster."""
    if decision.answer is not None:
        return []
    decision.answer, decision.by, decision.at = "yes" if yes else "no", by, now
    decision.rationale = rationale.strip()[: incidents.MAX_TEXT]
    return [
        Decided(
            decision=decision.id or 0,
            text=decision.text,
            answer=decision.answer,
            rationale=decision.rationale,
            person=by,
            asked_by=decision.asked_by,
        )
    ]


def withdrawn(decision: Decision, escalation: Escalation) -> bool:
    """Did the incident end before anybody answered?"""
    return decision.answer is None and escalation.state == EscalationState.STOPPED


def may_answer(catalog: Catalog, person: str, asked_people: Sequence[str]) -> bool:
    """Whoever was asked may, however late, and an admin."""
    known = catalog.person_by_slack(person) or catalog.people.get(person)
    return person in asked_people or catalog.is_admin(known) or (known is not None and known.key in asked_people)
