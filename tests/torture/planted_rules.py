"""Planted bugs in the rules and in what a start or a stop does: who is asked, when it ends, what is forgotten."""

import os
from typing import Any

from tests.torture.planted import bug, on_database, reborn, replace, starting


def _instead(owner: Any, name: str, new: Any) -> None:
    replace(owner, name, lambda _: new)


@bug("No one is ever paged: no level stands for anybody.")
def nobody_is_paged() -> None:
    from bot.domain.paging import escalation

    _instead(escalation, "_people", lambda targets, resolve, left_out: [])


@bug("The escalation stops at its first level.")
def stops_at_the_first_level() -> None:
    from bot.domain.paging import escalation

    _instead(escalation, "_levels_from", lambda one, cycle, level: [(cycle, level)] if not level else [])


@bug("The second level asks the first one's people again.")
def second_level_asks_the_first() -> None:
    from bot.services.paging import resolver

    def make(real: Any) -> Any:
        def resolved(*given: Any) -> Any:
            asked = real(*given)
            return lambda target: asked(target.replace("secondary", "primary"))

        return resolved

    replace(resolver, "resolver", make)


@bug("Every level is asked at once instead of one after the other.")
def every_level_at_once() -> None:
    from bot.domain.paging import escalation

    _instead(escalation, "_wait", lambda policy, level: 1.0)


@bug("A phone that should ring after two minutes rings at once.")
def phone_rings_at_once() -> None:
    from bot.domain.contact import steps

    _instead(steps, "_due", lambda way, since, used: since)


@bug("An answer is confirmed, and the escalation goes on.")
def answer_ignored() -> None:
    from bot.domain.core.effect import Arm
    from bot.services.paging import escalations
    from storage.models import EscalationState
    from storage.queries import paging

    def make(real: Any) -> Any:
        def acknowledge(w: Any, incident: Any, **more: Any) -> Any:
            running = [(one, one.next_at) for one in paging.running_escalations(w.session, incident.number)]
            answer = real(w, incident, **more)
            for one, at in ((one, at) for one, at in running if at is not None):
                one.state, one.next_at = EscalationState.RUNNING, at
                w.carry_out(Arm("escalation", f"escalation:{one.id}", at))
            return answer

        return acknowledge

    replace(escalations, "acknowledge", make)


@bug("The button of a page says thank you and does nothing.")
def dead_button() -> None:
    from bot.services.core.answer import Answer
    from bot.services.paging import escalations

    _instead(escalations, "acknowledge",
             lambda w, incident, **more: Answer("acknowledged", incident.number, {"by": w.actor.who}))  # fmt: skip


@bug("The link of a page says thank you and does nothing.", "everywhere")
def dead_link() -> None:
    from bot.services.paging import external_replies

    _instead(external_replies, "acknowledge", lambda *given: None)


@bug("A resolved incident goes on paging.", "course")
def resolved_and_still_paging() -> None:
    from bot.services.paging import escalations

    _instead(escalations, "stop_all", lambda w, incident, reason: None)


@bug("When someone cannot take it, no one else is asked.", "decline")
def nobody_after_a_decline() -> None:
    from bot.services.paging import escalations

    replace(escalations, "advance", lambda real: lambda *given, **more: (
        None if "can't take it" in str(given) else real(*given, **more)))  # fmt: skip


@bug("The person it is handed to is never paged.", "handover")
def offer_never_made() -> None:
    from bot.services.core.answer import Answer
    from bot.services.paging import acknowledgement

    _instead(acknowledgement, "offer",
             lambda w, incident, person, **more: Answer("offered", incident.number, {"person": person}))  # fmt: skip


@bug("A person who acknowledged and fell silent is never asked, and no one is paged again.", "repage")
def silence_never_noticed() -> None:
    from bot.services.paging import acknowledgement

    _instead(acknowledgement, "check", lambda *given, **more: None)


@bug("A note is confirmed and not recorded.", "course")
def note_lost() -> None:
    from bot.services.core.answer import Answer
    from bot.services.incidents import notes

    _instead(notes, "note", lambda w, incident, text, **more: Answer("note_added", incident.number))


@bug("A note lands in the timeline of another incident.", "course")
def note_on_another_incident() -> None:
    from bot.services.core import incident as incidents
    from bot.services.incidents import notes

    def make(real: Any) -> Any:
        def note(w: Any, incident: Any, text: str, **more: Any) -> Any:
            return real(w, incidents.find(w, 1), text, **more)

        return note

    replace(notes, "note", make)


@bug("A command is done twice.")
def declared_twice() -> None:
    from bot.services.incidents import lifecycle

    replace(lifecycle, "declare", lambda real: lambda w, what: (real(w, what), real(w, what))[1])


@bug("What was under way when the process was killed is given up in silence.", crashes=("before_send:2",))
def forgets_what_was_under_way() -> None:
    starting(lambda: on_database(
        "UPDATE delivery SET state = 'dropped', error = 'it was under way' WHERE state = 'leased'"))  # fmt: skip


@bug("The timers of escalations are lost with the process.", crashes=("timer_due:1",))
def forgets_its_timers() -> None:
    def before() -> None:
        if reborn():
            on_database("DELETE FROM timer WHERE kind = 'escalation'")

    starting(before)


@bug("Whatever was paged before a kill is paged again by every way.", crashes=("timer_due:1",))
def pages_all_again_after_a_kill() -> None:
    def before() -> None:
        if reborn():
            on_database("UPDATE delivery SET state = 'pending' WHERE kind IN ('page', 'page.way') AND state = 'sent'")

    starting(before)


@bug("A stop that was asked for drops what is still to be sent.", terminate=True)
def stop_drops_what_waits() -> None:
    from bot.engine.dispatcher import Dispatcher

    def make(real: Any) -> Any:
        def stop(self: Any, *given: Any) -> None:
            real(self, *given)
            on_database("UPDATE delivery SET state = 'dropped', error = 'stopped' WHERE state = 'pending'")

        return stop

    replace(Dispatcher, "stop", make)


@bug("After a kill it never comes up again.", crashes=("before_send:2",))
def crash_loop() -> None:
    starting(lambda: os._exit(3) if reborn() else None)


@bug("Two replicas send the same page, since a claim takes nothing from the other.", two=True)
def claims_nothing() -> None:
    from sqlmodel import col, select

    from storage import claims, outbox
    from storage.models import Delivery

    def claim(session: Any, now: Any, *, ids: Any, **more: Any) -> Any:
        rows = session.exec(select(Delivery).where(col(Delivery.id).in_(ids), Delivery.state == "pending")).all()
        for row in rows:
            row.attempts += 1
        return sorted(rows, key=lambda row: (row.priority, row.id))

    def held(session: Any, delivery: int, lease: str) -> Any:
        row = session.get(Delivery, delivery)
        return row if row.state == "pending" else None

    _instead(claims, "claim", claim)
    _instead(outbox, "held", held)
    _instead(outbox, "is_held", lambda *given: True)
