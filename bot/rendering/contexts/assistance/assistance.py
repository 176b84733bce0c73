"""Messages of asking further: specialists and their silence, vendors and their cases, questions and decisions."""

from datetime import datetime, timedelta

from bot.domain.assistance import questions
from bot.domain.assistance.questions import ANSWERS
from bot.rendering.contexts.core.message import IncidentMessage, Messages, Values, of_incident, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents import surfaces
from bot.rendering.contexts.incidents.incident import Context, incident, roles
from bot.rendering.contexts.paging import page as pages
from bot.rendering.values import When
from storage.models import Decision, Page
from storage.queries.incident_view import IncidentView

NO_VENDOR: Values = {"url": None, "phone": None, "how": None}


def specialist(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """Who of which specialists is paged, for the answer (`state` says why) and for their silence."""
    key = str(values["specialist"])
    row = show.catalog.specialists.get(key)
    return {
        "incident": incident(show, dossier),
        "roles": roles(show, dossier),
        "state": values.get("state", "silent"),
        "specialist": row.name if row else key,
        "contact": row.contact if row else None,
        "response": row.response or None if row else None,
        "asked": values.get("asked"),
        "people": show.everyone(values.get("people", [])),
        "lead": show.someone(values.get("lead")),
        "by": show.someone(values.get("by")),
    }


def vendor(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """A case with a vendor: how to reach them, the ticket, and where it stands."""
    key = str(values["vendor"])
    row = show.catalog.vendors.get(key)
    seconds = values.get("seconds")
    known = {"url": row.url, "phone": row.phone, "how": row.how or None} if row else NO_VENDOR
    return {
        "incident": incident(show, dossier),
        "roles": roles(show, dossier),
        "state": values.get("state", "open"),
        "vendor": {"key": key, "name": row.name if row else key, **known},
        "case": values.get("case"),
        "ticket": values.get("ticket") or None,
        "since": _when(show, values.get("since")),
        "until": _when(show, values.get("until")),
        "took": timedelta(seconds=seconds) if seconds is not None else None,
    }


def _when(show: Presenter, text: str | None) -> When | None:
    return show.when(datetime.fromisoformat(text)) if text else None


def decision(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """A question and, once there is one, its answer."""
    return {
        "incident": incident(show, dossier),
        "roles": roles(show, dossier),
        "question": show.words(str(values["text"])),
        "answer": ANSWERS.get(str(values.get("answer"))),
        "yes": values.get("answer") == "yes",
        "rationale": show.words(str(values.get("rationale") or "")) or None,
        "by": show.someone(values.get("by")),
        "people": show.everyone(values.get("people", [])),
    }


def note(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    return {"incident": incident(show, dossier), "roles": roles(show, dossier), "text": show.words(str(values["text"]))}


def question(show: Presenter, dossier: IncidentView, row: Page, asked: Decision) -> Context:
    """What `question` is given: the page of one person who may decide, in each of its states."""
    said = {"text": asked.text, "answer": asked.answer, "rationale": asked.rationale, "by": asked.by}
    shown = pages.page(show, dossier, row)
    shown["page"]["why"] = questions.bare(row.why)
    return {
        **shown,
        **decision(show, dossier, said),
        "asked_by": show.person(asked.asked_by),
        "decision": asked.id,
    }


MESSAGES: Messages = {
    "specialist_paged": IncidentMessage(of_values(specialist)),
    "specialist_silent": IncidentMessage(of_values(specialist)),
    "vendor_case": IncidentMessage(of_values(vendor)),
    "vendor_escalated": IncidentMessage(of_values(vendor)),
    "vendor_answered": IncidentMessage(of_values(vendor)),
    "vendor_silent": IncidentMessage(of_values(vendor)),
    "question_asked": IncidentMessage(of_values(decision)),
    "already_decided": IncidentMessage(of_values(decision)),
    "decided": IncidentMessage(of_values(decision), drawn_anew=True),
    "private_note": IncidentMessage(of_values(note)),
    "tree_done": IncidentMessage(of_incident(surfaces.plain)),
}
