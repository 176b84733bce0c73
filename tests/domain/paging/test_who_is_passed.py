"""People who cannot be asked: the others of their level are, and a level of none but them is passed at once."""

from collections.abc import Sequence

import pytest

from bot.domain.paging import escalation as rules
from bot.domain.paging.escalation import Asked
from bot.domain.paging.facts import EscalationExhausted, LevelSkipped, PeoplePassed
from storage.models import Escalation
from tests.domain.paging.test_escalation import NOW, policy

PEOPLE = {
    "person:ana": [Asked("ana", "U1", "")],
    "person:old": [Asked("old", "U9", "", unfit="deactivated")],
    "team:mixed": [Asked("old", "U9", "", unfit="deactivated"), Asked("bo", "U2", "")],
}


def resolve(target: str) -> Sequence[Asked]:
    return PEOPLE.get(target, [])


@pytest.mark.parametrize(("levels", "left_out", "asked", "skipped", "passed"), [
    (["person:old", "person:ana"], [], ["ana"], ["no one there can be asked"], [{"old": "deactivated"}]),
    (["team:mixed"], [], ["bo"], [], [{"old": "deactivated"}]),
    (["person:ana person:old"], [], ["ana"], [], [{"old": "deactivated"}]),
    (["person:old"], [], [], ["no one there can be asked"], [{"old": "deactivated"}]),
    (["person:ana"], [], ["ana"], [], []),
    (["person:ana team:mixed"], ["ana"], ["bo"], [], [{"old": "deactivated"}]),
    (["person:ana team:mixed"], ["ana", "old"], ["bo"], [], []),
])  # fmt: skip
def test_who_is_passed(
    levels: list[str], left_out: list[str], asked: list[str], skipped: list[str], passed: list[dict[str, str]]
) -> None:
    escalation = Escalation(id=1, policy_name="p", policy=policy(*levels, repeat=1), started_at=NOW)
    step = rules.begin(escalation, NOW, resolve, left_out)
    assert [one.person for one in step.asked] == asked
    assert [fact.reason for fact in step.facts if isinstance(fact, LevelSkipped)] == skipped
    assert [fact.people for fact in step.facts if isinstance(fact, PeoplePassed)] == passed
    assert any(isinstance(fact, EscalationExhausted) for fact in step.facts) is not bool(asked)
