"""The decisions behind the pages of an incident as plain JSON, for programs and for the command line."""

from collections.abc import Iterable

from bot.domain.paging.explanation import EscalationView, LevelView, MethodView, PageView
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.paging.why_sentence import newest_first
from handlers.web.serializers import Json, person


def plain(show: Presenter, runs: Iterable[EscalationView]) -> list[Json]:
    """One entry per policy that ran: why it was chosen, every level asked or skipped, every page with its tries."""
    return [
        {
            "policy": run.policy,
            "chosen": show.words(run.chosen),
            "decision": run.decision,
            "reason": show.words(run.reason),
            "state": run.state,
            "started_at": run.started_at.isoformat(),
            "sentences": [show.words(text) for _, _, text in newest_first(run)],
            "levels": [_level(show, level) for level in run.levels],
            "not_reached": list(run.not_reached),
            "end": show.words(run.end),
        }
        for run in runs
    ]


def _level(show: Presenter, level: LevelView) -> Json:
    return {
        "level": level.level,
        "round": level.round,
        "at": level.at.isoformat(),
        "to": list(level.targets),
        "because": show.words(level.because),
        "skipped": level.skipped,
        "pages": [_asking(show, one) for one in level.asked],
    }


def _asking(show: Presenter, one: PageView) -> Json:
    return {
        "page": one.page,
        "person": person(show, one.person),
        "because": show.words(one.because),
        "decision": one.decision,
        "at": one.at.isoformat(),
        "state": one.state,
        "settled_at": one.settled_at.isoformat() if one.settled_at else None,
        "note": show.words(one.note),
        "ways": [_way(way) for way in one.ways],
    }


def _way(way: MethodView) -> Json:
    tries = [{"at": one.at.isoformat(), "answer": one.answer, "reason": one.reason} for one in way.tries]
    return {"via": way.via, "address": way.label, "state": way.state, "reason": way.reason, "tries": tries}
