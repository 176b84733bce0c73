"""What was typed after `tocsin incident`, as the body of the order that it means."""

from argparse import Namespace
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from bot.catalog import Catalog
from bot.cli.console import Refusal
from bot.cli.schedule_records import moment

Json = dict[str, Any]


def of(options: Namespace, zone: tzinfo) -> Json:
    """The body for `options.verb`; times without an offset are in `zone`.

    Raises Refusal for what is not a time, and for a page to nobody.
    """
    return BODIES[options.verb](options, zone)


def severity_first(given: Json, catalog: Catalog) -> Json:
    """`declare sev1 payments down` as in Slack: a severity in front of the title is one, unless it is given apart."""
    first, _, rest = given["title"].partition(" ")
    if given["severity"] or not rest or not catalog.severity(first):
        return given
    return {**given, "severity": first, "title": rest}


def _declare(options: Namespace, zone: tzinfo) -> Json:
    names = ("severity", "service", "description", "private", "drill")
    return {"title": " ".join(options.title), **{name: getattr(options, name) for name in names}}


def _nothing(options: Namespace, zone: tzinfo) -> Json:
    return {}


def _text(options: Namespace, zone: tzinfo) -> Json:
    return {"text": " ".join(options.text)}


def _reason(options: Namespace, zone: tzinfo) -> Json:
    return {"reason": " ".join(options.reason)}


def _to(options: Namespace, zone: tzinfo) -> Json:
    return {"to": " ".join(options.to)}


def _page(options: Namespace, zone: tzinfo) -> Json:
    if not options.to:
        raise Refusal("name the incident and whom to page: `tocsin incident page INC-1 bo`.", 2)
    return _to(options, zone)


def _update(options: Namespace, zone: tzinfo) -> Json:
    more = {"next_in": options.next_in} if options.next_in else {}
    names = ("status", "severity", "impact")
    return {**_text(options, zone), **{name: getattr(options, name) for name in names}, **more}


def _resolve(options: Namespace, zone: tzinfo) -> Json:
    at = moment(options.mitigated_at or None, zone)
    more = {"mitigated_at": at.isoformat()} if at else {}
    return {**_text(options, zone), "impact": options.impact, **more}


def _escalate(options: Namespace, zone: tzinfo) -> Json:
    return {**_to(options, zone), "level": options.level}


def _answer(options: Namespace, zone: tzinfo) -> Json:
    return {**_reason(options, zone), "answer": options.answer, "question": options.question}


def _vendor(options: Namespace, zone: tzinfo) -> Json:
    then = "answered" if options.answered else "escalated" if options.escalated else ""
    return {"vendor": options.vendor, "ticket": options.ticket, "then": then}


def _tree(options: Namespace, zone: tzinfo) -> Json:
    return {"mark": options.mark, "answers": options.answers, "who": options.who, "words": options.words}


BODIES: dict[str, Callable[[Namespace, tzinfo], Json]] = {
    "declare": _declare,
    "note": _text,
    "update": _update,
    "severity": lambda options, zone: {"severity": options.severity, "reason": options.reason},
    "status": lambda options, zone: {"status": options.status, "reason": options.reason},
    "ic": lambda options, zone: {"person": options.person},
    "role": lambda options, zone: {"role": options.role, "person": options.person},
    "resolve": _resolve,
    "reopen": _reason,
    "close": _nothing,
    "cancel": _reason,
    "ack": _nothing,
    "decline": _reason,
    "unack": _nothing,
    "confirm": _nothing,
    "handover": lambda options, zone: {"person": options.person},
    "escalate": _escalate,
    "page": _page,
    "pause": lambda options, zone: {"until": options.until},
    "resume": _nothing,
    "stop": _reason,
    "ask-manager": _text,
    "answer": _answer,
    "vendor": _vendor,
    "tree": _tree,
}
