"""What people type after `/incident` and `/oncall`, and what is understood."""

import re
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.catalog import Catalog, load
from bot.domain.core import typed_flags, typed_intent, typed_references
from bot.domain.core.errors import DomainError, UnknownSeverity
from bot.domain.core.typed_text import says_something, visible
from bot.domain.core.verb import Verb
from bot.domain.incidents import typed_ending
from handlers import verbs
from handlers.words import command_parser
from handlers.words.command_parser import (
    Ambiguity,
    Command,
    NothingToTry,
    NoTitle,
    WordsLeftOver,
    plain,
    refuse_leftovers,
    unquoted,
)

CATALOG: Catalog = load(None)


def understood(text: str, *, in_room: bool = False) -> Command:
    said = command_parser.incident(text, CATALOG, room=lambda: 1 if in_room else None)
    assert isinstance(said, Command), said
    return said


def short(said: Command) -> tuple[str | None, int | None, str | None, str]:
    return (said.verb.name if said.verb else None, said.reference, said.severity, said.text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("declare sev1 checkout returns 5xx", ("declare", None, "SEV-1", "checkout returns 5xx")),
        ("sev1 payments down", ("declare", None, "SEV-1", "payments down")),
        ("SEV-2 payments down", ("declare", None, "SEV-2", "payments down")),
        ("critical: the site is gone", ("declare", None, "SEV-1", "the site is gone")),
        ("p1 slow search", ("declare", None, "SEV-2", "slow search")),
        ("sev 1 payments down", ("declare", None, "SEV-1", "payments down")),
        ("declare sev 2 slow", ("declare", None, "SEV-2", "slow")),
        ("new: 42 customers cannot pay", ("declare", None, None, "42 customers cannot pay")),
        ('declare "5xx & friends"', ("declare", None, None, "5xx & friends")),
        ("declare", ("declare", None, None, "")),
        ("sev1", ("declare", None, "SEV-1", "")),
        ("ack INC-42", ("ack", 42, None, "")),
        ("ack 42", ("ack", 42, None, "")),
        ("acknowledge #42", ("ack", 42, None, "")),
        ("INC-42 ack", ("ack", 42, None, "")),
        ("inc42", ("status", 42, None, "")),
        ("42", ("status", 42, None, "")),
        ("42 identified a bad deploy", ("status", 42, None, "identified a bad deploy")),
        ("identified a bad deploy", ("status", None, None, "identified a bad deploy")),
        ("status INC-7 monitoring", ("status", 7, None, "monitoring")),
        ("sev 2", ("sev", None, "SEV-2", "")),
        ("sev INC-42 2", ("sev", 42, "SEV-2", "")),
        ("severity 42 high many customers", ("sev", 42, "SEV-2", "many customers")),
        ("sev 42", ("sev", None, None, "42")),
        ("sev INC-42", ("sev", 42, None, "")),
        ("sev #42", ("sev", 42, None, "")),
        ("42 sev", ("sev", 42, None, "")),
        ("sev 9", ("sev", None, None, "9")),
        ("sev 9 many customers", ("sev", None, None, "9 many customers")),
        ("sev INC-3 huge", ("sev", 3, None, "huge")),
        ("sev 2 INC-3", ("sev", 3, "SEV-2", "")),
        ("sev2 INC-3", ("sev", 3, "SEV-2", "")),
        ("sev 2 INC-3 customers hit", ("sev", 3, "SEV-2", "customers hit")),
        ("sev2 INC-3 customers hit", ("sev", 3, "SEV-2", "customers hit")),
        ("sev bogus", ("sev", None, None, "bogus")),
        ("42 sev 3", ("sev", 42, "SEV-3", "")),
        ("up identified rolling back", ("update", None, None, "identified rolling back")),
        ("update INC-42 identified rolling back", ("update", 42, None, "identified rolling back")),
        ("log INC-42 13:38 deploy went out", ("note", 42, None, "13:38 deploy went out")),
        ("ic <@U01ANA|ana>", ("ic", None, None, "<@U01ANA>")),
        ("ic 42 <@U01ANA>", ("ic", 42, None, "<@U01ANA>")),
        ("role comms <@U01LI>", ("role", None, None, "comms <@U01LI>")),
        ("page INC-3 database-oncall", ("page", 3, None, "database-oncall")),
        ("page <@U01DEE|dee> INC-5", ("page", 5, None, "<@U01DEE>")),
        ("page database-oncall inc5", ("page", 5, None, "database-oncall")),
        ("escalate level 3 INC-5", ("escalate", 5, None, "level 3")),
        ("pass <@U01DEE> #5", ("pass", 5, None, "<@U01DEE>")),
        ("ic <@U01ANA> INC-5", ("ic", 5, None, "<@U01ANA>")),
        ("role comms <@U01LI> INC-5", ("role", 5, None, "comms <@U01LI>")),
        ("why <@U01LI> INC-5", ("why", 5, None, "<@U01LI>")),
        ("pause 15m INC-5", ("pause", 5, None, "15m")),
        ("escalate level 3", ("escalate", None, None, "level 3")),
        ("resolve INC-42 rolled back", ("resolve", 42, None, "rolled back")),
        ("RESOLVE", ("resolve", None, None, "")),
        ("?", ("help", None, None, "")),
        ("INC-42 frobnicate", (None, 42, None, "frobnicate")),
    ],
)
def test_what_is_typed_in_any_channel(typed: str, expected: tuple[str | None, int | None, str | None, str]) -> None:
    assert short(understood(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("note 42 requests failed", ("note", None, None, "42 requests failed")),
        ("update 3 of 4 nodes are back", ("update", None, None, "3 of 4 nodes are back")),
        ("sev 2 fewer customers than we thought", ("sev", None, "SEV-2", "fewer customers than we thought")),
        ("sev1", ("sev", None, "SEV-1", "")),
        ("sev1 another thing broke", ("sev", None, "SEV-1", "another thing broke")),
        ("ack 1", ("ack", 1, None, "")),
    ],
)
def test_in_a_war_room_a_number_before_words_belongs_to_the_words(
    typed: str, expected: tuple[str | None, int | None, str | None, str]
) -> None:
    assert short(understood(typed, in_room=True)) == expected


