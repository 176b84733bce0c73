"""What a request is about: the incidents that the numbers on a button or in a form lead to. Those that the person may
not know of are answered as those that do not exist, with the same words, before any listener looks at them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlmodel import Session, SQLModel

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError
from bot.domain.incidents import visibility
from bot.services.core import incident as incidents
from handlers.request import Request, number
from storage.models import (
    Action,
    CommandOffer,
    Decision,
    Escalation,
    HandoffNote,
    Incident,
    IncidentLink,
    Mitigation,
    Page,
    Ruling,
    VendorCase,
)

MOST = 2**31 - 1
"""The largest number that a row can have."""


class PageIsGone(DomainError):
    """This page no longer exists, so nothing was changed."""


class MessageIsGone(DomainError):
    """This message is about a page that no longer exists, so nothing was changed."""


class QuestionIsGone(DomainError):
    """This question no longer exists, so nothing was changed."""


class CaseIsGone(DomainError):
    """This case no longer exists, so nothing was changed."""


class ItemIsGone(DomainError):
    """This no longer exists, so nothing was changed."""


class OfferIsGone(DomainError):
    """This offer no longer exists, so nothing was changed."""


class NoteIsGone(DomainError):
    """This hand-off note no longer exists, so nothing was changed."""


GONE: dict[type[SQLModel], type[DomainError]] = {
    Page: PageIsGone, Escalation: MessageIsGone, Decision: QuestionIsGone, VendorCase: CaseIsGone,
    HandoffNote: NoteIsGone, CommandOffer: OfferIsGone,
    Action: ItemIsGone, Ruling: ItemIsGone, Mitigation: ItemIsGone, IncidentLink: ItemIsGone,
}  # fmt: skip
_CARRIED: dict[type[SQLModel], str] = {
    Incident: (
        "catchup.help catchup.watch "
        "command.leave command.offer command.stay command.take role.refuse "
        "declare.change declare.join declare.undo "
        "incident.ack incident.affects incident.close incident.join incident.more incident.page incident.resolve "
        "incident.roles incident.take_ic incident.update menu.action menu.cancel menu.catchup "
        "menu.close menu.decision menu.fields menu.link menu.links menu.mitigation menu.note "
        "menu.reopen menu.times menu.why "
        "menu.severity menu.timeline note.at postmortem.open room.open room.thread severity.because severity.keep "
        "severity.raise severity.set tree.open menu.checklist menu.hold menu.merge onhold.end stable.keep "
        "problem.open ticket.create ticket.open triage.accept triage.reject update.same update.snooze update.write"
    ),
    Page: "page.ack page.decline page.escalate page.handover page.join page.more page.pause page.unack page.why",
    Escalation: (
        "hold.confirm hold.offer hold.unack ladder.pause ladder.renew ladder.resume ladder.stop "
        "specialist.again specialist.lead"
    ),
    Decision: "question.no question.words question.yes",
    VendorCase: "vendor.answered vendor.escalate",
    Action: "action.done action.drop action.got action.more",
    Ruling: "ruling.drop ruling.object ruling.proceed",
    IncidentLink: "link.remove",
    Mitigation: "mitigation.failed mitigation.partly mitigation.worked",
    CommandOffer: "command.accept command.brief command.decline command.later",
    HandoffNote: "handoff.edit handoff.rate handoff.say handoff.take",
}
CARRIES = {action: model for model, actions in _CARRIED.items() for action in actions.split()}
"""Button -> the record whose number its value begins with."""
IN_FORMS: dict[str, type[SQLModel]] = {
    "incident": Incident, "page": Page, "decision": Decision, "ruling": Ruling, "note": HandoffNote,
}  # fmt: skip
"""Name in what a form carries -> the record whose number stands there."""


def require_known(session: Session, get: Callable[[type[Any], int], Any], catalog: Catalog, request: Request) -> None:
    """Raises NoSuchIncident, or what GONE says, unless everything exists and this person may know of its incident.

    `get` reads a record by its number.
    """
    for model, found in _numbers(request):
        row = get(model, found) if found <= MOST else None
        incident = row if isinstance(row, Incident | None) else _incident(get, row)
        who, where = request.user, request.channel
        hidden = incident is not None and not incidents.known_in(session, catalog, who, where, [incident])
        if row is None or hidden:
            raise GONE[model]() if model in GONE else visibility.unknown(incident, catalog.reference(found))


def _incident(get: Callable[[type[Any], int], Any], row: Any) -> Incident | None:
    """The incident that a record belongs to, if to any: a test page does not."""
    about = getattr(row, "incident", None)
    found: Incident | None = get(Incident, about) if about else None
    return found


def _numbers(request: Request) -> Iterator[tuple[type[SQLModel], int]]:
    """Every record that is named: by the value of a button, by the form around it, by a menu in the form."""
    if request.value and request.name in CARRIES:
        yield CARRIES[request.name], number(request.value)
    for name, model in IN_FORMS.items():
        if request.meta.get(name) is not None:
            yield model, number(str(request.meta[name]))
    if chosen := request.values.choice("incident"):
        yield Incident, number(chosen)
