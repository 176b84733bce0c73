"""By which ways a person is reached: a send or a reason for every way, event and severity; and one page's steps."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from pydantic import ValidationError

from bot.catalog import load
from bot.catalog.sections.company import Contact, Person, Via
from bot.domain.contact import methods, planning
from bot.domain.contact import steps as step_rules
from bot.domain.contact.methods import WAYS, Contactee, Event, Occasion
from storage.models import PageStep, StepState
from tests.storage.delivery_harness import COMPANY

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SEVERITIES = ("SEV-1", "SEV-2", "SEV-3", "SEV-4")


def rules(**after: int) -> tuple[Contact, ...]:
    return tuple(Contact(via=via, after=minutes * MINUTE) for via, minutes in after.items())  # type: ignore[arg-type]


OUT: tuple[Contact, ...] = (*rules(slack=0, email=1), Contact(via="sms", opt_out=True))
ANA = Person(key="ana", name="Ana", slack="U01ANA", email="ana@x.example", phone="+15550101", contact=OUT)


def plan(
    who: Contactee, severity: str | None = "SEV-3", via: tuple[Via, ...] = (), event: Event = "page", off: str = ""
) -> dict[str, str]:
    """Way -> minutes until it is used, or the reason why it is not, in order."""
    occasion = Occasion(severity, via, event, priority="high")  # the level says so: test_levels.py has the others
    found = planning.plan(who, occasion, {off: f"{off} is switched off"} if off else {})
    return {way.via: way.unused or str(int(way.after / MINUTE)) for way in found}


def used(*args: object, **more: object) -> dict[str, str]:
    return {via: what for via, what in plan(*args, **more).items() if what.isdigit()}  # type: ignore[arg-type]


def of(*contacts: Contact, **person: object) -> Contactee:
    one = ANA.model_copy(update={"contact": contacts, **person})
    return Contactee(one.slack, one, contacts)


CELLS = list(product(WAYS, ("page", "again", "test"), (*SEVERITIES, None)))


@pytest.mark.parametrize(("via", "event", "severity"), CELLS, ids=[f"{a}-{b}-{c}" for a, b, c in CELLS])
def test_each_way_is_a_send_or_a_reason(via: Via, event: str, severity: str | None) -> None:
    """Ana has rules for Slack and e-mail after a minute, opted out of SMS; the level asks for phone and SMS."""
    who = Contactee(ANA.slack, ANA, OUT)
    kind: Event = "test" if event == "test" else "page"
    cell = plan(who, severity, ("phone", "sms"), kind, off="push")[via]
    wanted = {
        "slack": "0",
        "phone": "0",
        "email": "0" if kind == "test" else "1",  # the phone is the second way of a severe page
        "sms": "opted out",
        "push": "push is switched off",
    }
    assert cell == wanted.get(via, "no rule asks for it")


OUT_CELLS = [cell for cell in product(WAYS, ("page", "test"), (*SEVERITIES, None)) if cell[0] != "slack"]


@pytest.mark.parametrize(("via", "event", "severity"), OUT_CELLS, ids=[f"{a}-{b}-{c}" for a, b, c in OUT_CELLS])
def test_opting_out_is_a_row_that_nothing_overrides(via: Via, event: Event, severity: str | None) -> None:
    """Neither another rule, nor the level, nor the severity, nor a test; and the other ways are none the worse."""
    who = of(Contact(via=via, opt_out=True), *rules(**{via: 0}))
    found = plan(who, severity, (via,), event)
    assert found[via] == "opted out"
    assert found["slack"] == "0"


AILING = [
    ("all is well", of(*rules(email=3, phone=5)), "SEV-3", {}, {"slack": "0", "email": "3", "phone": "5"}),
    ("Slack is down", of(*rules(email=3, phone=5)), "SEV-3", {"slack"}, {"slack": "0", "email": "0", "phone": "5"}),
    ("and nothing may be missed", of(*rules(email=3, phone=5)), "SEV-1", {"slack"},
     {"slack": "0", "email": "0", "phone": "0"}),
    ("the second way is refused", of(*rules(email=0, phone=5)), "SEV-2", {"email"},
     {"slack": "0", "email": "0", "phone": "0"}),
    ("a third way is refused", of(*rules(email=0, phone=5)), "SEV-1", {"phone"},
     {"slack": "0", "email": "0", "phone": "5"}),
    ("there is no other", of(*rules(slack=0)), "SEV-1", {"slack"}, {"slack": "0"}),
    ("nothing works", of(*rules(email=3)), "SEV-3", {"slack", "email"}, {"slack": "0", "email": "3"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "who", "severity", "ailing", "wanted"), AILING, ids=[case[0] for case in AILING])
def test_what_does_not_get_through_is_not_counted_on(
    what: str, who: Contactee, severity: str, ailing: set[str], wanted: dict[str, str]
) -> None:
    found = planning.plan(who, Occasion(severity, priority="high"), {}, {via: "does not answer" for via in ailing})
    times = {way.via: str(int(way.after / MINUTE)) for way in found if not way.unused}
    assert times == wanted
    before = used(who, severity)
    for way in found:
        if way.via in ailing and not way.unused:
            assert way.note == "does not answer"
        elif not way.unused and times[way.via] != before[way.via]:
            assert way.note.startswith("at once: "), "early, and nobody knows why"
    steps = {step.via: step.note for step in step_rules.begin(1, found, NOW)}
    assert all(steps[way.via] == (way.unused or way.note) for way in found), "the reason is stored"


CASES = [
    ("Slack alone", of(*rules(slack=0)), "SEV-1", (), {"slack": "0"}),
    ("the order of the rules", of(*rules(email=3, phone=1)), "SEV-3", (), {"slack": "0", "phone": "1", "email": "3"}),
    ("two at once when severe", of(*rules(email=3, phone=2)), "SEV-1", (), {"slack": "0", "phone": "0", "email": "3"}),
    ("the same for SEV-2", of(*rules(email=3)), "SEV-2", (), {"slack": "0", "email": "0"}),
    ("not for SEV-3", of(*rules(email=3)), "SEV-3", (), {"slack": "0", "email": "3"}),
    ("one is at once already", of(*rules(email=0, phone=5)), "SEV-1", (), {"slack": "0", "email": "0", "phone": "5"}),
    ("Slack never waits", of(*rules(slack=9)), "SEV-3", (), {"slack": "0"}),
    ("a level adds", of(*rules(slack=0)), "SEV-3", ("email",), {"slack": "0", "email": "0"}),
    ("but not over a rule", of(*rules(email=4)), "SEV-3", ("email",), {"slack": "0", "email": "4"}),
    ("a level without Slack keeps it", of(), "SEV-3", ("phone",), {"slack": "0", "phone": "0"}),
    ("two rules for one way", of(*rules(email=4), *rules(email=2)), "SEV-3", (), {"slack": "0", "email": "2"}),
    ("no address", of(*rules(email=0), email=None), "SEV-1", (), {"slack": "0"}),
    ("nobody of ours", Contactee("U0NEW"), "SEV-1", ("email",), {"slack": "0"}),
    ("no Slack account", of(*rules(email=2, phone=3), slack=None), "SEV-3", (), {"email": "0", "phone": "3"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "who", "severity", "via", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_the_rules_decide(
    what: str, who: Contactee, severity: str, via: tuple[Via, ...], wanted: dict[str, str]
) -> None:
    found = used(who, severity, via)
    assert found == wanted
    assert list(found) == list(wanted), "the order is part of it"


REASONS = [
    (of(*rules(email=0), email=None), "email", "has no e-mail address"),
    (of(*rules(sms=0), phone=None), "sms", "has no phone number"),
    (Contactee("U0NEW"), "phone", "is not a person of tocsin.yml"),
    (of(slack=None), "slack", "has no Slack account"),
    (Contactee(None, ANA, OUT), "sms", "opted out"),
]


@pytest.mark.parametrize(("who", "via", "why"), REASONS)
def test_a_way_that_is_not_used_says_why(who: Contactee, via: Via, why: str) -> None:
    assert plan(who, "SEV-1", (via,))[via] == why


def test_nobody_opts_out_of_slack() -> None:
    with pytest.raises(ValidationError, match="no one can opt out of Slack"):
        Contact(via="slack", opt_out=True)


def test_what_is_not_set_up_hinders() -> None:
    found = methods.hindrances(load(COMPANY))
    assert "slack" not in found
    assert found["email"] == "e-mail is not set up (integrations.email.server)"


def test_a_label_gives_no_address_away() -> None:
    labels = {way.via: way.label for way in planning.plan(Contactee("U1", ANA, OUT), Occasion(), {})}
    assert labels["email"] == "a…@x.example"
    assert labels["phone"] == "…0101"


# the steps of one page


def begun(who: Contactee | None = None, severity: str = "SEV-3") -> list[PageStep]:
    chosen = who or of(*rules(email=1, phone=5))
    return step_rules.begin(1, planning.plan(chosen, Occasion(severity, priority="high"), {}), NOW)


def states(steps: list[PageStep]) -> dict[str, str]:
    return {step.via: step.state for step in steps if step.state != "skipped"}


def test_steps_are_used_when_their_time_comes_and_once() -> None:
    steps = begun()
    assert states(steps) == {"slack": "owed", "email": "waiting", "phone": "waiting"}
    step_rules.sent(steps[0], NOW)
    assert step_rules.next_at(steps) == NOW + MINUTE
    assert [(one.via, why) for one, why in step_rules.due(steps, NOW + MINUTE)] == [("email", "")]
    assert step_rules.due(steps, NOW + MINUTE) == []
    step_rules.sent(steps[1], NOW + MINUTE)
    assert step_rules.next_at(steps) == NOW + 5 * MINUTE


@pytest.mark.parametrize(
    ("first", "rang", "due"),
    [(20, None, 0), (20, 5, 0), (20, 0.5, 0.5), (20, 0, 1), (4, None, 6), (10, None, 0)],
)
def test_a_round_just_behind_a_call_waits_a_minute_and_no_delay_begins_anew(
    first: float, rang: float | None, due: float
) -> None:
    """Minutes ago: asked first, and called last. The phone has a delay of ten minutes."""
    phone = methods.ContactMethod("phone", 10 * MINUTE)
    used = {} if rang is None else {"phone": NOW - rang * MINUTE, "slack": NOW}
    steps = step_rules.begin(2, [methods.ContactMethod("slack"), phone], NOW, NOW - first * MINUTE, used)
    assert {step.via: (step.due_at - NOW) / MINUTE for step in steps} == {"slack": 0, "phone": due}
    assert steps[1].state == ("waiting" if due else "owed")


def test_after_a_downtime_every_way_is_used_once() -> None:
    steps = begun()
    step_rules.sent(steps[0], NOW)
    assert [one.via for one, _ in step_rules.due(steps, NOW + timedelta(hours=3))] == ["email", "phone"]
    assert step_rules.next_at(steps) is None


def test_a_failure_makes_the_next_one_due() -> None:
    steps = begun()
    assert [one.via for one in step_rules.failed(steps, steps[0], "no such user", NOW)] == ["email"]
    assert [one.via for one in step_rules.failed(steps, steps[1], "mailbox is full", NOW)] == ["phone"]
    assert step_rules.failed(steps, steps[2], "not answered", NOW) == []
    assert step_rules.in_use(steps) == [], "now the page has failed"


def calm(who: Contactee) -> list[PageStep]:
    """The steps of a page that is not urgent enough for a phone."""
    return step_rules.begin(1, planning.plan(who, Occasion("SEV-3"), {}), NOW)


def test_a_phone_that_was_held_back_rings_when_nothing_else_gets_through() -> None:
    steps = calm(of(*rules(email=0, phone=5)))
    assert states(steps) == {"slack": "owed", "email": "owed"}
    assert step_rules.failed(steps, steps[0], "no such user", NOW) == [], "the e-mail is under way"
    assert [one.via for one in step_rules.failed(steps, steps[1], "mailbox is full", NOW)] == ["phone"]
    assert states(steps)["phone"] == "owed"
    assert [step.note for step in steps if step.via == "phone"] == [""]
    assert [one.via for one in step_rules.failed(steps, steps[2], "not answered", NOW)] == []


def test_a_phone_that_was_held_back_rings_beside_a_slack_that_is_slow_or_keeps_failing() -> None:
    slow, failing, asleep = (calm(of(*rules(phone=5))) for _ in range(3))
    half = NOW + step_rules.PATIENCE
    assert step_rules.next_at(slow) == half
    assert step_rules.due(slow, half - timedelta(seconds=1)) == []
    assert [(one.via, why) for one, why in step_rules.due(slow, half)] == [("phone", "Slack is slow")]
    assert [one.via for one in step_rules.stumbled(failing, failing[0], NOW)] == ["phone"]
    step_rules.sent(asleep[0], NOW)
    assert step_rules.next_at(asleep) is None
    assert [one.via for one in step_rules.silent(asleep, NOW)] == ["phone"]


def test_mail_is_the_last_resort_of_a_page_and_is_tried_once() -> None:
    steps = calm(of())
    assert step_rules.failed(steps, steps[0], "the account is gone", NOW) == []
    assert [(one.via, one.state, one.note) for one in step_rules.by_mail(steps, NOW)] == [("email", "owed", "")]
    mail = next(step for step in steps if step.via == "email")
    step_rules.failed(steps, mail, "mailbox is full", NOW)
    assert step_rules.by_mail(steps, NOW) == []


def test_no_mail_stands_in_for_a_way_that_was_given_up() -> None:
    steps = calm(of())
    steps[0].state = StepState.DROPPED  # they are asked again, by another page
    assert step_rules.by_mail(steps, NOW) == []


def test_a_phone_that_was_held_back_stays_silent_once_something_arrived() -> None:
    steps = calm(of(*rules(email=0, phone=5)))
    step_rules.sent(steps[1], NOW)
    assert step_rules.failed(steps, steps[0], "no such user", NOW) == []
    assert step_rules.due(steps, NOW + timedelta(hours=1)) == []


def test_a_slow_way_makes_the_next_one_due_and_only_once() -> None:
    steps = begun(of(*rules(email=20, phone=30)))
    half = NOW + step_rules.PATIENCE
    assert step_rules.next_at(steps) == half
    assert step_rules.due(steps, half - timedelta(seconds=1)) == []
    assert [(one.via, why) for one, why in step_rules.due(steps, half)] == [("email", "Slack is slow")]
    assert steps[0].state == "owed", "it is still to arrive"
    later = half + timedelta(seconds=5)
    assert step_rules.due(steps, later) == []
    assert step_rules.next_at(steps) == half + step_rules.PATIENCE, "the e-mail may be slow too"


def test_a_way_that_keeps_failing_makes_the_next_one_due_and_only_once() -> None:
    steps = begun(of(*rules(email=20, phone=30)))
    assert [one.via for one in step_rules.stumbled(steps, steps[0], NOW)] == ["email"]
    assert steps[0].state == "owed", "it is still tried"
    assert step_rules.stumbled(steps, steps[0], NOW) == []
    assert step_rules.due(steps, NOW + step_rules.PATIENCE) != [], "now the e-mail is slow"
    assert all(step.via != "slack" for step, _ in step_rules.due(steps, NOW + step_rules.PATIENCE))


def test_without_any_way_slack_is_tried_so_that_it_fails() -> None:
    steps = begun(Contactee(None))
    assert states(steps) == {"slack": "owed"}
    assert step_rules.failed(steps, steps[0], "has no Slack account", NOW) == []
    assert step_rules.in_use(steps) == []
