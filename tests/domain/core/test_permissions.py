"""Who may do what: every cell of the table."""

from datetime import UTC, datetime

import pytest

from bot.domain import verbs
from bot.domain.core import permissions
from bot.domain.core.errors import NotAllowed
from storage.models import Member

AT = datetime(2026, 11, 21, tzinfo=UTC)
KINDS = ("member", "guest", "stranger", "bot", "deactivated")
OPEN_TO_GUESTS = {"help", "ack", "decline", "unack", "handover", "answer"}


def member(kind: str) -> Member:
    shown = "member" if kind == "deactivated" else kind
    return Member(slack="U1", name="x", kind=shown, deleted=kind == "deactivated", seen_at=AT)


def expected(kind: str, action: str) -> bool:
    if kind == "member":
        return True
    if kind == "guest":
        return action in OPEN_TO_GUESTS
    return kind == "bot" and action == "help"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", sorted(verbs.ACTIONS))
def test_each_cell(kind: str, action: str) -> None:
    if expected(kind, action):
        permissions.require(member(kind), action)
    else:
        with pytest.raises(NotAllowed) as refusal:
            permissions.require(member(kind), action)
        assert refusal.value.sentence().endswith("."), "a refusal is a sentence"


def test_somebody_we_have_not_heard_of_may_declare() -> None:
    for action in verbs.ACTIONS:
        permissions.require(None, action)


def test_what_guests_may_do_is_a_row_of_a_verb() -> None:
    assert OPEN_TO_GUESTS <= verbs.ACTIONS


@pytest.mark.parametrize(("kind", "why"), [("member", None), ("guest", "guest"), ("stranger", "another workspace"),
                                           ("bot", "app"), ("deactivated", "deactivated")])  # fmt: skip
def test_who_can_be_brought_into_a_room(kind: str, why: str | None) -> None:
    said = permissions.may_be_invited(member(kind))
    assert (said is None) if why is None else (why in (said or ""))
