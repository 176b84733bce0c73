"""What was asked further, as plain JSON: questions to managers, cases at vendors, and the questions of the tree."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from bot.catalog import Catalog, TreeAnswer, Vendor
from bot.domain.assistance import decision_tree
from bot.rendering.contexts.core.presenter import Presenter
from handlers.assistance.decision_tree import DEEDS
from storage.queries import assistance
from storage.queries import paging as paging_queries

Json = dict[str, Any]
NEEDS = {"specialist": "who", "team": "who", "manager": "words", "security": "words"}


def questions(session: Session, show: Presenter, incident: int) -> list[Json]:
    """The questions to managers, oldest first; `answer` is null while one waits."""
    return [
        {
            "number": row.id,
            "text": show.words(row.text),
            "asked_by": _person(show, row.asked_by),
            "asked_at": row.asked_at.isoformat(),
            "asked": [_person(show, who) for who in _asked(session, row.escalation)],
            "answer": row.answer,
            "reason": show.words(row.rationale),
            "by": _person(show, row.by),
            "at": row.at.isoformat() if row.at else None,
        }
        for row in reversed(assistance.decisions(session, incident))
    ]


def _asked(session: Session, escalation: int) -> list[str]:
    return list(dict.fromkeys(page.person for page in paging_queries.pages(session, escalation)))


def cases(session: Session, show: Presenter, incident: int) -> list[Json]:
    """The cases at vendors, oldest first, each with how to reach them."""
    return [
        {
            "vendor": row.vendor,
            **_reach(show.catalog.vendors.get(row.vendor), row.vendor),
            "ticket": row.ticket or None,
            "state": row.state,
            "opened_at": row.opened_at.isoformat(),
            "promised_by": row.due_at.isoformat() if row.due_at else None,
            "reminders": row.reminders,
        }
        for row in assistance.cases(session, incident)
    ]


def vendors(catalog: Catalog) -> list[Json]:
    """Every vendor that can be asked, how, and when to."""
    return [
        {
            "vendor": key,
            **_reach(one, key),
            "response_seconds": one.response.total_seconds() if one.response else None,
            "when": list(one.when),
        }
        for key, one in catalog.vendors.items()
    ]


def _reach(one: Vendor | None, key: str) -> Json:
    if one is None:
        return {"name": key, "how": None, "phone": None, "url": None}
    return {"name": one.name, "how": one.how or None, "phone": one.phone, "url": one.url}


def tree(catalog: Catalog, answers: Sequence[int]) -> Json:
    """Where these answers (each from 1) lead: either a `question` is open, or a `deed` would be done.

    Raises NoSuchAnswer and AtTheEnd.
    """
    mark = decision_tree.edition(catalog.decision_tree)
    place = decision_tree.walk(catalog.decision_tree, mark, [number - 1 for number in answers])
    found = place.question
    question = found and {
        "ask": found.ask,
        "hint": found.hint,
        "answers": [{"number": number, "label": one.label} for number, one in enumerate(found.answers, 1)],
    }
    deed = _deed(catalog, place.leaf) if place.leaf else None
    return {"mark": mark, "answers": list(answers), "said": list(place.said), "question": question, "deed": deed}


def _deed(catalog: Catalog, leaf: TreeAnswer) -> Json:
    """What would be done; `needs` is the field that has to be given with it, `choices` what may stand there."""
    do = leaf.do or "nothing"
    needs = None if leaf.who else NEEDS.get(do)
    known = {"specialist": list(catalog.specialists), "team": list(catalog.teams)}
    choices = known.get(do, []) if needs == "who" else []
    return {"do": do, "who": leaf.who, "says": DEEDS[do][0], "needs": needs, "choices": choices}


def _person(show: Presenter, who: str | None) -> Json | None:
    return {"id": who, "name": show.name(who)} if who else None
