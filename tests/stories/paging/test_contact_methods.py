"""One page by several ways: at once, one after the other, instead of one another; and until somebody answers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from sandbox import Sandbox
from storage.models import PageStep
from tests.stories.records import deliveries, facts, timers, until
from tests.stories.ways import SECTIONS, Ways, ways
from tests.stories.world import words

DECLARE = "/incident declare sev1 Checkout returns 5xx --service checkout"
SEV3 = "/incident declare sev3 Search is slow --service search"


@pytest.fixture
def there(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Ways]:
    made = ways(sandbox, database_url, tmp_path)
    yield made
    made.world.http.close()
    made.world.app.stop()


CALLS_FOR_SEV3 = {"contact": [{"via": "slack"}, {"via": "email"},
                              {"via": "phone", "after": "2m", "severities": ["SEV-3"]}]}  # fmt: skip
"""Without such a rule no phone rings for it."""


def steps(there: Ways, page: int = 1) -> dict[str, str]:
    """Way -> state, for the ways that are set up."""
    with there.world.app.desk.read() as session:
        query = select(PageStep).where(PageStep.page == page).order_by(col(PageStep.id))
        return {one.via: one.state for one in session.exec(query) if one.via in ("slack", "email", "phone")}


def test_a_severe_page_goes_two_ways_at_once_and_the_third_after_its_delay(there: Ways) -> None:
    there.world.li.says(DECLARE)
    there.world.ana.expects_page("Checkout", "also by", "e-mail (sent)", "phone (at")
    mail = there.recorder.by("email")[0]
    assert mail.address == "ana@acme.example"
    assert mail.urgent
    assert "Checkout returns 5xx" in mail.title
    assert mail.ack_url.startswith("https://tocsin.example/ack/")
    assert mail.ack_url in mail.text
    assert there.recorder.by("phone") == []
    there.world.forward(minutes=2)
    assert [one.address for one in there.recorder.by("phone")] == ["+15550101"]
    there.world.forward(minutes=2)
    assert len(there.recorder.sent) == 2, "each way is used once per page"
    there.world.room().expects("Paging the critical policy", "by Slack, e-mail and phone")


@pytest.mark.both_databases
def test_the_ways_go_on_after_the_policy_has_moved_on(there: Ways) -> None:
    people = {"ana": {"name": "Ana Ruiz", "slack": "U01ANA", "email": "ana@acme.example", "phone": "+15550101",
                      "contact": [{"via": "slack"}, {"via": "email"}, {"via": "phone", "after": "7m"}]}}  # fmt: skip
    company = there.world.app.desk.catalog.people
    rest = {key: {"name": one.name, "slack": one.slack, "access": one.access}
            for key, one in company.items() if key != "ana"}  # fmt: skip
    there.configure(people=people | rest)
    there.world.li.says(DECLARE)
    there.world.forward(minutes=5)
    there.world.ana.dms().expects("Missed")
    assert there.recorder.by("phone") == []
    there.world.forward(minutes=2)
    assert len(there.recorder.by("phone")) == 1, "the own rule goes on"


@pytest.mark.both_databases
def test_an_acknowledgement_ends_every_way(there: Ways) -> None:
    there.world.li.says(DECLARE)
    there.world.ana.says("/incident ack 1")
    there.world.forward(minutes=10)
    assert there.recorder.by("phone") == []
    assert steps(there) == {"slack": "sent", "email": "sent", "phone": "dropped"}
    assert "contact" not in timers(there.world)


def test_a_decline_ends_the_ways_of_that_page_alone(there: Ways) -> None:
    there.world.li.says(DECLARE)
    there.world.ana.says("/incident decline INC-1 asleep")
    there.world.forward(minutes=3)
    assert there.recorder.by("phone") == [], "Ana declined, and Bo has no phone"
    assert {one.address for one in there.recorder.by("email")} == {"ana@acme.example", "bo@acme.example"}


@pytest.mark.both_databases
def test_a_way_that_fails_makes_the_next_one_due_at_once(there: Ways) -> None:
    there.recorder.fail("email", "mailbox is full")
    there.world.li.says(DECLARE)
    assert len(there.recorder.by("phone")) == 1
    there.world.room().expects("e-mail to", "failed: mailbox is full")
    there.world.room().expects("was reached by phone")
    there.world.ana.dms().expects("e-mail (failed)")
    assert "e-mail to Ana Ruiz failed" in there.world.ana.says("/incident timeline 1").text
    assert facts(there.world, "paging.page_failed") == []


def test_a_provider_that_is_down_is_one_line_for_everybody_of_a_level(there: Ways) -> None:
    there.configure(notifications=CALLS_FOR_SEV3)
    there.recorder.fail("email", "no connection")
    there.world.li.says("/incident declare sev3 Search is slow")
    there.world.ana.says("/incident page team:platform INC-1")
    there.world.forward(minutes=1)
    lines = [text for text in there.world.incidents.shown().split("\n") if "e-mail to" in text]
    whole = [text for text in lines if text.count("<@") > 1]
    assert len(whole) == 1, there.world.incidents.shown()
    assert whole[0].count("failed: no connection") == 1
    assert {one.id for one in (there.world.bo, there.world.cy)} <= set(re.findall(r"<@(\w+)>", whole[0])), (
        "ana is asked already"
    )
    reached = [text for text in there.world.incidents.shown().split("\n") if "📨" in text]
    assert len(reached) == 2, "one for the policy, one for the team"


def test_whoever_has_just_switched_on_do_not_disturb_is_reached_by_the_next_way_at_once(there: Ways) -> None:
    there.world.do("company", dnd={"user": "ana", "hours": "00:00-23:59"})
    there.world.li.says(DECLARE)
    assert len(there.recorder.by("phone")) == 1, "nothing had been read of it before the page"
    assert all("do-not-disturb" in one["reason"] for one in facts(there.world, "paging.method_tried"))


def test_a_page_that_slack_refuses_for_good_goes_by_mail_though_no_rule_asks_for_it(there: Ways) -> None:
    policy = {"levels": [{"to": ["person:ana"]}]}
    there.configure(notifications={"contact": [{"via": "slack"}]}, policies={"medium": policy, "low": policy})
    there.world.do("faults", method="chat.postMessage", kind="ok_false:messages_tab_disabled")
    there.world.li.says(SEV3)
    assert [one.address for one in there.recorder.by("email")] == ["ana@acme.example"]
    assert steps(there) == {"slack": "failed", "email": "sent", "phone": "skipped"}
    assert facts(there.world, "paging.page_failed") == []


def test_a_page_fails_only_when_every_way_has_failed(there: Ways) -> None:
    there.recorder.fail("email")
    there.recorder.fail("phone")
    there.world.do("faults", method="chat.postMessage", kind="ok_false:user_not_found", when={"nth": 1}, times=1)
    there.world.li.says(SEV3)
    there.world.forward(minutes=1)
    pages = [one for one in facts(there.world, "paging.paged")]
    failed = facts(there.world, "paging.page_failed")
    reached = facts(there.world, "paging.page_sent")
    assert len(pages) == 1
    assert bool(failed) != bool(reached), "it is one or the other"


def test_while_slack_is_away_pages_leave_by_the_other_ways(there: Ways) -> None:
    there.configure(notifications=CALLS_FOR_SEV3)
    there.world.do("faults", method="chat.postMessage", kind="500")
    there.world.do("command", user="li", channel="general", text=SEV3)
    until(lambda: deliveries(there.world, "page"), "the page")
    assert there.recorder.tried == [] or there.recorder.by("email"), "SEV-3 asks for e-mail at once by its rules"
    there.world.do("clock", advance=31)
    until(lambda: there.recorder.by("phone"), "the phone call after Slack was silent for half a minute")
    assert there.recorder.by("email")
    tried = facts(there.world, "paging.method_tried")
    assert tried[0]["via"] == "phone"
    assert tried[0]["reason"] in ("Slack keeps failing", "Slack is slow")


@pytest.mark.both_databases
def test_a_config_change_takes_a_way_from_a_page_under_way(there: Ways) -> None:
    there.world.li.says(DECLARE)
    there.configure(integrations={**SECTIONS, "phone": {"url": "json://127.0.0.1/{address}", "enabled": False}})
    there.world.forward(minutes=3)
    assert there.recorder.by("phone") == []
    assert steps(there)["phone"] == "skipped"


@pytest.mark.both_databases
def test_whoever_is_asked_again_is_reached_by_the_new_page_alone(there: Ways) -> None:
    there.configure(policies={"critical": {"repeat": 2, "levels": [{"to": ["person:ana"], "wait": "1m"}]}})
    there.world.li.says(DECLARE)
    there.world.forward(minutes=1)
    assert steps(there, 1)["phone"] == "dropped"
    there.world.forward(minutes=1)
    there.world.forward(minutes=2)
    pages = [one for one in there.recorder.by("phone") if "No one has answered" not in one.title]  # no alarm
    assert len(pages) <= 1


def test_somebody_without_any_other_way_is_paged_in_slack_as_ever(there: Ways) -> None:
    there.configure(integrations={})
    there.world.li.says(DECLARE)
    page = there.world.ana.expects_page("Checkout")
    assert "also by" not in words(page)
    assert there.recorder.tried == []
    assert "contact" not in timers(there.world)


def test_a_test_page_comes_by_every_way_at_once(there: Ways) -> None:
    there.world.ana.says("/oncall test-page")
    assert {one.via for one in there.recorder.sent} == {"email", "phone"}
    assert all(one.test for one in there.recorder.sent)
    assert "Nothing is wrong" in there.recorder.by("email")[0].text
