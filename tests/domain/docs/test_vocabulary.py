"""One word per thing: what has a folder or a table has a row in the vocabulary."""

import re

from storage import models
from tests.layout import NOUNS
from tests.sources import ROOT


def named_in_code() -> list[str]:
    """Everything in the last column of the vocabulary, in the order of the rows."""
    table = (ROOT / "docs/concepts.md").read_text("utf-8").split("## Vocabulary")[1]
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| ") and "---" not in line]
    return [name for row in rows[1:] for name in re.findall(r"`(\w+)`", row[-1])]


def test_every_noun_and_every_record_is_a_word_with_one_meaning() -> None:
    records = {name for name in models.__all__ if isinstance(getattr(models, name), type) and hasattr(
        getattr(models, name), "__table__")}  # fmt: skip
    nouns = {noun for nouns in NOUNS.values() for noun in nouns}
    assert len(records) > 20
    assert records | nouns <= set(named_in_code())
    assert len(named_in_code()) == len(set(named_in_code())), "a thing has two words"


def test_the_table_names_nothing_that_is_gone() -> None:
    nouns = {noun for nouns in NOUNS.values() for noun in nouns}
    assert {name for name in named_in_code() if not hasattr(models, name)} - nouns <= {"visibility"}
