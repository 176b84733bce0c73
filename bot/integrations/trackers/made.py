"""The tracker that the configuration names, and what is the same with each: nothing is made or said there twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.catalog.sections.integrations import TicketTracker
from bot.integrations.outcome import Reason, Sent
from bot.integrations.provider import Clocks, NotConfigured, ProviderProblem, Secrets
from bot.integrations.trackers.github import GitHubIssues
from bot.integrations.trackers.gitlab import GitLabIssues
from bot.integrations.trackers.jira import JiraIssues
from bot.integrations.trackers.letters import MakeTicket, NoteTicket, ReadTicket
from bot.integrations.trackers.tracker import Ticket, Tracker

KINDS: dict[str, Callable[[TicketTracker, str], Tracker]] = {
    "jira": JiraIssues, "github": GitHubIssues, "gitlab": GitLabIssues,
}  # fmt: skip
AGAIN = 10.0
"""Seconds until a ticket is looked for again that may be there and was not found."""


def desk(section: TicketTracker, secrets: Secrets, clocks: Clocks) -> "TicketDesk":
    """Raises NotConfigured."""
    if section.kind is None:
        raise NotConfigured("no ticket tracker is configured: set integrations.tickets.kind")
    if not secrets.tickets_token:
        raise NotConfigured(f"{section.called} has no token: set TOCSIN_TICKETS_TOKEN")
    return TicketDesk(KINDS[section.kind](section, secrets.tickets_token), section.called, clocks)


class TicketDesk:
    """Makes tickets, comments on them and reads how they stand. Raises ProviderProblem."""

    provable = True

    def __init__(self, tracker: Tracker, called: str, clocks: Clocks) -> None:
        self._tracker, self._called, self._clocks = tracker, called, clocks

    def make(self, item: MakeTicket, *, ambiguous: bool) -> Sent:
        """An earlier try may have made it. One that isn't found yet is looked for again, before a second is made."""
        if ambiguous or item.look:
            found = self._tracker.find(item.key)
            if found is not None:
                return Sent(_result(found), item.title)
            if ambiguous and item.since and self._is_too_early(item.since):
                raise ProviderProblem(self._called, Reason.AMBIGUOUS, "not found yet, looked for again", AGAIN)
        return Sent(_result(self._tracker.make(item.title, item.text, item.key)), item.title)

    def _is_too_early(self, since: datetime) -> bool:
        """Whether one that was made might not be found yet."""
        return (self._clocks.real() - since).total_seconds() < self._tracker.lag

    def note(self, item: NoteTicket) -> Sent:
        """The comment, unless an earlier try left it there; then the state."""
        if item.text not in [one.replace("\r", "").strip() for one in self._tracker.comments(item.id)]:
            self._tracker.comment(item.id, item.text)
        if item.done is not None:
            self._tracker.move(item.id, done=item.done)
        return Sent(_result(self._tracker.read(item.id)), item.text)

    def read(self, item: ReadTicket) -> Sent:
        return Sent(_result(self._tracker.read(item.id)))

    def probe(self) -> str:
        return self._tracker.probe()

    def close(self) -> None:
        self._tracker.close()


def _result(ticket: Ticket) -> dict[str, Any]:
    return {"id": ticket.id, "url": ticket.url, "status": ticket.status, "done": ticket.done}
