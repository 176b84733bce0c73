"""What a new configuration must not take away, and what it may."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.preview import continuity
from bot.domain.preview.continuity import InUse
from bot.domain.schedules.rota import Rota
from storage.models import Escalation, Incident, Page
from tests.domain.catalogs import DEMO, loaded

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)  # Ana is on call, Bo is second, Eve commands
DEMO_TEXT = DEMO.read_text("utf-8")
LEVELS = {"levels": [{"to": ["schedule:primary-oncall"]}, {"to": ["team:platform"]}, {"to": ["person:eve"]}]}


def lost(tmp_path: Path, text: str, *, running: bool = True, old: str = DEMO_TEXT, name: str = "critical") -> list[str]:
    before, after = loaded(tmp_path, old), loaded(tmp_path, text)
    incident = Incident(number=3, title="x", severity="SEV-1", service="checkout", declared_by="U01LI",
                        declared_at=NOW, started_at=NOW, detected_at=NOW)  # fmt: skip
    asked = Page(escalation=1, incident=3, cycle=0, level=0, person="U01CY", why="", owed_at=NOW)
    policy = Escalation(id=1, incident=3, policy_name=name, policy=LEVELS, started_at=NOW)
    use = InUse([incident], [policy], [asked], [(3, "U01LI")], Rota(before, {}), Rota(after, {}), NOW)
    idle = InUse([], [], [], [], Rota(before, {}), Rota(after, {}), NOW)
    return continuity.lost(before, after, use if running else idle)


def cut(text: str, first: str, until: str) -> str:
    begins = text.index(first)
    return text[:begins] + text[text.index(until, begins) :]


def without_person(name: str) -> str:
    """The demo without somebody, and without every mention of them."""
    lines = [line for line in DEMO_TEXT.splitlines() if not line.startswith(f"  {name}: {{")]
    text = "\n".join(lines).replace(f", {name}]", "]").replace(f"[{name}, ", "[").replace(f", {name},", ",")
    text = text.replace(f"manager: {name}, ", "").replace(f"lead: {name}, ", "").replace(f"[{name}]", "[bo]")
    return text.replace(f'"person:{name}"', '"person:bo"')


GIVEN_UP = cut(DEMO_TEXT, "  ic-oncall:", "policies:").replace("roles:\n  ic: {schedule: ic-oncall}\n", "")
TAKEN = {
    "the same": DEMO_TEXT,
    "a service more": DEMO_TEXT.replace("  search:", "  mail: {tier: tier_2}\n  search:"),
    "a service that nothing is about": DEMO_TEXT.replace(
        "  search: {tier: tier_2, team: platform, description: The product search}\n", ""
    ),
    "a schedule under another name": DEMO_TEXT.replace("secondary-oncall", "second-line"),
}


@pytest.mark.parametrize("case", TAKEN)
def test_what_nothing_needs_may_go(tmp_path: Path, case: str) -> None:
    assert lost(tmp_path, TAKEN[case]) == []


def test_a_schedule_is_given_up_in_two_steps(tmp_path: Path) -> None:
    """While something leads to it its people are needed; once nothing does, it may go."""
    assert lost(tmp_path, GIVEN_UP, running=False) == [
        "schedule ic-oncall is gone, but Eve Novak is on call for it now"
    ]
    unused = DEMO_TEXT.replace("roles:\n  ic: {schedule: ic-oncall}\n", "")
    assert lost(tmp_path, unused, running=False) == []
    assert lost(tmp_path, GIVEN_UP, running=False, old=unused) == []


NO_POLICIES = cut(DEMO_TEXT, "policies:", "roles:")
REFUSED = {
    "its policy, as one is shipped": (NO_POLICIES, "policies.critical is gone from the file, but INC-3 is paged by it"),
    "its policy, as an empty section": (NO_POLICIES.replace("roles:", "policies: {}\nroles:"),
                                        "policies.critical is gone from the file, but INC-3 is paged by it"),
    "the levels of its policy": (cut(DEMO_TEXT, "    levels:\n", "  high:"), "policies.critical.levels is gone"),
    "everything": ('version: 1\nincidents_channel: "#incidents"\n', "it no longer names any person"),
    "the service that it is about": (
        DEMO_TEXT.replace("  checkout: {tier: tier_0, team: platform, policy: critical, depends_on: [payments], "
                          "description: The basket and its till, runbooks: [high-error-rate]}\n", ""),
        "service checkout is gone, but INC-3 is about it",
    ),
    "its schedule": (DEMO_TEXT.replace("primary-oncall", "first-line"),
                     "schedule primary-oncall is gone, but INC-3 is paged by it"),
    "its team": (DEMO_TEXT.replace("platform", "core").replace("#core", "#platform"),
                 "team platform is gone, but INC-3 is paged by it"),
    "whoever is asked": (without_person("cy"), "Cy Okafor is gone, but has an open page for INC-3"),
    "whoever has a role": (without_person("li"), "Li Wei is gone, but has a role in INC-3"),
    "whoever is to be asked later": (without_person("eve"), "person eve is gone, but INC-3 is paged by it"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_needed_stays(tmp_path: Path, case: str) -> None:
    text, said = REFUSED[case]
    assert any(said in one for one in lost(tmp_path, text)), lost(tmp_path, text)


def test_the_policy_at_work_stays(tmp_path: Path) -> None:
    named = DEMO_TEXT.replace("policy: critical", "policy: till").replace("  critical:\n", "  till:\n")
    without = cut(named, "  till:", "  high:").replace("policy: till, ", "")
    assert lost(tmp_path, without, old=named, name="till") == ["policy till is gone, but INC-3 is paged by it"]
    assert lost(tmp_path, without, old=named, running=False) == []


def test_whoever_is_on_call_is_needed_without_any_incident(tmp_path: Path) -> None:
    assert lost(tmp_path, without_person("ana"), running=False) == [
        "Ana Ruiz is gone, but is on call for primary-oncall now"
    ]


SEVERITY = "severities:\n  SEV-1: {policy: high, cadence: 20m}\n"
PHONES = 'integrations:\n  sms: {url: "ntfys://ntfy.sh/{address}"}\n'
MORE = DEMO_TEXT + SEVERITY + PHONES


@pytest.mark.parametrize(("gone", "said"), [
    (SEVERITY, "severities.SEV-1 is gone from the file, but INC-3 has this severity"),
    (PHONES, "integrations is gone from the file, but INC-3 is being paged"),
])  # fmt: skip
def test_what_decides_how_an_open_incident_is_paged_stays(tmp_path: Path, gone: str, said: str) -> None:
    without = MORE.replace(gone, "")
    assert lost(tmp_path, without, old=MORE) == [said]
    assert lost(tmp_path, without, old=MORE, running=False) == []


def test_a_value_may_be_taken_out_of_a_severity_at_any_time(tmp_path: Path) -> None:
    assert lost(tmp_path, MORE.replace(", cadence: 20m", ""), old=MORE) == []


def test_the_last_policy_that_leads_to_somebody_on_call_stays(tmp_path: Path) -> None:
    """One that is shipped under its name leads elsewhere."""
    old = cut(DEMO_TEXT, "roles:", "specialists:").replace('["role:ticket_owner"]', '["schedule:ic-oncall"]')
    assert lost(tmp_path, old.replace("  low: {", "  lower: {"), old=old, running=False) == []
    assert lost(
        tmp_path, "\n".join(one for one in old.splitlines() if "  low: {" not in one), old=old, running=False
    ) == ["no policy leads to schedule ic-oncall any more, but Eve Novak is on call for it now"]


FALLEN = {
    "the same": (DEMO_TEXT, []),
    "cut off in a policy": (DEMO_TEXT[: DEMO_TEXT.index("  high:")],
                            ["policies.high", "policies.low", "policies.medium", "roles", "specialists"]),
    "an empty section": (DEMO_TEXT[: DEMO_TEXT.index("roles:")] + "roles: {}\nspecialists: {}\n",
                         ["roles.ic", "specialists.database", "specialists.infrastructure", "specialists.security"]),
    "written out as it is shipped": (DEMO_TEXT.replace("{time_zone: Europe/Madrid}", "{time_zone: UTC}"), []),
    "what is not shipped": (cut(DEMO_TEXT, "  search:", "schedules:"), []),
}  # fmt: skip


@pytest.mark.parametrize("case", FALLEN)
def test_what_is_gone_from_the_file_and_shipped_is_known(tmp_path: Path, case: str) -> None:
    text, places = FALLEN[case]
    found = continuity.fallen(loaded(tmp_path, DEMO_TEXT), loaded(tmp_path, text))
    assert [".".join(one) for one in found] == places


def test_another_key_for_the_same_account_takes_nobody_away(tmp_path: Path) -> None:
    text = DEMO_TEXT.replace("  ana: {", "  anna: {").replace("[ana, ", "[anna, ").replace(", ana]", ", anna]")
    assert lost(tmp_path, text) == []
