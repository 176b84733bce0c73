"""Settles which incident words in doubt mean: by what there is and what it can be done to, else by asking."""

from dataclasses import replace

from sqlmodel import Session

from bot.domain.core.errors import NoSuchIncident
from bot.domain.core.verb import Verb
from bot.domain.incidents import visibility
from bot.services.core import incident as incidents
from handlers import incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.words.command import Ambiguity, Command, Named
from handlers.words.remarks import ABOUT
from storage.models import Incident, IncidentStatus
from storage.queries import incidents as incident_queries

ASKING = "Which incident do you mean? Nothing has changed yet."
DECIDING = "Nothing has changed yet. Is this what you mean?"
DOING = {
    "stop": "Stop the paging of", "ask-manager": "Ask the manager about", "update": "Post an update on",
    "note": "Add a note to", "decline": "Decline the page of", "undo": "Undo", "answer": "Answer the question of",
}  # fmt: skip
"""How a button says a verb that is no plain one."""
COUNTING = "Is the number an incident, or part of the text? Nothing has changed yet."


def settled(door: Door, request: Request, said: Command) -> Command | Ambiguity:
    """The command about the incident that is meant, or the question. Raises NoSuchIncident.

    An incident that is named and cannot be the object is said, and no other one takes its place without a press.
    """
    assert said.verb is not None
    return door.look(request, said.verb.action, lambda session: _settled(session, door, request, said))


def pointed(door: Door, request: Request, asked: Ambiguity) -> Ambiguity:
    """With the incident in each label that leaves a place for it: the one it is about, else the only one there is."""
    with door.desk.read() as session:
        return replace(asked, choices=tuple(_pointed(session, door, request, *one) for one in asked.choices))


def _pointed(session: Session, door: Door, request: Request, label: str, said: Command) -> tuple[str, Command]:
    if ABOUT not in label or said.verb is None:
        return label, said
    if said.reference is None:
        found = _anywhere(session, door, request, said.verb)
        said = replace(said, reference=found[0].number) if len(found) == 1 else said
    about = door.catalog.reference(said.reference) if said.reference is not None else "an incident"
    return label.replace(ABOUT, about, 1), said


def _settled(session: Session, door: Door, request: Request, said: Command) -> Command | Ambiguity:
    verb, catalog = said.verb, door.catalog
    assert verb is not None
    if said.unnamed and not said.doubt:
        return _unnamed(session, door, request, said)
    known = {one.number: _known(session, door, request, one.number) for one in said.doubt}
    named = [one for one in said.doubt if known[one.number] is not None or not one.faint]
    if not named:
        return _unnamed(session, door, request, replace(said, doubt=())) if said.unnamed else replace(said, doubt=())
    fitting = [one for one in named if _fits(verb, known[one.number])]
    others = _others(session, door, request, verb)
    others = [one for one in others if not any(said.text == also.text and one.number == also.number for also in named)]
    here = incident_reference.in_room(session, request.channel)
    certain = len(named) == 1 and here is None and not said.unnamed
    if not others and not said.instead and (not fitting or (certain and not fitting[0].counts)):
        return _about(said, named[0])  # the rule says what is wrong with one that does not fit
    wrong = [_unfit(door, one, known[one.number]) for one in named if one not in fitting]
    choices = [(_label(door, said, one, known[one.number]), _about(said, one)) for one in fitting]
    for incident in others:
        room = " (this room)" if incident.number == here else ""
        label = f"{catalog.reference(incident.number or 0)}{room}: {_words(said.text, incident.title, said)}"
        choices.append((label, replace(said, reference=incident.number, doubt=(), unnamed=False, instead=())))
    question = COUNTING if any(one.counts for one in fitting) else ASKING
    return Ambiguity(" ".join([*wrong, question]), (*choices, *said.instead))


def _unnamed(session: Session, door: Door, request: Request, said: Command) -> Command | Ambiguity:
    """ "the other one": every one that could be meant, be it only one. Without any, the rule says so."""
    verb, here = said.verb, incident_reference.in_room(session, request.channel)
    assert verb is not None
    instead, said = said.instead, replace(said, unnamed=False, instead=())
    if said.reference is not None:
        found = [incident_reference.known(session, door.catalog, request, said.reference)]
    else:
        found = _anywhere(session, door, request, verb)
    doing = f"{DOING.get(verb.name, verb.name.capitalize())} " if instead or said.reference is not None else ""
    choices = [
        (f"{doing}{door.catalog.reference(one.number or 0)}{' (this room)' if one.number == here else ''}: {one.title}",
         replace(said, reference=one.number))
        for one in found
    ]  # fmt: skip
    question = DECIDING if doing else ASKING
    return Ambiguity(question, (*choices, *instead)) if choices or instead else said


def _known(session: Session, door: Door, request: Request, number: int) -> Incident | None:
    try:
        return incident_reference.known(session, door.catalog, request, number)
    except NoSuchIncident:
        return None


def _fits(verb: Verb, incident: Incident | None) -> bool:
    return incident is not None and (verb.any_state or incident.status in states(verb))


def states(verb: Verb) -> tuple[str, ...]:
    """The states in which an incident can be meant."""
    return tuple(state for one in verb.meant for state in (IncidentStatus.OPEN if one == "open" else (one,)))


def _others(session: Session, door: Door, request: Request, verb: Verb) -> list[Incident]:
    """What is meant where nothing is named: the room's incident, else those in the right state, worst first."""
    if here := incident_reference.in_room(session, request.channel):
        room = _known(session, door, request, here)
        return [room] if room is not None and _fits(verb, room) else []
    return _anywhere(session, door, request, verb)


def _anywhere(session: Session, door: Door, request: Request, verb: Verb) -> list[Incident]:
    viewer = visibility.viewer(door.catalog, request.user)
    fitting = incident_queries.in_states(session, states(verb), 200)
    return incidents.known_to(session, viewer, fitting)[: incident_reference.MOST]


def _about(said: Command, one: Named) -> Command:
    return replace(said, reference=one.number, text=one.text, doubt=(), unnamed=False, instead=())


def _unfit(door: Door, one: Named, incident: Incident | None) -> str:
    ref = door.catalog.reference(one.number)
    already = "" if incident is not None and incident.status in IncidentStatus.OPEN else " already"
    return f"{ref} is {incident.status}{already}." if incident else f"There is no incident {ref}."


def _label(door: Door, said: Command, one: Named, incident: Incident | None) -> str:
    title = incident.title if incident else ""
    return f"{door.catalog.reference(one.number)}: {_words(one.text, title, said)}"


def _words(text: str, title: str, said: Command) -> str:
    """The text where it depends on the answer and says something, else the title of the incident."""
    texts = [said.text, *(one.text for one in said.doubt)]
    depends = any(one != said.text for one in texts) and all(any(map(str.isalpha, one)) for one in texts)
    return f"“{text}”" if depends else title
