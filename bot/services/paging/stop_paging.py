"""Carries out what ends the paging of people (steps, deliveries and timers end, other pagers are told), and what keeps
the messages of their pages true."""

from bot.domain.core.effect import Cancel, Disarm
from bot.domain.paging.effects import redraw_page
from bot.domain.paging.method_effects import PAGERS, keys_of, withdrawal
from bot.domain.paging.room_effects import FollowIncident
from bot.domain.paging.stop_paging import StopPaging
from bot.work import Carrier, Work
from storage import steps
from storage.models import Page, PageState
from storage.queries import paging as paging_queries


def stop_paging(w: Work, effect: StopPaging) -> None:
    """No way of these pages is used any more; a pager that pages by itself hears that nobody is needed."""
    for page in effect.pages:
        left = steps.left_by(w.session, page, PAGERS)
        w.carry_out(*(withdrawal(w.session.get_one(Page, page), via, w.now) for via in left))
        steps.end(w.session, page, effect.reason, w.now)
        w.carry_out(Cancel(keys_of(page), effect.reason), Disarm("contact", f"page:{page}"))


def follow(w: Work, effect: FollowIncident) -> None:
    for page in paging_queries.incident_pages(w.session, effect.incident):
        if page.ts and page.state in FOLLOWING:
            w.carry_out(redraw_page(page))


FOLLOWING = (PageState.SENT, PageState.ACKNOWLEDGED, PageState.RELEASED)
"""A page in one of these may still be pressed."""
CARRIERS: dict[type, Carrier] = {StopPaging: stop_paging, FollowIncident: follow}
