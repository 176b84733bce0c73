"""Asks whether a new configuration may be taken: reads what is going on, for the rule that says what it needs.

The text of the one in force is kept, so that a bot that starts with another file knows what it takes away.
"""

from sqlmodel import Session, col, select

from bot.catalog import Catalog, ConfigError, load_text
from bot.domain.core.people import TOCSIN
from bot.domain.preview import continuity
from bot.domain.preview.continuity import InUse
from bot.domain.schedules import overrides
from bot.services.core import operators, settings
from bot.services.schedules import history
from bot.work import WorkFactory
from storage.models import Escalation, EscalationState, Incident, IncidentStatus, Page, PageState, RoleAssignment
from storage.queries import schedules as schedule_queries

AT_WORK = (*EscalationState.LIVE, EscalationState.ACKNOWLEDGED)
"""Somebody is asked, or is asked again when whoever has it says no more."""
IN_FORCE = "configuration.in_force"


def lost(desk: WorkFactory, old: Catalog, new: Catalog) -> list[str]:
    """What the new configuration takes away although it is needed, one sentence each."""
    now = desk.clock.now()
    with desk.read() as session:
        incidents = session.exec(select(Incident).where(col(Incident.status).in_(IncidentStatus.OPEN))).all()
        numbers = [one.number for one in incidents]
        running = select(Escalation).where(
            col(Escalation.state).in_(AT_WORK), col(Escalation.incident).in_(numbers)
        )  # fmt: skip
        asked = select(Page).where(col(Page.state).in_(PageState.WAITING), col(Page.incident).in_(numbers))
        held = select(RoleAssignment.incident, RoleAssignment.person).where(
            col(RoleAssignment.incident).in_(numbers), col(RoleAssignment.until).is_(None)
        )
        made = schedule_queries.overrides(session, now)
        use = InUse(
            incidents=incidents,
            escalations=session.exec(running).all(),
            pages=session.exec(asked).all(),
            roles=session.exec(held).all(),
            before=overrides.rota_of(old, *made),
            after=overrides.rota_of(new, *made),
            now=now,
        )
        return continuity.lost(old, new, use)


def paging(desk: WorkFactory) -> bool:
    """Whether an incident is paged; while none is, whoever starts the bot with another file means that."""
    open_numbers = select(Incident.number).where(col(Incident.status).in_(IncidentStatus.OPEN))
    paged = select(Escalation.id).where(
        col(Escalation.state).in_(AT_WORK), col(Escalation.incident).in_(open_numbers)
    )  # fmt: skip
    with desk.read() as session:
        return session.exec(paged.limit(1)).first() is not None


def kept(desk: WorkFactory) -> str | None:
    """The text of the configuration that was in force last; None before the first one was kept."""
    with desk.read() as session:
        found = settings.setting(session, IN_FORCE)
    return str(found) if found is not None else None


def keep(desk: WorkFactory, text: str, old: Catalog | None, new: Catalog) -> None:
    """Remembers the text of the one that is in force now. The admins hear what it no longer says, while `old` did."""
    if kept(desk) == text:
        return
    with desk.work(TOCSIN) as w:
        w.hold_system()
        if settings.setting(w.session, IN_FORCE) == text:
            return  # another replica has read it, too, and told them
        settings.set_setting(w, IN_FORCE, text)
        if gone := continuity.fallen(old, new) if old is not None else []:
            values = {"gone": [".".join(one) for one in gone]}
            operators.tell(w, "configuration_fell_back", f"fell_back:{w.now.isoformat()}", values)


def apart(desk: WorkFactory) -> list[str]:
    """The sections in which another process has read something newer than this one; empty while all read the same."""
    if not history.is_behind(desk):
        return []
    with desk.read() as session:
        return differing(session, desk.catalog)


def differing(session: Session, catalog: Catalog) -> list[str]:
    """The sections in which the configuration that came into force last is another than this one."""
    text = settings.setting(session, IN_FORCE)
    if text is None:
        return []
    try:
        return continuity.differing(catalog, load_text(str(text), "tocsin.yml"))
    except ConfigError:  # another release took it
        return ["version"]
