"""The three trackers against stand-ins that check every field: one ticket whatever is lost, and what is read of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog import ConfigError
from bot.catalog.sections.integrations import TicketTracker
from bot.integrations.outcome import Reason
from bot.integrations.provider import NotConfigured, ProviderProblem, Secrets
from bot.integrations.trackers.letters import MakeTicket, NoteTicket, ReadTicket
from bot.integrations.trackers.made import TicketDesk, desk
from sandbox.outside.world import Outside
from tests.integrations.outside import clocks, sections

KEY = "tocsin-INC-1-20261130T150000"
MAKE = MakeTicket("Checkout returns 5xx", "INC-1 (SEV-1)\n\nIt began at nine.", KEY)
KINDS = ("jira", "github", "gitlab")


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


def ago(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


def section(outside: Outside, folder: Path, kind: str, more: str = "") -> TicketTracker:
    return sections(folder, outside.configuration() + outside.tickets(kind, more)).tickets


@pytest.fixture
def tracker(outside: Outside, tmp_path: Path, kind: str) -> Iterator[TicketDesk]:
    secrets = Secrets(tickets_token=outside.services.keys.tickets_token)
    made = desk(section(outside, tmp_path, kind, ", labels: [incident, from tocsin]"), secrets, clocks())
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_made_with_its_mark_and_found_by_it(outside: Outside, tracker: TicketDesk, kind: str) -> None:
    made = tracker.make(MAKE, ambiguous=False).result
    (issue,) = outside.trackers.issues[kind]
    assert KEY in issue.text + " ".join(issue.labels)
    assert "incident" in issue.labels
    again = tracker.make(MAKE, ambiguous=True).result
    looked = tracker.make(MakeTicket(**{**vars(MAKE), "look": True}), ambiguous=False).result
    assert made["id"] == again["id"] == looked["id"]
    assert len(outside.trackers.issues[kind]) == 1
    another = MakeTicket(**{**vars(MAKE), "key": f"{KEY}0", "since": ago(60)})
    assert tracker.make(another, ambiguous=True).result["id"] != made["id"]
    assert outside.book.wrong() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_comment_is_made_once_and_the_state_follows(outside: Outside, tracker: TicketDesk, kind: str) -> None:
    ident = tracker.make(MAKE, ambiguous=False).result["id"]
    for _ in range(2):
        told = tracker.note(NoteTicket(ident, "INC-1, 16:00: Resolved", done=True)).result
    (issue,) = outside.trackers.issues[kind]
    assert issue.comments == ["INC-1, 16:00: Resolved"]
    assert told["done"] is True
    assert tracker.note(NoteTicket(ident, "INC-1, 17:00: Opened again", done=False)).result["done"] is False
    assert tracker.read(ReadTicket(ident)).result["id"] == ident
    assert outside.book.wrong() == []


@pytest.mark.parametrize("kind", ["jira"])
def test_what_jira_does_not_find_yet_is_looked_for_again(outside: Outside, tracker: TicketDesk) -> None:
    tracker.make(MAKE, ambiguous=False)
    outside.trackers.unfound = 1
    with pytest.raises(ProviderProblem) as caught:
        tracker.make(MakeTicket(**{**vars(MAKE), "since": ago(3)}), ambiguous=True)
    assert caught.value.reason is Reason.AMBIGUOUS
    assert caught.value.after
    assert tracker.make(MakeTicket(**{**vars(MAKE), "since": ago(13)}), ambiguous=True).result["id"] == "OPS-1"
    assert len(outside.trackers.issues["jira"]) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_probe_reads_the_project_and_changes_nothing(outside: Outside, tracker: TicketDesk, kind: str) -> None:
    assert "the token reads" in tracker.probe()
    assert outside.trackers.issues[kind] == []


@pytest.mark.parametrize(
    ("kind", "status", "headers", "reason"),
    [
        ("github", 403, (("Retry-After", "7"),), Reason.RATE),
        ("github", 403, (("X-RateLimit-Remaining", "0"),), Reason.RATE),
        ("github", 403, (), Reason.AUTH),
        ("gitlab", 429, (("Retry-After", "7"),), Reason.RATE),
        ("gitlab", 401, (), Reason.AUTH),
        ("jira", 404, (), Reason.PERMANENT),
        ("github", 422, (), Reason.PERMANENT),
        ("jira", 503, (), Reason.AMBIGUOUS),
    ],
)
def test_what_a_refusal_means(
    outside: Outside, tracker: TicketDesk, status: int, headers: tuple[tuple[str, str], ...], reason: Reason
) -> None:
    outside.fault("/", status, headers=headers, echo=True)
    with pytest.raises(ProviderProblem) as caught:
        tracker.make(MAKE, ambiguous=False)
    assert caught.value.reason is reason
    assert outside.services.keys.tickets_token not in str(caught.value)
    if ("Retry-After", "7") in headers:
        assert caught.value.after == 7.0


def test_the_type_that_a_project_lacks_is_named(outside: Outside, tmp_path: Path) -> None:
    made = desk(
        section(outside, tmp_path, "jira", ", type: Epic"),
        Secrets(tickets_token="tickets-token-of-the-sandbox"),
        clocks(),
    )
    with pytest.raises(ProviderProblem, match="no issue type Epic; it has Task, Incident"):
        made.probe()
    made.close()


def test_without_a_kind_or_a_token_there_is_none() -> None:
    with pytest.raises(NotConfigured, match="set integrations"):
        desk(TicketTracker(), Secrets(tickets_token="x"), clocks())
    with pytest.raises(NotConfigured, match="TOCSIN_TICKETS_TOKEN"):
        desk(TicketTracker(kind="github", project="acme/ops"), Secrets(), clocks())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{kind: jira, project: OPS}", "Jira needs `address`"),
        ("{kind: github, project: ops}", "owner/repository"),
        ("{kind: gitlab}", "tickets need `project`"),
        ("{kind: trello, project: OPS}", "kind"),
    ],
)
def test_what_is_configured_wrongly_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        sections(tmp_path, f"integrations:\n  tickets: {text}\n")
