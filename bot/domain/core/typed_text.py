"""What people type, with a phone's quotes, dashes and blanks: looked at without losing a letter of it.

`folded` and `masked` keep every place, so that what is found in them is cut out of the text as it was typed.
"""

import re
import unicodedata

DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""For a character class: the hyphen, and every dash that a phone or an editor makes of it."""
OPENING, CLOSING = "([{<*_~`\"'", ")]}>*_~`\"'"
MASK, PICTURE = "\x00", "\x01"
"""What stands in the place of what is hidden; of the name of an emoji, which is only decoration, another one."""
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_QUOTES = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛‹›′", "'")})
_ENTITY = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_MARKUP = re.compile(r"<([@#!])([^<>|\s]+)(?:\|([^<>]*))?>|<((?:https?|mailto|tel)[^<>|\s]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@[^<>|\s]+(?:\|[^<>]*)?>")
_ADDRESS = re.compile(r"\b(?:https?|mailto|tel):\S+", re.IGNORECASE)
_EMOJI = re.compile(r":(?=[^:\s]*[a-z])[a-z0-9_+'-]+:", re.IGNORECASE)
QUOTED = re.compile(r"""(?<![^\s(\[{:,;=>])(?:"[^"]+"|'(?:[^']|'(?=\w))+'|`[^`]+`)(?![^\s)\]}.,:;!?])""", re.DOTALL)
_WHOLE = re.compile(r'^(?:"(.*)"|“(.*)”|„(.*)[“”]|«(.*)»|\'(.*)\'|‘(.*)’|`(.*)`)$', re.DOTALL)
_MARKS = "\"'“”„‟«»‘’‚‛`"


def visible(text: str) -> str:
    """Without the characters that nobody sees and that come along with a copied text."""
    return _INVISIBLE.sub("", text)


def folded(text: str) -> str:
    """The same length: wide letters and blanks as plain ones, every quotation mark as one of two."""
    return "".join(map(_plain_letter, text)).translate(_QUOTES)


def _plain_letter(char: str) -> str:
    if char.isascii():
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    usual = unicodedata.normalize("NFKC", char)
    return usual if len(usual) == 1 else char


def masked(text: str, *, quotes: bool = True) -> str:
    """Folded, with what is nobody's words hidden: mentions, addresses, names of emoji, and by default what is quoted.

    For a text that `plain` has read.
    """
    shown = folded(text)
    for pattern in (_MENTION, _ADDRESS, *([QUOTED] if quotes else [])):
        shown = pattern.sub(lambda found: MASK * len(found[0]), shown)
    return _EMOJI.sub(lambda found: PICTURE * len(found[0]), shown)


def cut(text: str) -> tuple[str, str]:
    """The first word and the rest, line breaks of the rest kept."""
    parts = text.strip().split(maxsplit=1)
    return (parts[0] if parts else "", parts[1] if len(parts) > 1 else "")


def without(text: str, start: int, end: int) -> str:
    """The text with a part left out, and the brackets or marks that stood around it alone."""
    while start > 0 and end < len(text) and _pair(text[start - 1], text[end]):
        start, end = start - 1, end + 1
    before, after = text[:start].rstrip(), text[end:]
    if not before.strip(" -\u2013\u2014:;,.|>/@#"):
        return after.lstrip().lstrip(",:;.!?)]}>|").lstrip().lstrip("–—").lstrip().removeprefix("- ").lstrip()
    after = after if after[:1].isspace() else after.lstrip(",:;")
    return f"{before} {after.strip()}".strip()


def _pair(left: str, right: str) -> bool:
    left, right = folded(left), folded(right)
    at = OPENING.find(left)
    return at >= 0 and CLOSING[at] == right


def plain(text: str) -> str:
    """Slack's escapes and markup as a person typed them: `<#C1|general>` is `#general`, `&amp;` is `&`.

    Mentions of people keep their form, because they say who is meant.
    """
    shown = _MARKUP.sub(_typed, text.strip())
    return re.sub("&(?:lt|gt|amp);", lambda found: _ENTITY[found[0]], shown)


def _typed(found: re.Match[str]) -> str:
    mark, name, label, address, words = found.groups()
    if address:
        return words if words and words in address else address
    if mark == "@":
        return f"<@{name}>"
    if not label and (mark == "#" or name.startswith("subteam^")):  # what Slack does not name to us, we name to no one
        return "a private channel" if mark == "#" else "a user group"
    return f"{mark if mark == '#' else '@'}{(label or name).lstrip('@#')}"


def unquoted(text: str) -> str:
    """Without one pair of quotation marks around the whole."""
    found = _WHOLE.match(text.strip())
    inner = next((part for part in found.groups() if part is not None), "") if found else text
    return inner.strip() if not any(mark in inner for mark in '"“”„«»`') else text.strip()


def bare_word(word: str) -> str:
    """A word without the punctuation, brackets and marks around it: `resolve:` is `resolve`."""
    return word.strip(f"{_MARKS}*_~.,:;!?()[]{{}}<>|")


def says_something(text: str) -> bool:
    """Whether any letter of any script is in it: numbers, marks, emoji and a mention alone say nothing."""
    return any(char.isalpha() for char in _EMOJI.sub("", _MENTION.sub("", text)))


def mentioned(text: str) -> list[str]:
    """The Slack ids of the people whom a text mentions."""
    return re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>", text)
