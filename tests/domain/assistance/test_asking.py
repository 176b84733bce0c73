"""Who may decide, how long specialists and vendors may be silent, where the questions lead: the pure rules."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog import Catalog, load
from bot.domain.assistance import decision_tree, questions, specialists, vendors
from bot.domain.assistance.errors import TreeChanged, UnknownSpecialist, UnknownTeam, UnknownVendor
from bot.domain.assistance.facts import Decided, DecisionAsked, VendorSilent
from bot.domain.assistance.timeline import LINES
from bot.domain.core.errors import EmptyText
from bot.domain.paging import resolver
from bot.domain.schedules.rota import Rota
from storage.models import Decision, Escalation, Incident, VendorCase
from tests.domain.catalogs import DEMO, loaded

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PEOPLE = (
    "people: {ana: {slack: U01ANA, manager: dee}, bo: {slack: U01BO}, dee: {slack: U01DEE}, eve: {slack: U01EVE}}\n"
)
LADDER = "policies: {p: {levels: [{to: [person:ana], wait: 5m}, {to: [person:bo, role:manager]}]}}\n"
SEVERE = "severities: {SEV-1: {policy: p}}\n"


def incident(service: str | None = None) -> Incident:
    return Incident(number=1, title="x", severity="SEV-1", service=service, declared_by="U01ANA", started_at=NOW,
                    detected_at=NOW, declared_at=NOW)  # fmt: skip


WHOM: list[tuple[str, str, str | None, list[list[str]]]] = [
    ("nobody is configured", PEOPLE, None, []),
    ("the only team's lead", PEOPLE + "teams: {core: {lead: dee}}", None, [["person:dee"]]),
    ("one of two teams is not guessed", PEOPLE + "teams: {core: {lead: dee}, ops: {lead: bo}}", None, []),
    (
        "the lead of the service's team",
        PEOPLE + "teams: {core: {lead: dee}, ops: {lead: bo}}\nservices: {api: {team: ops}}",
        "api",
        [["person:bo"]],
    ),
    ("the policy's level that names a manager", PEOPLE + LADDER + SEVERE, None, [["role:manager"]]),
    (
        "a person called manager",
        PEOPLE.replace("eve:", "engineering-manager:") + LADDER.replace("role:manager", "person:engineering-manager")
        + SEVERE,
        None,
        [["person:engineering-manager"]],
    ),
    (
        "the manager on call comes first, then the policy, then the lead",
        PEOPLE + LADDER + SEVERE + "roles: {manager: {schedule: managers}}\nteams: {core: {lead: eve}}\n"
        "schedules: {managers: {layers: [{rotation: weekly, start: 2026-01-05T09:00, people: [dee]}]}}",
        None,
        [["schedule:managers"], ["role:manager"], ["person:eve"]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "text", "service", "levels"), WHOM, ids=[one[0] for one in WHOM])
def test_who_is_asked_to_decide(
    case: str, text: str, service: str | None, levels: list[list[str]], tmp_path: Path
) -> None:
    assert questions.whom(loaded(tmp_path, text), incident(service)) == levels


MANAGERS = (
    "schedules: {managers: {layers: [{rotation: weekly, start: 2026-01-05T09:00, people: [dee]}]}}\n"
    "teams: {core: {lead: eve}}\nbusiness_hours: {timezone: UTC}\n"
)
MONDAY, SATURDAY = datetime(2026, 11, 30, 10, 0, tzinfo=UTC), datetime(2026, 11, 28, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "severity", "now", "asked"),
    [
        ("schedule: managers", "SEV-1", SATURDAY, True),
        ("schedule: managers", "SEV-2", SATURDAY, False),
        ("schedule: managers", "SEV-2", MONDAY, True),
        ("schedule: managers", "SEV-4", MONDAY, True),
        ("schedule: managers, any_hour: [SEV-1, SEV-2]", "SEV-2", SATURDAY, True),
        ("schedule: managers, any_hour: []", "SEV-1", SATURDAY, False),
    ],
)
def test_the_manager_on_call_is_asked_in_business_hours_and_for_sev_1_at_any(
    tmp_path: Path, role: str, severity: str, now: datetime, asked: bool
) -> None:
    catalog = loaded(tmp_path, f"{PEOPLE}{MANAGERS}roles: {{manager: {{{role}}}}}\n")
    row = incident()
    row.severity = severity
    rest = [["person:eve"]]
    assert questions.whom(catalog, row, now) == ([["schedule:managers"], *rest] if asked else rest)
    waits = questions.waits(catalog, row, now)
    assert waits.startswith("" if asked else "The manager on call can be asked from Monday 09:00 UTC on")
    assert bool(waits) is not asked
    resolve = resolver.resolver(Rota(catalog, {}), now, incident=row)
    assert bool(resolve("role:manager")) is asked


def test_a_question_that_nobody_has_answered_is_no_decision() -> None:
    said = LINES[DecisionAsked](DecisionAsked(decision=1, text="may we fail over?", people=["U01DEE"]))
    assert said.kind == "question"
    answered = Decided(decision=1, text="x", answer="yes", rationale="", person="U01DEE", asked_by="U01ANA")
    assert LINES[Decided](answered).kind == "decision"


def test_why_somebody_may_decide(tmp_path: Path) -> None:
    text = (PEOPLE + LADDER + SEVERE).replace("eve:", "engineering-manager:").replace(
        "role:manager", "person:engineering-manager") + "teams: {core: {lead: engineering-manager}}\n"  # fmt: skip
    both = questions.reasons(loaded(tmp_path, text), incident(None))
    assert both == {"person:engineering-manager": "lead of the team Core"}
    alone = questions.reasons(loaded(tmp_path, text.partition("teams:")[0]), incident(None))
    assert list(alone.values()) == ["named as manager by the p policy"]
    assert questions.reasons(loaded(tmp_path, PEOPLE + LADDER + SEVERE), incident(None)) == {}, "a role says it itself"


def test_a_question_is_decided_once() -> None:
    row = Decision(id=1, incident=1, escalation=1, text="may we?", asked_by="U01ANA", asked_at=NOW)
    [fact] = questions.decide(row, yes=False, rationale=" too risky ", by="U01DEE", now=NOW)
    assert (row.answer, row.by, row.rationale) == ("no", "U01DEE", "too risky")
    assert fact.body()["answer"] == "no"
    assert questions.decide(row, yes=True, rationale="", by="U01EVE", now=NOW) == []
    assert row.answer == "no"


def test_a_question_is_withdrawn_when_its_paging_was_stopped_unanswered() -> None:
    row = Decision(id=1, incident=1, escalation=1, text="may we?", asked_by="U01ANA", asked_at=NOW)
    for state, withdrawn in (("running", False), ("exhausted", False), ("stopped", True)):
        escalation = Escalation(policy_name="manager", policy={}, started_at=NOW, state=state)
        assert questions.withdrawn(row, escalation) is withdrawn


def test_an_empty_question_is_refused() -> None:
    with pytest.raises(EmptyText):
        questions.question("  \n ")


MAY: list[tuple[str, list[str], bool]] = [
    ("U01CY", ["U01CY"], True),
    ("U01CY", ["cy"], True),
    ("U01CY", ["U01DEE"], False),
    ("U01EVE", ["U01DEE"], True),  # an admin
    ("U09NEW", ["U01DEE"], False),
]


@pytest.mark.parametrize(("person", "asked", "may"), MAY)
def test_who_may_answer(person: str, asked: list[str], may: bool) -> None:
    assert questions.may_answer(demo(), person, asked) is may


def demo() -> Catalog:
    return load(DEMO)


@pytest.mark.parametrize("text", ["database", "Database", "database specialists", "@database-oncall", "database-oncall",
                                  "specialist:database"])  # fmt: skip
def test_specialists_are_found_by_any_of_their_names(text: str) -> None:
    found = specialists.find(demo(), text)
    assert found is not None
    assert found.key == "database"


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownSpecialist, match="database, security, infrastructure"):
        specialists.named(demo(), "network")
    with pytest.raises(UnknownVendor, match="aws, gcp, mongodb-atlas"):
        vendors.named(demo(), "azure")
    with pytest.raises(UnknownTeam, match="platform, support"):
        specialists.team_levels(demo(), "sales")


def test_who_promises_to_answer_immediately_has_the_five_minutes_of_a_page() -> None:
    patience = {key: specialists.patience(one) for key, one in demo().specialists.items()}
    assert patience == {"database": 15 * MINUTE, "security": 5 * MINUTE, "infrastructure": 15 * MINUTE}


LEADS: list[tuple[str, list[str], list[str], str | None]] = [
    ("the lead of the team", ["team:platform"], ["U01CY"], "dee"),
    ("the lead of the schedule's team", ["schedule:primary-oncall"], ["U01CY"], "dee"),
    ("the manager, without a team", ["person:cy"], ["U01CY"], "dee"),
    ("the manager, when the lead was asked too", ["team:platform"], ["U01CY", "U01DEE"], "dee"),
    ("the manager of the lead alone", ["team:platform"], ["U01DEE"], "eve"),
    ("nobody leads the top", ["person:eve"], ["U01EVE"], None),
    ("nobody is known", ["usergroup:x"], ["U09NEW"], None),
]


@pytest.mark.parametrize(("case", "targets", "people", "lead"), LEADS, ids=[one[0] for one in LEADS])
def test_who_leads_silent_specialists(case: str, targets: list[str], people: list[str], lead: str | None) -> None:
    assert specialists.lead(demo(), targets, people) == lead


def case_of(**more: object) -> VendorCase:
    aws = demo().vendors["aws"]
    case = vendors.open_case(incident(), aws, " CASE\n7 ", by="U01ANA", now=NOW)
    case.id = 1
    for name, value in more.items():
        setattr(case, name, value)
    return case


def test_a_case_runs_on_its_promise() -> None:
    case = case_of()
    assert (case.ticket, case.due_at) == ("CASE 7", NOW + 15 * MINUTE)
    atlas = vendors.open_case(incident(), demo().vendors["mongodb-atlas"], "", by="U01ANA", now=NOW)
    assert atlas.due_at is None
    assert vendors.silent(atlas, None, NOW) == []


def test_a_silent_vendor_is_reminded_of_three_times_for_each_promise() -> None:
    case, aws = case_of(), demo().vendors["aws"]
    told = [vendors.silent(case, aws, NOW + n * 15 * MINUTE) for n in range(1, 6)]
    assert [len(one) for one in told] == [1, 1, 1, 0, 0]
    last = told[2][0]
    assert isinstance(last, VendorSilent)
    assert last.again_at is None
    later = NOW + 120 * MINUTE
    [escalated] = vendors.escalate(case, aws, later)
    assert (case.due_at, case.escalated) == (later + 15 * MINUTE, 1)
    assert escalated.body()["times"] == 1
    assert len(vendors.silent(case, aws, later)) == 1


def test_an_answer_ends_a_case_once() -> None:
    case, aws = case_of(), demo().vendors["aws"]
    [fact] = vendors.answered(case, by="U01BO", now=NOW + 7 * MINUTE)
    assert fact.body()["seconds"] == 420
    assert (case.state, case.answered_by) == ("answered", "U01BO")
    assert vendors.answered(case, by="U01ANA", now=NOW) == []
    assert vendors.silent(case, aws, NOW + 60 * MINUTE) == []
    assert vendors.escalate(case, aws, NOW) == []


def test_a_ticket_is_noted_once() -> None:
    case = case_of(ticket="")
    assert len(vendors.note_ticket(case, "A-1")) == 1
    assert vendors.note_ticket(case, "A-1") == vendors.note_ticket(case, " ") == []
    assert case.ticket == "A-1"


def test_answers_lead_through_the_questions_and_keep_the_way() -> None:
    tree = load(None).decision_tree
    mark = decision_tree.edition(tree)
    place = decision_tree.walk(tree, mark, [])
    assert place.question is tree.questions["primary"]
    place = decision_tree.walk(tree, mark, [0, 1, 1])
    assert place.question is tree.questions["manager"]
    assert place.said[-1] == "Does it need a specialist? No"
    place = decision_tree.walk(tree, mark, [0, 1, 0])
    assert place.question is None
    assert place.leaf is not None
    assert place.leaf.do == "specialist"


def test_a_tree_that_was_changed_meanwhile_is_not_walked_with_old_answers(tmp_path: Path) -> None:
    mark = decision_tree.edition(load(None).decision_tree)
    changed = loaded(tmp_path, "decision_tree: {questions: {able: {ask: Are they able to?}}}").decision_tree
    with pytest.raises(TreeChanged):
        decision_tree.walk(changed, mark, [0])
