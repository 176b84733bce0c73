"""What a level says of ways, over the wire: `only` restricts, `via` adds, a low priority rings no phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from tests.stories.ways import Ways, ways
from tests.stories.world import words

SEV3 = "/incident declare sev3 Search is slow --service search"


@pytest.fixture
def there(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Ways]:
    made = ways(sandbox, database_url, tmp_path)
    yield made
    made.world.http.close()
    made.world.app.stop()


def level(there: Ways, **more: object) -> None:
    there.configure(policies={"medium": {"levels": [{"to": ["person:ana"], **more}]}})


def test_only_keeps_a_level_to_some_ways_and_a_phone_never_rings(there: Ways) -> None:
    level(there, only=["slack", "email"])
    there.world.li.says(SEV3)
    there.world.ana.expects_page("Search is slow")
    there.world.forward(minutes=20)
    assert {one.via for one in there.recorder.sent} == {"email"}
    assert "the level of the policy uses other ways only" in there.world.li.says("/incident why 1 @ana").text


def test_only_may_leave_slack_out_and_the_link_is_the_answer(there: Ways) -> None:
    level(there, only=["email"])
    there.world.li.says(SEV3)
    assert [one for one in there.world.ana.dms().messages() if "You are paged" in words(one)] == []
    (mail,) = there.recorder.by("email")
    assert mail.address == "ana@acme.example"
    there.world.ana.says("/incident ack 1")
    there.world.incidents.expects("Answered")


@pytest.mark.parametrize(
    ("said", "rung", "rank"),
    [({}, 0, "low"), ({"priority": "low"}, 0, "low"), ({"priority": "urgent"}, 1, "urgent")],
)
def test_the_priority_of_a_level_decides_about_phones_and_what_a_provider_is_told(
    there: Ways, said: dict[str, object], rung: int, rank: str
) -> None:
    level(there, **said)
    there.world.li.says(SEV3)
    there.world.forward(minutes=3)
    assert len(there.recorder.by("phone")) == rung
    assert {one.rank for one in there.recorder.sent} == {rank}


def test_a_dry_run_knows_what_a_level_allows(there: Ways) -> None:
    level(there, only=["slack"])
    said = there.world.li.says("/incident page medium --dry-run").text
    assert "Slack" in said
    assert "phone" not in said
    assert "e-mail" not in said
