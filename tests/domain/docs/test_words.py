"""How Tocsin speaks, as far as a pattern holds it: in everything people read, plain words of today and no riddle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
import yaml

from bot.domain import verbs
from tests.sources import ROOT, files, tree

STALE = re.compile(
    r"\b(anew|mend(?:s|ed|ing)?|who(?:m|so)?ever|shall|(?:no|some|any|every)body|of itself|whom)\b"
    r"|\b(?:answer|due|promised) until\b",
    re.IGNORECASE,
)
"""Words that nobody says at three in the morning; a deadline is "by", a duration "for", and only what lasts "until"."""
REPLACED = re.compile(
    r"written down|goes on by itself|un-ack|by myself|counts it against|hand it on|an offer\)|honest line"
    r"|update is owed|last said|(?:is|are) promised|they promise|nothing is asked of you|was thought"
    r"|never hesitate|enough to wait|waits for (?:a|your) decision|said and done|files a resolved|brings the draft"
    r"|lets the paging|mean one step|times are yours|further on|override \S+ on \S+ holds|holds again as it was"
    r"|asked no more|at \d+ times now|was not taken|turns were found|found it hard|your turn on|that was decided"
    r"|has it no longer|left empty, what|the impact ended$|asked to take \S+ over|still an offer|escalation stopped"
    r"|you cannot take it|test page me|is the (?:configuration|installation) right|what /\w+ can do|please call some",
    re.IGNORECASE,
)
"""What has been said once and is said better now."""
PATTERN = re.compile(r"\(\?|\\[bsWS]|\|\w")  # reads typed words, and is told to no one
# A sentence that needs such a word, with why. None does today.
EXCEPTIONS: dict[str, str] = {}


def _templates() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".md", ".txt", ".html") and path.name != "README.md":
            # Comments, conditions, values and what buttons carry are no words of ours to people.
            spoken = re.sub(
                r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|\]\([^ )]*", " ", path.read_text("utf-8"), flags=re.DOTALL
            )
            yield from ((str(path.relative_to(ROOT)), line) for line in spoken.splitlines())


def _sentences() -> Iterator[tuple[str, str]]:
    """Every text of the code that has a space; a single word is a key, and one that stands alone is a docstring."""
    for path in (*files("bot", at_least=50), *files("handlers", at_least=50)):
        alone = {id(one.value) for one in ast.walk(tree(path)) if isinstance(one, ast.Expr)}
        for one in ast.walk(tree(path)):
            text = one.value if isinstance(one, ast.Constant) and id(one) not in alone else None
            if isinstance(text, str) and " " in text.strip() and not PATTERN.search(text):
                yield f"{path.relative_to(ROOT)}:{one.lineno}", re.sub(r"\{\w+\}", " ", text)


def _refusals() -> Iterator[tuple[str, str]]:
    """The docstring of a refusal is what is answered, in whichever file it stands."""
    classes = [
        (path, one)
        for name in ("bot", "handlers")
        for path in files(name, at_least=50)
        for one in ast.walk(tree(path))
        if isinstance(one, ast.ClassDef)
    ]
    kinds = {"DomainError"}
    while found := {one.name for _, one in classes if kinds & {ast.unparse(base) for base in one.bases}} - kinds:
        kinds |= found
    for path, one in classes:
        if one.name in kinds:
            yield f"{path.name} {one.name}", re.sub(r"\{.*?\}", " ", ast.get_docstring(one) or "")


def _verbs() -> Iterator[tuple[str, str]]:
    for command, table in verbs.COMMANDS.items():
        for verb in table:
            yield f"{command} {verb.name}", verb.says
            yield from ((f"{command} {verb.name} {field.name}", field.help) for field in verb.fields)


def _defaults(found: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _defaults(value, f"{where}.{key}")
    elif isinstance(found, list):
        for value in found:
            yield from _defaults(value, where)
    else:
        yield where, str(found)


def _read(name: str) -> Iterator[tuple[str, str]]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    yield from ((name, line) for line in lines if "Also: " not in line)  # what may be typed besides


SURFACES = {
    "templates": _templates, "sentences of the code": _sentences, "refusals": _refusals, "verbs": _verbs,
    "the command line": lambda: _read("tests/goldens/command_line.txt"),
    "the reference of the configuration": lambda: _read("docs/reference/configuration.md"),
    "shipped configuration": lambda: _defaults(
        yaml.safe_load((ROOT / "bot/catalog/defaults.yml").read_text("utf-8")), "defaults.yml"),
}  # fmt: skip


@pytest.mark.parametrize("surface", SURFACES)
def test_people_read_words_that_people_say(surface: str) -> None:
    read = list(SURFACES[surface]())
    assert len(read) > 50, "the surface was not found"
    found = [
        f"{where}: {text.strip()}"
        for where, text in read
        if (STALE.search(text) or REPLACED.search(text)) and text.strip() not in EXCEPTIONS
    ]
    assert found == [], "say it as a calm colleague would: again, fix, who, no one, by"
