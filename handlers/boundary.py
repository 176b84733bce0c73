"""Between Bolt and our listeners: parses, calls, replies. Turns every error into an answer, after its rollback.

Only a commit that failed goes unacknowledged: Slack repeats an event, and a person sees that it did not work.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.domain.core.errors import DomainError
from bot.domain.core.permissions import REFUSAL
from bot.rendering import limits
from bot.rendering.message import Message
from bot.services.core.answer import Answer
from handlers import form
from handlers.door import Door, TooLate
from handlers.redraw import OUT_OF_REACH, draw_again
from handlers.request import Request
from handlers.response import Ask, Errors, Options, Redraw, Reply, Screen, Show, Swap, View
from handlers.sanitize import legible
from storage import loss

PICK = "incident.pick"
"""The action of every choice that a question offers; each button adds its place, as Slack wants each id once."""
MOST_BUTTONS = 4
log = logging.getLogger(__name__)

Listener = Callable[[Door, Request], Reply]
Parse = Callable[[Mapping[str, Any]], Request]
BoltListener = Callable[[Ack, dict[str, Any], WebClient], None]


def guard(door: Door, parse: Parse, listener: Listener) -> BoltListener:
    """The Bolt listener for one of ours."""

    def bolt_listener(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        with door.desk.asked():
            answered(ack, body, client)

    def answered(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        request = parse(legible(body))
        door.forms.touched(request)
        if door.is_foreign(request):
            log.info("%s by %s of workspace %s refused", request.kind, request.user, request.team)
            _refused(door, request, REFUSAL["stranger"], ack)
            return
        try:
            reply = listener(door, request)
        except TooLate as late:  # nobody hears the acknowledgement any more
            log.warning("a command by %s was not carried out: it came late", request.user)
            door.refuse(request, late.sentence())
            ack()
            return
        except DomainError as refusal:
            _refused(door, request, refusal.sentence(), ack)
            return
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # the supervisor of every listener: what it wrote is rolled back
            if loss.reason(error):
                raise
            _failed(door, request, ack)
            return
        _send(door, request, reply, ack, client)

    return bolt_listener


def _failed(door: Door, request: Request, ack: Ack) -> None:
    reference = uuid.uuid4().hex[:8]
    log.exception("listener failed, reference %s, %s by %s", reference, request.kind, request.user)
    sentence = (
        f"Something went wrong (reference {reference}); nothing was changed. "
        "Try again; if it happens again, give this reference to the people who run Tocsin."
    )
    _refused(door, request, sentence, ack)


def _refused(door: Door, request: Request, sentence: str, ack: Ack) -> None:
    """A plain sentence where the person is looking."""
    if request.kind == "command":
        _whisper(ack, door.word(Answer("refusal", values={"sentence": sentence})))
    elif request.kind == "view":
        _under_a_field(request, sentence, ack)
    elif request.kind == "options":
        ack(options=[])
    else:
        if request.kind != "event":
            door.refuse(request, sentence)
        ack()


def _under_a_field(request: Request, sentence: str, ack: Ack) -> None:
    blocks = (request.view or {}).get("blocks") or []
    first = next((block["block_id"] for block in blocks if block.get("type") == "input"), None)
    if first:
        ack(response_action="errors", errors={first: sentence[:2000]})
    else:
        ack(response_action="update", view=form.modal("notice", "Not possible", [form.said(sentence)], close="Close"))


def _send(door: Door, request: Request, reply: Reply, ack: Ack, client: WebClient) -> None:
    match reply:
        case Answer() if request.kind == "command":
            _whisper(ack, door.pointed(request, _worded(door, request, reply), reply.row))
        case Answer() if request.kind == "view":
            ack(response_action="clear")
        case Screen(_, message) if request.kind == "command":
            _whisper(ack, door.pointed(request, message))
        case Screen(title, message):
            _draw(door, request, form.modal("screen", title, message.blocks, close="Close"), ack, client)
        case Show(view):
            _draw(door, request, view, ack, client)
        case Redraw(view):
            draw_again(request, view, client, door.forms)
            ack()
        case Swap(view):
            ack(response_action="update", view=view)
        case Errors(errors):
            ack(response_action="errors", errors=dict(errors))
        case Options(choices):
            ack(options=[form.Choice(value, label).option() for value, label in choices])
        case Ask() if request.kind == "command":
            _whisper(ack, _question(reply))
        case Ask(question):
            _refused(door, request, f"{question} Write it as a command, with the number of the incident.", ack)
        case _ if request.kind == "options":
            ack(options=[])
        case _:
            ack()


def _worded(door: Door, request: Request, answer: Answer) -> Message:
    """The change is committed: words that cannot be found must not look like a failure of it."""
    try:
        return door.shown_to(request.user, door.word(answer))
    except Exception:
        log.exception("answer %s could not be worded", answer.template)
        return Message("Done.", [])


def _whisper(ack: Ack, message: Message) -> None:
    fitted = limits.fit("chat.postMessage", {"text": message.text, "blocks": message.blocks})
    blocks = {"blocks": fitted["blocks"]} if fitted.get("blocks") else {}
    ack(response_type="ephemeral", text=fitted["text"], **blocks)


def _question(asked: Ask) -> Message:
    """A button for each choice; a menu where there are many."""
    if len(asked.choices) > MOST_BUTTONS:
        options = [form.Choice(value, label) for value, label in asked.choices]
        menu = {**form.menu(options, placeholder="Choose an incident"), "action_id": PICK}
        return Message(asked.question, [{**form.said(asked.question), "accessory": menu}])
    buttons = [
        {**form.button("incident.pick", label, value, style="" if n else "primary"), "action_id": f"{PICK}:{n}"}
        for n, (value, label) in enumerate(asked.choices)
    ]
    return Message(asked.question, [form.said(asked.question), form.row(*buttons)])


def _draw(door: Door, request: Request, view: View, ack: Ack, client: WebClient) -> None:
    """Opens a modal, from inside a modal on top of it. Three seconds after the click it is too late for that."""
    show = client.views_push if (request.view or {}).get("type") == "modal" else client.views_open
    try:
        show(trigger_id=request.trigger, view=view)
    except OUT_OF_REACH as error:
        log.warning("modal %s not opened: %s", view.get("callback_id"), error)
        _refused(door, request, "The form could not be opened in time. Try again.", ack)
        return
    ack()
