"""A declared verb at the command line: its arguments, and the body that was typed. Imports nothing heavy."""

from argparse import ArgumentParser, Namespace, _ActionsContainer
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.cli.command import Command
from bot.domain import verbs
from bot.domain.core.verb import ACTOR, Field, Verb

JSON = Field("json", "print one JSON document and nothing else", "flag", option="--json")
_MANY = {"words": "*", "numbers": "*", "names": "+"}
_TYPES: dict[str, Any] = {"number": int, "numbers": int, "path": Path}


def commands(command: str) -> tuple[Command, ...]:
    """Every verb of `tocsin incident` or `tocsin oncall`, with its synonyms, in the groups of their help."""
    return tuple(
        Command(verb.name, verb.says, _example(command, verb), _shape(verb),
                synonyms=tuple(word for word in verb.synonyms if word and not word.startswith("-")), brief=verb.brief,
                group=title.lower() or ("every day" if command == "incident" else "commands"))
        for title, table in verbs.grouped(command, "cli")
        for verb in table
    )  # fmt: skip


def _example(command: str, verb: Verb) -> str:
    return f"tocsin {command} {verb.name} {verb.example}".rstrip()


def _shape(verb: Verb) -> Callable[[ArgumentParser], None]:
    def shape(to: ArgumentParser) -> None:
        if verb.about_one:
            to.add_argument("ref", metavar="INC", help="INC-1, or 1")
        groups: dict[str, _ActionsContainer] = {"": to}
        for field in arguments(verb):
            needed = _needed(verb, field)
            if field.group not in groups:
                groups[field.group] = to.add_mutually_exclusive_group(required=needed)
            _add(groups[field.group], field, required=needed and not field.group)
        if verb.about_one and verb.can_be_tried:  # `--dry-run` needs no incident; the words are told apart when read
            for action in to._actions:
                action.required = False

    return shape


def arguments(verb: Verb) -> tuple[Field, ...]:
    """What can be typed after a verb, beside the reference."""
    acts = verb.about_one or not verb.reads
    return (*verb.told("cli"), *((ACTOR,) if acts and ACTOR not in verb.fields else ()), JSON)


def _needed(verb: Verb, field: Field) -> bool:
    """A field without which a verb shows what there is can be left out here, and so can one that has a default."""
    return field.required and field.name != verb.shows_without and field.kind != "numbers"


def _add(to: _ActionsContainer, field: Field, *, required: bool) -> None:
    if field.switches:
        both = to.add_mutually_exclusive_group()
        for value, help_text in field.switches:
            both.add_argument(
                f"--{value}", dest=field.name, action="store_const", const=value, default="", help=help_text
            )
    elif field.kind == "flag":
        to.add_argument(field.option, dest=field.name, action="store_true", help=field.help)
    elif field.option:
        to.add_argument(*field.option.split(), dest=field.name, required=required, **_value(field))
    else:
        many = _MANY.get(field.kind) or (None if required else "?")
        to.add_argument(field.name, nargs="+" if required and many == "*" else many, **_value(field))


def _value(field: Field) -> dict[str, Any]:
    """How the value is read; what is left out is None, and empty for words that stand by their place."""
    metavar = field.metavar or "|".join(field.choices) or field.name.upper()
    more: dict[str, Any] = {"type": _TYPES[field.kind]} if field.kind in _TYPES else {}
    if field.kind == "names" and field.option:
        more |= {"nargs": "+", "action": "extend"}  # said twice it is both
    return {"default": field.default, "choices": field.choices or None, "metavar": metavar, "help": field.help, **more}


def body(verb: Verb, options: Namespace, moment: Callable[[str], str]) -> dict[str, Any]:
    """What was typed, as the body of a request; what was left out is left out there. `moment` reads a time."""
    given: dict[str, Any] = {}
    for field in verb.told("rest"):
        value = getattr(options, field.name)
        if field.kind == "words" and not isinstance(value, str):
            value = " ".join(value or ())
        if field.kind == "moment" and value:
            value = moment(value)
        if value is not None and value is not False and value != "":  # 0 is a number that was typed
            given[field.name] = value
        elif field.required and field.kind in ("text", "words", "numbers"):
            given[field.name] = [] if field.kind == "numbers" else ""
    return given
