"""Severity from what is known: the rules, the matrix, the aliases and the targets, all as golden cases."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.catalog import Catalog, ConfigError, load
from bot.catalog.sections.classification import CLASSIFICATION, Classification
from bot.domain.incidents import classification, decision_matrix
from bot.domain.incidents.classification import BadMetric, Finding, Suggestion, UnknownMetric
from bot.domain.incidents.decision_matrix import UnknownAnswer
from bot.services.incidents import severity
from tests.domain.catalogs import loaded

GOLDEN = json.loads((Path(__file__).parents[1] / "golden_severity.json").read_text("utf-8"))
SHIPPED = load(None)
RULES: Classification = SHIPPED.section(CLASSIFICATION)
CORRECTED = {17, 18, 23, 24, 26, 27, 32, 33, 34, 35, 36, 37}
"""The rows of the truth table in which the source is wrong; docs/sources.md says why."""


def cases(formula: str) -> list[Any]:
    return [pytest.param(one["inputs"], one["expected"], id=one["id"]) for one in GOLDEN["cases"]
            if one["formula"] == formula]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [("30", "30"), ("1,5", "1.5"), ("12.5", "12.5"), ("3,400", "3400"), ("1,234,567.5", "1234567.5"), ("5.000", None),
     ("1.2.3", None), ("abc", None), ("", None), ("0.125", "0.125"), ("5000", "5000")],
)  # fmt: skip
def test_a_number_as_people_write_it(text: str, number: str | None) -> None:
    assert decision_matrix.amount(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("question", "text", "severity"),
    [("users", "1,5", "SEV-3"), ("users", "30 %", "SEV-2"), ("users", "20-60", "SEV-1"), ("users", "60%-20%", "SEV-1"),
     ("users", "3000", None), ("users", "101", None), ("users", "40-130", None), ("revenue", "5.000", None),
     ("revenue", "5,000", "SEV-2"), ("revenue", "$12,000", "SEV-1")],
)  # fmt: skip
def test_numbers_of_the_matrix(question: str, text: str, severity: str | None) -> None:
    if severity is None:
        with pytest.raises(UnknownAnswer):
            decision_matrix.suggest(RULES, {question: text})
    else:
        assert decision_matrix.suggest(RULES, {question: text}).severity == severity


@pytest.mark.parametrize(
    ("words", "answers", "metrics"),
    [
        ("users=30 error_rate=12 data_loss", {"users": "30"}, {"error_rate": "12", "data_loss": ""}),
        ("users=30,data_loss", {"users": "30"}, {"data_loss": ""}),
        ("users=1,5 DATA_LOSS", {"users": "1,5"}, {"data_loss": ""}),
        ("users = 30 %; sla=breached", {"users": "30%", "sla": "breached"}, {}),
        ("Error-Rate=12", {}, {"error_rate": "12"}),
    ],
)
def test_words_behind_classify(words: str, answers: dict[str, str], metrics: dict[str, str]) -> None:
    assert severity.known(words, {}) == severity.Known(answers, metrics)


def metrics(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, bool) else Decimal(str(value)) for name, value in given.items()}


@pytest.mark.parametrize("row", GOLDEN["truth_table"], ids=lambda row: f"row-{row['row']}")
def test_the_truth_table(row: dict[str, Any]) -> None:
    assert classification.classify(RULES, metrics(row["metrics"])).severity == row["canonical"]
    assert (row["seed-002"] != row["canonical"]) == (row["row"] in CORRECTED)


@pytest.mark.parametrize(("inputs", "expected"), cases("classify_severity"))
def test_golden_severities(inputs: dict[str, Any], expected: dict[str, str | None]) -> None:
    assert classification.classify(RULES, metrics(inputs["metrics"])).severity == expected["canonical"]


@pytest.mark.parametrize(("inputs", "expected"), cases("classify_latency_breach"))
def test_golden_latencies(inputs: dict[str, Any], expected: str | None) -> None:
    actual, promised = Decimal(inputs["actual_ms"]), Decimal(inputs["sla_ms"])
    assert classification.latency_breach(RULES, actual, promised) == expected


@pytest.mark.parametrize(
    ("actual", "promised", "expected"),
    [(200, 100, "SEV-2"), (130, 100, "SEV-3"), (100, 100, None), (100, 0, None)],
)
def test_latencies_at_the_bounds(actual: int, promised: int, expected: str | None) -> None:
    assert classification.latency_breach(RULES, Decimal(actual), Decimal(promised)) == expected


@pytest.mark.parametrize(("inputs", "expected"), cases("decision_matrix"))
def test_golden_answers(inputs: dict[str, Any], expected: str) -> None:
    answers = {"users": str(inputs["users_pct"]), "revenue": str(inputs["revenue_per_hour"])}
    assert decision_matrix.suggest(RULES, answers).severity == expected


@pytest.mark.parametrize(("inputs", "expected"), cases("severity_alias"))
def test_golden_aliases(inputs: dict[str, str], expected: str | None) -> None:
    assert SHIPPED.severity(inputs["name"]) == expected


@pytest.mark.parametrize(("inputs", "expected"), cases("response_targets_minutes"))
def test_golden_targets(inputs: dict[str, str], expected: dict[str, int]) -> None:
    row = SHIPPED.severities[inputs["severity"]]
    found = {"ack": row.ack, "first_response": row.first_response, "ic": row.ic, "resolve": row.resolve}
    minute = timedelta(minutes=1)
    assert {key: value / minute if isinstance(value, timedelta) else None for key, value in found.items()} == expected


@pytest.mark.parametrize(
    ("answers", "severity", "reasons"),
    [
        ({}, None, []),
        ({"users": ""}, None, []),
        ({"users": "0.5"}, "SEV-4", ["0.5 % of users"]),
        ({"users": ">= 10"}, "SEV-2", ["10 to 50 % of users"]),
        ({"users": "5%", "sla": "breached"}, "SEV-1", ["An SLA is breached", "5 % of users"]),
        ({"functionality": "cosmetic", "workaround": "full"}, "SEV-4",
         ["Only looks, or an internal tool", "workaround: Yes, or none is needed"]),
        ({"workaround": "none", "functionality": "minor"}, "SEV-2",
         ["workaround: No", "A minor feature is impaired"]),
        ({"revenue": "10,001"}, "SEV-1", ["10,001 EUR per hour"]),
        ({"revenue": "1"}, "SEV-3", ["1 EUR per hour"]),
        ({"sla": "at risk"}, "SEV-2", ["An SLA is at risk"]),
    ],
)  # fmt: skip
def test_the_worst_answer_wins_and_each_has_its_reason(
    answers: dict[str, str], severity: str | None, reasons: list[str]
) -> None:
    found = decision_matrix.suggest(RULES, answers, "EUR")
    assert (found.severity, [one.because for one in found.findings], found.between) == (severity, reasons, None)


def test_unsure_between_two_is_the_higher_one_and_says_so() -> None:
    found = decision_matrix.suggest(RULES, {"users": "5-20"})
    assert (found.severity, found.between) == ("SEV-2", "SEV-3")
    sure = decision_matrix.suggest(RULES, {"users": "5-20", "workaround": "none"})
    assert (sure.severity, sure.between) == ("SEV-2", None), "another answer is sure of it"


@pytest.mark.parametrize(
    ("question", "text"),
    [("users", "many"), ("users", "-3"), ("sla", "perhaps"), ("functionality", "core,minor"), ("revenue", "1e9999")],
)
def test_what_is_no_answer_is_refused(question: str, text: str) -> None:
    with pytest.raises(UnknownAnswer, match="is no answer to"):
        decision_matrix.suggest(RULES, {question: text})


def test_rules_and_matrix_together_take_the_higher_one() -> None:
    rules = classification.classify(RULES, {"error_rate": Decimal(6)})
    matrix = decision_matrix.suggest(RULES, {"users": "10"})
    both = classification.together(rules, matrix)
    assert both.severity == "SEV-2"
    assert [one.because for one in both.findings] == ["10 % of users", "error rate 6 (error_rate > 1)"]
    assert classification.together(Suggestion(), Suggestion()).severity is None


def test_every_condition_that_holds_is_a_reason() -> None:
    found = classification.classify(RULES, {"data_loss": True, "error_rate": Decimal("50.5")})
    assert [one.because for one in found.findings] == ["data loss", "error rate 50.5 (error_rate > 50)"]
    mild = classification.classify(RULES, {"error_rate": Decimal(0), "data_loss": False})
    assert mild.findings == (Finding("always", "SEV-4", "error rate 0, no data loss: no worse rule applies"),)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"error_rate": "35%"}, {"error_rate": Decimal(35)}),
        ({"data_loss": ""}, {"data_loss": True}),
        ({"data_loss": "no"}, {"data_loss": False}),
    ],
)
def test_metrics_are_read(written: dict[str, str], read: dict[str, Any]) -> None:
    assert classification.read(RULES, written) == read


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ({"eror_rate": "3"}, UnknownMetric),
        ({"error_rate": "many"}, BadMetric),
        ({"error_rate": "yes"}, BadMetric),
        ({"error_rate": "-1"}, BadMetric),
        ({"error_rate": "NaN"}, BadMetric),
        ({"error_rate": "inf"}, BadMetric),
        ({"data_loss": "3"}, BadMetric),
    ],
)
def test_what_is_no_metric_is_refused(written: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        classification.read(RULES, written)


def configured(tmp_path: Path, text: str) -> Catalog:
    return loaded(tmp_path, f"version: 1\nclassification:\n{text}")


def test_bounds_and_rules_are_the_configurations(tmp_path: Path) -> None:
    own = configured(
        tmp_path,
        '  strict_comparisons: false\n  rules: [{severity: SEV-2, any: ["queue > 5"]}]\n'
        '  matrix: {users_pct: {SEV-1: "> 5"}}\n',
    ).section(CLASSIFICATION)
    assert classification.classify(own, {"queue": Decimal(5)}).severity == "SEV-2"
    assert classification.classify(own, {"queue": Decimal(4)}).severity is None
    assert decision_matrix.suggest(own, {"users": "6"}).severity == "SEV-1"


@pytest.mark.parametrize("wrong", ["error_rate >", "error rate > 5", "error_rate >> 5", "a * 3"])
def test_what_is_no_condition_is_said_with_its_line(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ConfigError, match=r"tocsin.yml:3:.*is no condition"):
        configured(tmp_path, f'  rules: [{{severity: SEV-1, any: ["{wrong}"]}}]\n')


def test_the_bands_of_the_wizard_follow_the_bounds() -> None:
    assert [one.label for one in decision_matrix.options(RULES.matrix, "users")] == [
        "More than 50 %", "10 to 50 %", "1 to 10 %", "Less than 1 %",
    ]  # fmt: skip
    assert [one.label for one in decision_matrix.options(RULES.matrix, "revenue", "EUR")] == [
        "More than 10,000 EUR", "1,000 to 10,000 EUR", "Less than 1,000 EUR", "Nothing",
    ]  # fmt: skip
    for question in decision_matrix.QUESTIONS:
        for one in decision_matrix.options(RULES.matrix, question):
            assert decision_matrix.suggest(RULES, {question: one.value}).severity == one.severity
