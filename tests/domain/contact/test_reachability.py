"""Whether a page would reach everybody on call: one case per weakness, and what counts as the same finding."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.catalog import Catalog
from bot.domain.contact import do_not_disturb, reachability
from bot.domain.contact import finding as identities
from bot.domain.contact.finding import Finding
from bot.domain.contact.reachability import Known, Proof, Proofs, Silences, proven
from bot.domain.preview import lint
from bot.domain.schedules.owner import place_of
from bot.domain.schedules.rota import Rota
from storage.models import DoNotDisturb, Member
from tests.domain.catalogs import loaded

NOW = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
SOUND = """
version: 1
incidents_channel: "#incidents"
integrations: {email: {server: mail.example, from: "tocsin@acme.example"}}
teams: {platform: {members: [ana, bo], channel: "#platform"}}
people:
  ana: {name: Ana, slack: U01ANA, email: ana@acme.example, timezone: Europe/Madrid, contact: [{via: email}]}
  bo: {name: Bo, slack: U01BO, email: bo@acme.example, timezone: Europe/Madrid, contact: [{via: email}]}
schedules:
  one:
    timezone: UTC
    team: platform
    layers: [{name: a, rotation: weekly, start: 2026-11-02T09:00, people: [ana, bo]}]
  two: {timezone: UTC, layers: [{name: all, rotation: weekly, start: 2026-11-02T09:00, people: [bo, ana]}]}
policies:
  both: {levels: [{to: ["schedule:one"], wait: 5m}, {to: ["schedule:two"]}]}
