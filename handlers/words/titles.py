"""The incident that words name by its title: "resolve mail is late" must not end another one, nor "the mail one"."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, select

from bot.catalog import Catalog
from bot.domain.core import typed_severity
from bot.domain.core.errors import DomainError
from bot.domain.core.typed_text import folded
from bot.domain.incidents.lifecycle import is_open
from bot.services.core import incident as incidents
from handlers import incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.words.command import Command, Named
from handlers.words.second_thoughts import ENDS
from storage.models import Incident

READ = (*ENDS, "update", "status", "note", "page")
"""Verbs whose words are looked through; in its war room a note is certain, and of a page only what it is for."""
RECENT = 200
"""Incidents whose whole titles are looked for, newest first."""
LATELY = timedelta(days=7)
"""Of those declared since then, a single word may mean one; and of those that are open."""
SHORTEST = 4
"""Letters of a word that alone may mean another incident."""
_SMALL = re.compile(
    "an?|and|are|as|at|be|by|for|from|ha[sd]|have|in|is|its?|my|no|not|now|of|on|or|our|still|that|the|there|this|to|"
    "up|was|were|with"
)
_USUAL = re.compile(
    "down|slow|late|fail(?:s|ed|ing|ure|ures)?|errors?|broken|high|low|latency|outages?|issues?|problems?|incidents?|"
    "tests?|users?|customers?|some|cannot|can't|when|been|being|again|after|restart(?:s|ed)?|back|gone|fixed|works?|"
    "working|rolled|again|then|they|them|will|since|until|alert|alerts|alarm|timing|timeouts?|return|returns|drill"
)
"""Words of so many incidents that none is meant by one."""
_THE_ONE = re.compile(
    r"(?:(?:the|that|this|our) )?(?P<what>.+?) (?:one|ones|incident|issue|outage|problem|thing)s?\b"
    r"(?= ?[,:;.!–—-]|$| (?:is|was)\b)"
)
_FOR = re.compile(r"(?<=\S)\s+(?:for|about|on|re:?|because of)\s+(?P<what>.+)$", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(r"\s*[,:;]\s|\s[-–—]\s")


def named(door: Door, request: Request, said: Command) -> Command:
    """The command in doubt about the incident whose title its words hold, or whose title alone has their subject."""
    if said.doubt or (said.unnamed and not said.instead) or said.reference is not None or not said.text:
        return said

    assert said.verb is not None
    if said.verb.name == "page":
        return _paged_for(door, request, said)

    def found(session: Session) -> tuple[int | None, bool]:
        return _found(session, door, request, said)

    number, own = door.look(request, said.verb.action, found)
    if own:
        return replace(said, unnamed=False, instead=())
    if number is None:
        unlike = said.verb.name in ENDS and door.look(
            request, said.verb.action, lambda one: _unlike(one, door, request, said)
        )
        return replace(said, unnamed=True) if unlike else said
    return replace(said, doubt=(Named(number, said.text),), instead=())


def _unlike(session: Session, door: Door, request: Request, said: Command) -> bool:
    """Whether the words begin with a severity or a service that the incident they would end does not have."""
    here = incident_reference.in_room(session, request.channel)
    rows = session.exec(select(Incident).order_by(col(Incident.number).desc()).limit(RECENT)).all()
    meant = [one for one in rows if (one.number == here if here else is_open(one))]
    level = _level(said.text, door.catalog)
    head = " ".join(re.findall(r"[\w'-]+", plainly(said.text))[:3])
    named = {
        key
        for key, one in door.catalog.services.items()
        if any(re.match(rf"(?:the )?{re.escape(name.lower())}(?![\w-])", head) for name in (key, one.name))
    }
    return any(
        (level is not None and level != one.severity)
        or (named and one.service not in named and not named.intersection(weighty(one.title)))
        for one in meant
    )


def _level(text: str, catalog: Catalog) -> str | None:
    try:
        return typed_severity.first(text, catalog).key
    except DomainError:
        return None


def _paged_for(door: Door, request: Request, said: Command) -> Command:
    """ "page bo for mail": what stands behind "for" may be another incident; in its war room it is the reason."""
    about = _FOR.search(said.text)
    if about is None:
        return said
    of_words = replace(said, text=about["what"])

    def found(session: Session) -> int | None:
        here = incident_reference.in_room(session, request.channel)
        return None if here is not None else _found(session, door, request, of_words)[0]

    number = door.look(request, "page", found)
    whom = said.text[: about.start()].strip()
    return said if number is None else replace(said, text=whom, doubt=(Named(number, whom),))


def _found(session: Session, door: Door, request: Request, said: Command) -> tuple[int | None, bool]:
    """The other incident that they name, and whether they hold the title of the one that would be meant."""
    words, here = plainly(said.text), incident_reference.in_room(session, request.channel)
    assert said.verb is not None
    if here is not None and said.verb.name == "note":
        return None, False
    rows = session.exec(select(Incident).order_by(col(Incident.number).desc()).limit(RECENT)).all()
    meant = [one for one in rows if (one.number == here if here else is_open(one))]
    mine = [word for one in meant for word in weighty(one.title)] if here or len(meant) == 1 else []
    since = door.desk.clock.now() - LATELY
    others = [one for one in rows if one.number != here and (here or len(meant) != 1 or one is not meant[0])]
    alike = [
        one for one in others
        if holds(words, one.title)
        or ((is_open(one) or (here is None and one.declared_at > since))
            and hints(words, one.title, mine, ends=said.verb.name in ENDS, here=here is not None))
    ]  # fmt: skip
    alike.sort(key=lambda one: not holds(words, one.title))  # a whole title before a part of one
    known = incidents.known_in(session, door.catalog, request.user, request.channel, alike)
    if any(holds(words, one.title) for one in meant if mine):
        return None, True
    return next((one.number for one in known), None), False


def holds(words: str, title: str) -> bool:
    """Whether the whole title stands in the words: "investigating mail is late again". One of one word stands alone."""
    whole, words = plainly(title).replace("-", " "), words.replace("-", " ")
    heads = {words, plainly(words.partition(":")[0])}
    return whole in heads or (" " in whole and re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", words) is not None)


def hints(words: str, title: str, mine: Collection[str], *, ends: bool = True, here: bool = False) -> bool:
    """Whether they name it by a part of its title that is not `mine`, the incident's that would be meant.

    In a war room (`here`) an update may tell of other things: there only "mail" alone or "the mail one" is a hint.
    """
    parts = [word for word in weighty(title) if word not in mine]
    head = _HEAD.split(f"{words} ")[0].strip()
    pointed = _THE_ONE.match(words)
    for what in [head, *([pointed["what"]] if pointed else [])]:
        said = weighty(what)
        if any(word in parts for word in said) and all(word in weighty(title) for word in said):
            return True
    if here and not ends:
        return False
    telling = {word for word in parts if len(word) >= SHORTEST and not _USUAL.fullmatch(word)}
    return bool(telling.intersection(weighty(words)))


def plainly(words: str) -> str:
    """Small letters and single blanks, without a mark at the end."""
    return " ".join(folded(words).lower().split()).strip(" .!")


def weighty(words: str) -> list[str]:
    """Its words but for the small ones."""
    return [word for word in re.findall(r"[^\W_][\w-]*", plainly(words)) if not _SMALL.fullmatch(word)]
