"""What a new configuration must not take away: what an incident that is being worked on, or somebody on call, needs.

What is gone from the file may still have a name, since something of that name is shipped: that is as good as gone.
Pure. Whatever is refused is taken by itself as soon as nothing needs it any more.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.catalog import Catalog, registry
from bot.catalog.catalog import Path
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
    found = [*_needed_by_incidents(old, new, use), *_needed_on_call(old, new, use), *_shipped_instead(old, new, use)]
    return list(dict.fromkeys(found))


def fallen(old: Catalog, new: Catalog) -> list[Path]:
    """What the file no longer says, so that what is shipped holds there: the outermost places, in order."""
    found: list[Path] = []
    for path in sorted(path for path, differs in old.own.items() if differs and path not in new.own):
        if not any(path[: len(one)] == one for one in found):
            found.append(path)
    return found


def differing(one: Catalog, other: Catalog) -> list[str]:
    """The sections that are not the same in both."""
    return [own.key for own in registry.all_sections() if one.section(own) != other.section(own)]


def _shipped_instead(old: Catalog, new: Catalog, use: InUse) -> Iterator[str]:
    """A definition that is gone as a whole, or a policy's levels; single values may be taken out at any time."""
    gone = [one for one in fallen(old, new) if len(one) <= 2 or one[0::2] == ("policies", "levels")]
    for place, about in _places(old, use):
        for one in gone:
            if one[: len(place)] == place or place[: len(one)] == one:
                yield f"{'.'.join(one if len(one) > len(place) else place)} is gone from the file, but {about}"
    if any(one[0] == "policies" for one in gone):
        for name in sorted(_asked(old) - _asked(new) - _used(new)):
            if people := use.before.on_call(name, use.now).people if name in old.schedules else ():
                who = ", ".join(display_name(one, old) for one in people)
                yield f"no policy leads to schedule {name} any more, but {who} is on call for it now"


def _places(old: Catalog, use: InUse) -> Iterator[tuple[Path, str]]:
    """What of the file decides how open incidents are paged, each with a reason."""
    for incident in use.incidents:
        ref = _ref(old, incident.number)
        yield ("severities", incident.severity), f"{ref} has this severity"
        for working in (True, False):
            if policy := old.policy_for(incident.severity, incident.service, working=working):
                yield ("policies", policy.key), f"{ref} is paged by it"
    for running in use.escalations:
        ref = _ref(old, running.incident)
        yield ("policies", running.policy_name), f"{ref} is paged by it"
        for level in running.policy.get("levels", ()):
            for kind, name in _split(level.get("to", ())):
                if kind == "role":
                    yield ("roles", name), f"{ref} is paged by it"
        yield ("integrations",), f"{ref} is being paged"


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
    special = {one.name for row in catalog.specialists.values() for one in row.to if one.kind == "schedule"}
    return _asked(catalog) | special | {row.schedule for row in catalog.roles.values() if row.schedule}


def _asked(catalog: Catalog) -> set[str]:
    """Those that policies lead to."""
    return {one.name for one in catalog.all_targets() if one.kind == "schedule"}


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
