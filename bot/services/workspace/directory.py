"""Whom a word means, when tocsin.yml does not know it: the directory of the workspace is asked next."""

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.domain.core import people, written_zone
from bot.domain.core.errors import DomainError, UnknownPerson
from bot.domain.core.typed_text import mentioned
from bot.domain.paging import whom
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import Member

MYSELF = ("me", "myself", "i")


class SeveralPeople(DomainError):
    """ "{text}" could be several people: {choices}. Mention the one you mean. Nothing was changed."""


def person(w: Work, text: str) -> str:
    """The person's name in our records. Raises UnknownPerson and SeveralPeople."""
    if text.strip().lower() in MYSELF and people.slack_id(w.actor.who, w.catalog):
        return w.actor.who
    try:
        return people.identify(text, w.catalog)
    except UnknownPerson:
        members = list(w.session.exec(select(Member)))
        found = in_directory(text, members)
        if len(found) > 1:
            named = {one.slack: f"{one.real_name or one.name} (@{one.name})" for one in members}
            raise SeveralPeople(text=text[:60], choices=", ".join(named[one] for one in found[:5])) from None
        if not found:
            raise
        return found[0]


def asker(w: Work) -> str:
    """Who asks, if that is a person, and no program or login of the machine. Raises UnknownPerson."""
    if people.slack_id(w.actor.who, w.catalog) is None:
        return people.identify(w.actor.who, w.catalog)
    return w.actor.who


def person_and_words(w: Work, text: str) -> tuple[str, str]:
    """The one person named in front, and what is said behind: "@dee the replica lags".

    Raises UnknownPerson and SeveralPeople.
    """

    def known(word: str) -> bool:
        try:
            person(w, word)
        except UnknownPerson:
            return False
        except SeveralPeople:
            pass
        return True

    names, behind = whom.read(text, known)
    return (person(w, names[0]), behind) if len(names) == 1 else (person(w, whom.bare(text)), "")


def zone(w: Work, who: str) -> ZoneInfo:
    """Where this person reads the clock."""
    member = w.session.get(Member, who)
    configured = w.catalog.timezone(w.catalog.person_by_slack(who))
    return written_zone.zone(member.timezone if member else None, configured)


def with_names(w: Work, text: str) -> str:
    """The text with names where it mentions people: a title is read in places that know no mentions."""
    for slack in mentioned(text):
        text = re.sub(rf"<@{slack}(?:\|[^<>]*)?>", lambda _, who=slack: f"@{eligibility.name(w, who)}", text)  # type: ignore[misc]
    return text


def in_directory(text: str, directory: Iterable[Member]) -> list[str]:
    """The Slack ids of those whom a handle, a name or an e-mail address means; several when it is not unique.

    Accounts that work come before deactivated ones, whose names are given again.
    """
    word = text.strip().rstrip(".,;:!?").strip("`\"'“”‘’ ").removeprefix("person:").removeprefix("@")
    key = " ".join(word.lower().split())
    found = [one for one in directory if key and key in _names(one)]
    return [one.slack for one in found if not one.deleted] or [one.slack for one in found]


def _names(member: Member) -> set[str]:
    """As people write them, in small letters."""
    names = (member.name, member.real_name, member.display_name, member.email or "")
    return {" ".join(one.lower().split()).removeprefix("@") for one in names}
