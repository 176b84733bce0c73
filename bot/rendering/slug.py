"""Names of war rooms: any title in any script becomes a channel name that Slack accepts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

NAME_LIMIT = 80
FALLBACK = "incident"

_NOT_ALLOWED = re.compile(r"[^a-z0-9_]+")
_DASHES = re.compile(r"-{2,}")
_FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_APOSTROPHES = re.compile(r"['’ʼ]")

# What decomposition does not turn into ASCII, in the spelling readers of each language expect in a file name.
_SPELLINGS = """
а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch
ъ= ы=y ь= э=e ю=yu я=ya є=ye і=i ї=yi ґ=g ў=u ј=j љ=lj њ=nj ћ=c ђ=dj џ=dz ѕ=dz
α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s τ=t υ=y φ=f χ=ch ψ=ps ω=o
æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ŧ=t ŋ=n ı=i
"""
_LETTERS = str.maketrans({pair[0]: pair[2:] for pair in _SPELLINGS.split()})


def slug(title: str) -> str:
    """Lower-case ASCII letters, digits, ``_`` and single ``-``; ``incident`` when nothing readable is left."""
    return _readable(title) or FALLBACK


def _readable(title: str) -> str:
    known = _APOSTROPHES.sub("", title.casefold()).translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", known) if not unicodedata.combining(c))
    return _NOT_ALLOWED.sub("-", bare.casefold().translate(_LETTERS)).strip("-_")


def room_name(template: str, day: date, title: str, suffix: int = 0, reference: str = "") -> str:
    """A channel name of at most 80 characters; ``suffix`` 2, 3, ... makes it ``name-2``, ``name-3``, ...

    Fields of the template: ``{slug}``, ``{date}`` (``%Y%m%d``) or ``{date:%Y-%m-%d}``, and ``{id}`` (the reference,
    such as INC-42). A long title gives way, not the rest of the name; one without a readable letter is left out, as
    are unknown fields.
    """
    ending = f"-{suffix}" if suffix > 1 else ""
    values = {"slug": "\0", "id": slug(reference) if reference else ""}
    pattern = _FIELD.sub(lambda m: _field(m, day, values), template)
    before, mark, after = pattern.partition("\0")
    head, tail = _allowed(before), _allowed(after.replace("\0", ""))
    middle = _readable(title)[: max(0, NAME_LIMIT - len(head) - len(tail) - len(ending))].rstrip("-_") if mark else ""
    name = _DASHES.sub("-", head + middle + tail)[: NAME_LIMIT - len(ending)].strip("-")
    return (name if name.strip("_") else FALLBACK) + ending


def _field(match: re.Match[str], day: date, values: dict[str, str]) -> str:
    name, layout = match.group(1), match.group(2)
    return day.strftime(layout or "%Y%m%d") if name == "date" else values.get(name, "")


def _allowed(part: str) -> str:
    """Like a slug, but keeps the dashes at both ends: they join the parts of the name."""
    return _NOT_ALLOWED.sub("-", part.casefold().lstrip("#"))
