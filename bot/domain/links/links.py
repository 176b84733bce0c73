"""Rules of the links of an incident: what an address must be, which kind it is, what is typed about one. Pure."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from bot.domain.core.typed_text import OPENING, bare_word
from bot.domain.incidents.lifecycle import tidy
from bot.domain.links.errors import NoAddressInIt, NotAnAddress, TooLong, WithPassword
from storage.models import IncidentLink

BRIDGE = "bridge"
KINDS = {
    "ticket": "Ticket", BRIDGE: "Call", "dashboard": "Dashboard", "runbook": "Runbook", "status-page": "Status page",
    "related": "Related", "code": "Code", "other": "Link",
}  # fmt: skip
"""What a link leads to, and what it is called where it has no name of its own."""
_WORDS = {
    "issue": "ticket", "jira": "ticket", "call": BRIDGE, "zoom": BRIDGE, "meet": BRIDGE, "meeting": BRIDGE,
    "teams": BRIDGE, "graph": "dashboard", "graphs": "dashboard", "grafana": "dashboard", "statuspage": "status-page",
    "status": "status-page", "incident": "related", "change": "code", "commit": "code", "pr": "code", "mr": "code",
    "link": "other",
}  # fmt: skip
_PLACES = (
    (BRIDGE, r"(^|\.)(zoom\.us|meet\.google\.com|teams\.microsoft\.com|webex\.com|meet\.jit\.si|whereby\.com)/"),
    ("status-page", r"^status\.|\.statuspage\.io/"),
    ("code", r"/(pull|pulls|merge_requests|commit|commits|compare)/"),
    ("ticket", r"/browse/[A-Z][A-Z0-9]+-\d|/issues/\d|(^|\.)linear\.app/"),
    ("dashboard", r"^grafana\.|(^|\.)datadoghq\.|/(d|dashboard|dashboards)/"),
    ("runbook", r"/(runbook|runbooks|playbook|playbooks)/"),
)
"""Addresses whose kind is plain from what they look like."""
_ADDRESS = re.compile(r"<?\b(?:https?:/|[a-z][a-z0-9+.-]*://)\S*", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.IGNORECASE)
"""An address as people say it: wiki.example.com/db."""
LONGEST, LONGEST_TITLE, MOST = 1500, 80, 40
"""Of an address with everything encoded that could end it early (Slack takes 2,048), of a name, and of an incident."""


@dataclass(frozen=True)
class Written:
    """What was said about a link. `kind` is "" where nothing says it."""

    url: str
    kind: str = ""
    title: str = ""


def kind(word: str) -> str:
    """The kind that a word means, "" for none: "Jira", "status page"."""
    spelled = bare_word(word).lower().replace(" ", "-").replace("_", "-")
    return spelled if spelled in KINDS else _WORDS.get(spelled, "")


def read(text: str) -> Written:
    """`ticket https://jira.example.com/browse/OPS-1 Refunds`: a kind, the address, a name; only the address is needed.

    Raises NoAddressInIt, and what `address` raises.
    """
    found = _ADDRESS.search(text) or next((one for one in _BARE.finditer(text) if _stands_alone(text, one)), None)
    if found is None:
        raise NoAddressInIt()
    before, after = text[: found.start()].strip(" <([:-"), text[found.end() :].strip(" >)]:-")
    words = before.split()
    for length in (2, 1):
        if len(words) >= length and (meant := kind(" ".join(words[:length]))):
            return Written(address(found[0]), meant, named(" ".join([*words[length:], after])))
    return Written(address(found[0]), "", named(f"{before} {after}"))


def _stands_alone(text: str, one: re.Match[str]) -> bool:
    return text[one.start() - 1 : one.start()] in ("", " ", "\n", *OPENING) and text[one.end() : one.end() + 1] != "@"


def named(title: str) -> str:
    """A name in one line. Its braces stand for no one: only our own texts name people by them."""
    return tidy(title.replace("{", "(").replace("}", ")"), LONGEST_TITLE).strip(" -:|\"'")


def address(typed: str) -> str:
    """The one spelling of a web address. Raises NotAnAddress, WithPassword and TooLong."""
    bare = typed.strip().strip("<>").partition("|")[0].rstrip(".,;:!'\"")
    bare = bare if re.match(r"[a-z][a-z0-9+.-]*:", bare, re.IGNORECASE) and "://" in bare else f"https://{bare}"
    bare = bare[:-1] if bare.endswith(")") and "(" not in bare else bare
    try:
        parts = urlsplit(bare)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise NotAnAddress(text=tidy(typed, 60)) from None
    if parts.scheme not in ("http", "https") or not host or not _is_clean(bare):
        raise NotAnAddress(text=tidy(typed, 60))
    if "@" in parts.netloc:
        raise WithPassword()
    url = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path if parts.path != "/" else "", *parts[3:]))
    if len(quote(url, safe="%/:?#[]@!$&'()*+,;=~")) > LONGEST:
        raise TooLong(most=LONGEST)
    return url


def _is_clean(address: str) -> bool:
    return address.isprintable() and not any(char.isspace() or char in '\\<>"`{}|^' for char in address)


def looks_like(url: str) -> str:
    """The kind that an address has by its looks; "other" where nothing tells."""
    place = url.partition("://")[2]
    place = place if "/" in place else f"{place}/"
    return next((kind for kind, pattern in _PLACES if re.search(pattern, place)), "other")


def label(row: IncidentLink) -> str:
    """What a link is called where it is read: its own name, or what it leads to."""
    return row.title or KINDS.get(row.kind, row.kind)


def meant(rows: Iterable[IncidentLink], words: str) -> list[IncidentLink]:
    """The links that these words mean: an address, else a name, else a kind."""
    known, typed = list(rows), words.strip()
    try:
        url = read(typed).url
    except (NoAddressInIt, NotAnAddress, WithPassword, TooLong):
        url = ""
    lower = typed.lower()
    ways: tuple[Callable[[IncidentLink], bool], ...] = (
        lambda row: row.url == url,
        lambda row: bool(row.title) and row.title.lower() == lower,
        lambda row: row.kind == kind(typed),
    )
    return next((found for way in ways if (found := [row for row in known if way(row)])), [])
