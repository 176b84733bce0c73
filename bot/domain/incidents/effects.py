"""What follows from facts about an incident: announcement, updates, reminders, the postmortem draft."""

from dataclasses import replace
from zlib import crc32

from bot.domain.core.effect import LATER, URGENT, Arm, Deliver, Disarm, Effect, FactContext, Reactions, Supersede, tell
from bot.domain.core.fact import Fact
from bot.domain.incidents import severity as severity_rules
from bot.domain.incidents.facts import (
    CloseProposed,
    DeclarationCorrected,
    IncidentCancelled,
    IncidentClosed,
    IncidentDeclared,
    IncidentReopened,
    IncidentResolved,
    MirrorNoted,
    MirrorOpened,
    MirrorWanted,
    PostmortemDrafted,
    RoleAssigned,
    RoleReleased,
    SeverityChanged,
    StatusChanged,
    UpdateFallsDue,
    UpdatePublished,
    UpdateSnoozed,
)
from bot.domain.incidents.gathering import Gather
from bot.domain.incidents.lifecycle import is_open, is_worse
from bot.domain.incidents.severity_facts import ComplaintMade, FieldSet, TargetMissed
from bot.domain.incidents.surfaces import ask_in_triage, asks_in_triage, invite, number, post, refresh
from bot.domain.incidents.updates import reminder_at
from bot.domain.incidents.visibility import has_public_place
from storage.models import RoomState


def declared(fact: IncidentDeclared, scene: FactContext) -> list[Effect]:
    if fact.triage:
        assert scene.incident is not None
        return [ask_in_triage(number(scene), scene.incident.declared_by)]
    return [*update_timer(scene), *announced(scene)]


def announced(scene: FactContext) -> list[Effect]:
    """Nothing private is announced."""
    n = number(scene)
    if scene.incident is None or not has_public_place(scene.incident):
        return []
    return [
        Deliver(
            kind="announce", lane=f"announcement:{n}", key=f"announce:{n}", payload={"incident": n}, priority=URGENT
        )
    ]


def update_timer(scene: FactContext) -> list[Effect]:
    assert scene.incident is not None
    subject = f"incident:{number(scene)}"
    due = scene.incident.next_update_at
    if due is None or not is_open(scene.incident):
        return [Disarm("update", subject)]
    return [Arm("update", subject, reminder_at(due, scene.now))]


def promised_anew(scene: FactContext) -> list[Effect]:
    """The next update has another time, or none is owed: the timer follows, and reminders of the old one say so."""
    n = number(scene)
    return [*update_timer(scene), Supersede(_asks_for_update(n), "update_due", {"incident": n, "settled": True})]


def _asks_for_update(n: int) -> str:
    return f"update:{n}"


def severity(fact: SeverityChanged, scene: FactContext) -> list[Effect]:
    effects = [*promised_anew(scene), *refresh(scene)]
    if scene.incident and scene.incident.room == RoomState.OPEN and is_worse(fact.new, fact.old):
        more = invite(scene, [], f"{fact.new}:{scene.now.isoformat()}")
        effects.append(replace(more, payload={**more.payload, "groups": True}))
    return effects


def target_missed(fact: TargetMissed, scene: FactContext) -> list[Effect]:
    """One line to whoever can act."""
    if not fact.told:
        return []
    subject = f"{number(scene)}:{severity_rules.key(fact.target, fact.severity)}"
    about = {"target": fact.target, "within": fact.within, "severity": fact.severity}
    return [tell(fact.person, "target_missed", f"{subject}:{scene.now.isoformat()}", incident=number(scene), **about)]


def role(fact: RoleAssigned, scene: FactContext) -> list[Effect]:
    effects = refresh(scene)
    if scene.incident and scene.incident.room == RoomState.OPEN:
        effects.append(invite(scene, [fact.person], f"{fact.role}:{fact.person}"))
    return [*effects, *_relieved(fact, scene)]


def _relieved(fact: RoleAssigned, scene: FactContext) -> list[Effect]:
    """Whoever lost the role learns who has it now, unless it was they who gave it away."""
    if fact.before is None or fact.before == fact.by or fact.told:
        return []
    key = f"role:{number(scene)}:{fact.role}:{fact.before}:{scene.now.isoformat()}"
    return [tell(fact.before, "role_passed", key, incident=number(scene), role=fact.role, by=fact.person)]