@pytest.mark.parametrize(
    ("typed", "title", "service", "private", "drill"),
    [
        ("declare slow --service checkout --private", "slow", "checkout", True, False),
        ("declare --drill --private fire in the lab", "fire in the lab", "", True, True),
        ('sev1 --service "Check out" down', "down", "Check out", False, False),
        ("declare —private typed on a phone", "typed on a phone", "", True, False),
        ("declare --service=checkout down", "down", "checkout", False, False),
        ('declare the "--privately" owned thing', 'the "--privately" owned thing', "", False, False),
    ],
)
def test_flags_of_declare(typed: str, title: str, service: str, private: bool, drill: bool) -> None:
    said = understood(typed)
    assert (said.text, said.service, said.private, said.drill) == (title, service, private, drill)


@pytest.mark.parametrize(
    ("typed", "reference", "text"),
    [
        ("page --dry-run critical", None, "critical"),
        ("page critical --dry-run", None, "critical"),
        ("page INC-5 --dry-run", 5, ""),
        ("page --dry-run INC-5", 5, ""),
        ("page critical INC-5 --dry-run", 5, "critical"),
        ("INC-5 page critical —dry-run", 5, "critical"),
        ("page database --dry-run team", None, "database team"),
    ],
)
def test_a_dry_run_is_asked_for_anywhere_among_the_words(typed: str, reference: int | None, text: str) -> None:
    said = understood(typed)
    assert (said.dry_run, said.reference, said.text) == (True, reference, text)


@pytest.mark.parametrize(
    "typed",
    ["declare sev1 Test --dry-run", "sev1 Test --dry-run", "sev1 --dry-run", "sev sev1 --dry-run 2",
     "resolve --dry-run", "escalate --dry-run", "INC-5 resolve --dry-run", "declare --dry-run sev1 Test"],
)  # fmt: skip
@pytest.mark.parametrize("in_room", [True, False])
def test_what_cannot_be_tried_is_not_done(typed: str, in_room: bool) -> None:
    with pytest.raises(NothingToTry, match="Nothing was done"):
        understood(typed, in_room=in_room)
    assert understood("note the --dry-run flag was missing").text == "the --dry-run flag was missing"


@pytest.mark.parametrize("typed", ["sev sev2 1", "sev sev3 99", "sev sev2 2 2", "sev1 404", "sev2 42"])
def test_swapped_words_declare_nothing(typed: str) -> None:
    with pytest.raises(NoTitle, match="nothing was declared"):
        understood(typed)
    assert short(understood("sev1 503 from checkout")) == ("declare", None, "SEV-1", "503 from checkout")


@pytest.mark.parametrize(
    "typed",
    ["declare sev9 payments down", "declare sev 9 payments down", "new sev0", "sev9", "INC-3 sev9", "sev 2 sev9"],
)
def test_an_incident_of_an_unknown_severity_is_not_declared(typed: str) -> None:
    with pytest.raises(
        UnknownSeverity, match=r'no severity "(sev 9|sev9|sev0)"\. Use one of SEV-1, SEV-2, SEV-3, SEV-4'
    ):
        understood(typed)


