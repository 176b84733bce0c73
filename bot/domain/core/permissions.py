"""Who may do what: a table of actions and kinds of people, checked when the button is pressed.

Safety acts (see, acknowledge what was paged to you) are open to whoever was asked; acts that change an incident need
a full member of the workspace whom tocsin.yml does not make a viewer. An id that we have not heard of yet counts as a
member: declaring must not fail because a listing is an hour old.
"""

from bot.domain.core.errors import NotAllowed
from storage.models import Member

_ASKED = frozenset({"help", "ack", "decline", "unack", "handover", "answer"})
"""What is asked of somebody by name, and its answers."""
ALLOWED: dict[str, frozenset[str] | None] = {
    "admin": None,  # everything: `bot.domain.verbs.ACTIONS` has the rows
    "responder": None,
    "viewer": _ASKED | {"complain", "declare", "join", "list", "test-page", "timeline", "undo", "who", "why"},
    "guest": _ASKED,
    "stranger": frozenset(),
    "bot": frozenset({"help"}),
    "deactivated": frozenset(),
}
EVERYTHING = frozenset(row for row, allowed in ALLOWED.items() if allowed is None)
"""The rows of those who are refused nothing."""
_BEHIND = {
    "ack": "hold.confirm incident.ack menu.pages page.ack page.join",
    "action": "action.done action.drop action.got action.more menu.action",
    "answer": "question.no question.words question.yes",
    "cancel": "menu.cancel",
    "close": "incident.close menu.close",
    "command": "command.accept command.brief command.decline command.later command.offer command.take",
    "complain": "incident.affects",
    "decision": "menu.decision ruling.drop ruling.object ruling.proceed",
    "declare": "declare.service declare.severity home.declare home.drill menu.declare",
    "decline": "page.decline",
    "escalate": "ladder.renew page.escalate",
    "field": "menu.fields",
    "handoff": "handoff.edit handoff.rate handoff.say handoff.take",
    "handover": "hold.offer page.handover",
    "help": "menu.help",
    "hold": "menu.hold onhold.end",
    "join": "catchup.watch declare.join incident.join",
    "link": "link.remove menu.link",
    "list": "incident.more menu.list",
    "merge": "menu.merge",
    "mitigation": "menu.mitigation mitigation.failed mitigation.partly mitigation.worked",
    "note": "menu.note note.at",
    "override": "override.cancel override.choice override.open",
    "page": "home.page incident.page specialist.again specialist.lead tree.answer tree.back tree.open",
    "pause": "ladder.pause ladder.resume page.pause",
    "postmortem": "postmortem.open",
    "problem": "problem.open",
    "reopen": "menu.reopen",
    "resolve": "incident.resolve",
    "role": "catchup.help command.leave command.stay incident.roles incident.take_ic role.refuse",
    "room": "room.open room.thread",
    "sev": (
        "declare.change menu.severity severity.answer severity.because severity.keep severity.level severity.raise "
        "severity.set"
    ),
    "status": "stable.keep",
    "stop": "ladder.stop",
    "swap": "cover.choice cover.decline cover.get cover.take cover.withdraw swap.choice swap.how",
    "test-page": "home.test_page menu.test_page reachability.test",
    "tick": "menu.checklist",
    "ticket": "ticket.create ticket.open",
    "timeline": "menu.catchup menu.links menu.timeline",
    "times": "menu.times",
    "triage": "triage.accept triage.reject",
    "unack": "hold.unack page.unack",
    "undo": "declare.undo",
    "update": "update.same update.snooze update.write incident.update",
    "vendor": "vendor.answered vendor.choose vendor.escalate",
    "why": "menu.why page.more page.why",
}
BUTTONS = {button: action for action, buttons in _BEHIND.items() for button in buttons.split()}
"""Every button and menu, and the action that stands behind it; links are everybody's."""
REFUSAL = {
    "viewer": (
        "With your access you can look, declare, say what affects you and answer what you were paged for. "
        "Any responder can do this: ask one of them."
    ),
    "guest": "Guests cannot do this here: ask a full member of the workspace to do it for you.",
    "stranger": "People of another workspace cannot do this here: ask a member of this workspace.",
    "bot": "Apps cannot run incidents here: a member of this workspace can.",
    "deactivated": "This account is deactivated: someone whose account is active can do this.",
}
NOT_ASKED = {
    "guest": (
        "Guests can only do this for a page they were asked to take: ask a full member of the workspace instead."
    ),
    "viewer": "With your access you can only do this for a page you were asked to take: any responder can do it.",
}
"""What those are told who would acknowledge, or give away, what nobody asked them for."""


def kind(member: Member | None) -> str:
    """What Slack says of the account: member, guest, stranger, bot or deactivated."""
    if member is None:
        return "member"
    return "deactivated" if member.deleted else member.kind


def row(member: Member | None, access: str | None) -> str:
    """The row of the table. `access`: what tocsin.yml says of the person, None when it does not name them; it makes
    somebody more or less among full members only."""
    found = kind(member)
    if found != "member":
        return found
    return access if access in ("admin", "viewer") else "responder"


def require(found: str, action: str) -> None:
    """Raises NotAllowed with a sentence for the person when the table says no to this row."""
    allowed = ALLOWED[found]
    if allowed is not None and action not in allowed:
        raise NotAllowed(sentence=REFUSAL[found])


def may_press(found: str, button: str) -> bool:
    """Whether a person of this row is shown this button: one that they may use, or a link."""
    name = button.partition(":")[0]
    allowed = ALLOWED[found]
    return allowed is None or name == "link" or BUTTONS.get(name) in allowed


def may_be_invited(member: Member | None) -> str | None:
    """Why somebody cannot be brought into a war room; None when they can."""
    found = kind(member)
    if member is None or found == "member":
        return None
    return {"guest": "is a guest", "stranger": "belongs to another workspace", "bot": "is an app"}.get(
        found, "is deactivated"
    )
