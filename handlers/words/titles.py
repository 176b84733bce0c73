"""The incident that words name by its title: "resolve mail is late" must not end another one, nor "the mail one"."""

import re
from dataclasses import replace

from sqlmodel import Session, col, select

from bot.domain.core.typed_text import folded
from bot.domain.incidents import visibility
from bot.services.core import incident as incidents
from handlers import incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.words.command import Command, Named
from handlers.words.second_thoughts import ENDS
from storage.models import Incident, IncidentStatus

READ = (*ENDS, "update", "status")
"""Verbs whose words are looked through."""
RECENT = 200
"""Incidents whose titles are looked through, newest first."""
LATELY = 20
"""Those of them that a single word of their title may mean."""
_SMALL = re.compile(
    "an?|and|are|as|at|be|by|for|from|ha[sd]|have|in|is|its?|my|no|not|now|of|on|or|our|still|that|the|there|this|to|"
    "up|was|were|with"
)
_THE_ONE = re.compile(
    r"(?:(?:the|that|this|our) )?(?P<what>.+?) (?:one|ones|incident|issue|outage|problem|thing)s?\b"
    r"(?= ?[,:;.!–—-]|$| (?:is|was)\b)"
)
_HEAD = re.compile(r"\s*[,:;]\s|\s[-–—]\s")
_SUBJECT = re.compile(r"(?:(?:the|our) )?(?P<what>[^\W_][\w-]*)")


def named(door: Door, request: Request, said: Command) -> Command:
    """The command in doubt about the incident whose title its words hold, or whose title alone has their subject."""
    if said.doubt or said.unnamed or said.reference is not None or not said.text:
        return said

    def found(session: Session) -> int | None:
        return _found(session, door, request, plainly(said.text))

    assert said.verb is not None
    number = door.look(request, said.verb.action, found)
    return said if number is None else replace(said, doubt=(Named(number, said.text),))


def _found(session: Session, door: Door, request: Request, words: str) -> int | None:
    rows = session.exec(select(Incident).order_by(col(Incident.number).desc()).limit(RECENT)).all()
    alike = [one for at, one in enumerate(rows) if holds(words, one.title) or (at < LATELY and hints(words, one.title))]
    known = incidents.known_to(session, visibility.viewer(door.catalog, request.user, request.channel), alike)
    if not known:
        return None
    here = incident_reference.in_room(session, request.channel)
    meant = [one for one in rows if (one.number == here if here else one.status in IncidentStatus.OPEN)]
    if any(holds(words, one.title) or hints(words, one.title, here=here is not None) for one in meant):
        return None if here or len(meant) == 1 else known[0].number
    certain = [one for one in known if here is None or holds(words, one.title) or hints(words, one.title, here=True)]
    return certain[0].number if certain else None


def holds(words: str, title: str) -> bool:
    """Whether the whole title stands in the words: "investigating mail is late again". One of one word stands alone."""
    whole = plainly(title)
    heads = {words, plainly(words.partition(":")[0])}
    return whole in heads or (" " in whole and re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", words) is not None)


def hints(words: str, title: str, *, here: bool = False) -> bool:
    """Whether they name it by a part of its title: "mail", "the mail one", "mail is back".

    In a war room (`here`) a subject is no hint: there "mail is back" is said about its own incident.
    """
    parts = _weighty(title)
    head = _HEAD.split(f"{words} ")[0].strip()
    pointed = _THE_ONE.match(words)
    for what in [head, *([pointed["what"]] if pointed else [])]:
        said = _weighty(what)
        if said and all(word in parts for word in said):
            return True
    subject = _SUBJECT.match(words)
    first = next(iter(parts), None)
    return not here and first is not None and subject is not None and subject["what"] == first


def plainly(words: str) -> str:
    """Small letters and single blanks, without a mark at the end."""
    return " ".join(folded(words).lower().split()).strip(" .!")


def _weighty(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_][\w-]*", plainly(words)) if not _SMALL.fullmatch(word)]
