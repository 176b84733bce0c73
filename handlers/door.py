"""What every listener is given: the desk for its one use case, and how its answer is worded."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from sqlmodel import Session

from bot import clock as clocks
from bot.catalog import Catalog
from bot.domain.core import permissions
from bot.domain.core.errors import DomainError, NotAllowed
from bot.domain.core.people import Actor
from bot.engine.pulse import Pulse
from bot.rendering.contexts import messages, render
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.message import Message, Renderer
from bot.rendering.readers import for_reader
from bot.services.core import replies
from bot.services.core.answer import Answer
from bot.services.workspace import members
from bot.work import Work, WorkFactory
from handlers import subject
from handlers.redraw import OpenForms
from handlers.request import Request
from storage.models import FormerRoom, Incident

log = logging.getLogger(__name__)
PATIENCE = 3.0
"""Seconds that Slack gives a command; after them it tells the person that it failed."""
T = TypeVar("T")


class TooLate(DomainError):
    """`{command}` arrived {seconds} seconds late, after Slack had told you that it failed, so nothing was done.
    Type it again if you still need it."""


@dataclass(frozen=True)
class Door:
    """Made once by the app. `base_url` is the installation's public address, if it has one; `team` gives the id of our
    workspace, "" while Slack has not said it."""

    desk: WorkFactory
    renderer: Renderer
    base_url: str | None = None
    team: Callable[[], str] = str
    pulse: Pulse = field(default_factory=Pulse)
    patience: float = PATIENCE
    forms: OpenForms = field(default_factory=OpenForms)

    @property
    def catalog(self) -> Catalog:
        return self.desk.catalog

    def is_foreign(self, request: Request) -> bool:
        """Does somebody of another workspace ask? In a channel shared with them they can press every button."""
        return request.team.startswith("T") and request.team != (self.team() or request.team)

    def do(self, request: Request, action: str, use_case: Callable[[Work], Answer]) -> Answer:
        """One transaction, once per request, if the person may do `action` and may know of what the request is about.

        A command is answered by its acknowledgement. Whatever else asks is told in the same transaction, unless what
        it changed shows already. Raises DomainError, with nothing changed.
        """

        def permitted(w: Work) -> Answer:
            self._in_time(request)
            members.require(w.session, w.catalog, request.user, action)
            subject.require_known(w.session, w.peek, w.catalog, request)
            answer = use_case(w)
            self._in_time(request)
            answer = replace(answer, row=w.held(Incident, answer.incident))
            if request.kind != "command" and (request.fleeting or not messages.is_drawn_anew(answer.template)):
                there = request.channel if request.bot_is_there else None
                replies.tell(w, request.user, there, answer, request.key, thread=request.thread)
            if request.at_home:
                replies.show_home(w, request.user)
            return answer

        return self.desk.run(Actor(request.user), request.key, permitted, Answer.restore)

    def _in_time(self, request: Request) -> None:
        """Raises TooLate for a command whose sender has been refused meanwhile, and may have typed it again."""
        age = clocks.since_boot() - request.received + self.pulse.missed(request.received)
        if request.kind == "command" and age > self.patience:
            raise TooLate(command=f"{request.command} {request.text}".strip()[:120], seconds=round(age))

    def hear(self, request: Request, use_case: Callable[[Work], Answer], action: str | None = None) -> None:
        """What an event leads to, once per event. Somebody who may not do `action` is passed over in silence."""

        def permitted(w: Work) -> Answer:
            if action:
                members.require(w.session, w.catalog, request.user, action)
            return use_case(w)

        try:
            self.desk.run(Actor(request.user), request.key, permitted, Answer.restore)
        except NotAllowed as refusal:
            log.info("event by %s passed over: %s", request.user, refusal)

    def look(self, request: Request, action: str, read: Callable[[Session], T]) -> T:
        """Reads for somebody who may do `action` and may know of what the request is about. Raises DomainError."""
        with self.desk.read() as session:
            members.require(session, self.catalog, request.user, action)
            subject.require_known(session, session.get, self.catalog, request)
            return read(session)

    def refuse(self, request: Request, sentence: str) -> None:
        """Tells somebody, outside of the transaction that was rolled back, why nothing was changed."""
        there = request.channel if request.bot_is_there else None
        answer = Answer("refusal", values={"sentence": sentence})
        key = f"{request.key}:refusal" if request.key else None
        with self.desk.work(Actor(request.user)) as w:
            replies.tell(w, request.user, there, answer, key, thread=request.thread)

    def shown_to(self, user: str, message: Message) -> Message:
        """The message with the buttons that this person may use."""
        if not any(block.get("type") == "actions" or "accessory" in block for block in message.blocks):
            return message
        with self.desk.read() as session:
            row = members.row(session, self.catalog, user)
        return message if row in permissions.EVERYTHING else for_reader(message, partial(permissions.may_press, row))

    def pointed(self, request: Request, message: Message, row: Incident | None = None) -> Message:
        """The answer to a command; in a former war room with the way to the one that has followed it.

        `row` is the incident it is about, where that is known: then nothing is asked about rooms that were the first.
        """
        if row is not None and (row.room_tries < 2 or row.channel_id == request.channel):
            return message
        with self.desk.read() as session:
            former = session.get(FormerRoom, request.channel or "")
            if former is None:
                return message
            note = render.answer(session, self.composer(), "room_goes_on", former.incident)
        blocks = [*message.blocks, *note.blocks] if message.blocks else []
        return Message(f"{message.text}\n{note.text}", blocks)

    def composer(self) -> Composer:
        return Composer(self.renderer, self.catalog, self.desk.clock.now(), self.base_url)

    def word(self, answer: Answer) -> Message:
        """The answer as a message, with the present state of its incident."""
        if answer.row and messages.is_brief(answer.template):
            return render.brief(self.composer(), answer.template, answer.row, answer.values)
        with self.desk.read() as session:
            return render.answer(session, self.composer(), answer.template, answer.incident, answer.values)
