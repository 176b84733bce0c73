"""The help: ten verbs of every day first, then five groups, and two examples that are read as what they show."""

import pytest

from bot.domain import verbs
from tests.domain.handlers.words.reading import read

INCIDENT = [verb for verb in verbs.at("incident", "slack") if verb.name != "help"]


def test_ten_come_first_and_five_groups_hold_the_rest() -> None:
    (first, ten), *groups = verbs.grouped("incident", "slack")
    assert (first, [verb.name for verb in ten]) == ("", list(verbs.FIRST))
    assert len(ten) == 10
    assert [title for title, _ in groups] == list(verbs.GROUPS)
    assert len(groups) == 5
    shown = [verb.name for _, table in verbs.grouped("incident", "slack") for verb in table]
    assert sorted(shown) == sorted(verb.name for verb in verbs.at("incident", "slack")), "each verb once"


def test_a_group_names_only_verbs_that_there_are() -> None:
    known = {verb.name for verb in verbs.COMMANDS["incident"]}
    named = [*verbs.FIRST, *(name for names in verbs.GROUPS.values() for name in names)]
    assert [name for name in (*named, *verbs.EXAMPLES) if name not in known] == []
    assert len(named) == len(set(named))


@pytest.mark.parametrize("verb", INCIDENT, ids=lambda verb: verb.name)
def test_an_example_is_read_as_the_verb_that_it_shows(verb: verbs.Verb) -> None:
    typed = verbs.examples("incident", verb)
    assert len(typed) == 2 or not verb.about_one
    means = "declare" if verb.name == "triage" else verb.name  # a declaration that is not sure yet
    assert [read(text, verbs.EXAMPLE).split()[0] for text in typed] == [means] * len(typed)
