"""How much one person gets by one way, and how the rest is put into one message."""

from typing import Any

from bot.integrations.bundling import MOST_TEXT, Bundler, bundle
from bot.integrations.outbound import Reach
from bot.integrations.outcome import Outcome, Reason, Retry, Sent
from tests.integrations.outside import Ticks, reach

MOST = 3


class Post:
    """Sends what is admitted."""

    def __init__(self) -> None:
        self.ticks = Ticks()
        self.bundler = Bundler(self.ticks, lambda: MOST)
        self.sent: list[Reach] = []

    def send(self, number: int, answer: Outcome | None = None, **more: Any) -> Outcome:
        item = reach(**{"via": "sms", "key": f"page:{number}:sms", "title": f"INC-{number}", "urgent": False, **more})
        admitted = self.bundler.admit(item)
        if not isinstance(admitted, tuple):
            return admitted
        whole, keys = admitted
        outcome = answer or Sent()
        if isinstance(outcome, Sent):
            self.sent.append(whole)
        self.bundler.settled(item, keys, outcome)
        return outcome


def full() -> Post:
    post = Post()
    assert [type(post.send(number)) for number in range(MOST)] == [Sent] * MOST
    return post


def test_what_is_too_much_waits_until_the_minute_is_over() -> None:
    post = full()
    post.ticks.at += 20
    assert post.send(9) == Retry(Reason.WAITING, "sent to this person often enough for this minute", 40.0)


def test_other_people_and_other_ways_are_counted_alone() -> None:
    post = full()
    assert isinstance(post.send(9, person="U01BO"), Sent)
    assert isinstance(post.send(9, via="phone"), Sent)
    assert isinstance(post.send(9, via="pagerduty"), Sent)


def test_machines_are_not_counted_at_all() -> None:
    post = Post()
    assert all(isinstance(post.send(number, via="opsgenie"), Sent) for number in range(3 * MOST))


def test_what_is_urgent_goes_at_once_whatever_went_before() -> None:
    post = full()
    assert isinstance(post.send(9), Retry)
    assert isinstance(post.send(10, urgent=True), Sent)
    assert post.sent[-1].title == "INC-10", "and alone: an urgent page is no bundle"


def test_what_waited_comes_in_one_message_and_each_is_settled_by_it() -> None:
    post = full()
    for number in (7, 8, 9):
        assert isinstance(post.send(number), Retry)
    post.ticks.at += 30
    assert isinstance(post.send(7), Retry), "asked again after half a minute, as the dispatcher does"
    assert isinstance(post.send(8), Retry)
    assert isinstance(post.send(9), Retry)
    post.ticks.at += 30
    assert isinstance(post.send(8), Sent)
    whole = post.sent[-1]
    assert whole.title == "3 pages, the first: INC-8"
    assert "And 2 more:\n- INC-7 https://tocsin.example/ack/t0ken\n- INC-9" in whole.text
    assert post.send(7) == Sent({"bundled_in": "page:8:sms"}, "Ana, you are paged.")
    assert post.send(9) == Sent({"bundled_in": "page:8:sms"}, "Ana, you are paged.")
    assert len(post.sent) == MOST + 1


def test_a_bundle_that_was_not_sent_speaks_for_nobody() -> None:
    post = full()
    for seconds in (0, 30, 30):
        post.ticks.at += seconds
        if seconds == 30 and post.ticks.at >= 1060:
            break
        post.send(7)
        post.send(8)
    assert isinstance(post.send(7, Retry(Reason.NOT_APPLIED, "down")), Retry)
    assert isinstance(post.send(8), Sent)
    assert post.sent[-1].title == "INC-8", "7 is no longer held: its next attempt sends it"
    assert isinstance(post.send(7), Sent)
    assert post.sent[-1].title == "INC-7"


def test_what_certainly_did_not_arrive_is_not_counted() -> None:
    post = Post()
    for _ in range(9):
        assert isinstance(post.send(7, Retry(Reason.NOT_APPLIED, "down")), Retry)
    assert isinstance(post.send(7), Sent)


def test_what_may_have_arrived_is_counted() -> None:
    post = Post()
    for _ in range(MOST):
        post.send(7, Retry(Reason.AMBIGUOUS, "no answer"))
    assert isinstance(post.send(7), Retry)


def test_what_is_not_asked_for_any_more_is_in_no_bundle() -> None:
    """Somebody acknowledged it while it waited: its delivery was dropped, and nobody comes back for it."""
    post = full()
    post.send(7)
    post.ticks.at += 61
    assert isinstance(post.send(8), Sent)
    assert post.sent[-1].title == "INC-8"


def test_a_bundle_has_room_for_all_of_them_or_says_how_many_it_left_out() -> None:
    others = [reach("sms", key=str(number), title=f"INC-{number} " + "x" * 90) for number in range(40)]
    whole = bundle(reach("sms"), others)
    assert len(whole.text) <= MOST_TEXT
    assert len(whole.title) <= 120
    left = int(whole.text.rpartition("and ")[2].split()[0])
    assert whole.text.count("\n- INC-") + left == 40
