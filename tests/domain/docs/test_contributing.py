"""The checklists of CONTRIBUTING.md are short, and the files that they send people to exist."""

import re

import pytest

from tests.sources import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHECKLISTS = {part.splitlines()[0]: part for part in TEXT.split("\n## ")[1:]}
WANTED = {"A verb", "A fact", "A nudge", "A delivery", "A configuration section", "A page of the web",
          "A table or a state"}  # fmt: skip


def test_each_kind_of_change_has_its_checklist() -> None:
    assert set(CHECKLISTS) == WANTED


@pytest.mark.parametrize("name", CHECKLISTS)
def test_a_checklist_has_at_most_twelve_lines(name: str) -> None:
    lines = [line for line in CHECKLISTS[name].splitlines()[1:] if line.strip()]
    assert 0 < len(lines) <= 12, lines


@pytest.mark.parametrize("name", CHECKLISTS)
def test_the_files_it_names_exist(name: str) -> None:
    named = re.findall(r"`((?:bot|handlers|storage|sandbox|templates|tests|docs)/[\w./-]+)`", CHECKLISTS[name])
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("table", ["CHANGES", "MESSAGES", "CONSEQUENCES", "LINES", "DELIVERIES", "NUDGES"])
def test_the_tables_it_names_are_in_the_sources(table: str) -> None:
    assert f"`{table}`" in TEXT
    sources = (path.read_text("utf-8") for top in ("bot", "handlers") for path in (ROOT / top).rglob("*.py"))
    assert any(re.search(rf"^{table}\b.* = ", source, re.MULTILINE) for source in sources)
