"""Who a word means: a mention, a Slack id, or a name from tocsin.yml."""

import re
from dataclasses import dataclass

from bot.catalog import Catalog
from bot.domain.core.errors import UnknownPerson

MENTION = re.compile(r"^<@([UW][A-Z0-9]+)(\|[^>]*)?>$")
SLACK_ID = re.compile(r"^[UW][A-Z0-9]{2,}$")


@dataclass(frozen=True)
class Actor:
    """Whoever does something: a Slack user, a person at the command line, or Tocsin itself."""

    who: str
    via: str = "slack"

    @property
    def label(self) -> str:
        return self.who if self.via == "slack" else f"{self.who} ({self.via})"


TOCSIN = Actor("tocsin", "tocsin")


def identify(text: str, catalog: Catalog) -> str:
    """The person's name in our records: the Slack id when there is one, else the key from tocsin.yml."""
    word = text.strip().rstrip(".,;:!?").strip("`\"'“”‘’ ")
    if found := MENTION.match(word):
        return found.group(1)
    if SLACK_ID.match(word):
        return word
    key = " ".join(word.removeprefix("person:").removeprefix("@").lower().split())
    if known := catalog.person_by_email(key):
        return known.slack or known.key
    for name, person in catalog.people.items():
        if key in (name.lower(), person.name.lower()):
            return person.slack or name
    called = [one for one in catalog.people.values() if key and key == one.name.lower().partition(" ")[0]]
    if len(called) == 1:
        return called[0].slack or called[0].key
    raise UnknownPerson(text=word[:60], choices=", ".join(catalog.people))


def slack_id(person: str, catalog: Catalog) -> str | None:
    """The Slack id of somebody in our records, if they have one."""
    if SLACK_ID.match(person):
        return person
    known = catalog.people.get(person)
    return known.slack if known else None


def display_name(person: str, catalog: Catalog) -> str:
    """A readable name for places where a mention does not work; what is paged and is no person is named as it is."""
    kind, _, rest = person.partition(":")
    if kind in ("channel", "address"):
        return rest
    if kind == "pagerduty":
        return f"PagerDuty {rest}"
    if known := catalog.people.get(person):
        return known.name
    found = catalog.person_by_slack(person)
    return found.name if found else person
