"""The declared verbs: no word means two things, and a word that is none is asked about, never carried out."""

import re
from pathlib import Path

import pytest

from bot.catalog import registry
from bot.cli import arguments, verb_arguments
from bot.domain import verbs
from bot.domain.core.verb import DoubledWord, Verb, merged

CONCEPTS = Path(__file__).resolve().parents[3] / "docs" / "concepts.md"
TO_COME = {
    "call", "done", "task", "lead", "take", "action", "followup", "decision", "link", "say", "silence",
    "subscribe", "metrics", "complaint", "merge", "undo", "search",
}  # fmt: skip
"""Nouns and verbs of other things, some of them still to come (INTERFACES.md section 8)."""
OWN = {
    "severity": "sev", "status": "status", "role": "role", "timeline": "timeline", "page": "page", "room": "room",
    "declare": "declare", "resolve": "resolve", "reopen": "reopen", "close": "close", "cancel": "cancel",
    "postmortem": "postmortem", "schedule": "schedule", "override": "override", "decline": "decline",
    "vendors": "vendor", "roles": "role", "acknowledge": "ack", "rota": "schedule", "cover": "swap",
}  # fmt: skip
"""A noun that a verb is about may name the verb."""


def nouns() -> set[str]:
    """The words of the vocabulary, of the sections of tocsin.yml, and those to come."""
    rows = re.findall(r"^\| ([a-z][a-z, ]+) \| ", CONCEPTS.read_text("utf-8"), re.MULTILINE)
    words = {word.strip() for row in rows for word in row.split(",")}
    assert {"incident", "severity", "escalation", "schedule"} <= words, "the vocabulary is not found any more"
    return words | set(registry.document().model_fields) | TO_COME


@pytest.mark.parametrize("verb", [*verbs.INCIDENT, *verbs.ONCALL], ids=lambda verb: verb.name)
def test_no_synonym_is_another_verb_or_the_noun_of_another_thing(verb: Verb) -> None:
    others = {one.name for one in verbs.INCIDENT if one is not verb} | {one.name for one in verbs.ONCALL}
    taken = (nouns() | others) - {noun for noun, owner in OWN.items() if owner == verb.name}
    allowed = {"list"} if verb.name == "who" else set()  # `/oncall list` lists who is on call
    assert (set(verb.synonyms) & taken) - allowed == set()


def test_a_word_that_means_two_verbs_is_found_before_anything_starts() -> None:
    with pytest.raises(DoubledWord, match='"stop" means both stop and cancel'):
        merged((Verb("stop", "Stops.", "stop"), Verb("cancel", "Cancels.", "cancel", synonyms=("stop",))))
    with pytest.raises(DoubledWord):
        merged((Verb("stop", "Stops.", "stop", synonyms=("end", "end")),))


@pytest.mark.parametrize("table", verbs.COMMANDS)
def test_a_mistaken_word_is_carried_out_by_no_verb(table: str) -> None:
    for verb in verbs.COMMANDS[table]:
        assert all(verbs.find(table, word) is None for word in verb.mistaken), verb.name


@pytest.mark.parametrize(
    ("command", "word", "sentence"),
    [
        ("incident", "lead", "`lead` is not a command. Did you mean `ic` or `role`?"),
        ("incident", "Take", "`Take` is not a command. Did you mean `ack` or `ic`?"),
        ("oncall", "handover", "`handover` is not a command. Did you mean `handoff`?"),
        ("incident", "relsove", "`relsove` is not a command. Did you mean `resolve`?"),
        ("incident", "elephant", "`elephant` is not a command."),
    ],
)
def test_an_unknown_word_gets_a_question(command: str, word: str, sentence: str) -> None:
    assert verbs.unknown(command, word, "slack") == sentence


def test_a_verb_is_one_sentence_and_its_example_needs_no_change() -> None:
    for verb in (*verbs.INCIDENT, *verbs.ONCALL, *verbs.SCHEDULE_CHANGES):
        assert verb.says.endswith("."), verb.name
        assert verb.usage.split()[0] == verb.name
        assert all(one.doors for one in verb.fields)
        assert not verb.shows_without or any(one.name == verb.shows_without for one in verb.fields), verb.name


def test_a_number_0_that_was_typed_is_told() -> None:
    """Left out, it would page the next level instead of being refused."""
    options = arguments.parser(arguments.COMMANDS).parse_args(["incident", "escalate", "INC-1", "--level", "0"])
    verb = verbs.find("incident", "escalate")
    assert verb is not None
    assert verb_arguments.body(verb, options, str)["level"] == 0
