"""Why one person was paged and what came of it, in one sentence: "Bo was paged at 03:05 by Slack and phone (level 1, on
call for checkout); no answer by 03:10, so Cy was paged."

Pure, told from what was stored. People and times stand in it as {person:ID} and {time:...}: each reader has a name and
one clock for them. Never he or she.
"""

from collections.abc import Iterator, Sequence

from bot.domain.contact.methods import NAMES
from bot.domain.core.line import moment, person
from bot.domain.paging.explanation import EscalationView, LevelView, PageView
from bot.domain.paging.page_ending import Ending
from storage.models import EscalationState, PageState, StepState


def newest_first(run: EscalationView) -> Iterator[tuple[LevelView, PageView | None, str]]:
    """Each person asked with their sentence, the last one first; a level that was skipped is one without a person."""
    for place in reversed(range(len(run.levels))):
        level = run.levels[place]
        if level.skipped:
            yield level, None, _skipped(level)
        for one in reversed(level.asked):
            yield level, one, sentence(run, place, one)


def sentence(run: EscalationView, place: int, page: PageView) -> str:
    """`place` is that of the person's level among those of the run, each time that it was asked."""
    level = run.levels[place]
    ways = _row([NAMES.get(way.via, way.via) for way in page.ways if way.state == StepState.SENT])
    asked = "is being paged, since" if page.state == PageState.OWED else "was paged at"
    again = f", round {level.round}" if level.round > 1 else ""
    because = page.because.removeprefix("you were ")  # on a page it is said to the person
    by = f" by {ways}" if ways else ""
    begun = f"{person(page.person)} {asked} {moment(page.at)}{by} (level {level.level}{again}, {because})"
    return f"{begun}{_came_of_it(page, _next(run, place))}."


def _came_of_it(page: PageView, then: str) -> str:
    when = f" {moment(page.settled_at)}" if page.settled_at else ""
    at = f" at{when}" if when else ""
    if page.state == PageState.ACKNOWLEDGED:
        return f"; acknowledged{at}"
    if page.state == PageState.SENT:
        return "; no answer yet"
    if page.state == PageState.RELEASED and page.note == Ending.NO_ANSWER:
        return f"; no answer, and not needed any more{at}"
    if page.state == PageState.RELEASED and not page.note.startswith((Ending.ESCALATED, Ending.TAKEN_BACK)):
        return f"; not needed any more{at}{_because(page.note)}"
    if page.state == PageState.FAILED:
        return f"; couldn't be reached{_because(page.note)}{then}"
    if page.state == PageState.DECLINED:
        return f"; couldn't take it{_because(page.note)}{then}"
    if page.state in (PageState.MISSED, PageState.RELEASED) and page.note not in ("", Ending.NO_ANSWER):
        return f"; {page.note}{at}{then}"
    return f"; no answer{f' by{when}' if when else ''}{then}" if page.state == PageState.MISSED else ""


def _next(run: EscalationView, place: int) -> str:
    """Who was paged because of it; nothing where that is not known, or still to come."""
    later = next((level for level in run.levels[place + 1 :] if level.asked), None)
    if later is None:
        return ", and no one was left to ask" if run.state == EscalationState.EXHAUSTED else ""
    people = list(dict.fromkeys(one.person for one in later.asked))
    if set(people) == {one.person for one in run.levels[place].asked}:
        return ", so it was paged again"
    return f", so {_row([person(who) for who in people])} {'was' if len(people) == 1 else 'were'} paged"


def _skipped(level: LevelView) -> str:
    return f"Level {level.level} ({', '.join(level.targets)}) was skipped at {moment(level.at)}: {level.skipped}."


def _because(note: str) -> str:
    return f" ({note})" if note else ""


def _row(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
