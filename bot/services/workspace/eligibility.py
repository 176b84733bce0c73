"""The look at somebody before any work is given to them: what Slack last said of their account."""

import re
from collections.abc import Iterable, Sequence

from bot.catalog import Catalog
from bot.domain.core import eligibility, people, permissions
from bot.domain.core.eligibility import NotEligible, Task
from bot.domain.core.errors import NotAllowed
from bot.domain.incidents import visibility
from bot.services.core import settings
from bot.services.workspace import members
from bot.services.workspace.members import LISTED
from bot.work import Work
from storage.models import Incident
from storage.queries import members as member_queries
from storage.queries import visibility as visibility_queries

MOST_NAMED = 3
_PERSON = re.compile(r"\{person:([^{}\s]{1,80})\}|<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def unfit(w: Work, whom: Iterable[str], task: Task) -> dict[str, str]:
    """Those of these people who cannot be given this, each with why."""
    accounts = {who: people.slack_id(who, w.catalog) for who in dict.fromkeys(whom)}
    known = member_queries.members(w.session, [one for one in accounts.values() if one])
    listed = bool(settings.setting(w.session, LISTED))
    found = {}
    for who, slack in accounts.items():
        if slack is None:  # a person of tocsin.yml who is reached outside of Slack
            continue
        expected = not listed or w.catalog.person_by_slack(slack) is not None
        standing = eligibility.standing(known.get(slack), w.catalog.access(slack), expected=expected)
        if why := eligibility.unfit(task, standing):
            found[who] = why
    return found


def require(w: Work, person: str, task: Task, instead: Sequence[str] = ()) -> None:
    """Raises NotEligible, which names up to three people who could be asked `instead`."""
    if why := unfit(w, [person], task).get(person):
        raise refusal(w, person, why, task, instead)


def require_part(w: Work, incident: Incident) -> None:
    """Guests and viewers answer for what they were asked, and for nothing else. Raises NotAllowed."""
    account = people.slack_id(w.actor.who, w.catalog)
    row = members.row(w.session, w.catalog, account) if account else ""
    if row not in permissions.NOT_ASKED:
        return
    number = incident.number or 0
    part = visibility_queries.participants(w.session, [number])[number]
    if visibility.viewer(w.catalog, w.actor.who).names.isdisjoint(part):
        raise NotAllowed(sentence=permissions.NOT_ASKED[row])


def refusal(w: Work, person: str, why: str, task: Task, instead: Sequence[str] = ()) -> NotEligible:
    """The refusal of one person, who is named as Slack or tocsin.yml does."""
    others = [one for one in dict.fromkeys(instead) if one != person]
    able = [one for one in others if one not in unfit(w, others, task)][:MOST_NAMED]
    named = f" You could ask {_listed([name(w, one) for one in able])} instead." if able else ""
    return NotEligible(who=name(w, person), task=task.value, why=why, instead=named)


def name(w: Work, person: str) -> str:
    """As configured, else as Slack has it."""
    return _name(w.catalog, person) or _of_slack(w, person) or person


def plainly(w: Work, text: str) -> str:
    """Stored text with names for people, for readers who know neither our ids nor Slack's."""
    return _PERSON.sub(lambda found: name(w, found[1] or found[2]), text)


def _name(catalog: Catalog, person: str) -> str | None:
    known = people.display_name(person, catalog)
    return known if known != person else None


def _of_slack(w: Work, person: str) -> str | None:
    row = member_queries.members(w.session, [person]).get(person)
    return (row.real_name or row.name) if row else None


def _listed(names: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
