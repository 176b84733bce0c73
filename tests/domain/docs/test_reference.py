"""What `make docs` writes is what the source says now, and it leaves nothing out."""

import difflib
import json
import re

import pytest

from bot.catalog import registry
from bot.cli.reference import configuration, keys, messages, schema
from bot.cli.reference.pages import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_source_says(name: str) -> None:
    then, now = (DOCS / name).read_text("utf-8"), PAGES[name]()
    changed = list(difflib.unified_diff(then.splitlines(), now.splitlines(), "written", "now", lineterm="", n=1))
    assert not changed, "meant? then run `make docs`\n" + "\n".join(changed[:60])


def test_everything_in_the_reference_is_written_from_the_source() -> None:
    assert {f"reference/{path.name}" for path in (DOCS / "reference").iterdir()} == {
        name for name in PAGES if name.startswith("reference/")
    }


def test_every_key_has_a_meaning() -> None:
    """The text under a field of a section's model; it is the only place where a key is explained one by one."""
    described = [("head", key) for key in keys.of_head()]
    described += [(section.key, key) for section in registry.all_sections() for key in keys.of_section(section)]
    assert len(described) > 190
    assert [f"{owner}: {key.path} ({key.model.__name__})" for owner, key in described if not key.meaning] == []
    assert [f"{owner}: {key.path}" for owner, key in described if not key.meaning.endswith(".")] == []


def test_every_section_has_a_meaning() -> None:
    assert [one.key for one in registry.all_sections() if not one.meaning] == []


def test_every_section_is_in_the_page() -> None:
    page = configuration.text()
    absent = [
        key for key in registry.document().model_fields if f"## {key}\n" not in page and f"| `{key}` |" not in page
    ]
    assert absent == []


def test_what_is_made_of_something_else_is_not_required() -> None:
    rows = {
        row.split("|")[1].strip(): row.split("|")[3].strip() for row in configuration.text().splitlines() if "|" in row
    }
    assert (rows["`layers[].name`"], rows["`layers[].start`"], rows["`timezone`"]) == (
        "*given*",
        "*required*",
        "`null`",
    )
    layer = schema.document()["$defs"]["Layer"]
    assert layer["required"] == ["start", "people"]


def test_the_schema_refers_to_what_it_defines() -> None:
    text = schema.text()
    defined = set(json.loads(text)["$defs"])
    assert set(re.findall(r'"#/\$defs/(\w+)"', text)) <= defined
    assert set(json.loads(text)["properties"]) == {"preset", *registry.document().model_fields}


def test_every_template_is_explained_and_every_explained_one_exists() -> None:
    explained = set(messages.explained((messages.FOLDER / "README.md").read_text("utf-8")))
    shipped = {path.stem for path in messages.FOLDER.rglob("*/*.md")}
    assert (shipped - explained, explained - shipped) == (set(), set())
