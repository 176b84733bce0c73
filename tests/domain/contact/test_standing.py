"""How the ways stand, judged by the latest attempts."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.contact import provider_health
from bot.domain.contact.provider_health import Attempted

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def tries(*rows: tuple[str, str, int]) -> list[Attempted]:
    """Way, outcome, and how many seconds ago, oldest first."""
    return [Attempted(via, outcome, NOW - timedelta(seconds=ago)) for via, outcome, ago in rows]


CASES = [
    ("nothing is known", [], set()),
    ("one failure is none", [("slack", "ambiguous", 5)], set()),
    ("two in a row", [("slack", "not_applied", 9), ("slack", "ambiguous", 5)], {"slack"}),
    ("the last one got through", [("slack", "ambiguous", 9), ("slack", "ambiguous", 7), ("slack", "sent", 5)], set()),
    ("one got through between", [("slack", "ambiguous", 9), ("slack", "sent", 7), ("slack", "ambiguous", 5)], set()),
    ("nobody was asked between", [("slack", "ambiguous", 9), ("slack", "ambiguous", 7), ("slack", "nothing", 5)],
     {"slack"}),
    ("too long ago", [("slack", "ambiguous", 70), ("slack", "ambiguous", 65)], set()),
    ("one of them too long ago", [("slack", "ambiguous", 70), ("slack", "ambiguous", 5)], set()),
    ("whoever refuses a message has answered", [("email", "permanent", 9), ("email", "poison", 5)], set()),
    ("each way for itself", [("email", "ambiguous", 9), ("slack", "sent", 7), ("email", "not_applied", 5)], {"email"}),
    ("two ways", [("email", "ambiguous", 9), ("sms", "ambiguous", 8), ("email", "ambiguous", 7),
                  ("sms", "ambiguous", 6)], {"email", "sms"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "rows", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_what_is_down(what: str, rows: list[tuple[str, str, int]], wanted: set[str]) -> None:
    assert set(provider_health.down(tries(*rows), NOW, parked=False, away=False)) == wanted


def test_slack_is_down_without_any_attempt_too() -> None:
    sent = tries(("slack", "sent", 5))
    assert provider_health.down([], NOW, parked=False, away=True) == {"slack": "has no connection to us"}
    assert provider_health.down(sent, NOW, parked=False, away=True) == {}, "what we send gets through"
    assert provider_health.down(sent, NOW, parked=True, away=False) == {"slack": "refuses our credentials"}


def test_what_was_refused_is_accepted_by_what_came_after() -> None:
    since = NOW - timedelta(seconds=10)
    assert provider_health.accepted(tries(("sms", "sent", 5)), "sms", since)
    assert not provider_health.accepted(
        tries(("sms", "sent", 15), ("email", "sent", 5), ("sms", "auth", 4)), "sms", since
    )
