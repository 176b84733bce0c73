"""GitHub: issues of one repository. What was made is found by its body in the newest issues, which lag behind nothing;
GitHub's search does, and labels are dropped in silence for whoever may not set them."""

from typing import Any

from bot.catalog.sections.integrations import TicketTracker
from bot.integrations.outcome import Reason
from bot.integrations.trackers.tracker import Ticket, dictionary, listed
from bot.integrations.web_call import WebCall

MOST_TITLE, MOST_TEXT = 256, 60_000
PAGE, PAGES = 100, 5
"""The newest issues that are looked through."""


class GitHubIssues:
    """Every call carries the token, and the version of the interface."""

    lag = 0.0

    def __init__(self, section: TicketTracker, token: str) -> None:
        self._path, self._labels = f"/repos/{section.project}", list(section.labels)
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        self._web = WebCall("GitHub", section.address or "https://api.github.com", headers, secrets=(token,))

    def make(self, title: str, text: str, key: str) -> Ticket:
        labels = {"labels": self._labels} if self._labels else {}
        body = {"title": title[:MOST_TITLE], "body": f"{text[:MOST_TEXT]}\n\n<!-- {key} -->", **labels}
        return self._ticket(self._web.call("POST", f"{self._path}/issues", json=body))

    def find(self, key: str) -> Ticket | None:
        for page in range(1, PAGES + 1):
            asked = {"state": "all", "sort": "created", "direction": "desc", "per_page": str(PAGE), "page": str(page)}
            found = listed(self._web, self._web.call("GET", f"{self._path}/issues", params=asked))
            for one in found:
                if f"<!-- {key} -->" in str(one.get("body")):
                    return self._ticket(one)
            if len(found) < PAGE:
                break
        return None

    def read(self, ident: str) -> Ticket:
        return self._ticket(self._web.call("GET", f"{self._path}/issues/{ident}"))

    def comments(self, ident: str) -> list[str]:
        count = dictionary(self._web, self._web.call("GET", f"{self._path}/issues/{ident}")).get("comments") or 0
        last = str(max(1, -(-int(count) // PAGE)))
        asked = {"per_page": str(PAGE), "page": last}
        found = listed(self._web, self._web.call("GET", f"{self._path}/issues/{ident}/comments", params=asked))
        return [str(one.get("body") or "") for one in found]

    def comment(self, ident: str, text: str) -> None:
        self._web.call("POST", f"{self._path}/issues/{ident}/comments", json={"body": text[:MOST_TEXT]})

    def move(self, ident: str, *, done: bool) -> None:
        self._web.call("PATCH", f"{self._path}/issues/{ident}", json={"state": "closed" if done else "open"})

    def probe(self) -> str:
        found = dictionary(self._web, self._web.call("GET", self._path))
        if found.get("has_issues") is False:
            raise self._web.problem(Reason.PERMANENT, f"{found.get('full_name')} has its issues switched off")
        return f"the token reads {found.get('full_name')}"

    def close(self) -> None:
        self._web.close()

    def _ticket(self, answer: Any) -> Ticket:
        one = dictionary(self._web, answer)
        if not one.get("number"):
            raise self._web.problem(Reason.AMBIGUOUS, "the answer names no issue")
        state = str(one.get("state") or "")
        return Ticket(str(one["number"]), str(one.get("html_url") or ""), state, state == "closed")
