"""Flags among typed words: `--private`, `—private` from a phone, `--service=checkout`, `severity=sev1`.

A flag is a blank, dashes of any kind and letters glued to them. One that is not known is refused: whoever means
`--private` and writes `--privte` must not get a public incident.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.domain.core.errors import DomainError
from bot.domain.core.typed_text import DASHES, MASK, folded, masked

_FLAG = re.compile(rf"(?:^|(?<=\s))[{DASHES}]+(?P<name>[^\W\d_](?:[\w]|[{DASHES}](?=\w))*)")
_VALUE = re.compile(r"(?:\s*[=:]\s*|\s+)(?P<value>\"[^\"]*\"|'[^']*'|`[^`]*`|[^\s\"'`]\S*)")
_DENIED = re.compile(r"\s+(?:no|false|off|none|never)\W*(?:$|\s-|(?=\bsev|\bp\d))", re.IGNORECASE)
"""What takes a switch back: `--drill no`. In front of other words it begins a title: "no logins"."""
_COURTESY = re.compile(
    r"[,.;:!]*(?:\s+(?:yes|true)\b[,.;:!]*)?(?:\s+(?:please|pls|plz|thanks|thx)\W*$)?", re.IGNORECASE
)
_NEXT = re.compile(rf"\s*[{DASHES}]+[^\W\d_]")
_ALSO = {
    "secret": "private", "confidential": "private", "hidden": "private", "restricted": "private", "pvt": "private",
    "confidentially": "private", "sensitive": "private", "internal": "private", "hush": "private", "nda": "private",
    "invite-only": "private", "quiet": "private", "not-public": "private", "rehearsal": "drill", "mock": "drill",
    "simulation": "drill", "simulated": "drill", "simulate": "drill", "tabletop": "drill", "gameday": "drill",
    "game-day": "drill", "fire-drill": "drill", "fake": "drill", "not-real": "drill", "practise": "drill",
    "test": "drill", "exercise": "drill", "practice": "drill", "training": "drill", "s": "severity",
    "sev": "severity", "level": "severity", "prio": "severity", "priority": "severity", "p": "private", "d": "drill",
}  # fmt: skip
"""Names that people give to a flag of ours; they are offered, never taken."""


class UnknownFlag(DomainError):
    """`{flag}` is not an option of `{verb}`, so nothing was done.{meant} If it belongs to the text, put it
    in quotes."""


class FlagNeedsValue(DomainError):
    """`--{flag}` needs a value after it, so nothing was done. For example: `--{flag} {example}`."""


class FlagTakesNoValue(DomainError):
    """`--{flag}` takes no value, so nothing was done. Leave it out if you don't want it."""


class FlagTwice(DomainError):
    """`--{flag}` has two different values, so nothing was done. Write it once."""


@dataclass(frozen=True)
class Known:
    """The flags of a verb: `switches` stand alone, `valued` are followed by a value, such as this example."""

    verb: str
    switches: tuple[str, ...] = ()
    valued: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Flags:
    """The text without its flags, and what they said."""

    text: str
    switches: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)


def names(text: str) -> list[str]:
    """The names of all flags in a text, known or not, in lower case."""
    return [_name(one) for one in _FLAG.finditer(masked(text))]


def _name(found: re.Match[str]) -> str:
    return re.sub(rf"[{DASHES}_]+", "-", found["name"].lower())


def read(text: str, known: Known) -> Flags:
    """Takes the flags out. Raises UnknownFlag, FlagNeedsValue, FlagTakesNoValue and FlagTwice."""
    shown, whole = masked(text), folded(text)
    kept, at = "", 0
    switches: set[str] = set()
    values: dict[str, str] = {}
    for found in _places(shown, known):
        if found.start() < at:
            continue  # it stood inside a value
        name = _name(found)
        kept += text[at : found.start()]
        if name in known.switches:
            at = _end_of_switch(shown, found, name)
            switches.add(name)
        elif name in known.valued:
            value, at = _valued(text, whole, found, name, known)
            if values.setdefault(name, value) != value:
                raise FlagTwice(flag=name)
        else:
            raise UnknownFlag(
                flag=text[found.start() : found.end()].strip(), verb=known.verb, meant=_meant(name, known)
            )
    return Flags(f"{kept.rstrip()} {text[at:].lstrip()}".strip() if at else text, frozenset(switches), values)


def _places(shown: str, known: Known) -> list[re.Match[str]]:
    """Flags, and `severity=sev1` without dashes."""
    equal = "|".join(map(re.escape, known.valued))
    pairs = re.finditer(rf"(?:^|(?<=\s))(?P<name>{equal})(?=\s?=\s?\S)", shown, re.IGNORECASE) if equal else []
    return sorted([*_FLAG.finditer(shown), *pairs], key=lambda one: one.start())


def _end_of_switch(shown: str, found: re.Match[str], name: str) -> int:
    if shown[found.end() : found.end() + 1] in ("=", MASK) or _DENIED.match(shown[found.end() :]):
        raise FlagTakesNoValue(flag=name)
    marks = _COURTESY.match(shown[found.end() :])
    return found.end() + (len(marks[0]) if marks else 0)


def _valued(text: str, whole: str, found: re.Match[str], name: str, known: Known) -> tuple[str, int]:
    behind = _VALUE.match(whole, found.end())
    if behind is None or _NEXT.match(whole, found.end()):
        raise FlagNeedsValue(flag=name, example=known.valued[name])
    value = text[behind.start("value") : behind.end("value")]
    if len(value) > 1 and folded(value[0]) in "\"'`" and folded(value[0]) == folded(value[-1]):
        value = value[1:-1]
    return value.strip().rstrip(",;"), behind.end()


def _meant(name: str, known: Known) -> str:
    """A question with the flag that is near; else those there are."""
    every = [*known.switches, *known.valued]
    if _ALSO.get(name) in every:
        return f" Did you mean `--{_ALSO[name]}`?"
    if "severity" in every and re.fullmatch(r"(?:sev(?:erity)?|p)-?\d", name):
        return f" Did you mean `--severity {name}`?"
    near = [one for one in every if len(name) > 1 and one.startswith(name)] or get_close_matches(name, every, 1, 0.6)
    if near:
        return f" Did you mean `--{near[0]}`?"
    return (
        f" {'The only option is' if len(every) == 1 else 'The options are'} {', '.join(f'`--{one}`' for one in every)}."
        if every
        else ""
    )
