"""Jira, Cloud and Data Center: issues of one project. What was made is found by a label, in an index that lags behind
by some seconds; until then nobody knows whether it is there."""

from base64 import b64encode
from typing import Any
from urllib.parse import quote

from bot.catalog.sections.integrations import TicketTracker
from bot.integrations.outcome import Reason
from bot.integrations.trackers.tracker import Ticket, dictionary
from bot.integrations.web_call import WebCall

MOST_TITLE, MOST_TEXT = 255, 30_000


class JiraIssues:
    """With a user it is Jira Cloud, which wants both as a login; without, Data Center, which wants the token."""

    lag = 30.0

    def __init__(self, section: TicketTracker, token: str) -> None:
        self._site, self._project, self._type = section.address or "", section.project or "", section.type
        self._labels = [one.replace(" ", "-") for one in section.labels]
        login = b64encode(f"{section.user}:{token}".encode()).decode()
        self._search = "/rest/api/2/search/jql" if section.user else "/rest/api/2/search"
        headers = {"Authorization": f"Basic {login}" if section.user else f"Bearer {token}"}
        self._web = WebCall("Jira", self._site, headers, secrets=(token, login))

    def make(self, title: str, text: str, key: str) -> Ticket:
        fields = {
            "project": {"key": self._project},
            "summary": " ".join(title.split())[:MOST_TITLE],
            "description": text[:MOST_TEXT],
            "issuetype": {"name": self._type},
            "labels": [*self._labels, key],
        }
        made = dictionary(self._web, self._web.call("POST", "/rest/api/2/issue", json={"fields": fields}))
        if not made.get("key"):
            raise self._web.problem(Reason.AMBIGUOUS, "the answer names no issue")
        return Ticket(str(made["key"]), self._url(made["key"]), "", False)

    def find(self, key: str) -> Ticket | None:
        asked = {"jql": f'project = "{self._project}" AND labels = "{key}" ORDER BY created ASC', "fields": "status",
                 "maxResults": "1"}  # fmt: skip
        found = dictionary(self._web, self._web.call("GET", self._search, params=asked)).get("issues")
        return self._ticket(found[0]) if isinstance(found, list) and found else None

    def read(self, ident: str) -> Ticket:
        return self._ticket(self._web.call("GET", self._issue(ident), params={"fields": "status"}))

    def comments(self, ident: str) -> list[str]:
        asked = {"orderBy": "-created", "maxResults": "100"}
        found = dictionary(self._web, self._web.call("GET", f"{self._issue(ident)}/comment", params=asked))
        return [str(one.get("body") or "") for one in found.get("comments") or []]

    def comment(self, ident: str, text: str) -> None:
        self._web.call("POST", f"{self._issue(ident)}/comment", json={"body": text[:MOST_TEXT]})

    def move(self, ident: str, *, done: bool) -> None:
        """By the first transition that leads there: which there are, each project decides."""
        if self.read(ident).done is done:
            return
        found = dictionary(self._web, self._web.call("GET", f"{self._issue(ident)}/transitions")).get("transitions")
        way = next((one for one in found or [] if _is_done(one.get("to")) is done), None)
        if way is None:
            where = "a status that is done" if done else "a status that is not done"
            raise self._web.problem(Reason.PERMANENT, f"the workflow has no transition from here to {where}")
        self._web.call("POST", f"{self._issue(ident)}/transitions", json={"transition": {"id": way["id"]}})

    def probe(self) -> str:
        found = dictionary(self._web, self._web.call("GET", f"/rest/api/2/project/{quote(self._project, safe='')}"))
        types = [str(one.get("name")) for one in found.get("issueTypes") or []]
        if types and self._type not in types:
            known = ", ".join(types)
            raise self._web.problem(Reason.PERMANENT, f"the project has no issue type {self._type}; it has {known}")
        return f"the token reads the project {found.get('key')}"

    def close(self) -> None:
        self._web.close()

    def _issue(self, ident: str) -> str:
        return f"/rest/api/2/issue/{quote(ident, safe='')}"

    def _url(self, key: Any) -> str:
        return f"{self._site}/browse/{key}"

    def _ticket(self, answer: Any) -> Ticket:
        one = dictionary(self._web, answer)
        if not one.get("key"):
            raise self._web.problem(Reason.AMBIGUOUS, "the answer names no issue")
        status = (one.get("fields") or {}).get("status") or {}
        return Ticket(str(one["key"]), self._url(one["key"]), str(status.get("name") or ""), _is_done(status))


def _is_done(status: Any) -> bool:
    """Jira's own sorting of the statuses that each project names as it likes."""
    return isinstance(status, dict) and (status.get("statusCategory") or {}).get("key") == "done"
