"""Use case of people who say that it affects them too: each counts once, and many bring a review of the severity."""

from sqlmodel import select

from bot.domain.incidents import lifecycle as rules
from bot.domain.incidents.severity_facts import ComplaintMade
from bot.domain.lifecycle import complaints as complaint_rules
from bot.services.core.answer import Answer
from bot.services.core.incident import ref
from bot.services.incidents import severity_review
from bot.services.workspace import directory
from bot.work import Work
from storage.models import Complaint, Incident


def complain(w: Work, incident: Incident, text: str = "", customer: str = "") -> Answer:
    """Whoever asks, or the customer they speak for, is affected. Said again it counts no more, but words are kept.

    Raises NotOpen, and NoComplaint for words that tell of none.
    """
    rules.require_open(incident, ref(w, incident), "a complaint")
    if complaint_rules.tells_of_none(text):
        raise complaint_rules.NoComplaint(text=text.strip()[:60], ref=ref(w, incident))
    who = rules.tidy(customer, 80) or w.actor.who
    said = rules.tidy(directory.with_names(w, text), 500)
    query = select(Complaint).where(Complaint.incident == incident.number, Complaint.person == who)
    known = w.session.exec(query).first()
    if known is None:
        w.session.add(Complaint(incident=incident.number or 0, person=who, at=w.now, text=said))
        incident.complaint_count += 1
    elif said and said != known.text:
        known.text = said
    else:
        return _answer(incident, known=True)
    made = ComplaintMade(person=who, text=said, count=incident.complaint_count)
    w.record([made], incident=incident)
    if known is None:
        review(w, incident)
    return _answer(incident, known=known is not None)


def _answer(incident: Incident, *, known: bool) -> Answer:
    return Answer("complaint_made", incident.number, {"known": known})


def review(w: Work, incident: Incident) -> None:
    """So many that the commander is asked whether it is worse; never for an exercise."""
    enough = w.catalog.severities[incident.severity].review_complaints
    if enough is not None and incident.complaint_count >= enough and not incident.drill:
        severity_review.ask(w, incident, "more-complaints", incident.complaint_count)
