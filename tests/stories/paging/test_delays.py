"""A delay in a person's rules counts from the first time they were asked: through rounds, by hand, after a downtime."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from tests.stories.ways import Ways, ways

RULES = [{"via": "slack"}, {"via": "phone", "after": "10m", "severities": ["SEV-3"]}]


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
    there.world.li.says("/incident escalate INC-1 level 1")
    there.world.forward(minutes=4)
    there.world.li.says("/incident escalate INC-1 level 1")
    there.world.forward(minutes=2, seconds=20)
    assert calls(there) == 0
    there.world.forward(seconds=40)
    assert calls(there) == 1


def test_another_policy_in_the_place_of_the_first_starts_no_delay_anew(there: Ways) -> None:
    there.world.li.says("/incident declare sev4 Search is slow")
    there.world.forward(minutes=4)
    there.world.li.says("/incident sev INC-1 sev3 it is more than that")
    there.world.forward(minutes=5, seconds=20)
    assert calls(there) == 0
    there.world.forward(seconds=40)
    assert calls(there) == 1


def test_after_a_downtime_the_call_that_was_due_is_made_at_once(there: Ways) -> None:
    there.world.li.says("/incident declare sev3 Search is slow")
    there.world.forward(minutes=12)
    assert calls(there) == 1


def test_whoever_is_on_two_levels_is_called_ten_minutes_after_the_first(there: Ways) -> None:
    levels = [{"to": ["person:ana"], "wait": "4m"}, {"to": ["person:ana", "person:bo"], "wait": "4m"}]
    there.configure(policies={"medium": {"repeat": 2, "levels": levels}})
    there.world.li.says("/incident declare sev3 Search is slow")
    for _ in range(2):
        there.world.forward(minutes=4)
    there.world.forward(minutes=1)
    assert calls(there) == 0
    there.world.forward(minutes=1)
    assert calls(there) == 1


def test_a_pause_of_the_ladder_gives_nobody_their_delay_once_more(there: Ways) -> None:
    there.world.li.says("/incident declare sev3 Search is slow")
    there.world.forward(minutes=3)
    there.world.li.says("/incident pause INC-1 6m")
    there.world.forward(minutes=6)
    assert calls(there) == 0
    there.world.forward(minutes=1)
    assert calls(there) == 1


def test_a_severity_that_fell_takes_the_ways_with_it_that_were_for_the_graver_one(there: Ways) -> None:
    people = {key: {"name": one.name, "slack": one.slack, "access": one.access, "phone": one.phone}
              for key, one in there.world.app.desk.catalog.people.items()}  # fmt: skip
    rules = [{"via": "slack"}, {"via": "email"}, {"via": "phone", "after": "10m", "severities": ["SEV-2"]}]
    people["ana"] |= {"email": "ana@acme.example", "contact": rules}
    policy = {"repeat": 0, "levels": [{"to": ["person:ana"], "wait": "1h"}]}
    there.configure(people=people, policies={"high": policy, "medium": policy})
    there.world.li.says("/incident declare sev2 Search is slow")
    there.world.forward(minutes=5)
    there.world.li.says("/incident sev INC-1 sev3 it is less than that")
    there.world.forward(minutes=6)
    assert calls(there) == 0
    there.world.li.says("/incident sev INC-1 sev2 it is not")
    assert calls(there) == 1, "ten minutes have passed since they were asked first"
