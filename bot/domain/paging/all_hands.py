"""All hands: everybody of tocsin.yml is paged at once, by name, with a reason, and only when it was confirmed. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.catalog import Catalog
from bot.catalog.sections.notifications import QuietHours
from bot.domain.core.errors import DomainError
from bot.domain.core.people import display_name
from bot.domain.schedules import business_hours

MOST_NAMED = 8
_WORDS = re.compile(
    r"(?:@?all[\s_-]*hands\b|(?:@?(?:everyone|everybody|all|here|channel)|<!(?:here|channel|everyone)[^<>]*>)"
    r"(?=\s*(?:[:,;.!–—-]|because\b|$)))[\s:,;.!–—-]*(?P<why>.*)",
    re.IGNORECASE | re.DOTALL,
)


class AllHandsWhy(DomainError):
    """Say why everyone is needed: `/incident page all-hands {example}`. No one was paged."""


class AllHandsUnconfirmed(DomainError):
    """This would page {whom}. No one has been paged yet: run it again with `--confirm`,
    or `"confirm": true` over HTTP."""


class AllHandsPrivate(DomainError):
    """{ref} is private, and all hands would tell everyone about it. Page people by name instead."""


@dataclass(frozen=True)
class Everyone:
    """Who would be paged, as our records name them, and who of them sleeps at this hour."""

    people: Sequence[str]
    asleep: Sequence[str]

    def sentence(self, catalog: Catalog) -> str:
        """ "12 people, 3 of them in their sleeping hours (Ana Ruiz, Bo Lindqvist, Cy Okafor)"."""
        count = len(self.people)
        whom = "1 person" if count == 1 else f"{count} people"
        names = [display_name(one, catalog) for one in self.asleep]
        listed = ", ".join([*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])])
        sleeping = f"{len(names)} of them in their sleeping hours ({listed})" if names else "none of them at night"
        return f"{whom}, {sleeping}"


def reason(text: str) -> str | None:
    """What stands behind "all-hands", "@allhands", "everyone" or "@here"; None when the words name something else."""
    found = _WORDS.fullmatch(text.strip().strip("`\"'"))
    return " ".join(found["why"].split()) if found else None


def everyone(catalog: Catalog, unfit: Iterable[str], zones: Mapping[str, str], now: datetime) -> Everyone:
    """Everybody of tocsin.yml but those who only look on or cannot be paged. `zones`: by name, as Slack knows them."""
    left_out = set(unfit)
    rows = [(one.slack or key, one) for key, one in catalog.people.items() if one.access != "viewer"]
    people = [who for who, _ in rows if who not in left_out]
    night = QuietHours.model_validate({"from": catalog.on_call.night.starts, "to": catalog.on_call.night.ends})
    asleep = []
    for who, person in rows:
        zone = ZoneInfo(person.timezone or zones.get(who) or catalog.display.time_zone)
        if who in people and business_hours.quiet_until(night, zone, now) > now:
            asleep.append(who)
    return Everyone(people, asleep)
