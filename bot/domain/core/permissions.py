"""Who may do what: a table of actions and kinds of people, checked when the button is pressed.

Safety acts (see, acknowledge what was paged to you) are open to whoever was asked; acts that change an incident need
a full member of the workspace. An id that we have not heard of yet counts as a member: declaring must not fail
because a listing is an hour old.
"""

from bot.domain.core.errors import NotAllowed
from storage.models import Member

ALLOWED: dict[str, frozenset[str] | None] = {
    "member": None,  # everything: `bot.domain.verbs.ACTIONS` has the rows
    "guest": frozenset({"help", "ack", "decline", "unack", "handover", "answer"}),
    "stranger": frozenset(),
    "bot": frozenset({"help"}),
    "deactivated": frozenset(),
}
GUESTS_PRESS = frozenset({
    "page.ack", "page.join", "page.decline", "page.unack", "page.handover", "hold.confirm", "hold.unack", "hold.offer",
    "incident.ack", "question.yes", "question.no", "question.words", "menu.pages", "menu.help",
})  # fmt: skip
"""The buttons and menus behind which stands an action that guests may do; links are everybody's."""
REFUSAL = {
    "guest": "Guests cannot do this here: ask a full member of the workspace to do it for you.",
    "stranger": "People of another workspace cannot do this here: ask a member of this workspace.",
    "bot": "Apps cannot run incidents here.",
    "deactivated": "This account is deactivated.",
}

NOT_ASKED = "Guests can only do this for a page they were asked to take: ask a full member of the workspace instead."
"""What a guest is told who would acknowledge, or give away, what nobody asked them for."""


def kind(member: Member | None) -> str:
    """The row of the table: member, guest, stranger, bot or deactivated."""
    if member is None:
        return "member"
    return "deactivated" if member.deleted else member.kind


def require(member: Member | None, action: str) -> None:
    """Raises NotAllowed with a sentence for the person when the table says no."""
    row = kind(member)
    allowed = ALLOWED[row]
    if allowed is not None and action not in allowed:
        raise NotAllowed(sentence=REFUSAL[row])


def may_press(row: str, button: str) -> bool:
    """Whether an account of this kind is shown this button: one that it may use, or a link."""
    name = button.partition(":")[0]
    return row == "member" or name == "link" or (row == "guest" and name in GUESTS_PRESS)


def may_be_invited(member: Member | None) -> str | None:
    """Why somebody cannot be brought into a war room; None when they can."""
    row = kind(member)
    if member is None or row == "member":
        return None
    return {"guest": "is a guest", "stranger": "belongs to another workspace", "bot": "is an app"}.get(
        row, "is deactivated"
    )
