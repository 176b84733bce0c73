"""A delay in a person's rules counts from the first time they were asked: through rounds, by hand, after a downtime."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from tests.stories.ways import Ways, ways

RULES = [{"via": "slack"}, {"via": "phone", "after": "10m"}]


@pytest.fixture
def there(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Ways]:
    made = ways(sandbox, database_url, tmp_path)
    people = {key: {"name": one.name, "slack": one.slack, "access": one.access}
              for key, one in made.world.app.desk.catalog.people.items()}  # fmt: skip
    people["ana"] |= {"phone": "+15550101", "contact": RULES}
    policy = {"repeat": 3, "levels": [{"to": ["person:ana"], "wait": "5m"}]}
    made.configure(people=people, policies={"medium": policy, "low": policy})
    yield made
    made.world.http.close()
    made.world.app.stop()


def calls(there: Ways) -> int:
    return len(there.recorder.by("phone"))


@pytest.mark.both_databases
def test_a_phone_rings_ten_minutes_after_the_first_page_whatever_the_rounds(there: Ways) -> None:
    there.world.li.says("/incident declare sev3 Search is slow")
    there.world.forward(minutes=5)
    there.world.forward(minutes=4, seconds=20)
    assert calls(there) == 0
    there.world.forward(seconds=40)
    assert calls(there) == 1
    there.world.forward(minutes=4)
    assert calls(there) == 1, "the new page alone has called, not the one before it too"


def test_an_escalation_by_hand_starts_no_delay_anew(there: Ways) -> None:
    there.world.li.says("/incident declare sev3 Search is slow")
    there.world.forward(minutes=3)
    there.world.li.says("/incident escalate 1 level 1")
    there.world.forward(minutes=4)
    there.world.li.says("/incident escalate 1 level 1")
    there.world.forward(minutes=2, seconds=20)
    assert calls(there) == 0
    there.world.forward(seconds=40)
    assert calls(there) == 1


def test_another_policy_in_the_place_of_the_first_starts_no_delay_anew(there: Ways) -> None:
    there.world.li.says("/incident declare sev4 Search is slow")
    there.world.forward(minutes=4)
    there.world.li.says("/incident sev 1 sev3 it is more than that")
    there.world.forward(minutes=5, seconds=20)
    assert calls(there) == 0
    there.world.forward(seconds=40)
    assert calls(there) == 1


def test_after_a_downtime_the_call_that_was_due_is_made_at_once(there: Ways) -> None:
    there.world.li.says("/incident declare sev3 Search is slow")
    there.world.forward(minutes=12)
    assert calls(there) == 1
