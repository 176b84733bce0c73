"""Requests that a changed rota has made pointless: they end, and whoever asked is told."""

from sqlmodel import col, select

from bot.domain.schedules import cover_requests
from bot.domain.schedules.facts import CoverExpired, CoverVoid
from bot.domain.schedules.rota import Rota
from bot.work import Work
from storage.models import CoverRequest, CoverState


def end_stale(w: Work, rota: Rota, schedule: str, *, by_edit: bool = False) -> None:
    """Ends what nobody can take any more, after somebody, or an edit of tocsin.yml, changed a schedule's shifts."""
    query = select(CoverRequest.id).where(CoverRequest.state == CoverState.OPEN, CoverRequest.schedule == schedule)
    for number in w.session.exec(query.order_by(col(CoverRequest.id))).all():
        row = w.lock(CoverRequest, number)
        if row is not None:
            end_if_stale(w, rota, row, by=None if by_edit else w.actor.who)


def end_if_stale(w: Work, rota: Rota, row: CoverRequest, by: str | None = None) -> bool:
    """Ends an open request whose time is over, or that nobody can take any more as it was asked; `by` changed that."""
    if row.state != CoverState.OPEN:
        return False
    if w.now >= cover_requests.deadline(row):
        row.state, row.settled_at = CoverState.EXPIRED, w.now
        w.record([CoverExpired(cover=row.id or 0, schedule=row.schedule, person=row.person, partner=row.partner)],
                 schedule=row.schedule)  # fmt: skip
        return True
    if cover_requests.stands(rota, row, w.now):
        return False
    row.state, row.settled_at = CoverState.VOID, w.now
    fact = CoverVoid(cover=row.id or 0, schedule=row.schedule, person=row.person, by=by, partner=row.partner)
    w.record([fact], schedule=row.schedule)
    return True