def vacant(fact: RoleReleased, scene: FactContext) -> list[Effect]:
    """Whoever works on it hears that a role is open, and can take it; a role that was given back needs that only where
    it is the commander's."""
    if fact.by is not None and fact.role != "ic":
        return refresh(scene)
    key = f"role-vacant:{fact.role}:{fact.person}:{scene.now.isoformat()}"
    said = {"role": fact.role, "person": fact.person, "by": fact.by}
    return [*refresh(scene), post(scene, "role_vacant", key, **said)]


def published(fact: UpdatePublished, scene: FactContext) -> list[Effect]:
    n = number(scene)
    effects: list[Effect] = [post(scene, "update", f"update:{fact.number}", update=fact.number)]
    if scene.incident and scene.incident.room == RoomState.OPEN and scene.incident.announcement_channel:
        effects.append(
            Deliver(
                kind="announcement.reply",
                lane=f"announcement:{n}",
                key=f"announce:{n}:update:{fact.number}",
                payload={"incident": n, "template": "update", "update": fact.number},
            )
        )
    return [*effects, *promised_anew(scene), *refresh(scene)]


def falls_due(fact: UpdateFallsDue, scene: FactContext) -> list[Effect]:
    when, n = fact.due_at.isoformat(), number(scene)
    subject, asks = f"incident:{n}", _asks_for_update(number(scene))
    if fact.overdue:
        return [replace(post(scene, "update_due", f"overdue:{when}", overdue=True), asks=asks), *refresh(scene)]
    people = scene.responders[:1]
    reminders = [replace(tell(who, "update_due", f"{subject}:due:{when}:{who}", incident=n), asks=asks)
                 for who in people]  # fmt: skip
    return [*reminders, Arm("update", subject, fact.due_at)]


def resolved(fact: IncidentResolved, scene: FactContext) -> list[Effect]:
    n = number(scene)
    assert scene.incident is not None
    stamp = scene.now.isoformat()
    effects: list[Effect] = [
        *promised_anew(scene),
        post(scene, "resolved", f"resolved:{stamp}"),
        *refresh(scene),
        *over(scene),
    ]
    if scene.incident.room == RoomState.OPEN and scene.incident.announcement_channel:
        reply = {"incident": n, "template": "resolved"}
        key = f"announce:{n}:resolved:{stamp}"
        effects.append(Deliver(kind="announcement.reply", lane=f"announcement:{n}", key=key, payload=reply))
    return [*effects, Gather(n)]


def drafted(fact: PostmortemDrafted, scene: FactContext) -> list[Effect]:
    n = number(scene)
    stamp = scene.now.isoformat()
    after = f"post:{n}:resolved:{stamp}"
    payload = {"incident": n}
    file = Deliver(kind="postmortem.file", lane=f"postmortem:{n}", key=f"postmortem:{n}:file:{stamp}", after=after,
               payload=payload, priority=LATER)  # fmt: skip
    canvas = Deliver(kind="postmortem.canvas", lane=f"canvas:{n}", key=f"postmortem:{n}:canvas:{stamp}", after=after,
                 payload=payload, priority=LATER)  # fmt: skip
    return [file, canvas] if scene.incident and scene.incident.room == RoomState.OPEN else [file]


def close_proposed(fact: CloseProposed, scene: FactContext) -> list[Effect]:
    return [post(scene, "close_ask", f"close-ask:{scene.now.isoformat()}")]


def ended(fact: Fact, scene: FactContext) -> list[Effect]:
    """What was asked about it while it was in triage is answered, too."""
    n = number(scene)
    asked = Supersede(asks_in_triage(n), "triage", {"incident": n})
    return [*promised_anew(scene), asked, Disarm("close", f"incident:{n}"), *refresh(scene), *over(scene)]


