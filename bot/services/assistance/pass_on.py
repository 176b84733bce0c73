"""Use case: whoever is paged cannot take it, and may name somebody to be asked instead.

Nobody is let go before that somebody is asked: "pass to bo" is no decline as long as bo does not know of it.
"""

from bot.domain.core.written_answer import Written
from bot.domain.paging import escalation as rules
from bot.services.assistance import page_by_name
from bot.services.core.answer import Answer
from bot.services.paging import escalations
from bot.services.workspace import members
from bot.work import Work
from storage.models import Incident, Page, PageState
from storage.queries import paging as paging_queries


def decline(w: Work, incident: Incident, page: Page, said: Written) -> Answer:
    """Declines the page, or passes it on when the words name somebody: "pass to bo", "decline @bo"."""
    if said.kind == "pass" or (said.reason and page_by_name.is_name(w, incident, said.reason)):
        return _pass_on(w, incident, page, said.reason)
    return escalations.decline(w, incident, page=page.id, reason=said.reason[: page_by_name.MOST])


def _pass_on(w: Work, incident: Incident, page: Page, to: str) -> Answer:
    """Pages whom the words name, then lets the writer go. The level waits on, now for them, until its time is over.

    Raises what paging somebody raises: then nothing has changed, and the page waits on.
    """
    members.require(w.session, w.catalog, w.actor.who, "page")
    answer = page_by_name.page(w, incident, to)
    running = paging_queries.running_escalations(w.session, incident.number or 0)
    mine = next((one for one in running if one.id == page.escalation), None)
    if mine is not None and page.state in PageState.WAITING and _asks_another(w, answer):
        pages = w.pages(mine)
        facts = rules.decline(page, reason=f"passed to {to}"[: page_by_name.MOST], now=w.now)
        w.record(facts, incident=incident, escalation=mine, pages=pages)
    return answer


def _asks_another(w: Work, answer: Answer) -> bool:
    """Is anybody but the writer asked now?"""
    said = answer.values
    asked = {*said.get("begun", ()), *said.get("already", ())}
    return bool(asked - {w.actor.who})