def test_nothing_is_the_menu() -> None:
    assert understood("   ").menu


@pytest.mark.parametrize(
    ("typed", "verb", "text"),
    [("", "who", ""), ("who primary", "who", "primary"), ("test", "test-page", ""), ("primary", None, "primary")],
)
def test_oncall(typed: str, verb: str | None, text: str) -> None:
    said = command_parser.oncall(typed)
    assert ((said.verb.name if said.verb else None), said.text) == (verb, text)


@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("ack blah", "/incident ack INC-42"),
        ("ack INC-1 quickly", "/incident ack INC-1"),
        ("INC-1 ack quickly", "/incident ack INC-1"),
        ("resume <@U01ANA>", "/incident resume INC-42"),
        ("room for two", "/incident room INC-42"),
        ("timeline 3 yesterday", "/incident timeline INC-3"),
        ("postmortem 3 tomorrow", "/incident postmortem INC-3"),
    ],
)
def test_words_after_a_verb_that_takes_none_are_refused(typed: str, example: str) -> None:
    with pytest.raises(WordsLeftOver) as refused:
        refuse_leftovers("/incident", understood(typed), CATALOG)
    assert f"for example `{example}`." in refused.value.sentence()


@pytest.mark.parametrize(
    "typed", ["ack", "ack 1", "help ack", "status 1 monitoring", "page 1 bo", "sev1 down", "ic bo"]
)
def test_words_that_belong_to_the_verb_are_not_left_over(typed: str) -> None:
    refuse_leftovers("/incident", understood(typed), CATALOG)


def test_a_test_page_for_somebody_else_is_not_sent_to_whoever_asks() -> None:
    with pytest.raises(WordsLeftOver, match=r"\"bo\".*/oncall test-page"):
        refuse_leftovers("/oncall", command_parser.oncall("test-page bo"), CATALOG)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("in <#C01|general> by <@U01ANA|ana>", "in #general by <@U01ANA>"),
        ("errors in <#C01> and <#C01|>", "errors in a private channel and a private channel"),
        ("<!subteam^S01> and <!subteam^S01|@db> know, <!here>", "a user group and @db know, @here"),
        ("see <https://x.example/a|x.example/a>", "see x.example/a"),
        ("see <https://x.example/a|the runbook>", "see https://x.example/a"),
        ("hey <!here> and <!subteam^S1|@ops>", "hey @here and @ops"),
    ],
)
def test_slack_markup_is_read_as_it_was_typed(sent: str, read: str) -> None:
    assert plain(sent) == read


def test_a_pair_of_quotation_marks_goes_and_a_quotation_stays() -> None:
    assert unquoted('"slow search"') == "slow search"
    assert unquoted('"slow" and "fast"') == '"slow" and "fast"'


@given(st.text(max_size=200))
def test_no_words_are_too_strange_to_read(text: str) -> None:
    said: Command | Ambiguity | None = None
    with suppress(DomainError):
        said = command_parser.incident(text, CATALOG)
    if said is None:
        return
    assert isinstance(said, Ambiguity) or said.verb is not None or said.menu or said.text or said.reference


@given(st.sampled_from(verbs.INCIDENT), st.integers(1, 999_999))
def test_a_reference_is_read_before_and_after_every_verb(verb: Verb, number: int) -> None:
    if not verb.about_one:
        return
    ref = CATALOG.reference(number)
    for typed in (f"{verb.name} {ref}", f"{ref} {verb.name}", f"{verb.name.upper()} {ref.lower()}"):
        assert (understood(typed).verb, understood(typed).reference) == (verb, number), typed


@given(st.sampled_from([verb for verb in verbs.INCIDENT if verb.prose and verb.name != "sev"]), st.text(max_size=80))
def test_prose_after_a_full_reference_is_kept(verb: Verb, text: str) -> None:
    """Except for marks in front, flags, another incident beside the first, second thoughts, and what tells nothing."""
    assume(not re.match(r"[\W_]", visible(text).strip()) and not typed_flags.names(text))
    assume(not typed_references.find(text, "INC-") and not re.match(r"\s*(?:no|not|wait)\b", text, re.IGNORECASE))
    assume(not typed_intent.hesitates(text) and not typed_ending.only_promises(text))
    assume("?" not in text and (says_something(text) or not text.strip()))
    said = understood(f"{verb.name} INC-7 {text}")
    assert said.reference == 7
    assert said.text == unquoted(plain(visible(text)).strip())
