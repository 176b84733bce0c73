"""What a level of a policy may say of ways: it adds some, allows some only, or isn't urgent enough for a phone."""

from datetime import timedelta

import pytest

from bot.catalog.sections.company import Contact
from bot.domain.contact import planning
from bot.domain.contact.methods import Contactee, Occasion, Unused
from tests.domain.contact.test_contact import ANA

RULES = (Contact(via="slack"), Contact(via="email"), Contact(via="phone", after=timedelta(minutes=10)))
WHO = Contactee(ANA.slack, ANA.model_copy(update={"contact": RULES}), RULES)
Level = dict[str, object]


def used(level: Level, severity: str | None = "SEV-3", who: Contactee = WHO) -> str:
    found = planning.plan(who, Occasion.of_level({"via": [], **level}, severity), {})
    return " ".join(f"{way.via}+{int(way.after.total_seconds() / 60)}" for way in found if not way.unused)


@pytest.mark.parametrize(
    ("level", "severity", "expected"),
    [
        ({}, "SEV-1", "slack+0 email+0 phone+10"),
        ({}, "SEV-2", "slack+0 email+0 phone+10"),
        ({}, "SEV-3", "slack+0 email+0"),
        ({}, "SEV-4", "slack+0 email+0"),
        ({}, None, "slack+0 email+0 phone+10"),
        ({"via": ["sms"]}, "SEV-3", "slack+0 email+0 sms+0"),
        ({"via": ["phone"]}, "SEV-4", "slack+0 email+0 phone+10"),
        ({"via": ["email"]}, "SEV-3", "slack+0 email+0"),
        ({"only": ["slack", "email"]}, "SEV-3", "slack+0 email+0"),
        ({"only": ["slack"]}, "SEV-1", "slack+0"),
        ({"only": ["phone"]}, "SEV-3", "phone+0"),
        ({"only": ["email", "phone"]}, "SEV-2", "email+0 phone+0"),
        ({"only": ["phone", "sms"], "via": ["sms"]}, "SEV-3", "sms+0 phone+10"),
        ({"priority": "low"}, "SEV-3", "slack+0 email+0"),
        ({"priority": "medium"}, "SEV-1", "slack+0 email+0"),
        ({"priority": "high"}, "SEV-4", "slack+0 email+0 phone+10"),
        ({"priority": "urgent"}, "SEV-3", "slack+0 email+0 phone+10"),
        ({"priority": "low", "priorities": {"phone": "high"}}, "SEV-3", "slack+0 email+0 phone+10"),
        ({"priorities": {"phone": "low"}}, "SEV-1", "slack+0 email+0"),
        ({"priorities": {"email": "low"}}, "SEV-3", "slack+0 email+0"),
        ({"priorities": {"phone": "high"}}, "SEV-3", "slack+0 email+0 phone+10"),
        ({"priority": "low", "via": ["phone"]}, "SEV-3", "slack+0 email+0 phone+10"),
        ({"only": ["sms"]}, "SEV-3", "slack+0 email+0"),
        ({"only": ["phone"], "priority": "low"}, "SEV-3", "slack+0 email+0"),
    ],
)
def test_what_a_level_says_of_ways(level: Level, severity: str, expected: str) -> None:
    assert used(level, severity) == expected


def test_a_rule_for_this_very_severity_rings() -> None:
    own = (*RULES[:2], Contact(via="phone", severities=("SEV-3",)))
    who = Contactee(ANA.slack, ANA.model_copy(update={"contact": own}), own)
    assert used({}, "SEV-3", who) == "slack+0 email+0 phone+0"
    assert used({}, "SEV-4", who) == "slack+0 email+0"
    assert used({"priority": "low"}, "SEV-3", who) == "slack+0 email+0"


