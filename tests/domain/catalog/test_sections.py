"""Sections are declared by their own files: what one declaration brings, and what keeps two of them apart."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.catalog import Catalog, ConfigError, load, registry, sections
from bot.catalog.overlay import shipped
from bot.catalog.registry import Head
from tests.domain.catalogs import loaded

AUDIENCES = """
from bot.catalog.section import Section
from bot.catalog.value import Keyed

class Audience(Keyed):
    name: str
    team: str | None = None

SECTION = Section("audiences", Audience, named=True, refers={"team": "teams"})
"""
Declare = Callable[..., None]


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Declare]:
    """Puts further files beside those of `bot.catalog.sections`."""
    folder = tmp_path / "sections"
    folder.mkdir()
    monkeypatch.setattr(sections, "__path__", [*sections.__path__, str(folder)])

    def forget() -> None:
        registry.all_sections.cache_clear()
        registry.document.cache_clear()
        for path in folder.iterdir():
            sys.modules.pop(f"{sections.__name__}.{path.stem}", None)

    def write(**files: str) -> None:
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        forget()

    yield write
    monkeypatch.undo()
    forget()


def test_a_section_costs_the_file_that_declares_it(declare: Declare, tmp_path: Path) -> None:
    declare(audiences=AUDIENCES)
    text = "teams: {core: {}}\naudiences:\n  legal-team: {team: core}\n"
    found = loaded(tmp_path, text).entries(registry.section("audiences"))
    assert (found["legal-team"].key, found["legal-team"].name, found["legal-team"].team) == (
        "legal-team",
        "Legal team",
        "core",
    )


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("{legal: {team: cor}}", '2:27: there is no team "cor"; did you mean "core"?'),
        ("{legal: {tem: core}}", '2:21: audiences.legal: `tem` is not a known key; did you mean "team"?'),
        ("{'a b': {}}", '2:13: audiences: "a b" cannot be a name;'),
        ("{legal: {key: x}}", "2:21: audiences.legal: `key` is not a known key;"),
    ],
)
def test_its_mistakes_are_reported_like_all_others(declare: Declare, tmp_path: Path, body: str, complaint: str) -> None:
    declare(audiences=AUDIENCES)
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, f"teams: {{core: {{}}}}\naudiences: {body}\n")
    (problem,) = caught.value.problems
    assert complaint in str(problem)


def test_a_reserved_section_gives_way_to_the_file_that_declares_it(declare: Declare, tmp_path: Path) -> None:
    declare(zz_runbooks=AUDIENCES.replace("audiences", "runbooks"), a_slos=AUDIENCES.replace("audiences", "slos"))
    assert not registry.section("runbooks").reserved
    assert not registry.section("slos").reserved
    assert (
        loaded(tmp_path, "runbooks: {restart: {}}").entries(registry.section("runbooks"))["restart"].name == "Restart"
    )


def test_two_files_cannot_declare_one_section(declare: Declare) -> None:
    declare(more_people=AUDIENCES.replace("audiences", "people"))
    with pytest.raises(ValueError, match="the section people is declared twice"):
        registry.all_sections()


def test_a_section_refers_to_sections_that_there_are(declare: Declare) -> None:
    declare(audiences=AUDIENCES.replace('"teams"', '"tems"'))
    with pytest.raises(ValueError, match="audiences refers to tems, which no one declares"):
        registry.all_sections()


def test_what_the_code_reads_by_name_is_what_the_sections_declare() -> None:
    declared = {section.key: section.annotation for section in registry.all_sections()}
    read = {name: field.annotation for name, field in Catalog.model_fields.items() if name not in Head.model_fields}
    assert {name: read[name] for name in read if name in declared} == {
        name: declared[name] for name in declared if name in read
    }
    assert set(read) - set(declared) == {"further", "notices", "digest", "own"}


def test_every_section_has_a_default() -> None:
    assert [one.key for one in registry.all_sections() if shipped("defaults").child(one.key) is None] == []


def test_a_notice_of_a_policy_stands_where_a_severity_chose_it(tmp_path: Path) -> None:
    text = (
        "people: {ana: {slack: U01ANA}}\n"
        "schedules: {primary-oncall: {layers: [{start: 2026-11-02T09:00, people: [ana]}]}}\n"
        "services: {checkout: {policy: high}}\n"
        "severities: {SEV-2: {escalation: high}}\n"
    )
    (notice,) = loaded(tmp_path, text).notices
    assert (notice.line, "schedule:secondary-oncall" in notice.message) == (4, True)


def test_admins_are_those_whose_access_says_so(tmp_path: Path) -> None:
    found = loaded(tmp_path, "people: {ana: {access: admin}, bo: {}, cy: {access: viewer}, dee: {access: admin}}")
    assert [person.key for person in found.admins()] == ["ana", "dee"]
    assert [found.is_admin(person) for person in (found.people["ana"], found.people["cy"], None)] == [
        True,
        False,
        False,
    ]
    assert load(None).admins() == ()
