"""Handing on in Slack: the note's buttons and form, the survey, and looking at a note or the figures at any time."""

from sqlmodel import Session

from bot.domain.oncall.shift_handoff import NotAScore
from bot.domain.schedules import overrides
from bot.rendering.contexts import render
from bot.rendering.contexts.oncall import health as figures
from bot.rendering.contexts.oncall import shift_handoff as shown
from bot.rendering.message import Message
from bot.services.oncall import health as health_service
from bot.services.oncall import shift_handoff
from bot.services.oncall.health import WEEK, Looked
from bot.services.schedules import overrides as override_service
from handlers import form
from handlers.door import Door
from handlers.form import Choice
from handlers.request import Request
from handlers.response import Reply, Screen, Show
from handlers.words.command import Command
from storage.models import HandoffNote

LOOK_BACK = 4
LABELS = {5: "5 - clean", 4: "4 - good", 3: "3 - bearable", 2: "2 - hard", 1: "1 - rough"}


def command(door: Door, request: Request, said: Command) -> Reply:
    """The note of a schedule; without a name of the one that the viewer has now. Raises UnknownSchedule."""

    def read(session: Session) -> Message:
        composer = door.composer()
        name = override_service.key_of(door.catalog, said.text.strip() or _own(door, session, request.user))
        row = shift_handoff.draft(session, door.catalog, name, composer.now)
        handed = shift_handoff.gather(session, door.catalog, row, composer.now)
        show = composer.showing(session, shown.people(row, handed))
        return render.written(composer, "handoff", shown.note(show, row, handed))

    return Screen("Hand-off", door.look(request, "who", read))


def _own(door: Door, session: Session, viewer: str) -> str:
    """The schedule on which somebody is on call now, else the first there is."""
    rota = door.composer().showing(session, since=door.desk.clock.now()).plan
    names = list(door.catalog.schedules)
    who = overrides.named(viewer, door.catalog)
    mine = (name for name in names if who in rota.on_call(name, door.desk.clock.now()).people)
    return next(mine, names[0] if names else "")


def health(door: Door, request: Request, said: Command) -> Reply:
    """What being on call cost in the last four weeks. Raises UnknownSchedule."""
    name = override_service.key_of(door.catalog, said.text) if said.text.strip() else None

    def read(session: Session) -> Message:
        composer = door.composer()
        at = Looked(session, door.catalog, composer.now - LOOK_BACK * WEEK, composer.now, composer.now)
        found = health_service.measure(at, name)
        show = composer.showing(session, list(found.people))
        return render.written(composer, "oncall_health", figures.health(show, found, name))

    return Screen("On-call health", door.look(request, "who", read))


def take(door: Door, request: Request) -> Reply:
    return door.do(request, "handoff", lambda w: shift_handoff.take(w, request.number))


def edit(door: Door, request: Request) -> Reply:
    """The words that somebody adds to the note."""
    row = door.look(request, "handoff", lambda session: session.get_one(HandoffNote, request.number))
    element = form.words(lines=True, initial=row.words, placeholder="Ongoing issues, quirks, tips", focus=True)
    blocks = [
        form.said("These words stand in the note; the rest is written from what was recorded."),
        form.field("words", "In your own words", element, optional=True),
    ]
    return Show(form.modal("handoff.edited", "Hand-off note", blocks, submit="Save", meta={"note": request.number}))


def edited(door: Door, request: Request) -> Reply:
    number, words = int(request.meta["note"]), request.values.text("words")
    return door.do(request, "handoff", lambda w: shift_handoff.edit(w, number, words))


def rate(door: Door, request: Request) -> Reply:
    """One tap: the choice carries the note's number and the score. Raises NotAScore."""
    number, _, score = request.value.partition(":")
    if not (number.isdecimal() and score.isdecimal()):
        raise NotAScore()
    return door.do(request, "handoff", lambda w: shift_handoff.rate(w, int(number), int(score)))


def say(door: Door, request: Request) -> Reply:
    """A score with words."""
    door.look(request, "handoff", lambda session: None)
    choices = [Choice(str(score), label) for score, label in LABELS.items()]
    blocks = [
        form.field("score", "How was the turn?", form.radios(choices, "3")),
        form.field("words", "What should be better?", form.words(lines=True), optional=True,
                   hint="Shown in /oncall health, without your name."),
    ]  # fmt: skip
    return Show(form.modal("handoff.said", "Your turn", blocks, submit="Send", meta={"note": request.number}))


def said(door: Door, request: Request) -> Reply:
    number, values = int(request.meta["note"]), request.values
    score = int(values.choice("score") or 0)
    return door.do(request, "handoff", lambda w: shift_handoff.rate(w, number, score, values.text("words")))


ONCALL = {"handoff": command, "health": health}
ACTIONS = {"handoff.take": take, "handoff.edit": edit, "handoff.rate": rate, "handoff.say": say}
VIEWS = {"handoff.edited": edited, "handoff.said": said}