def test_a_phone_rings_when_no_other_way_gets_through() -> None:
    found = planning.plan(WHO, Occasion("SEV-4"), {}, {"slack": "does not answer", "email": "does not answer"})
    assert "phone" in [way.via for way in found if not way.unused]
    for broken in ({"slack": "does not answer"}, {}):
        found = planning.plan(WHO, Occasion("SEV-4"), {}, broken)
        assert "phone" not in [way.via for way in found if not way.unused]
    found = planning.plan(WHO, Occasion("SEV-1", only=("slack",)), {}, {"slack": "does not answer"})
    assert [way.via for way in found if not way.unused] == ["slack"]


@pytest.mark.parametrize(
    ("level", "ailing", "expected"),
    [
        ({"only": ["phone"], "priority": "low"}, ("slack",), "slack+0 email+0"),
        ({"only": ["phone"], "priority": "low"}, ("slack", "email"), "slack+0 email+0 phone+0"),
        ({"only": ["email", "phone"], "priority": "low"}, (), "email+0"),
        ({"only": ["email", "phone"], "priority": "low"}, ("email",), "email+0 phone+0"),
        ({"only": ["slack", "phone"]}, ("slack",), "slack+0 phone+0"),
        ({"only": ["slack"]}, ("slack",), "slack+0"),
        ({}, ("slack", "email", "phone"), "slack+0 email+0"),
    ],
)
def test_what_is_left_when_ways_are_ailing(level: Level, ailing: tuple[str, ...], expected: str) -> None:
    broken = {via: "does not answer" for via in ailing}
    found = planning.plan(WHO, Occasion.of_level({"via": [], **level}, "SEV-4"), {}, broken)
    assert " ".join(f"{way.via}+{int(way.after.total_seconds() / 60)}" for way in found if not way.unused) == expected


@pytest.mark.parametrize(
    ("level", "severity", "expected"),
    [
        ({}, "SEV-1", "urgent"),
        ({}, "SEV-2", "high"),
        ({}, "SEV-3", "low"),
        ({}, "SEV-4", "low"),
        ({}, None, ""),
        ({"priority": "medium"}, "SEV-1", "medium"),
        ({"priority": "low", "priorities": {"email": "high"}}, "SEV-3", "high"),
    ],
)
def test_how_urgent_a_page_is(level: Level, severity: str | None, expected: str) -> None:
    assert Occasion.of_level({"via": [], **level}, severity).priority_of("email") == expected


def test_a_page_goes_by_the_phone_when_nothing_else_is_left_however_low_it_is() -> None:
    only_a_phone = Contactee(None, ANA.model_copy(update={"slack": None, "email": None}), RULES)
    assert used({"priority": "low"}, who=only_a_phone) == "phone+0"


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ("SEV-1", "slack+0 phone+0"),
        ("SEV-2", "slack+0 phone+0"),
        ("SEV-3", "slack+0 email+0"),
        (None, "slack+0 phone+0 email+0"),
    ],
)
def test_a_rule_can_be_for_some_severities(severity: str | None, expected: str) -> None:
    rules = (
        Contact(via="slack"),
        Contact(via="phone", severities=("SEV-1", "SEV-2")),
        Contact(via="email", severities=("SEV-3", "SEV-4")),
    )
    who = Contactee(ANA.slack, ANA.model_copy(update={"contact": rules}), rules)
    assert used({}, severity, who) == expected


@pytest.mark.parametrize(
    ("level", "severity", "via", "why"),
    [
        ({"only": ["slack"]}, "SEV-3", "email", Unused.LEFT_OUT),
        ({"priority": "low"}, "SEV-3", "phone", Unused.NOT_URGENT),
        ({}, "SEV-3", "sms", Unused.NO_RULE),
    ],
)
def test_a_way_that_a_level_does_not_use_says_why(level: Level, severity: str, via: str, why: str) -> None:
    found = planning.plan(WHO, Occasion.of_level({"via": [], **level}, severity), {})
    assert {way.via: way.unused for way in found}[via] == why
