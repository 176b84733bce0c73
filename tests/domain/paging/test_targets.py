"""Whom a level may name beside people and schedules: leads, managers, addresses, another pager's services."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalog import Catalog, ConfigError
from bot.domain.contact import methods, planning
from bot.domain.contact.methods import Contactee, Occasion
from bot.domain.core.people import display_name
from bot.domain.paging import resolver, targets
from bot.domain.schedules.rota import Rota
from storage.models import Incident
from tests.domain.catalogs import loaded

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
BASE = """people:
  ana: {name: Ana, slack: U01ANA, manager: dee}
  bo: {name: Bo, slack: U01BO}
  dee: {name: Dee, slack: U01DEE}
teams: {core: {members: [ana, bo], lead: bo}, bare: {members: [ana]}}
schedules: {managers: {timezone: UTC, layers: [{name: a, rotation: weekly, start: 2026-01-05T09:00, people: [dee]}]}}
roles: {manager: {schedule: managers}, scribe: {schedule: managers}}
business_hours: {timezone: UTC}
integrations:
  email: {server: mail.acme.example, from: tocsin@acme.example}
  phone: {url: "json://127.0.0.1/{address}"}
  sms: {url: "json://127.0.0.1/{address}"}
  pagerduty: {services: {payments: "${PD_PAYMENTS}"}}
"""


def catalog(tmp_path: Path, target: str) -> Catalog:
    return loaded(tmp_path, f'{BASE}policies: {{mine: {{levels: [{{to: ["{target}"]}}]}}}}\n')


def people(catalog: Catalog, target: str, severity: str = "SEV-1", now: datetime = NOW) -> list[tuple[str, str]]:
    incident = Incident(number=1, title="x", severity=severity, declared_by="U01ANA", started_at=now, detected_at=now,
                        declared_at=now)  # fmt: skip
    resolve = resolver.resolver(Rota(catalog, {}), now, incident=incident)
    return [(one.person, one.why) for one in resolve(target)]


@pytest.mark.parametrize(
    ("target", "who", "why"),
    [
        ("lead:core", "U01BO", "lead of core"),
        ("manager:ana", "U01DEE", "manager of Ana"),
        ("address:ops@acme.example", "address:ops@acme.example", "named by the policy"),
        ("address:+15550199", "address:+15550199", "named by the policy"),
        ("pagerduty:payments", "pagerduty:payments", "named by the policy"),
    ],
)
def test_a_target_stands_for_one(tmp_path: Path, target: str, who: str, why: str) -> None:
    assert people(catalog(tmp_path, target), target) == [(who, why)]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("lead:cor", 'there is no team "cor"; did you mean "core"'),
        ("lead:bare", "teams.bare has no `lead`, so lead:bare is no one; write one there"),
        ("manager:bo", "people.bo has no `manager`, so manager:bo is no one"),
        ("manager:an", 'there is no person "an"; did you mean "ana"'),
        ("address:ops", "neither an e-mail address nor a phone number"),
        ("address:5550100", "neither an e-mail address nor a phone number"),
        (
            "pagerduty:payment",
            'there is no service of integrations.pagerduty.services "payment"; did you mean "payments"',
        ),
        ("leads:core", 'is not a kind of target; did you mean "lead"'),
    ],
)
def test_a_target_that_is_no_one_is_refused(tmp_path: Path, target: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as refused:
        catalog(tmp_path, target)
    assert sentence in str(refused.value)


def test_a_routing_key_never_stands_in_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a routing key is a secret"):
        loaded(tmp_path, "integrations: {pagerduty: {services: {payments: R0UTINGKEY}}}\n")


@pytest.mark.parametrize(
    ("name", "level", "ways"),
    [
        ("address:ops@acme.example", {}, "email ops@acme.example +0"),
        ("address:+15550199", {}, "phone +15550199 +0, sms +15550199 +60"),
        ("address:+15550199", {"only": ["sms"]}, "sms +15550199 +0"),
        ("address:+15550199", {"priority": "low"}, "phone +15550199 +0, sms +15550199 +60"),
        ("pagerduty:payments", {"via": ["email"]}, "pagerduty payments +0"),
    ],
)
def test_an_address_is_reached_by_what_leads_there(
    tmp_path: Path, name: str, level: dict[str, object], ways: str
) -> None:
    known = catalog(tmp_path, "person:ana")
    who = Contactee.of(name, None, known)
    found = planning.plan(who, Occasion.of_level({"via": [], **level}, "SEV-3"), methods.hindrances(known))
    used = [f"{one.via} {methods.address(one.via, who)} +{one.after.seconds}" for one in found if not one.unused]
    assert ", ".join(used) == ways


def test_what_is_no_person_is_shown_as_it_is_and_is_nobody_to_add_to_the_file(tmp_path: Path) -> None:
    known = catalog(tmp_path, "person:ana")
    places = ["address:ops@acme.example", "pagerduty:payments", "channel:#ops"]
    assert [display_name(one, known) for one in places] == ["ops@acme.example", "PagerDuty payments", "#ops"]
    assert targets.unlisted(known, places) == []
