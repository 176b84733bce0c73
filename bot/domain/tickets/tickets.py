"""Rules of an incident's ticket: there is one at most, and it is asked for once however often somebody presses."""

from dataclasses import asdict, dataclass

from bot.domain.core.fact import Fact
from bot.domain.core.typed_text import says_something
from bot.domain.incidents.lifecycle import MAX_TITLE, tidy
from bot.domain.incidents.visibility import is_public
from bot.domain.tickets.errors import ReadableThere
from bot.domain.tickets.facts import TicketBehind, TicketMade, TicketRead, TicketRefused, TicketWanted
from storage.models import Incident, TicketState


@dataclass(frozen=True)
class Ticket:
    """What is kept of it: `key` stands in it, so that it is found again; `status` is the tracker's word for how it
    stands."""

    state: TicketState = TicketState.NONE
    key: str = ""
    id: str = ""
    url: str = ""
    status: str = ""


def of(incident: Incident) -> Ticket:
    """The ticket of an incident, also where there is none."""
    kept = incident.ticket or {}
    return Ticket(**{**kept, "state": TicketState(kept.get("state", TicketState.NONE))})


def _keep(incident: Incident, **what: str) -> None:
    incident.ticket = {**asdict(of(incident)), **what}


def want(incident: Incident, *, title: str, by: str, ref: str, readers: str, readable: bool) -> list[Fact]:
    """Nothing where one is there or on its way. `readable`: `readers` may know of a private incident.

    The key stays through every try, since one that was given up may have made it all the same. Raises ReadableThere.
    """
    kept = of(incident)
    if kept.state in (TicketState.WANTED, TicketState.THERE):
        return []
    if not is_public(incident) and not readable:
        raise ReadableThere(ref=ref, readers=readers)
    key = kept.key or f"tocsin-{ref}-{incident.declared_at:%Y%m%dT%H%M%S}"
    _keep(incident, state=TicketState.WANTED, key=key)
    said = tidy(title, MAX_TITLE) if says_something(title) else ""
    return [TicketWanted(title=said, key=key, by=by, look=bool(kept.key))]


def made(incident: Incident, *, ident: str, url: str, status: str, tracker: str, by: str) -> list[Fact]:
    """It is there: what people call it, where it is and how it stands are kept on the incident."""
    if of(incident).state == TicketState.THERE:
        return []
    _keep(incident, state=TicketState.THERE, id=ident, url=url, status=status)
    return [TicketMade(id=ident, url=url, tracker=tracker, by=by)]


def refused(incident: Incident, *, reason: str, title: str, tracker: str, by: str) -> list[Fact]:
    """It will not be made like this; somebody may ask again."""
    if of(incident).state != TicketState.WANTED:
        return []
    _keep(incident, state=TicketState.FAILED)
    return [TicketRefused(reason=reason, title=title, tracker=tracker, by=by)]


def read(incident: Incident, *, status: str) -> list[Fact]:
    """How it stands there now; nothing where that is known."""
    kept = of(incident)
    if kept.state != TicketState.THERE or not status or status == kept.status:
        return []
    _keep(incident, status=status)
    return [TicketRead(id=kept.id, status=status, before=kept.status)] if kept.status else []


def behind(incident: Incident, reason: str) -> list[Fact]:
    return [TicketBehind(id=of(incident).id, reason=reason)]


def named(ident: str) -> str:
    """What people call it: `OPS-12`, `#12`."""
    return f"#{ident}" if ident.isdigit() else ident


CURES = (
    ("HTTP 401", "The token isn't accepted: an admin sets a new TOCSIN_TICKETS_TOKEN and runs `tocsin doctor`."),
    ("HTTP 403", "The token may not do that: an admin gives it the right to create issues there."),
    ("HTTP 404", "The project isn't there, or the token doesn't see it: an admin checks `integrations: tickets`."),
    ("HTTP 410", "Issues are switched off there: an admin switches them on, or names another project."),
    ("HTTP 400", "The project asks for something else: an admin checks the type of issue and its required fields."),
    ("HTTP 422", "The project asks for something else: an admin checks what it requires of a new issue."),
    ("set ", "An admin does that; `tocsin doctor` checks it."),
)
"""What helps, by what the refusal says."""
CURE = "`tocsin doctor` looks at the tracker; what it says helps an admin."


def cure(reason: str) -> str:
    return next((help for sign, help in CURES if sign in reason), CURE)
