"""Who may do what: the table and what is made of it. Each cell is tried over the wire in
tests/stories/incidents/test_who_may_do_what.py.
"""

from datetime import UTC, datetime

import pytest

import handlers
from bot.domain import verbs
from bot.domain.core import permissions
from bot.domain.core.errors import NotAllowed
from storage.models import Member

AT = datetime(2026, 11, 21, tzinfo=UTC)
GUESTS = {"help", "ack", "decline", "unack", "handover", "answer"}
VIEWERS = GUESTS | {"complain", "declare", "join", "list", "test-page", "timeline", "undo", "who", "why"}
MAY = {
    "admin": verbs.ACTIONS, "responder": verbs.ACTIONS, "viewer": VIEWERS, "guest": GUESTS, "stranger": set(),
    "bot": {"help"}, "deactivated": set(),
}  # fmt: skip


def member(kind: str) -> Member:
    shown = "member" if kind == "deactivated" else kind
    return Member(slack="U1", name="x", kind=shown, deleted=kind == "deactivated", seen_at=AT)


def allowed(row: str, action: str) -> bool:
    try:
        permissions.require(row, action)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("row", list(permissions.ALLOWED))
def test_each_row(row: str) -> None:
    assert {action for action in verbs.ACTIONS if allowed(row, action)} == MAY[row]


@pytest.mark.parametrize("sentence", [*permissions.REFUSAL.values(), *permissions.NOT_ASKED.values()])
def test_a_refusal_says_who_can(sentence: str) -> None:
    assert any(who in sentence for who in ("ask a full member", "responder can", "ask a member", "member of this",
                                           "whose account is active can"))  # fmt: skip
    assert sentence.endswith(".")


def test_what_is_no_row_of_the_table_is_allowed_to_those_who_may_do_everything_only() -> None:
    assert {row for row in permissions.ALLOWED if allowed(row, "launch")} == permissions.EVERYTHING


@pytest.mark.parametrize(
    ("kind", "access", "row"),
    [
        ("member", None, "responder"),
        ("member", "responder", "responder"),
        ("member", "viewer", "viewer"),
        ("member", "admin", "admin"),
        ("guest", "admin", "guest"),
        ("guest", None, "guest"),
        ("stranger", "admin", "stranger"),
        ("deactivated", "admin", "deactivated"),
        ("bot", "responder", "bot"),
    ],
)
def test_what_slack_says_of_an_account_wins_over_what_we_say_of_the_person(
    kind: str, access: str | None, row: str
) -> None:
    assert permissions.row(member(kind), access) == row


def test_somebody_we_have_not_heard_of_may_declare() -> None:
    assert permissions.row(None, None) == "responder"


def test_every_button_has_an_action_that_stands_in_the_table() -> None:
    assert set(permissions.BUTTONS) == set(handlers.table("ACTIONS"))
    assert set(permissions.BUTTONS.values()) <= verbs.ACTIONS
    assert permissions.may_press("guest", "link:3")
    assert not permissions.may_press("viewer", "new.button")


@pytest.mark.parametrize(("kind", "why"), [("member", None), ("guest", "guest"), ("stranger", "another workspace"),
                                           ("bot", "app"), ("deactivated", "deactivated")])  # fmt: skip
def test_who_can_be_brought_into_a_room(kind: str, why: str | None) -> None:
    said = permissions.may_be_invited(member(kind))
    assert (said is None) if why is None else (why in (said or ""))
