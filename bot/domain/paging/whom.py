"""Whom the words after `page` or `escalate to` mean: several at once, and each in any spelling people use. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from bot.catalog import Catalog

_AND = re.compile(r"\s*[,;]\s*(?:(?:and|also)\s+)?|\s+(?:and also|and|[&+/])\s+|(?<=>)[&+/](?=<)", re.IGNORECASE)
_BESIDE = re.compile(r"(?<=>)\s*(?=<@)|(?<=\S)\s+(?=@\S)")
_MENTIONED = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>")
_NEXT = re.compile(r"(?:[,;]\s*(?:(?:and|also)\s+)?|(?:and also|and|[&+/])\s*)", re.IGNORECASE)
_ALSO = re.compile(r"and\b|&|\+|/|also\b", re.IGNORECASE)
_REASON = re.compile(r"(?::|[-–—]+\s|\(|(?:because|since|as|cause|cos|re)\b)\s*", re.IGNORECASE)
_PROSE = re.compile(
    r"(?:the|an?|is|are|was|has|we|i|our|it|its|it's|there|this|that|for|about|to|with|on|at|in|need(?:s|ed)?|can|my|"
    r"all|every|no|not|please|pls|wake|asap|now|urgent(?:ly)?|come|look|help|join)\b",
    re.IGNORECASE,
)
_SHORT = {"db": "database", "dba": "database", "dbs": "database", "net": "network", "sec": "security", "infosec":
          "security", "infra": "infrastructure", "pay": "payments"}  # fmt: skip
LONGEST = 4
"""Words of a name: "Whoever Is On Call" is not looked for in every sentence."""
_BEFORE = re.compile(
    r"^(?:to|for|both|please|pls|the|whoever is on call for|who is on call for|on[- ]?call for)\s+", re.I
)
_BEHIND = re.compile(
    r"\s+(?:please|pls|plz|thanks|thx|now|too|as well|again|asap|immediately|urgently)$", re.IGNORECASE
)
_KIND = re.compile(
    r"^(?:team|schedule|policy|specialists?|group)\s+|\s+(?:team|schedule|policy|specialists?|group)$", re.I
)


def bare(text: str) -> str:
    """The words without what is only courtesy, and without marks around them."""
    word = text.strip().strip("`\"'“”‘’*_~()[] ").rstrip(".,;:!? ")
    while (shorter := _BEHIND.sub("", _BEFORE.sub("", word)).strip()) != word:
        word = shorter
    return word


def usual(word: str) -> str:
    """The name that is configured for a usual abbreviation, such as "dba"."""
    return _SHORT.get(_KIND.sub("", word).strip().lower(), word)


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


def read(text: str, known: Callable[[str], bool]) -> tuple[list[str], str]:
    """Each of those who are named, and the words behind them that say why: "@dee the db is on fire".

    A mention, or a name that is `known`, is certain, so that what follows it can be a reason. After an "and" stands a
    name and never a reason: whoever nobody knows there is left among the names, to be refused.
    """
    whole = bare(text)
    if not whole or known(whole):
        return ([whole] if whole else []), ""
    named: list[str] = []
    rest = text.strip()
    while front := _front(rest, known):
        named.append(front[0])
        rest = front[1]
        if _courtesy(rest):
            return list(dict.fromkeys(named)), ""
        if found := _NEXT.match(rest):
            behind = rest[found.end() :]
            if not _ALSO.match(rest) and _says_why(behind, known):
                return list(dict.fromkeys(named)), behind.strip()
            rest = behind
        elif not (_MENTIONED.match(rest) or rest.startswith("@")):
            return list(dict.fromkeys(named)), _REASON.sub("", rest, count=1) if _REASON.match(rest) else rest
    pieces = [bare(piece) for one in _AND.split(rest) for piece in _BESIDE.split(one)]
    return list(dict.fromkeys([*named, *(piece for piece in pieces if piece)])), ""


def _front(text: str, known: Callable[[str], bool]) -> tuple[str, str] | None:
    """The name in front and what stands behind it; None when there is none, or when its end is not certain.

    Behind a name without a mention must stand a mark, an "and", or a word that begins a sentence: "bo smith" is
    somebody else than bo.
    """
    clean = _BEFORE.sub("", text.strip())
    if mention := _MENTIONED.match(clean):
        return mention[0], clean[mention.end() :].strip()
    words = list(re.finditer(r"\S+", clean))[:LONGEST]
    for last in reversed(words):
        name, rest = clean[: last.end()], clean[last.end() :].strip()
        short = name.rstrip(",;:")
        rest = f"{name[len(short) :]}{rest}"
        ends = _courtesy(rest) or _NEXT.match(rest) or _REASON.match(rest) or rest.startswith(("<", "@"))
        if (ends or _PROSE.match(rest)) and not re.search(r"[,;:]", short) and known(bare(short)):
            return bare(short), rest
    return None


def _courtesy(text: str) -> bool:
    """Nothing, or nothing but "please" and the like."""
    return bare(f"x {text.lstrip(',;:.!?- ')}") == "x"


def _says_why(text: str, known: Callable[[str], bool]) -> bool:
    """Whether the words behind a comma are a sentence: "ana is asleep", and not "ana", "ana and cy" or "Jane Doe"."""
    clean = text.strip()
    front = _front(clean, known)
    if _MENTIONED.match(clean) or clean.startswith("@"):
        return False
    if front is not None:
        return bool(front[1] and _PROSE.match(front[1]) and not _NEXT.match(front[1]))
    first = re.split(r"[,;]|\s(?:and|&)\s", clean)[0].split()
    return len(first) > 1 and not all(word[:1].isupper() for word in first)


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


def near(text: str, catalog: Catalog) -> str:
    """The one thing that an unknown word may have been meant as: a surname, a usual abbreviation, a slip of the pen."""
    word = "".join(squashed(_KIND.sub("", bare(text))))
    called = [key for key, one in catalog.people.items() if word in [part.lower() for part in one.name.split()]]
    listed = (*catalog.people, *catalog.specialists, *catalog.teams, *catalog.schedules, *used_policies(catalog))
    names = {"".join(squashed(name)): name for name in listed}
    alike = get_close_matches(_SHORT.get(word, word), names, n=1, cutoff=0.75)
    found = called if len(called) == 1 else [names[one] for one in alike]
    return found[0] if found else ""


def used_policies(catalog: Catalog) -> list[str]:
    """The policies that page for services and severities of this installation, and stand for somebody."""
    used = {row.policy for row in catalog.severities.values()} | {one.policy for one in catalog.services.values()}
    late = {row.after_hours for row in catalog.severities.values()}
    return [key for key, one in catalog.policies.items() if one.levels and key in used | late]
