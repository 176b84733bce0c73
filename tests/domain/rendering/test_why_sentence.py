"""Why a person was paged, in one sentence: what each end of a page says, and who was asked because of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.paging.explanation import EscalationView, LevelView, MethodView, PageView
from bot.rendering.contexts.paging.why_sentence import newest_first, sentence
from storage.models import EscalationState, PageState

AT = datetime(2026, 11, 2, 2, 5, tzinfo=UTC)
FIVE = "{time:2026-11-02T02:05Z}"
TEN = "{time:2026-11-02T02:10Z}"
WAYS = (MethodView("slack", "sent", ""), MethodView("phone", "sent", ""), MethodView("email", "failed", "full"))


def page(who: str, state: str, note: str = "", *, ways: tuple[MethodView, ...] = WAYS) -> PageView:
    settled = None if state in (PageState.OWED, PageState.SENT) else AT + timedelta(minutes=5)
    return PageView(1, who, "on call for checkout", state, note, AT, ways, {}, settled)


def level(number: int, *asked: PageView, turn: int = 1, skipped: str = "") -> LevelView:
    return LevelView(number, turn, AT, ("schedule:checkout",), "", skipped, asked)


def run(*levels: LevelView, state: str = EscalationState.RUNNING) -> EscalationView:
    return EscalationView("critical", "", "", state, AT, levels, (), "", {})


PAGED = f"{{person:bo}} was paged at {FIVE} by Slack and phone (level 1, on call for checkout)"


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (page("bo", PageState.SENT), f"{PAGED}; no answer yet."),
        (page("bo", PageState.ACKNOWLEDGED), f"{PAGED}; acknowledged at {TEN}."),
        (page("bo", PageState.MISSED, "no answer"), f"{PAGED}; no answer by {TEN}, so {{person:cy}} was paged."),
        (page("bo", PageState.MISSED, "escalated by {person:li}"),
         f"{PAGED}; escalated by {{person:li}} at {TEN}, so {{person:cy}} was paged."),
        (page("bo", PageState.DECLINED, "asleep"), f"{PAGED}; couldn't take it (asleep), so {{person:cy}} was paged."),
        (page("bo", PageState.FAILED, "no account"),
         f"{PAGED}; couldn't be reached (no account), so {{person:cy}} was paged."),
        (page("bo", PageState.RELEASED), f"{PAGED}; not needed any more at {TEN}."),
        (page("bo", PageState.RELEASED, "resolved"), f"{PAGED}; not needed any more at {TEN} (resolved)."),
        (page("bo", PageState.RELEASED, "no answer"), f"{PAGED}; no answer, and not needed any more at {TEN}."),
        (page("bo", PageState.RELEASED, "escalated by {person:li}"),
         f"{PAGED}; escalated by {{person:li}} at {TEN}, so {{person:cy}} was paged."),
        (page("bo", PageState.OWED, ways=()),
         f"{{person:bo}} is being paged, since {FIVE} (level 1, on call for checkout)."),
    ],
)  # fmt: skip
def test_each_end_of_a_page_is_told_in_one_sentence(one: PageView, told: str) -> None:
    assert sentence(run(level(1, one), level(2, page("cy", PageState.SENT))), 0, one) == told


def test_the_last_of_all_says_that_no_one_was_left() -> None:
    bo = page("bo", PageState.MISSED, "no answer")
    told = sentence(run(level(1, bo), state=EscalationState.EXHAUSTED), 0, bo)
    assert told.endswith(f"no answer by {TEN}, and no one was left to ask.")


def test_a_level_that_asks_the_same_people_is_paged_again() -> None:
    bo = page("bo", PageState.MISSED, "no answer")
    again = page("bo", PageState.SENT)
    assert sentence(run(level(1, bo), level(1, again, turn=2)), 0, bo).endswith("so it was paged again.")
    assert "(level 1, round 2, on call" in sentence(run(level(1, bo), level(1, again, turn=2)), 1, again)


def test_the_newest_comes_first_and_a_skipped_level_is_told_too() -> None:
    found = run(
        level(1, page("bo", PageState.MISSED), page("dee", PageState.MISSED)),
        level(2, skipped="no one on call"),
        level(3, page("cy", PageState.SENT)),
    )
    told = list(newest_first(found))
    assert [one.person if one else None for _, one, _ in told] == ["cy", None, "dee", "bo"]
    assert told[1][2] == f"Level 2 (schedule:checkout) was skipped at {FIVE}: no one on call."
    assert "so {person:cy} was paged" in told[3][2], "a level with no one on it is passed over"
