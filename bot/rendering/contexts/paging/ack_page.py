"""The web page behind a signed acknowledge link: what is asked, and of whom, or what is true by now."""

from datetime import datetime
from typing import Any

from bot.domain.incidents.lifecycle import is_open, titled
from bot.domain.incidents.visibility import hides_words
from bot.rendering.contexts.contact.plain_text import HIDDEN, local
from bot.rendering.contexts.core.presenter import Presenter
from storage.models import Escalation, EscalationState, Page
from storage.queries.incident_view import IncidentView

Json = dict[str, Any]
BAD = {
    "heading": "This link is not valid",
    "sentence": "It may have been cut on its way. Open the newest message again, or acknowledge in Slack.",
}
OLD = {
    "heading": "This link has expired",
    "sentence": "A link is good for a day. Acknowledge in Slack, or in a terminal with tocsin incident ack.",
}


def ask(show: Presenter, dossier: IncidentView | None, page: Page, escalation: Escalation) -> Json:
    """What `web/ack.html` is given: with a `button` while an answer is wanted, else what became of it."""
    who = show.name(page.person)
    if dossier is None:
        asked = {"heading": "Test page: nothing is wrong", "sentence": "", "rows": [_row("For", who)],
                 "button": "Acknowledge, it works"}  # fmt: skip
        over = {"heading": "This test page is over", "sentence": _test_over(escalation), "rows": [], "button": ""}
        return asked if escalation.state in EscalationState.LIVE else over
    newest = dossier.escalation or escalation
    rows = _rows(show, dossier, page, who)
    ref = show.ref(dossier.incident.number)
    if not is_open(dossier.incident):
        return {"heading": f"{ref} is over", "sentence": f"It is {dossier.incident.status}: nothing is left to do.",
                "rows": rows, "button": ""}  # fmt: skip
    if newest.state in EscalationState.LIVE:
        return {"heading": "You are paged", "sentence": "", "rows": rows, "button": f"Acknowledge as {who}"}
    return {"heading": _held(show, newest, page), "sentence": _since(show, newest), "rows": rows, "button": ""}


def _rows(show: Presenter, dossier: IncidentView, page: Page, who: str) -> list[Json]:
    row, zone = dossier.incident, _zone(show, page)
    title = HIDDEN if hides_words(row) else titled(row)
    return [
        _row("What", f"{show.severity(row.severity)} · {title}"),
        _row("Incident", show.ref(row.number) + (f" · {row.service}" if row.service else "")),
        _row("Since", local(row.declared_at, zone)),
        _row("For", f"{who}: {page.why}"),
    ]


def _held(show: Presenter, newest: Escalation, page: Page) -> str:
    by = newest.acknowledged_by
    if by is None:
        return "No one is being paged now"
    return "Acknowledged: you have it" if by == page.person else f"Already acknowledged by {show.name(by)}"


def _since(show: Presenter, newest: Escalation) -> str:
    at: datetime | None = newest.acknowledged_at
    return f"Since {local(at, show.catalog.display.time_zone)}. The paging has stopped." if at else ""


def _test_over(escalation: Escalation) -> str:
    return (
        "It was acknowledged: it works."
        if escalation.state == EscalationState.ACKNOWLEDGED
        else "Nothing is left to do."
    )


def _zone(show: Presenter, page: Page) -> str:
    person = show.catalog.people.get(page.person) or show.catalog.person_by_slack(page.person)
    return show.catalog.timezone(person)


def _row(label: str, value: str) -> Json:
    return {"label": label, "value": value}
