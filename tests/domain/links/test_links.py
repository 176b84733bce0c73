"""What is typed about links: addresses in their one spelling, kinds, names, and what is refused."""

from datetime import UTC, datetime

import pytest

from bot.catalog.sections.war_room import WarRoom
from bot.domain.core.errors import DomainError
from bot.domain.links import bridges
from bot.domain.links import links as rules
from bot.domain.links.errors import NoAddressInIt, NotAnAddress, TooLong, WithPassword
from bot.domain.links.links import Written
from bot.domain.links.verbs import KINDS
from storage.models import IncidentLink

AT = datetime(2026, 11, 30, tzinfo=UTC)
READ = [
    ("https://x.example/a", Written("https://x.example/a")),
    ("ticket https://x.example/a Refunds", Written("https://x.example/a", "ticket", "Refunds")),
    ("Jira: https://x.example/a", Written("https://x.example/a", "ticket")),
    ("status page https://x.example/a", Written("https://x.example/a", "status-page")),
    ("the graph of it https://x.example/a", Written("https://x.example/a", "", "the graph of it")),
    ("dashboard latency https://x.example/a p99", Written("https://x.example/a", "dashboard", "latency p99")),
    ("<https://x.example/a|Refunds>", Written("https://x.example/a")),
    ("HTTPS://X.Example/A", Written("https://x.example/A")),
    ("https://x.example/", Written("https://x.example")),
    ("https://x.example:8443/a?b=c&d=e#f.", Written("https://x.example:8443/a?b=c&d=e#f")),
    ("(https://x.example/a)", Written("https://x.example/a")),
    ("https://x.example/a_(b)", Written("https://x.example/a_(b)")),
    ("wiki.example.com/db runbook", Written("https://wiki.example.com/db", "", "runbook")),
    ("https://x.example/a {person:U1} <!here>", Written("https://x.example/a", "", "(person:U1) <!here")),
    ("https://x.example/ä", Written("https://x.example/ä")),
]


@pytest.mark.parametrize(("text", "written"), READ, ids=[text for text, _ in READ])
def test_what_is_typed_is_read(text: str, written: Written) -> None:
    assert rules.read(text) == written


REFUSED = [
    ("", NoAddressInIt), ("the checkout is broken", NoAddressInIt), ("javascript:alert(1)", NoAddressInIt),
    ("me@example.com", NoAddressInIt), ("ftp://x.example/a", NotAnAddress), ("https://", NotAnAddress),
    ("https://x.example:port/", NotAnAddress), ("https://x.example/\u202egnp", NotAnAddress),
    ("https://x.example/a\\b", NotAnAddress), ("https://me:pw@x.example/a", WithPassword),
    ("https://me@x.example", WithPassword), (f"https://x.example/{'ä' * 400}", TooLong),
]  # fmt: skip


@pytest.mark.parametrize(("text", "refusal"), REFUSED, ids=[repr(text[:30]) for text, _ in REFUSED])
def test_what_is_no_address_is_refused(text: str, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        rules.read(text)


LOOKS = [
    ("https://acme.zoom.us/j/1", "bridge"), ("https://meet.google.com/abc", "bridge"),
    ("https://github.com/acme/shop/pull/7", "code"), ("https://github.com/acme/shop/issues/7", "ticket"),
    ("https://jira.example.com/browse/OPS-7", "ticket"), ("https://grafana.example.com/x", "dashboard"),
    ("https://status.example.com", "status-page"), ("https://wiki.example.com/runbooks/db", "runbook"),
    ("https://notzoom.us.example/j/1", "other"), ("https://x.example/?u=https://zoom.us/j", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "kind"), LOOKS)
def test_an_address_tells_what_it_leads_to(url: str, kind: str) -> None:
    assert rules.looks_like(url) == kind


def test_the_verb_offers_the_kinds_there_are() -> None:
    assert tuple(rules.KINDS) == KINDS
    assert all(rules.kind(one) == one for one in KINDS)


def link(ident: int, kind: str, url: str, title: str = "") -> IncidentLink:
    return IncidentLink(id=ident, incident=1, kind=kind, url=url, title=title, by="ana", at=AT)


def test_words_mean_a_link_by_address_name_or_kind() -> None:
    rows = [link(1, "ticket", "https://x.example/1", "Refunds"), link(2, "ticket", "https://x.example/2"),
            link(3, "bridge", "https://x.example/3")]  # fmt: skip
    for words, found in (("https://x.example/2", [2]), ("refunds", [1]), ("ticket", [1, 2]), ("call", [3]),
                         ("zoom", [3]), ("x", [])):  # fmt: skip
        assert [row.id for row in rules.meant(rows, words)] == found, words


def test_the_newest_call_counts_and_a_pattern_makes_one() -> None:
    rows = [link(4, "bridge", "https://x.example/4"), link(2, "bridge", "https://x.example/2")]
    assert bridges.newest(rows) is rows[0]
    assert bridges.newest([]) is None
    assert bridges.configured(None, 7, "INC-7", "ab") is None
    pattern = "https://meet.example.com/{reference}/{number}-{secret}"
    assert bridges.configured(pattern, 7, "INC-7", "ab") == "https://meet.example.com/inc-7/7-ab"
    assert WarRoom(bridge=pattern).bridge == pattern


@pytest.mark.parametrize("pattern", ["meet.example.com", "https://meet.example.com/{title}", "https://a b"])
def test_a_pattern_that_makes_no_address_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"web address|nothing fills in"):
        WarRoom(bridge=pattern)
