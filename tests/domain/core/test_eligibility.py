"""Who can be given which work: every cell of the table, and what an account is."""

from datetime import UTC, datetime

import pytest

from bot.domain.core import eligibility
from bot.domain.core.eligibility import ABLE, Task
from bot.services.workspace.members import SlackUser
from storage.models import Member

AT = datetime(2026, 11, 21, tzinfo=UTC)
GUESTS_CAN = {Task.PAGE, Task.HANDOVER, Task.COVER, Task.NOTIFY}


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("account", ["member", "viewer", "guest", "stranger", "bot", "deactivated", "unknown"])
def test_each_cell(task: Task, account: str) -> None:
    able = account == "member" or (account in ("guest", "viewer") and task in GUESTS_CAN)
    assert (eligibility.unfit(task, account) == "") is able
    assert able or eligibility.WHY[account] == eligibility.unfit(task, account)


def test_every_task_has_its_row() -> None:
    assert set(ABLE) == set(Task)


@pytest.mark.parametrize(("kind", "deleted", "standing"), [
    ("member", False, "member"), ("guest", False, "guest"), ("bot", False, "bot"), ("stranger", False, "stranger"),
    ("member", True, "deactivated"), ("bot", True, "deactivated"),
])  # fmt: skip
def test_what_an_account_is(kind: str, deleted: bool, standing: str) -> None:
    member = Member(slack="U1", name="x", kind=kind, deleted=deleted, seen_at=AT)
    assert eligibility.standing(member, None, expected=False) == standing
    assert eligibility.standing(member, "viewer", expected=False) == ("viewer" if standing == "member" else standing)


def test_who_is_not_in_the_directory_is_unknown_unless_they_are_expected() -> None:
    assert eligibility.standing(None, None, expected=False) == "unknown"
    assert eligibility.standing(None, None, expected=True) == "member"


@pytest.mark.parametrize(("user", "kind"), [
    ({"id": "U1"}, "member"),
    ({"id": "U1", "team_id": "T1"}, "member"),
    ({"id": "U1", "team_id": "T2"}, "stranger"),
    ({"id": "U1", "team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, "member"),
    ({"id": "U1", "is_stranger": True}, "stranger"),
    ({"id": "U1", "team_id": "T2", "is_bot": True}, "bot"),
    ({"id": "USLACKBOT", "team_id": "T1"}, "bot"),
    ({"id": "U1", "is_ultra_restricted": True}, "guest"),
])  # fmt: skip
def test_what_slack_says_of_somebody_makes_their_kind(user: dict[str, object], kind: str) -> None:
    assert SlackUser.model_validate(user).kind("T1") == kind