def cancelled(fact: IncidentCancelled, scene: FactContext) -> list[Effect]:
    """Whoever reads along learns in the room, and below the announcement, that nothing is asked of them any more."""
    n, stamp = number(scene), scene.now.isoformat()
    effects = [*ended(fact, scene), post(scene, "cancelled", f"cancelled:{stamp}", reason=fact.reason)]
    if scene.incident and scene.incident.room == RoomState.OPEN and scene.incident.announcement_channel:
        reply = {"incident": n, "template": "cancelled", "reason": fact.reason}
        key = f"announce:{n}:cancelled:{stamp}"
        effects.append(Deliver(kind="announcement.reply", lane=f"announcement:{n}", key=key, payload=reply))
    return [*effects, Gather(n)]


def closed(fact: IncidentClosed, scene: FactContext) -> list[Effect]:
    """The room is archived last: nothing can be said in it afterwards."""
    effects = [*ended(fact, scene), Gather(number(scene))]
    if scene.incident and scene.incident.room == RoomState.OPEN:
        n = number(scene)
        effects.append(
            Deliver(
                kind="room.archive",
                lane=f"post:{n}",
                key=f"room:{n}:archive:{scene.now.isoformat()}",
                payload={"incident": n},
                priority=LATER,
            )
        )
    return effects


def reopened(fact: IncidentReopened, scene: FactContext) -> list[Effect]:
    stamp = scene.now.isoformat()
    again = post(scene, "reopened", f"reopened:{stamp}", reason=fact.reason)
    first = [] if scene.incident is None or scene.incident.announcement_ts else announced(scene)
    return [Disarm("close", f"incident:{number(scene)}"), *first, again, *update_timer(scene), *refresh(scene)]


def show(fact: Fact, scene: FactContext) -> list[Effect]:
    return refresh(scene)


def corrected(fact: DeclarationCorrected, scene: FactContext) -> list[Effect]:
    """A drill has no twin at PagerDuty."""
    return [*refresh(scene), *(over(scene) if fact.drill else [])]


def snoozed(fact: UpdateSnoozed, scene: FactContext) -> list[Effect]:
    return [*promised_anew(scene), *refresh(scene)]


def wanted(fact: MirrorWanted, scene: FactContext) -> list[Effect]:
    n = number(scene)
    payload = {"incident": n, "key": fact.key, "urgency": fact.urgency}
    return [
        Deliver(kind="mirror.open", lane=f"mirror:{n}", key=f"mirror:{n}:open:{scene.now.isoformat()}", payload=payload)
    ]


def noted(fact: MirrorNoted, scene: FactContext) -> list[Effect]:
    """Behind the making of the twin, in the order of what happened."""
    n = number(scene)
    key = f"mirror:{n}:note:{scene.now.isoformat()}:{crc32(fact.text.encode())}"
    payload = {"incident": n, "text": fact.text, "urgency": fact.urgency}
    return [Deliver(kind="mirror.note", lane=f"mirror:{n}", key=key, payload=payload)]


def opened(fact: MirrorOpened, scene: FactContext) -> list[Effect]:
    """It may have been over before the twin was there."""
    return [] if scene.incident is None or is_open(scene.incident) else over(scene)


def over(scene: FactContext) -> list[Effect]:
    """The twin ends with its incident, once."""
    if scene.incident is None or not scene.incident.pagerduty_id:
        return []
    n, ident = number(scene), scene.incident.pagerduty_id
    payload = {"incident": n, "id": ident}
    return [Deliver(kind="mirror.resolve", lane=f"mirror:{n}", key=f"mirror:{n}:resolve:{ident}", payload=payload)]


CONSEQUENCES: Reactions = {
    IncidentDeclared: (declared,),
    StatusChanged: (show,),
    SeverityChanged: (severity,),
    ComplaintMade: (show,),
    FieldSet: (show,),
    TargetMissed: (target_missed,),
    RoleAssigned: (role,),
    RoleReleased: (vacant,),
    UpdatePublished: (published,),
    UpdateFallsDue: (falls_due,),
    UpdateSnoozed: (snoozed,),
    IncidentResolved: (resolved,),
    IncidentReopened: (reopened,),
    CloseProposed: (close_proposed,),
    IncidentClosed: (closed,),
    IncidentCancelled: (cancelled,),
    DeclarationCorrected: (corrected,),
    PostmortemDrafted: (drafted,),
    MirrorWanted: (wanted,),
    MirrorOpened: (opened,),
    MirrorNoted: (noted,),
}
