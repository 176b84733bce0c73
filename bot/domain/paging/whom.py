"""Whom the words after `page` or `escalate to` mean: several at once, and each in any spelling people use. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence

from bot.catalog import Catalog

_AND = re.compile(r"\s*[,;]\s*(?:(?:and|also)\s+)?|\s+(?:and also|and|[&+/])\s+|(?<=>)[&+/](?=<)", re.IGNORECASE)
_BESIDE = re.compile(r"(?<=>)\s*(?=<@)|(?<=\S)\s+(?=@\S)")
_BEFORE = re.compile(r"^(?:to|for|both|please|the|whoever is on call for|who is on call for|on[- ]?call for)\s+", re.I)
_BEHIND = re.compile(r"\s+(?:please|now|too|as well|again|asap|immediately|urgently)$", re.IGNORECASE)
_KIND = re.compile(
    r"^(?:team|schedule|policy|specialists?|group)\s+|\s+(?:team|schedule|policy|specialists?|group)$", re.I
)


def bare(text: str) -> str:
    """The words without what is only courtesy, and without marks around them."""
    word = text.strip().strip("`\"'“”‘’ ").rstrip(".,;:!? ")
    while (shorter := _BEHIND.sub("", _BEFORE.sub("", word)).strip()) != word:
        word = shorter
    return word


def spellings(text: str, catalog: Catalog, groups: Iterable[str]) -> list[str]:
    """What a name of something configured may be meant as: as it is written, then whatever reads the same without
    blanks, hyphens and a "team" before or behind it."""
    word = bare(text)
    short = _KIND.sub("", word).strip()
    called = {team.key: team.name for team in catalog.teams.values()}
    names = [
        *catalog.teams,
        *catalog.schedules,
        *catalog.policies,
        *catalog.specialists,
        *(f"@{one}" for one in groups),
    ]
    alike = [name for name in names if squashed(word, short) & squashed(name, called.get(name, name))]
    return [one for one in dict.fromkeys([word, *alike]) if one]


def squashed(*names: str) -> set[str]:
    """The letters and digits of names, which is what people remember of them."""
    return {"".join(char for char in name.lower() if char.isalnum()) for name in names} - {""}


def parts(text: str, known: Callable[[str], bool]) -> list[str]:
    """Each of those who are named. What is `known` as a whole is one, also with an "and" in it."""
    whole = bare(text)
    if not whole or known(whole):
        return [whole] if whole else []
    pieces = [bare(piece) for one in _AND.split(whole) for piece in _BESIDE.split(one)]
    return list(dict.fromkeys(piece for piece in pieces if piece))


def works_here(catalog: Catalog, groups: Iterable[str], stands: Callable[[Sequence[str]], bool]) -> str:
    """What can be paged in this installation, in a row: never a name that comes with Tocsin and stands for nobody.

    `stands` says whether targets stand for anybody now.
    """
    experts = [one.key for one in catalog.specialists.values() if stands([str(target) for target in one.to])]
    kinds: Sequence[tuple[str, Iterable[str]]] = (
        ("teams", (one.key for one in catalog.teams.values() if one.members)),
        ("schedules", catalog.schedules),
        ("specialists", experts),
        ("policies", used_policies(catalog)),
        ("user groups", (f"@{one}" for one in groups)),
    )
    listed = [f"{kind} {', '.join(names)}" for kind, found in kinds if (names := list(found)[:12])]
    return "; ".join(["a person (mention them)", *listed])


def used_policies(catalog: Catalog) -> list[str]:
    """The policies that page for services and severities of this installation, and stand for somebody."""
    used = {row.policy for row in catalog.severities.values()} | {one.policy for one in catalog.services.values()}
    late = {row.after_hours for row in catalog.severities.values()}
    return [key for key, one in catalog.policies.items() if one.levels and key in used | late]
