"""GitLab: issues of one project. What was made is found by its description, which GitLab searches in its database."""

from typing import Any
from urllib.parse import quote

from bot.catalog.sections.integrations import TicketTracker
from bot.integrations.outcome import Reason
from bot.integrations.trackers.tracker import Ticket, dictionary, listed
from bot.integrations.web_call import WebCall

MOST_TITLE, MOST_TEXT = 255, 100_000
STATES = {"opened": "open", "closed": "closed"}
"""GitLab's words, as everybody else says them."""


class GitLabIssues:
    """Every call carries the token in a header of GitLab's own."""

    lag = 0.0

    def __init__(self, section: TicketTracker, token: str) -> None:
        self._path = f"/api/v4/projects/{quote(section.project or '', safe='')}"
        self._labels = ",".join(section.labels)
        self._web = WebCall("GitLab", section.address or "https://gitlab.com", {"PRIVATE-TOKEN": token},
                            secrets=(token,))  # fmt: skip

    def make(self, title: str, text: str, key: str) -> Ticket:
        labels = {"labels": self._labels} if self._labels else {}
        body = {"title": title[:MOST_TITLE], "description": f"{text[:MOST_TEXT]}\n\n<!-- {key} -->", **labels}
        return self._ticket(self._web.call("POST", f"{self._path}/issues", json=body))

    def find(self, key: str) -> Ticket | None:
        asked = {"search": key, "in": "description", "scope": "all", "order_by": "created_at", "per_page": "20"}
        found = listed(self._web, self._web.call("GET", f"{self._path}/issues", params=asked))
        ours = [one for one in found if f"<!-- {key} -->" in str(one.get("description"))]
        return self._ticket(ours[-1]) if ours else None

    def read(self, ident: str) -> Ticket:
        return self._ticket(self._web.call("GET", f"{self._path}/issues/{ident}"))

    def comments(self, ident: str) -> list[str]:
        asked = {"sort": "desc", "per_page": "100"}
        found = listed(self._web, self._web.call("GET", f"{self._path}/issues/{ident}/notes", params=asked))
        return [str(one.get("body") or "") for one in found]

    def comment(self, ident: str, text: str) -> None:
        self._web.call("POST", f"{self._path}/issues/{ident}/notes", json={"body": text[:MOST_TEXT]})

    def move(self, ident: str, *, done: bool) -> None:
        if self.read(ident).done is not done:  # what is closed already cannot be closed
            event = {"state_event": "close" if done else "reopen"}
            self._web.call("PUT", f"{self._path}/issues/{ident}", json=event)

    def probe(self) -> str:
        found = dictionary(self._web, self._web.call("GET", self._path))
        return f"the token reads {found.get('path_with_namespace')}"

    def close(self) -> None:
        self._web.close()

    def _ticket(self, answer: Any) -> Ticket:
        one = dictionary(self._web, answer)
        if not one.get("iid"):
            raise self._web.problem(Reason.AMBIGUOUS, "the answer names no issue")
        state = STATES.get(str(one.get("state")), str(one.get("state") or ""))
        return Ticket(str(one["iid"]), str(one.get("web_url") or ""), state, state == "closed")
