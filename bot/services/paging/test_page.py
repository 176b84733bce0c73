"""Use cases: a page that proves that somebody can be reached, belonging to no incident."""

from datetime import timedelta

from bot.domain.core import people
from bot.domain.core.eligibility import Task
from bot.domain.core.errors import Unreachable
from bot.domain.paging import escalation as escalations
from bot.domain.paging.targets import Unnamed
from bot.services.core.answer import Answer
from bot.services.paging import escalations as escalation_service
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import EscalationKind


def test_page_for(w: Work, person: str) -> Answer:
    """A test page for somebody else (a key of tocsin.yml or a Slack id). Raises Unreachable."""
    slack = people.slack_id(person, w.catalog)
    if slack is None:
        raise Unreachable(who=person)
    eligibility.require(w, slack, Task.NOTIFY)
    policy = escalations.direct([f"person:{slack}"], timedelta(minutes=5))
    policy["repeat"] = 0
    escalation = escalation_service.start(
        w, None, Unnamed.TEST, policy, f"asked for by {w.actor.who}", kind=EscalationKind.TEST
    )
    for page in w.pages(escalation):
        page.decision = {**page.decision, "asked_by": w.actor.who}
    return Answer("test_page_for", values={"person": slack})


def test_page(w: Work) -> Answer:
    """A page to whoever asks, through the same engine as a real one, belonging to no incident."""
    policy = escalations.direct([f"person:{w.actor.who}"], timedelta(minutes=5))
    policy["repeat"] = 0
    escalation_service.start(w, None, Unnamed.TEST, policy, "test", kind=EscalationKind.TEST)
    return Answer("test_page_sent")
