"""What follows from facts about an incident: announcement, updates, reminders, the postmortem draft."""

from dataclasses import replace

from bot.domain import facts as f
from bot.domain.core.effect import (
    LATER,
    URGENT,
    Arm,
    Disarm,
    Effect,
    Owe,
    PutRight,
    Scene,
    invite,
    number,
    post,
    refresh,
    tell,
)
from bot.domain.effects_mirror import over
from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.updates import reminder_at


def declared(fact: f.IncidentDeclared, scene: Scene) -> list[Effect]:
    n = number(scene)
    effects = [*update_timer(scene)]
    if not fact.private:
        effects.append(
            Owe(
                kind="announce", lane=f"announcement:{n}", key=f"announce:{n}", payload={"incident": n}, priority=URGENT
            )
        )
    return effects


def update_timer(scene: Scene) -> list[Effect]:
    assert scene.incident is not None
    subject = f"incident:{number(scene)}"
    due = scene.incident.next_update_at
    if due is None or not is_open(scene.incident):
        return [Disarm("update", subject)]
    return [Arm("update", subject, reminder_at(due, scene.now))]


def _promised_anew(scene: Scene) -> list[Effect]:
    """The next update has another time, or none is owed: the timer follows, and reminders of the old one say so."""
    n = number(scene)
    return [*update_timer(scene), PutRight(_asks_for_update(n), "update_due", {"incident": n, "settled": True})]


def _asks_for_update(n: int) -> str:
    return f"update:{n}"


def severity(fact: f.SeverityChanged, scene: Scene) -> list[Effect]:
    return [*_promised_anew(scene), *refresh(scene)]


def role(fact: f.RoleAssigned, scene: Scene) -> list[Effect]:
    effects = refresh(scene)
    if scene.incident and scene.incident.room == "open":
        effects.append(invite(scene, [fact.person], f"{fact.role}:{fact.person}"))
    return [*effects, *_relieved(fact, scene)]


def _relieved(fact: f.RoleAssigned, scene: Scene) -> list[Effect]:
    """Whoever lost the role learns who has it now, unless it was they who gave it away."""
    if fact.before is None or fact.before == fact.by:
        return []
    key = f"role:{number(scene)}:{fact.role}:{fact.before}:{scene.now.isoformat()}"
    return [tell(fact.before, "role_passed", key, incident=number(scene), role=fact.role, by=fact.person)]


def published(fact: f.UpdatePublished, scene: Scene) -> list[Effect]:
    n = number(scene)
    effects: list[Effect] = [post(scene, "update", f"update:{fact.number}", update=fact.number)]
    if scene.incident and scene.incident.room == "open" and scene.incident.announcement_channel:
        effects.append(
            Owe(
                kind="announcement.reply",
                lane=f"announcement:{n}",
                key=f"announce:{n}:update:{fact.number}",
                payload={"incident": n, "template": "update", "update": fact.number},
            )
        )
    return [*effects, *_promised_anew(scene), *refresh(scene)]


def falls_due(fact: f.UpdateFallsDue, scene: Scene) -> list[Effect]:
    when, n = fact.due_at.isoformat(), number(scene)
    subject, asks = f"incident:{n}", _asks_for_update(number(scene))
    if fact.overdue:
        return [replace(post(scene, "update_due", f"overdue:{when}", overdue=True), asks=asks), *refresh(scene)]
    people = scene.responders[:1]
    reminders = [replace(tell(who, "update_due", f"{subject}:due:{when}:{who}", incident=n), asks=asks)
                 for who in people]  # fmt: skip
    return [*reminders, Arm("update", subject, fact.due_at)]


def resolved(fact: f.IncidentResolved, scene: Scene) -> list[Effect]:
    n = number(scene)
    assert scene.incident is not None
    stamp = scene.now.isoformat()
    effects: list[Effect] = [
        *_promised_anew(scene),
        post(scene, "resolved", f"resolved:{stamp}"),
        *refresh(scene),
        *over(scene),
    ]
    if scene.incident.room == "open" and scene.incident.announcement_ts:
        reply = {"incident": n, "template": "resolved"}
        effects.append(Owe(kind="announcement.reply", lane=f"announcement:{n}", key=f"announce:{n}:resolved:{stamp}",
                           payload=reply))  # fmt: skip
    return effects


def drafted(fact: f.PostmortemDrafted, scene: Scene) -> list[Effect]:
    n = number(scene)
    stamp = scene.now.isoformat()
    after = f"post:{n}:resolved:{stamp}"
    payload = {"incident": n}
    file = Owe(kind="postmortem.file", lane=f"postmortem:{n}", key=f"postmortem:{n}:file:{stamp}", after=after,
               payload=payload, priority=LATER)  # fmt: skip
    canvas = Owe(kind="postmortem.canvas", lane=f"canvas:{n}", key=f"postmortem:{n}:canvas:{stamp}", after=after,
                 payload=payload, priority=LATER)  # fmt: skip
    return [file, canvas] if scene.incident and scene.incident.room == "open" else [file]


def close_proposed(fact: f.CloseProposed, scene: Scene) -> list[Effect]:
    return [post(scene, "close_ask", f"close-ask:{scene.now.isoformat()}")]


def ended(fact: f.Fact, scene: Scene) -> list[Effect]:
    subject = f"incident:{number(scene)}"
    return [*_promised_anew(scene), Disarm("close", subject), *refresh(scene), *over(scene)]


def closed(fact: f.IncidentClosed, scene: Scene) -> list[Effect]:
    """The room is archived last: nothing can be said in it afterwards."""
    effects = ended(fact, scene)
    if scene.incident and scene.incident.room == "open":
        n = number(scene)
        effects.append(
            Owe(
                kind="room.archive",
                lane=f"post:{n}",
                key=f"room:{n}:archive:{scene.now.isoformat()}",
                payload={"incident": n},
                priority=LATER,
            )
        )
    return effects


def reopened(fact: f.IncidentReopened, scene: Scene) -> list[Effect]:
    stamp = scene.now.isoformat()
    again = post(scene, "reopened", f"reopened:{stamp}", reason=fact.reason)
    return [Disarm("close", f"incident:{number(scene)}"), again, *update_timer(scene), *refresh(scene)]


def show(fact: f.Fact, scene: Scene) -> list[Effect]:
    return refresh(scene)


def snoozed(fact: f.UpdateSnoozed, scene: Scene) -> list[Effect]:
    return [*_promised_anew(scene), *refresh(scene)]
