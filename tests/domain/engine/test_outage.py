"""Slack is away, and back: who looks, and when the others are called."""

import pytest

from bot.engine.outage import LATEST, RUN, SOONEST, Outage
from bot.integrations.outbound import Nothing, Post
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent

AWAY = Retry(Reason.AMBIGUOUS, "500")


@pytest.mark.parametrize(
    ("outcomes", "called"),
    [
        ([AWAY] * RUN + [Sent()], True),
        ([Retry(Reason.NOT_APPLIED, "refused")] * RUN + [Failed(Reason.PERMANENT, "channel_not_found")], True),
        ([AWAY] * (RUN - 1) + [Sent()], False),
        ([AWAY, Sent()] * RUN, False),
        ([AWAY] * RUN + [Retry(Reason.RATE, "429")], False),
        ([AWAY] * RUN + [Retry(Reason.RATE, "429"), Retry(Reason.WAITING, "pacing"), Sent()], True),
        ([AWAY] * RUN + [Sent(), Sent()], False),
    ],
)
def test_the_first_letter_that_gets_through_calls_the_others(outcomes: list[Outcome], called: bool) -> None:
    outage = Outage()
    assert [outage.saw(one, 0.0) for one in outcomes][-1] is called


def test_one_letter_looks_soon_and_the_others_wait() -> None:
    outage = Outage()
    for _ in range(RUN - 1):
        outage.saw(AWAY, 100.0)
    assert outage.wait(50.0, 100.0) == 50.0, "bad luck with one letter is no outage"
    outage.saw(AWAY, 100.0)
    assert [outage.wait(50.0, 100.0 + n) for n in range(5)] == [SOONEST, 50.0, SOONEST, 50.0, SOONEST]
    assert outage.wait(50.0, 160.0) == 3.0, "after a minute, every three seconds"
    assert outage.wait(60.0, 7300.0) == LATEST, "one letter that never works is not repeated for ever like this"
    assert outage.wait(0.5, 9000.0) == 0.5, "nobody waits longer than they would have"


def test_only_what_asks_slack_tells_of_slack() -> None:
    assert Post("U01ANA", "hello", [], "k").proves_slack
    assert not Nothing("not wanted any more").proves_slack


def test_slack_is_away_until_what_was_to_be_said_is_in_order() -> None:
    outage = Outage()
    for _ in range(RUN):
        outage.saw(AWAY, 0.0)
    assert outage.saw(Sent(), 1.0)
    assert outage.away(), "another sender would say now what the digest says"
    assert not outage.saw(Sent(), 1.0), "one makes up for it"
    outage.over()
    assert not outage.away()
