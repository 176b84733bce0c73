"""Own fields: what fits each type, what was meant, and which are missing."""

from pathlib import Path

import pytest

from bot.catalog import ConfigError, load
from bot.catalog.sections.fields import OWN_FIELDS, OwnField, Required
from bot.domain.incidents import own_fields as rules
from bot.domain.incidents.own_fields import BadValue, NoOwnFields, NotAPair, UnknownField
from bot.domain.incidents.severity_facts import FieldSet
from storage.models import Incident

FIELDS = {
    one.key: one
    for one in (
        OwnField(key="customer", required=Required(declare=("SEV-1",), resolve=("SEV-1", "SEV-2"))),
        OwnField(key="cost_centre", type="number", label="Cost"),
        OwnField(key="region", type="select", options=("EU West", "US"), required=Required(resolve=("SEV-1",))),
        OwnField(key="ticket", type="link"),
        OwnField(key="sponsor", type="people"),
    )
}


@pytest.mark.parametrize(
    ("key", "written", "kept"),
    [
        ("customer", "  Acme\n Corp ", "Acme Corp"),
        ("customer", "", ""),
        ("cost_centre", "1,200", "1200"),
        ("cost_centre", "1,200,000.50", "1200000.50"),
        ("cost_centre", "-0.5", "-0.5"),
        ("cost_centre", "1e3", "1000"),
        ("region", "eu-west", "EU West"),
        ("region", "us", "US"),
        ("ticket", "<https://example.com/1|the ticket>", "https://example.com/1"),
        ("ticket", "HTTPS://example.com/1", "HTTPS://example.com/1"),
        ("sponsor", "U1", "U1"),
    ],
)
def test_what_fits(key: str, written: str, kept: str) -> None:
    assert rules.read(FIELDS[key], written) == kept


@pytest.mark.parametrize(
    ("key", "written", "wants"),
    [
        ("customer", "x" * 501, "it takes up to 500 characters"),
        ("cost_centre", "1,5", "write a number"),
        ("cost_centre", "many", "write a number"),
        ("cost_centre", "NaN", "write a number"),
        ("cost_centre", "1e9999999", "write a number"),
        ("region", "Mars", "choose one of EU West, US"),
        ("ticket", "javascript:alert(1)", "write a web address"),
        ("ticket", "https://", "write a web address"),
    ],
)
def test_what_does_not_fit_says_what_would(key: str, written: str, wants: str) -> None:
    with pytest.raises(BadValue, match=wants):
        rules.read(FIELDS[key], written)


@pytest.mark.parametrize("word", ["cost_centre", "Cost", "cost-centre", "COSTCENTRE"])
def test_a_field_is_meant_by_key_or_label(word: str) -> None:
    assert rules.find(FIELDS, word).key == "cost_centre"


def test_what_names_no_field_is_said() -> None:
    with pytest.raises(UnknownField, match="Did you mean"):
        rules.find(FIELDS, "custmer")
    with pytest.raises(NoOwnFields):
        rules.find({}, "customer")


def test_pairs() -> None:
    assert rules.pairs(FIELDS, ["customer=a=b", "Cost = 5"]) == {"customer": "a=b", "cost_centre": "5"}
    with pytest.raises(NotAPair, match=r"customer=\.\.\."):
        rules.pairs(FIELDS, ["Acme"])


def test_a_change_is_one_fact_and_the_same_again_is_none() -> None:
    row = Incident(title="x", severity="SEV-1", declared_by="ana", started_at=None, detected_at=None, declared_at=None)
    facts = rules.put(row, FIELDS["customer"], "Acme")
    assert facts == [FieldSet(field="customer", label="Customer", old="", new="Acme", people=False)]
    assert rules.put(row, FIELDS["customer"], "Acme") == []
    assert row.own == {"customer": "Acme"}
    rules.put(row, FIELDS["customer"], "")
    assert row.own is None


@pytest.mark.parametrize(
    ("severity", "by", "own", "keys"),
    [
        ("SEV-1", "declare", None, ["customer"]),
        ("SEV-2", "declare", None, []),
        ("SEV-1", "resolve", {"customer": "Acme"}, ["region"]),
        ("SEV-2", "resolve", {"customer": ""}, ["customer"]),
        ("SEV-4", "resolve", None, []),
    ],
)
def test_which_are_missing(severity: str, by: str, own: dict[str, str] | None, keys: list[str]) -> None:
    assert [one.key for one in rules.missing(FIELDS, own, severity, by)] == keys  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{region: {type: select}}", "is a select without options"),
        ("{a: {type: date}}", "fields.a.type"),
        ("{a: {required: {declare: [SEV-9]}}}", "fields.a.required.declare"),
        ("{" + ", ".join(f"f{n}: {{}}" for n in range(21)) + "}", "there are 21 fields; a form holds 20"),
        ("{a: {type: select, options: [" + ", ".join(f"o{n}" for n in range(101)) + "]}}", "a menu holds 100"),
    ],
)
def test_what_a_form_could_not_hold_is_refused(tmp_path: Path, written: str, told: str) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text(f"version: 1\nfields: {written}\n", "utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file)
    assert told in str(refused.value)


def test_without_the_section_there_are_none() -> None:
    assert load(None).entries(OWN_FIELDS) == {}