"""
ANA, BO = "{name: Ana, slack: U01ANA, email: ana@acme.example,", "{name: Bo, slack: U01BO, email: bo@acme.example,"
FAILED_LATER = Proof(sent_at=NOW - timedelta(days=9), failed_at=NOW - timedelta(days=1))


def member(slack: str, **more: object) -> Member:
    return Member.model_validate(
        {"slack": slack, "name": slack, "timezone": "UTC", "seen_at": NOW, "kind": "member", "deleted": False} | more
    )


def found(
    catalog: Catalog,
    members: list[Member] | None = None,
    proofs: Proofs | None = None,
    silences: Silences | None = None,
) -> list[Finding]:
    known = Known({one.slack: one for one in members or []}, proofs=proofs or {}, silences=silences or {})
    return reachability.findings(Rota(catalog), NOW, known)


def test_a_sound_company_has_no_findings(tmp_path: Path) -> None:
    assert found(loaded(tmp_path, SOUND)) == []


def calling(level: str, rule: str) -> str:
    """Ana has Slack and a phone that rings by her rule; SEV-3 asks her by a level of its own."""
    text = SOUND.replace("integrations: {", 'integrations: {phone: {url: "json://calls.example"}, ')
    text = text.replace(ANA, '{name: Ana, slack: U01ANA, phone: "+15550101",')
    text = text.replace("[{via: email}]", f"[{{{rule}}}]", 1)
    policy = f'  three: {{levels: [{{to: ["schedule:one"], {level}}}]}}'
    return f"{text}{policy}\nseverities: {{SEV-3: {{escalation: three}}}}\n"


@pytest.mark.parametrize(
    ("level", "rule", "wanted"),
    [
        ("wait: 5m", "via: phone", True),
        ("via: [slack], priority: low", "via: phone", True),
        ("priority: high", "via: phone", False),
        ("via: [phone]", "via: phone", False),
        ("wait: 5m", "via: phone, severities: [SEV-1, SEV-3]", False),
        ("wait: 5m", "via: phone, severities: [SEV-1]", False),
    ],
)
def test_whoever_hears_of_a_calm_page_in_slack_alone_is_named(
    tmp_path: Path, level: str, rule: str, wanted: bool
) -> None:
    mine = [one for one in found(loaded(tmp_path, calling(level, rule))) if one.kind == "slack_only"]
    assert [one.person for one in mine] == ["ana"] * wanted
    assert all("for SEV-3 nothing but Slack reaches them: no phone rings for it." in one.sentence for one in mine)


CONFIGURED: list[tuple[str, str, str, str]] = [
    (ANA, "{name: Ana, slack: U01ANA,", "slack_only", "nothing but Slack reaches them"),
    ("{server: mail.example,", "{enabled: false, server: mail.example,", "slack_only", "nothing but Slack"),
    (ANA, "{name: Ana,", "unreachable", "no way reaches them"),
    ("people: [ana, bo]}", "people: [ana]}", "alone", "is the only person of one"),
    ("people: [bo, ana]}", "people: [ana, bo]}", "both", "asks the same people twice"),
    ("people: [ana, bo]}", 'people: [ana, bo], from: "08:00", to: "20:00"}', "gap", "No one is on call for one"),
    (f"{ANA} timezone: Europe/Madrid,", ANA, "no_zone", "The time zone of Ana"),
]


@pytest.mark.parametrize(("old", "new", "kind", "words"), CONFIGURED)
def test_what_the_configuration_lacks(tmp_path: Path, old: str, new: str, kind: str, words: str) -> None:
    assert old in SOUND
    findings = found(loaded(tmp_path, SOUND.replace(old, new, 1)))
    mine = [one for one in findings if one.kind == kind]
    assert mine, findings
    assert words in mine[0].sentence
    assert mine[0].advice


NO_SERVER = ("integrations: {email: {server", "integrations: {email: {enabled: false, server")
CURES: list[tuple[str, list[tuple[str, str]], str]] = [
    ("no address", [(ANA, "{name: Ana,")], "has no e-mail address (people.ana.email)"),
    ("not set up", [(ANA, "{name: Ana, email: ana@acme.example,"), NO_SERVER], "e-mail is switched off (integrations"),
    ("opted out", [(ANA, "{name: Ana, email: ana@acme.example,"), ("{via: email}", "{via: email, opt_out: true}")],
     "opted out of e-mail (people.ana.contact)"),
    ("no rule", [(ANA, "{name: Ana, email: ana@acme.example,"), ("{via: email}", "{via: push}")],
     "no rule asks for e-mail (people.ana.contact, or `via` of the policy)"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "changes", "words"), CURES, ids=[case for case, *_ in CURES])
def test_why_no_way_reaches_somebody(tmp_path: Path, case: str, changes: list[tuple[str, str]], words: str) -> None:
    text = SOUND
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    catalog = loaded(tmp_path, text)
    (mine,) = [one for one in found(catalog) if one.kind == "unreachable"]
    assert words in mine.advice
    assert "has no Slack account (people.ana.slack)" in mine.advice
    assert any(words in one for one in lint.warnings(catalog, NOW) if "ana cannot be reached" in one)


RECORDED: list[tuple[list[Member], Proofs, list[str]]] = [
    ([member("U01ANA", deleted=True)], {}, ["inactive"]),
    ([member("U01ANA", kind="guest")], {}, ["guest"]),
    ([member("U01ANA", kind="stranger")], {}, ["guest"]),
    ([member("U01ANA")], {}, []),
    ([], {("U01ANA", "email"): FAILED_LATER}, ["failed"]),
    ([], {("U01ANA", "slack"): FAILED_LATER}, []),  # Slack is not what is asked here
    ([], {("U01ANA", "email"): Proof(sent_at=NOW)}, []),
]


@pytest.mark.parametrize(("members", "proofs", "kinds"), RECORDED)
def test_what_is_known_of_accounts_and_of_what_arrived(
    tmp_path: Path, members: list[Member], proofs: Proofs, kinds: list[str]
) -> None:
    findings = found(loaded(tmp_path, SOUND), members, proofs)
    assert [one.kind for one in findings] == kinds
    assert {one.person for one in findings} <= {"ana"}


def test_an_account_that_slack_does_not_know_is_named_once_everyone_was_listed(tmp_path: Path) -> None:
    """A slip in tocsin.yml: whoever has that id is told nothing, because there is no one."""
    rota = Rota(loaded(tmp_path, SOUND))
    there = {"U01BO": member("U01BO")}
    assert reachability.findings(rota, NOW, Known(there)) == []
    (one,) = reachability.findings(rota, NOW, Known(there, listed=True))
    assert (one.kind, one.person) == ("unknown", "ana")
    assert "no one in Slack has the id U01ANA" in one.sentence
    assert "people.ana" in one.advice


def silence(begins: int, hours: float, seen: int = 0) -> DoNotDisturb:
    """Do-not-disturb of Ana, `begins` hours from now (a Monday, 08:00 UTC), as it was told `seen` hours ago."""
    start = NOW + timedelta(hours=begins)
    ends = start + timedelta(hours=hours)
    return DoNotDisturb(slack="U01ANA", begins=start, ends=ends, seen_at=NOW - timedelta(hours=seen))


SLACK_ONLY = SOUND.replace(ANA, "{name: Ana, slack: U01ANA,")
WEEKLY = SLACK_ONLY.replace("[{name: all,", '[{from: "09:00", to: "17:00", name: all,')
OFFICE = WEEKLY.replace("[{name: a,", '[{from: "09:00", to: "17:00", name: a,')
ASLEEP: list[tuple[str, str, DoNotDisturb, Proofs, list[str]]] = [
    ("nothing but Slack", SLACK_ONLY, silence(14, 9), {}, ["asleep"]),
    ("another way", SOUND, silence(14, 9), {}, []),
    ("the other way fails", SOUND, silence(14, 9), {("U01ANA", "email"): FAILED_LATER}, ["failed", "asleep"]),
    ("told too long ago", SLACK_ONLY, silence(14, 9, seen=25), {}, ["slack_only"]),
    ("only while off duty", OFFICE, silence(14, 9), {}, ["slack_only"]),
    ("every day, from one night on", OFFICE, silence(24 * 3 + 3, 1), {}, ["asleep"]),
    ("a long pause, before the first turn is over", SLACK_ONLY, silence(-1, 30), {}, ["asleep"]),
    ("a long pause, once, before the turn begins", OFFICE.replace("[bo, ana]", "[ana, bo]"), silence(-1, 30), {},
     ["slack_only"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "company", "quiet", "proofs", "kinds"), ASLEEP, ids=[case[0] for case in ASLEEP])
def test_who_sleeps_behind_do_not_disturb(
    tmp_path: Path, what: str, company: str, quiet: DoNotDisturb, proofs: Proofs, kinds: list[str]
) -> None:
    findings = found(loaded(tmp_path, company), proofs=proofs, silences={"U01ANA": quiet})
    assert [one.kind for one in findings if one.kind not in ("gap", "both")] == kinds
    for one in findings:
        if one.kind == "asleep":
            assert "behind do-not-disturb from" in one.sentence
            assert "people.ana.contact" in one.advice


SILENT = [(0, 9, "until 18:00 CET"), (-9, 9, ""), (1, 2, ""), (-1, 2, "until 10:00 CET")]


@pytest.mark.parametrize(("begins", "hours", "words"), SILENT)
def test_whether_slack_is_silent_now(begins: int, hours: float, words: str) -> None:
    said = do_not_disturb.ailment(silence(begins, hours), "Europe/Madrid", NOW)
    assert (words in said) if words else said == ""
    assert do_not_disturb.ailment(silence(begins, hours, seen=25), None, NOW) == ""
    assert do_not_disturb.ailment(None, None, NOW) == ""


DAYS = [
    (None, None, None, "configured"),
    (1, None, None, "configured"),
    (9, 1, None, "failed"),
    (1, 9, None, "configured"),
    (None, 1, None, "failed"),
    (9, None, 9, "answered"),
    (9, 1, 9, "failed"),
    (9, 20, 9, "answered"),
    (100, None, 100, "configured"),  # too long ago to prove anything
]


@pytest.mark.parametrize(("sent", "failed", "answered", "state"), DAYS)
def test_what_proves_a_way(sent: int | None, failed: int | None, answered: int | None, state: str) -> None:
    times = [NOW - timedelta(days=days) if days else None for days in (sent, failed, answered)]
    assert proven(Proof(*times), NOW) == state


def test_owners_are_told_in_their_own_channel(tmp_path: Path) -> None:
    catalog = loaded(tmp_path, SOUND)
    assert place_of(catalog, "one") == "#platform"
    assert place_of(catalog, "two") == "#incidents"


def test_the_same_gap_a_week_later_is_no_news(tmp_path: Path) -> None:
    gappy = SOUND.replace("people: [ana, bo]}", "people: [ana, bo], days: [MO, TU, WE, TH, FR]}", 1)
    catalog = loaded(tmp_path, gappy)
    rota = Rota(catalog)
    digests = {
        identities.digest(reachability.findings(rota, NOW + timedelta(days=7 * week), Known())) for week in range(3)
    }
    assert len(digests) == 1
    assert digests != {""}
    assert identities.digest([]) == ""


def finding(kind: Any, *schedules: str, person: str = "", mark: str = "") -> Finding:
    return Finding(kind, schedules, person, "It is so.", "change it.", mark)


ALONE, BO, GAP = finding("alone", "one", person="ana"), finding("slack_only", "one", person="bo"), finding("gap", "one")


@pytest.mark.parametrize(("told", "found", "news"), [
    ([], [], False),
    ([], [BO], True),
    ([BO], [BO], False),
    ([BO, GAP], [GAP, BO], False),
    ([BO], [finding("slack_only", "one", "two", person="bo")], False),  # one more schedule
    ([BO], [finding("slack_only", "one", person="cy")], True),
    ([BO], [finding("failed", "one", person="bo")], True),
    ([BO, GAP], [BO], False),  # what is cured beside what stays
    ([BO, GAP], [BO, ALONE], True),
    ([BO], [], True),
    ([GAP], [finding("gap", "two")], True),
])  # fmt: skip
def test_owners_hear_of_what_is_new_and_when_nothing_is_left(
    told: list[Finding], found: list[Finding], news: bool
) -> None:
    assert identities.has_news([one.identity for one in told], found) is news
    kept = json.loads(json.dumps([one.identity for one in told]))
    assert identities.has_news(kept, found) is news, "as the settings keep it"


def test_what_a_release_before_has_told_counts() -> None:
    assert not identities.has_news(identities.digest([BO]), [BO])
    assert identities.has_news(identities.digest([BO]), [GAP])
