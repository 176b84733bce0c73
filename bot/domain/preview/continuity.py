"""What a new configuration must not take away: what an incident that is being worked on, or somebody on call, needs.

Pure. Whatever is refused is taken by itself as soon as nothing needs it any more.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.catalog import Catalog
from bot.domain.core.people import display_name, slack_id
from bot.domain.schedules.rota import Rota
from storage.models import Escalation, Incident, Page

WHOLE = {"people": "person", "schedules": "schedule", "policies": "policy"}
"""Sections without which nobody can be paged -> what one of their entries is called."""


@dataclass(frozen=True)
class InUse:
    """What is going on: incidents that are open, the policies that run for them, open pages, roles (incident, person).

    `before` and `after` are the schedules as both configurations have them, `now` the moment of the change.
    """

    incidents: Sequence[Incident]
    escalations: Sequence[Escalation]
    pages: Sequence[Page]
    roles: Sequence[tuple[int, str]]
    before: Rota
    after: Rota
    now: datetime


def lost(old: Catalog, new: Catalog, use: InUse) -> list[str]:
    """A sentence for everything that is gone and needed; none when the new configuration can be taken."""
    emptied = [
        f"it no longer names any {one}, and the one before names {len(getattr(old, section))}"
        for section, one in WHOLE.items()
        if getattr(old, section) and not getattr(new, section)
    ]
    if emptied:
        return emptied
    found = [*_needed_by_incidents(old, new, use), *_needed_on_call(old, new, use)]
    return list(dict.fromkeys(found))


def _needed_by_incidents(old: Catalog, new: Catalog, use: InUse) -> Iterator[str]:
    for incident in use.incidents:
        if incident.service in old.services and incident.service not in new.services:
            yield f"service {incident.service} is gone, but {_ref(old, incident.number)} is about it"
    for running in use.escalations:
        about = f"{_ref(old, running.incident)} is paged by it"
        targets = (target for level in running.policy.get("levels", ()) for target in level.get("to", ()))
        for kind, name in [("policy", running.policy_name), *_split(targets)]:
            if _has(old, kind, name) and not _kept(old, new, kind, name):
                yield f"{kind} {name} is gone, but {about}"
    asked = [(page.incident, page.person, "has an open page for") for page in use.pages]
    held = [(number, person, "has a role in") for number, person in use.roles]
    for number, person, part in [*asked, *held]:
        if number is not None and _has(old, "person", person) and not _kept(old, new, "person", person):
            yield f"{display_name(person, old)} is gone, but {part} {_ref(old, number)}"


def _needed_on_call(old: Catalog, new: Catalog, use: InUse) -> Iterator[str]:
    """Whoever is on call now; a schedule that got another name has the same people on call under that.

    A schedule to which nothing leads any more can go: that is how one is given up, in two steps.
    """
    used = _used(old)
    kept = {person for name in new.schedules for person in use.after.on_call(name, use.now).people}
    for name in old.schedules:
        people = use.before.on_call(name, use.now).people
        for person in people:
            if not _kept(old, new, "person", person):
                yield f"{display_name(person, old)} is gone, but is on call for {name} now"
        if name in used and name not in new.schedules and people and not kept.intersection(people):
            who = ", ".join(display_name(one, old) for one in people)
            yield f"schedule {name} is gone, but {who} is on call for it now"


def _used(catalog: Catalog) -> set[str]:
    """The schedules that lead to a page."""
    targets = [*catalog.all_targets(), *(one for row in catalog.specialists.values() for one in row.to)]
    by_roles = {row.schedule for row in catalog.roles.values() if row.schedule}
    return {one.name for one in targets if one.kind == "schedule"} | by_roles


def _split(targets: Iterable[str]) -> Iterator[tuple[str, str]]:
    for target in targets:
        kind, _, name = str(target).partition(":")
        yield kind, name


def _kept(old: Catalog, new: Catalog, kind: str, name: str) -> bool:
    """Whether the new configuration names it, too. A person may have got another key: the Slack account is the same."""
    account = slack_id(name, old) if kind == "person" else None
    return _has(new, kind, name) or (account is not None and _has(new, kind, account))


def _has(catalog: Catalog, kind: str, name: str) -> bool:
    """Whether the configuration names it, a person by key or Slack account."""
    if kind == "person":
        return name in catalog.people or catalog.person_by_slack(name) is not None
    sections: dict[str, Collection[str]] = {
        "policy": catalog.policies,
        "schedule": catalog.schedules,
        "team": catalog.teams,
    }
    return name in sections.get(kind, ())


def _ref(catalog: Catalog, number: int | None) -> str:
    return catalog.reference(number or 0)
