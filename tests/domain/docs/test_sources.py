"""What docs/sources.md says of our functions is so: each one that is named stands in the file that is named with it."""

import ast
import re

import pytest

from tests.sources import ROOT, tree

PAGE = ROOT / "docs" / "sources.md"
NAMED = re.compile(r"((?:`\w+`, )*`\w+`)(?: of `\w+`)? in `((?:bot|handlers|storage)/[\w/]+\.py)`")


def named() -> list[tuple[str, str]]:
    """(file, name) for each."""
    found = NAMED.findall(PAGE.read_text("utf-8"))
    return [(file, name) for names, file in found for name in re.findall(r"`(\w+)`", names)]


@pytest.mark.parametrize(("file", "name"), named())
def test_what_the_page_names_exists(file: str, name: str) -> None:
    found = set()
    for node in ast.walk(tree(ROOT / file)):
        found |= {getattr(node, "name", "")} | {getattr(one, "id", "") for one in getattr(node, "targets", [])}
        found.add(getattr(getattr(node, "target", None), "id", ""))
    assert name in found, f"{file} has no {name}"


def test_every_section_of_methods_names_what_does_them() -> None:
    assert len(named()) > 50
    corrected = re.findall(r"^\| (X-\d\d) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert corrected == sorted(corrected), "in the order of their numbers"
    assert len(set(corrected)) > 15
