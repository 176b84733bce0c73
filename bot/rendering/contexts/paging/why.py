"""Why people were paged: the stored decisions of an incident, for its readers and for one person."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.contact.methods import NAMES, Unused
from bot.domain.paging.explanation import EscalationView, LevelView, MethodView, PageView, of_person
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.models import PageState, StepState
from storage.queries.incident_view import IncidentView

MOST_LEVELS = 16
PAGES: Mapping[str, str] = {
    PageState.OWED: "on its way",
    PageState.SENT: "no answer yet",
    PageState.ACKNOWLEDGED: "acknowledged",
    PageState.DECLINED: "declined",
    PageState.MISSED: "no answer in time",
    PageState.RELEASED: "not needed any more",
    PageState.FAILED: "could not be reached",
}
WAYS: Mapping[str, str] = {
    StepState.WAITING: "later",
    StepState.OWED: "on its way",
    StepState.SENT: "sent",
    StepState.FAILED: "failed",
    StepState.SKIPPED: "not used",
    StepState.DROPPED: "not needed any more",
}


def why(show: Presenter, dossier: IncidentView, runs: Sequence[EscalationView], person: str | None) -> Context:
    """What `why` is given: the pages of `person` (a name of our records), if one is asked about, then every level."""
    known = show.catalog.person_by_slack(person) if person else None
    names = [name for name in (person, known.key if known else None) if name]
    mine = of_person(runs, names)
    return {
        "incident": incident(show, dossier),
        "person": show.name(person) if person else None,
        "mine": [_mine(show, *one) for one in mine[-3:]],
        "rows": [row for run in runs for row in _rows(show, run)],
        "more": any(len(run.levels) > MOST_LEVELS for run in runs),
    }


def _rows(show: Presenter, run: EscalationView) -> Iterator[Context]:
    """A policy line by line: itself, each level with whom it asked, and why it ended there."""
    yield {
        "kind": "run",
        "policy": run.policy,
        "at": show.when(run.started_at),
        "chosen": _said(show, run.chosen),
        "reason": _said(show, run.reason),
    }
    for level in run.levels[-MOST_LEVELS:]:
        yield _level(show, level)
        yield from ({"kind": "asked", **_asked(show, one)} for one in level.asked)
    left = ", ".join(str(level) for level in run.not_reached)
    yield {"kind": "end", "not_reached": left or None, "end": _said(show, run.end)}


def _mine(show: Presenter, run: EscalationView, level: LevelView, one: PageView) -> Context:
    return {**_asked(show, one), "policy": run.policy, "level": level.level, "round": level.round}


def _level(show: Presenter, level: LevelView) -> Context:
    return {
        "kind": "skipped" if level.skipped else "level",
        "level": level.level,
        "round": level.round,
        "at": show.when(level.at),
        "targets": ", ".join(level.targets),
        "because": _said(show, level.because),
        "skipped": level.skipped or None,
    }


def _asked(show: Presenter, one: PageView) -> Context:
    return {
        "who": show.name(one.person),
        "because": _said(show, one.because),
        "at": show.when(one.at),
        "state": PAGES.get(one.state, one.state),
        "note": _said(show, one.note),
        "ways": [_way(show, way) for way in one.ways if way.state != StepState.SKIPPED],
        "unused": "; ".join(f"{NAMES.get(way.via, way.via)}: {way.reason}" for way in one.ways if _worth(way)) or None,
    }


def _worth(way: MethodView) -> bool:
    """A way that somebody might have expected; what no rule asks for is left to the command line."""
    return way.state == StepState.SKIPPED and way.reason != Unused.NO_RULE


def _way(show: Presenter, way: MethodView) -> Context:
    failures = [one for one in way.tries if one.answer != "taken"]
    last = way.tries[-1] if way.tries else None
    return {
        "name": NAMES.get(way.via, way.via),
        "state": WAYS.get(way.state, way.state),
        "at": show.when(last.at) if last else None,
        "tries": len(way.tries),
        "reason": way.reason or (f"{failures[-1].answer}: {failures[-1].reason}" if failures else None),
    }


def _said(show: Presenter, text: str) -> Any:
    return Sentence(show.words(text)) if text else None
