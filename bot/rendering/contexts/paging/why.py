"""Why people were paged: the stored decisions of an incident, for its readers and for one person."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from bot.domain.contact.methods import NAMES, Unused
from bot.domain.paging.explanation import EscalationView, MethodView, PageView, of_person
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.contexts.paging.why_sentence import newest_first, sentence
from storage.models import StepState
from storage.queries.incident_view import IncidentView

MOST_ASKED = 16
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
        "mine": [_mine(show, run, one) for run, _, one in reversed(mine[-3:])],
        "rows": [row for run in reversed(runs) for row in _rows(show, run)],
        "more": any(sum(len(level.asked) for level in run.levels) > MOST_ASKED for run in runs),
    }


def _rows(show: Presenter, run: EscalationView) -> Iterator[Context]:
    """A policy line by line: itself, why it ended there, then who was asked, the newest first."""
    yield {
        "kind": "run",
        "policy": run.policy,
        "at": show.when(run.started_at),
        "chosen": _said(show, run.chosen),
        "reason": _said(show, run.reason),
    }
    left = ", ".join(str(level) for level in run.not_reached)
    yield {"kind": "end", "not_reached": left or None, "end": _said(show, run.end)}
    for _, one, text in islice(newest_first(run), MOST_ASKED):
        yield {"kind": "asked", "sentence": _said(show, text), **_ways(show, one)}


def _mine(show: Presenter, run: EscalationView, one: PageView) -> Context:
    place = next(number for number, level in enumerate(run.levels) if one in level.asked)
    return {"sentence": _said(show, sentence(run, place, one)), "policy": run.policy, **_ways(show, one)}


def _ways(show: Presenter, one: PageView | None) -> Context:
    """What the sentence leaves out: ways that did not go as they should, and those that were not used."""
    ways = one.ways if one else ()
    return {
        "ways": [_way(show, way) for way in ways if way.state != StepState.SKIPPED and not _plain(way)],
        "unused": "; ".join(f"{NAMES.get(way.via, way.via)}: {way.reason}" for way in ways if _worth(way)) or None,
    }


def _plain(way: MethodView) -> bool:
    return way.state == StepState.SENT and len(way.tries) <= 1 and not way.reason


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
    return show.told(text) or None
