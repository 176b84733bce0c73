"""Each letter to its integration; what is not there, switched off, failing or unconfirmed does not hold a page up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.integrations import outbound as letters
from bot.integrations.outbound import OpenMirror, Outbound, Reach, ResolveMirror, Withdraw
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent
from bot.integrations.provider import NAMES, Secrets
from bot.integrations.providers import Providers
from bot.integrations.switchboard import Switchboard
from sandbox.outside.world import Outside
from tests.integrations.outside import Ticks, clocks, reach, secrets, sections

OFF = "integrations: {sms: {enabled: false}, pagerduty: {enabled: false}}"


class SlackDesk:
    """Keeps what is meant for Slack."""

    def __init__(self) -> None:
        self.had: list[tuple[Outbound, bool, bool]] = []

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        self.had.append((item, ambiguous, plain))
        return Sent({"ts": "1.1"})


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


class Room:
    """A switchboard, its configuration that a test may change, and its clock."""

    def __init__(self, outside: Outside, folder: Path, config: str | None = None) -> None:
        self.folder, self.slack, self.ticks = folder, SlackDesk(), Ticks()
        self.configure(outside.configuration() if config is None else config)
        known = clocks(self.ticks)
        self.providers = Providers(lambda: self.sections, secrets(outside), known)
        self.board = Switchboard(self.slack, self.providers, known)

    def configure(self, text: str) -> None:
        self.sections = sections(self.folder, text)

    def send(self, item: Outbound, ambiguous: bool = False) -> Outcome:
        return self.board.send(item, ambiguous=ambiguous)


@pytest.fixture
def room(outside: Outside, tmp_path: Path) -> Iterator[Room]:
    made = Room(outside, tmp_path)
    yield made
    made.board.close()


def test_letters_for_slack_go_to_slack_as_they_are(room: Room) -> None:
    for item in (letters.Post("C1", "t", [], "k"), letters.Nothing("gone"), letters.NotYet("later")):
        assert room.board.send(item, ambiguous=True, plain=True) == Sent({"ts": "1.1"})
        assert room.slack.had[-1] == (item, True, True)


@pytest.mark.parametrize("via", NAMES)
def test_each_way_arrives_where_it_should(via: str, room: Room, outside: Outside) -> None:
    outcome = room.send(reach(via))
    assert isinstance(outcome, Sent), outcome
    assert outcome.rendered == "Ana, you are paged."
    assert [one.service for one in outside.book.of()] == [via]
    assert outside.book.wrong() == []
    assert room.slack.had == []


@pytest.mark.parametrize("via", NAMES)
def test_a_way_without_settings_fails_at_once_and_says_what_to_set(via: str, outside: Outside, tmp_path: Path) -> None:
    board = Switchboard(SlackDesk(), Providers(lambda: sections(tmp_path, ""), Secrets(), clocks()), clocks())
    outcome = board.send(reach(via), ambiguous=False)
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.PERMANENT
    assert "is not configured: set " in outcome.detail


def test_a_way_that_is_switched_off_fails_at_once(outside: Outside, tmp_path: Path) -> None:
    room = Room(outside, tmp_path, OFF)
    said = "SMS is switched off (integrations.sms.enabled)"
    assert room.send(reach("sms")) == Failed(Reason.PERMANENT, said)
    said = "PagerDuty is switched off (integrations.pagerduty.enabled)"
    assert room.send(reach("pagerduty")) == Failed(Reason.PERMANENT, said)
    assert room.send(OpenMirror("t", "x", "high", "k")) == Failed(Reason.PERMANENT, said)
    assert outside.book.of() == []


def test_a_way_that_nobody_knows_fails_at_once(room: Room) -> None:
    outcome = room.send(reach("pigeon"))
    assert isinstance(outcome, Failed)
    assert '"pigeon" is no way to reach anyone' in outcome.detail


def test_a_changed_section_is_used_from_the_next_page_on(room: Room, outside: Outside) -> None:
    first = room.providers.way("email")
    assert room.providers.way("email") is first
    room.configure("integrations: {email: {enabled: false}}")
    assert isinstance(room.send(reach("email")), Failed)
    room.configure(outside.configuration().replace("from: tocsin@sandbox", "from: bell@sandbox"))
    assert isinstance(room.send(reach("email")), Sent)
    assert outside.book.of("email")[-1].headers["from"] == "Tocsin <bell@sandbox.example>"


REFUSING = {"pagerduty": "/v2/enqueue", "opsgenie": "/v2/alerts", "webhook": "/hook", "sms": "/apprise/sms"}


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("via", REFUSING)
def test_bad_credentials_fail_at_once_and_are_tried_again_gently(
    via: str, status: int, outside: Outside, room: Room
) -> None:
    outside.fault(REFUSING[via], status, times=2)
    outcome = room.send(reach(via))
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.AUTH
    assert [room.send(reach(via)) for _ in range(9)] == [outcome] * 9, "nobody waits"
    assert outside.faults[0].times == 1, "and it is asked once a minute"
    room.ticks.at += 61
    assert room.send(reach(via)) == outcome
    room.ticks.at += 61
    assert isinstance(room.send(reach(via)), Sent)
    assert isinstance(room.send(reach(via)), Sent)


def test_a_wrong_routing_key_is_a_bad_request_there(outside: Outside, tmp_path: Path) -> None:
    known = clocks()
    ways = Providers(
        lambda: sections(tmp_path, outside.configuration()), secrets(outside, pagerduty_key="f" * 32), known
    )
    outcome = Switchboard(SlackDesk(), ways, known).send(reach("pagerduty"), ambiguous=False)
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.AUTH


def test_another_section_is_tried_at_once(outside: Outside, room: Room) -> None:
    outside.fault("/v2/enqueue", 401)
    assert isinstance(room.send(reach("pagerduty")), Failed)
    room.configure(outside.configuration().replace("service: PSANDBOX", "service: POTHER"))
    assert isinstance(room.send(reach("pagerduty")), Sent)


def test_who_can_be_asked_without_a_message_is(outside: Outside, room: Room) -> None:
    for via, path in REFUSING.items():
        outside.fault(path, 401)
        assert isinstance(room.send(reach(via)), Failed)
    assert [via for via in REFUSING if room.board.accepts(via)] == ["opsgenie"]
    assert isinstance(room.send(reach("opsgenie")), Sent), "it is not left alone any more"
    outside.fault("/v2/alerts", 401)
    assert not room.board.accepts("opsgenie")


def test_five_failures_leave_a_provider_alone_and_one_looks_later(outside: Outside, room: Room) -> None:
    outside.fault("/v2/alerts", 500, times=5)
    assert [room.send(reach("opsgenie")) for _ in range(5)] == [Retry(Reason.AMBIGUOUS, "Opsgenie: HTTP 500", None)] * 5
    room.ticks.at += 10
    alone = "Opsgenie has failed 5 times in a row; it is left alone for now"
    assert room.send(reach("opsgenie")) == Retry(Reason.NOT_APPLIED, alone, 20.0)
    assert isinstance(room.send(reach("pagerduty")), Sent), "the others are not concerned"
    room.ticks.at += 20
    assert isinstance(room.send(reach("opsgenie")), Sent)
    assert isinstance(room.send(reach("opsgenie")), Sent)


def test_what_nobody_confirms_is_tried_three_times(outside: Outside, room: Room) -> None:
    outside.fault("/apprise/sms", 0, times=9, after=True)
    outcomes = [room.send(reach("sms", unconfirmed=number), ambiguous=number > 0) for number in range(3)]
    assert [type(one) for one in outcomes] == [Retry, Retry, Failed]
    assert "not confirmed in 3 attempts" in str(outcomes[-1])
    assert len(outside.book.of("sms")) == 3, "at most one copy for each attempt whose answer was lost"
    assert isinstance(room.send(reach("sms", key="page:2:sms")), Retry), "the next page is counted alone"


def test_a_page_survives_senders_that_die_with_it_and_does_not_kill_them_for_ever(outside: Outside, room: Room) -> None:
    """Three deaths within two seconds, as a bot starts, once cost the SMS that none of them had sent."""
    assert isinstance(room.send(reach("sms", unconfirmed=7), ambiguous=True), Sent)
    arrived = len(outside.book.of("sms"))
    assert isinstance(room.send(reach("sms", unconfirmed=8), ambiguous=True), Failed)
    assert len(outside.book.of("sms")) == arrived


def test_what_may_be_repeated_is_repeated_for_as_long_as_it_takes(outside: Outside, room: Room) -> None:
    outside.fault("/v2/enqueue", 0, times=4)
    assert [type(room.send(reach("pagerduty"))) for _ in range(4)] == [Retry] * 4
    assert isinstance(room.send(reach("pagerduty")), Sent)


def test_the_limit_of_the_configuration_holds(outside: Outside, tmp_path: Path) -> None:
    room = Room(outside, tmp_path, outside.configuration().replace("  email", "  per_minute: 1\n  email"))

    def page(number: int, **more: bool) -> Reach:
        return reach("push", key=f"page:{number}:push", urgent=False, **more)

    assert isinstance(room.send(page(1)), Sent)
    held = room.send(page(2))
    assert isinstance(held, Retry)
    assert held.reason is Reason.WAITING
    assert isinstance(room.send(reach("push", key="page:3:push")), Sent), "an urgent page never waits"


@pytest.mark.parametrize("via", NAMES)
def test_taking_back_what_can_be_taken_back(via: str, room: Room, outside: Outside) -> None:
    outcome = room.send(Withdraw(via, f"page:1:{via}", "acknowledged", "Bo has it"))
    assert isinstance(outcome, Sent)
    machines = via in ("pagerduty", "opsgenie")
    assert ("nothing" in outcome.result) is not machines
    assert len(outside.book.of()) == int(machines)


def test_an_incident_is_mirrored(room: Room, outside: Outside) -> None:
    outside.fault("/incidents", 0, after=True)
    letter = OpenMirror("Checkout", "5xx", "high", "tocsin-INC-1")
    assert isinstance(room.send(letter), Retry)
    opened = room.send(letter, ambiguous=True)
    assert isinstance(opened, Sent)
    assert opened.result["id"] == "PT00001"
    assert isinstance(room.send(ResolveMirror("PT00001", "rolled back")), Sent)
    assert [one["status"] for one in outside.services.incidents] == ["resolved"]
