"""Severities and flags among the words of a title: what counts, what is an everyday word, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import load
from bot.catalog.sections.display import Display
from bot.domain.core import typed_severity
from bot.domain.core.errors import DomainError
from handlers.words import command_parser
from handlers.words.command import Command
from tests.domain.handlers.words.reading import catalog, read, shown

FIRST_LEVELS = (
    "sev1", "SEV1", "Sev-1", "sev 1", "SEV_1", "sev.1", "sev#1", "sev: 1", "severity 1", "severity: sev1", "P0", "p-0",
    "P 0", "(SEV1)", "[sev1]", "*SEV-1*", "<sev1>", "SEV–1", "SEV‑1", "ＳＥＶ１", "sev1!",
)  # fmt: skip


@pytest.mark.parametrize("level", FIRST_LEVELS)
def test_a_level_in_front_or_behind_in_any_spelling(level: str) -> None:
    for mark in ("", ":", ",", " -", " —", ";", ".", " |"):
        assert read(f"{level}{mark} payments are down") == 'declare SEV-1 "payments are down"'
        assert read(f"declare {level}{mark} payments are down") == 'declare SEV-1 "payments are down"'
    for mark in ("", ",", " -", ":", " –"):
        for end in ("", ".", "!", ")"):
            assert read(f"declare payments are down{mark} {level}{end}") == 'declare SEV-1 "payments are down"'
            assert read(f"payments are down{mark} {level}{end}") == 'declare SEV-1 "payments are down"'


@pytest.mark.parametrize("word", ["S3", "s1", "standard", "low", "high", "critical", "normal", "warning", "error"])
def test_another_alias_is_an_everyday_word(word: str) -> None:
    key = catalog().severity(word)
    assert read(f"declare {word} latency on db-1") == f'declare "{word} latency on db-1"'
    assert read(f"declare latency is {word}") == f'declare "latency is {word}"'
    assert read(f"{word} latency on db-1") == f'ask declare "{word} latency on db-1"'
    assert read(f"{word}: latency on db-1") == f'declare {key} "latency on db-1"'
    assert read(f"declare {word}: latency") == f'declare {key} "latency"'
    assert read(f"declare latency --severity {word}") == f'declare {key} "latency"'
    assert read(f"declare severity={word} latency") == f'declare {key} "latency"'


def test_where_severities_are_words_their_labels_count_as_the_first_word() -> None:
    words = load(None).model_copy(update={"display": Display(severity_scheme="word")})

    def declared(typed: str) -> str:
        said = command_parser.incident(typed, words)
        assert isinstance(said, Command)
        return shown(said)

    assert declared("critical payments are down") == 'declare SEV-1 "payments are down"'
    assert declared("declare High: latency") == 'declare SEV-2 "latency"'
    assert declared("declare uploads to S3 fail") == 'declare "uploads to S3 fail"'
    assert declared("declare latency is high") == 'declare "latency is high"'


TITLES = (
    ("low disk space on db-1", 'ask declare "low disk space on db-1"'),
    ("declare high latency on checkout", 'declare "high latency on checkout"'),
    ("declare uploads to S3 fail", 'declare "uploads to S3 fail"'),
    ("declare p99 latency is up", 'declare "p99 latency is up"'),
    ("declare sev1-like outage", 'ask declare SEV-1 "sev1-like outage" | declare "sev1-like outage"'),
    ("declare it was not sev1", 'ask declare SEV-1 "it was not sev1" | declare "it was not sev1"'),
    ("declare worse than P1", 'ask declare SEV-2 "worse than P1" | declare "worse than P1"'),
    # about a severity, or a question about one: asked
    ("this is a SEV-2", "ask sev SEV-2"),
    ("is this a sev1?", "ask sev SEV-1"),
    ("make it sev2", "ask sev SEV-2"),
    ("bump to P1", "ask sev SEV-2"),
    ("payments down sev1?", 'ask declare SEV-1 "payments down sev1?"'),
    ("not a sev1", "unknown"),
    ("declare not a sev1 yet", 'ask declare SEV-1 "not a sev1 yet" | declare "not a sev1 yet"'),
    # emoji, marks, line breaks
    ("🔥 sev1 payments down", 'declare SEV-1 "payments down"'),
    (":rotating_light: SEV1 payments down", 'declare SEV-1 "payments down"'),
    ("declare SEV1:fire: payments down", 'declare SEV-1 "payments down"'),
    ("declare payments down sev1 🔥", 'declare SEV-1 "payments down"'),
    ("report - sev1 - payments down", 'declare SEV-1 "payments down"'),
    ("sev1 sev1 payments", 'declare SEV-1 "payments"'),
    ("payments are down\nsev1", 'declare SEV-1 "payments are down"'),
    ("sev1/payments", 'declare SEV-1 "payments"'),
    ("declare severity = high payments", 'declare SEV-2 "payments"'),
    ("declare &lt;b&gt; &amp; c", 'declare "<b> & c"'),
    ("sev1—payments are down", 'declare SEV-1 "payments are down"'),
    ("sev1 -5 degrees in the data centre", 'declare SEV-1 "-5 degrees in the data centre"'),
    ("declare sev1 x sev1", 'declare SEV-1 "x"'),
    ("declare sev1 x sev2", "no TwoSeverities"),
    ("declare sev1 x --severity P1", "no TwoSeverities"),
    ("declare P4 x", "no UnknownSeverity"),
    ("declare x sev7", "no UnknownSeverity"),
    ("declare x --severity nope", "no UnknownSeverity"),
    ("p4 printer", "no UnknownSeverity"),
    ("declare", "declare"),
    ("sev1", "declare SEV-1"),
    # no title
    ("declare INC-2", "no NoTitle"),
    ("declare sev1 INC-2", "no NoTitle"),
    ("declare #2 and #3", "no NoTitle"),
    ("declare 503", "no NoTitle"),
    ("declare ...", "no NoTitle"),
    ("declare sev1 :fire: 🔥", "no NoTitle"),
    ("sev1 :fire: checkout burns", 'declare SEV-1 ":fire: checkout burns"'),
    ("declare <@U01ANA>", "no NoTitle"),
    ("declare sev1 please", "no NoTitle"),
    ("!!!", "unknown"),
    ("declare 火事", 'declare "火事"'),
    # flags
    ("declare ‘x is down’ —drill", 'declare "x is down" drill'),
    ("declare x —-drill", 'declare "x" drill'),
    ("declare -private x", 'declare "x" private'),
    ("declare x ––private, --drill.", 'declare "x" private drill'),
    ("declare --service “check out” it is down", 'declare "it is down" service=check out'),
    ("declare x --service=checkout", 'declare "x" service=checkout'),
    ("declare service=checkout x", 'declare "x" service=checkout'),
    ("declare a - b -- c -5 d", 'declare "a - b -- c -5 d"'),
    ("declare db-1 is read-only", 'declare "db-1 is read-only"'),
    ('declare "--force was used" on db', 'declare ""--force was used" on db"'),
    ('declare "x --privte"', 'declare "x --privte"'),
    ("declare x --privte", "no UnknownFlag"),
    ("declare x —drlil", "no UnknownFlag"),
    ("declare x -svc checkout", "no UnknownFlag"),
    ("declare x --no-drill", "no UnknownFlag"),
    ("declare x --drill=no", "no FlagTakesNoValue"),
    ("declare x --service", "no FlagNeedsValue"),
    ("declare x --service --private", "no FlagNeedsValue"),
    ("declare x --service a --service b", "no FlagTwice"),
    ("low disk --privte", "no UnknownFlag"),
    ("low disk --private", 'ask declare "low disk" private'),
    ("sev1 x --privte", "no UnknownFlag"),
    ("sev 1 x --private", 'declare SEV-1 "x" private'),
    ("sev1 x\n--drill", 'declare SEV-1 "x" drill'),
    ("resolve INC-2 --force", "no UnknownFlag"),
    ('resolve INC-2 restarted with "--force"', 'resolve INC-2 "restarted with "--force""'),
    ("page <@U01BO> --urgent", "no UnknownFlag"),
    ("note the --dry-run flag was missing", 'note "the --dry-run flag was missing"'),
    ("declare --help", 'help "declare"'),
)


SLIPS = (
    "sve1", "esv1", "seev1", "sevv1", "seb-1", "zev1", "s ev1", "se v 1", "sv1", "sev-l", "sevl", "SEVI", "sev I",
    "sev(1)", "sev!1", "lvl1", "lvl 1", "level 1", "level-1", "level one", "severty 1", "serverity1", "sev1?",
    "(sve1)", "sve1:", "sev|1",
)  # fmt: skip
"""Mistyped, or another word for it."""
NO_SLIPS = (
    "dev1 is down", "srv1 is down", "sec1 is full", "seville is down", "service 1 is down", "several nodes are down",
    "the level of tank 1 is low", "reverb1 is slow", "never 1 to give up", "server1 is down", "sev1: 2/3 nodes down",
    "sev1 - 2 nodes down", "sev1, 2 nodes down", "7 level 1x",
)  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_mistyped_severity_never_becomes_the_default_in_silence(slip: str) -> None:
    for typed in (f"declare {slip} payments", f"{slip} payments", f"declare payments {slip}"):
        first, *_, last = read(typed).split(" | ")
        assert first == 'ask declare SEV-1 "payments"', typed
        title = typed.removeprefix("declare ")
        assert last == f'declare "{title}"'
    changes = read(f"{slip} payments", room=4).split(" | ")
    assert changes[0].removeprefix("ask ") == 'sev INC-4 SEV-1 "payments"'


def test_a_sign_for_number_is_no_part_of_a_title() -> None:
    assert read("declare sev №1 payments") == 'ask declare SEV-1 "payments" | declare "sev №1 payments"'


@pytest.mark.parametrize("title", NO_SLIPS)
def test_what_only_looks_like_a_mistyped_severity_is_not_asked_about(title: str) -> None:
    assert not read(f"declare {title}").startswith("ask")


@pytest.mark.parametrize(
    "two", ["sev1/2", "sev1-2", "sev1 or 2", "sev 1 or sev 2", "sev1&2", "sev1/sev2?", "(sev1 to 2)"]
)
def test_two_severities_in_one_word_are_asked_about(two: str) -> None:
    for typed in (f"declare {two} payments", f"{two} payments", f"declare payments {two}"):
        title = typed.removeprefix("declare ")
        assert read(typed) == f'ask declare SEV-1 "payments" | declare SEV-2 "payments" | declare "{title}"'
    first = read(f"{two} payments", room=4)
    assert first.startswith('ask sev INC-4 SEV-1 "payments" | sev INC-4 SEV-2 "payments"')


@pytest.mark.parametrize(("typed", "expected"), TITLES)
def test_titles(typed: str, expected: str) -> None:
    assert read(typed) == expected


@given(
    st.sampled_from(("-", "--", "—", "–", "—-", "‑‑", "−−", "---")),
    st.from_regex(r"[a-z]{2,9}(-[a-z]{2,6})?", fullmatch=True),
    st.sampled_from(("declare sev1 {} customer data leak", "sev1 customer data leak {}", "declare customer {} leak",
                     "customer data leak {}", "declare {}", "new x\n{}", "customer {} leak sev2")),
    st.sampled_from((None, 1)),
)  # fmt: skip
def test_no_words_with_a_flag_that_there_is_not_declare(dashes: str, name: str, place: str, room: int | None) -> None:
    if name in ("private", "drill", "service", "severity", "help", "h"):
        return
    with pytest.raises(DomainError, match=r"nothing was done|Nothing was done"):
        command_parser.incident(place.format(dashes + name), catalog(), room=lambda: room)


@given(st.text(max_size=120), st.sampled_from((None, 1)))
def test_what_declares_at_once_was_said_to_declare(text: str, room: int | None) -> None:
    """Without the verb and without a level in front or behind, any text at all declares nothing by itself."""
    try:
        said = command_parser.incident(text, catalog(), room=lambda: room)
    except DomainError:
        return
    if isinstance(said, Command) and said.verb is not None and said.verb.name == "declare" and said.text:
        leveled = typed_severity.read(text, catalog())
        assert leveled.key or text.split()[0].lower().strip(":,.!") in said.verb.words
