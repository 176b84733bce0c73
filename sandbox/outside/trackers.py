"""Trackers of tickets as their public documentation describes them: GitHub's issues, GitLab's, and Jira's (Cloud).

Each checks the token and every field, and answers as the real one does, so that what is made can be found again.
"""

import re
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from sandbox.outside.arrival import Arrival, Json
from sandbox.outside.fields import Field, Shape, wrong
from sandbox.outside.services import Answer, Request

USER, PROJECT = "tocsin@sandbox.example", {"jira": "OPS", "github": "acme/ops", "gitlab": "acme/ops"}
GITHUB_ISSUE: Shape = {
    "title": Field(needed=True, most=256), "body": Field(most=65536), "labels": Field(list),
}  # fmt: skip
GITHUB_CHANGE: Shape = {"state": Field(needed=True, one_of=("open", "closed"))}
COMMENT: Shape = {"body": Field(needed=True, most=32767)}
GITLAB_ISSUE: Shape = {"title": Field(needed=True, most=255), "description": Field(), "labels": Field()}
GITLAB_CHANGE: Shape = {"state_event": Field(needed=True, one_of=("close", "reopen"))}
JIRA_ISSUE: Shape = {"fields": Field(dict, needed=True, inner={
    "project": Field(dict, needed=True, inner={"key": Field(needed=True)}),
    "summary": Field(needed=True, most=255, rule=lambda text: "a line break" if "\n" in text else ""),
    "description": Field(most=32767),
    "issuetype": Field(dict, needed=True, inner={"name": Field(needed=True, one_of=("Task", "Incident"))}),
    "labels": Field(list, rule=lambda labels: "a blank" if any(" " in one for one in labels) else ""),
})}  # fmt: skip
MOVE: Shape = {"transition": Field(dict, needed=True, inner={"id": Field(needed=True, one_of=("11", "21", "31"))})}
WAYS = {"11": ("To Do", "new"), "21": ("In Progress", "indeterminate"), "31": ("Done", "done")}
Served = tuple[Answer, Arrival | None]


@dataclass
class Issue:
    """One ticket, in whichever of the three."""

    number: int
    title: str
    text: str
    labels: list[str]
    status: str = "open"
    comments: list[str] = field(default_factory=list)


@dataclass
class Trackers:
    """`issues` is what was made, by tracker. `unfound`: so many of Jira's searches find nothing yet."""

    token: str
    issues: dict[str, list[Issue]] = field(default_factory=lambda: {name: [] for name in PROJECT})
    unfound: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def handle(self, request: Request) -> Served | None:
        """None for an address that is none of theirs."""
        path = urlsplit(request.path).path
        for name, root, serve in self._places():
            if path.startswith(root):
                with self._lock:
                    return self._served(name, path.removeprefix(root), request, serve)
        return None

    def _places(self) -> Iterator[tuple[str, str, Callable[[str, str, Request], tuple[Answer, Shape | None]]]]:
        yield "github", "/repos/acme/ops", self._github
        yield "gitlab", "/api/v4/projects/acme%2Fops", self._gitlab
        yield "jira", "/rest/api/2", self._jira

    def _served(
        self, name: str, rest: str, request: Request,
        serve: Callable[[str, str, Request], tuple[Answer, Shape | None]],
    ) -> Served:  # fmt: skip
        act = f"{request.method} {rest}"
        body = request.json if isinstance(request.json, dict) else {}
        if not self._known(name, request):
            return Answer(401, {"message": "Bad credentials"}), Arrival(name, act, rest, "", body, request.headers)
        answer, shape = serve(request.method, rest, request)
        faults = tuple(wrong(request.json, shape)) if shape else ()
        if faults:
            answer = Answer(400 if name == "jira" else 422, {"message": "; ".join(faults)})
        elif answer.status == 0:
            answer = self._write(name, request.method, rest, body)
        title = str(body.get("title") or (body.get("fields") or {}).get("summary") or "")
        return answer, Arrival(name, act, rest, title, body, request.headers, faults)

    def _known(self, name: str, request: Request) -> bool:
        login = b64encode(f"{USER}:{self.token}".encode()).decode()
        proof = {"github": f"Bearer {self.token}", "jira": f"Basic {login}"}.get(name)
        given = request.headers.get("private-token" if name == "gitlab" else "authorization")
        return given == (proof or self.token)

    def _github(self, method: str, rest: str, request: Request) -> tuple[Answer, Shape | None]:
        shape = {"POST /issues": GITHUB_ISSUE, "PATCH /issues/N": GITHUB_CHANGE, "POST /issues/N/comments": COMMENT}
        return self._read_or(method, rest, request, "github", shape)

    def _gitlab(self, method: str, rest: str, request: Request) -> tuple[Answer, Shape | None]:
        shape = {"POST /issues": GITLAB_ISSUE, "PUT /issues/N": GITLAB_CHANGE, "POST /issues/N/notes": COMMENT}
        return self._read_or(method, rest, request, "gitlab", shape)

    def _jira(self, method: str, rest: str, request: Request) -> tuple[Answer, Shape | None]:
        shape = {"POST /issue": JIRA_ISSUE, "POST /issue/N/comment": COMMENT, "POST /issue/N/transitions": MOVE}
        return self._read_or(method, rest, request, "jira", shape)

    def _read_or(
        self, method: str, rest: str, request: Request, name: str, shapes: dict[str, Shape]
    ) -> tuple[Answer, Shape | None]:
        """The answer to a look; for a change `status` 0 and the shape of its body."""
        found = re.search(r"/issues?/(?:OPS-)?(\d+)", rest)
        issue = next((one for one in self.issues[name] if found and one.number == int(found[1])), None)
        if found and issue is None:
            return Answer(404, {"message": "Not Found"}), None
        place = f"{method} " + re.sub(r"(/issues?)/(?:OPS-)?[0-9]+", r"\1/N", rest)
        if method != "GET":
            shape = shapes.get(place)
            return (Answer(0, {}), shape) if shape else (Answer(404, {"message": "Not Found"}), None)
        query = {key: values[0] for key, values in parse_qs(urlsplit(request.path).query).items()}
        return Answer(200, self._look(name, place, issue, query)), None

    def _look(self, name: str, place: str, issue: Issue | None, query: dict[str, str]) -> object:
        rows = self.issues[name]
        if place.endswith(("/comments", "/notes")):
            assert issue is not None
            return [{"body": text} for text in issue.comments]
        if place.endswith("/comment"):
            assert issue is not None
            return {"comments": [{"body": text} for text in reversed(issue.comments)]}
        if place.endswith("/transitions"):
            return {"transitions": [{"id": ident, "name": to, "to": {"name": to, "statusCategory": {"key": kind}}}
                                    for ident, (to, kind) in WAYS.items()]}  # fmt: skip
        if issue is not None:
            return self.shown(name, issue)
        if place.endswith("/search/jql"):
            label = re.search(r'labels = "([^"]+)"', query["jql"])
            self.unfound, unfound = max(0, self.unfound - 1), self.unfound
            ours = [one for one in rows if label and label[1] in one.labels and not unfound]
            return {"issues": [self.shown(name, one) for one in ours[:1]]}
        if place.endswith("/issues"):
            size, page = int(query["per_page"]), int(query.get("page", "1"))
            ours = [one for one in reversed(rows) if query.get("search", "") in one.text]
            return [self.shown(name, one) for one in ours[size * (page - 1) : size * page]]
        types = [{"name": "Task"}, {"name": "Incident"}]
        return {"full_name": "acme/ops", "path_with_namespace": "acme/ops", "key": "OPS", "issueTypes": types}

    def _write(self, name: str, method: str, rest: str, body: Json) -> Answer:
        """What a change that was accepted does."""
        found = re.search(r"/issues?/(?:OPS-)?(\d+)", rest)
        if not found:
            made = self._made(name, body)
            return Answer(201, self.shown(name, made))
        issue = next(one for one in self.issues[name] if one.number == int(found[1]))
        if rest.endswith(("/comments", "/notes", "/comment")):
            issue.comments.append(str(body["body"]))
            return Answer(201, {"id": len(issue.comments), "body": body["body"]})
        if rest.endswith("/transitions"):
            issue.status = WAYS[body["transition"]["id"]][0]
            return Answer(204, {})
        new = body.get("state") or {"close": "closed", "reopen": "opened"}[body["state_event"]]
        issue.status = str(new)
        return Answer(200, self.shown(name, issue))

    def _made(self, name: str, body: Json) -> Issue:
        given, first = body.get("fields") or body, {"jira": "To Do", "gitlab": "opened"}.get(name, "open")
        text = str(given.get("body") or given.get("description") or "")
        labels = given.get("labels") or []
        rows = self.issues[name]
        issue = Issue(len(rows) + 1, str(given.get("title") or given.get("summary")), text,
                      labels.split(",") if isinstance(labels, str) else list(labels), first)  # fmt: skip
        rows.append(issue)
        return issue

    def shown(self, name: str, issue: Issue) -> Json:
        """An issue as this tracker writes it."""
        if name == "jira":
            kinds = dict(WAYS.values())
            status = {"name": issue.status, "statusCategory": {"key": kinds[issue.status]}}
            return {"id": str(10000 + issue.number), "key": f"OPS-{issue.number}", "fields": {"status": status}}
        place = f"https://{name}.example/acme/ops/issues/{issue.number}"
        if name == "gitlab":
            return {"id": 900 + issue.number, "iid": issue.number, "web_url": place, "state": issue.status,
                    "title": issue.title, "description": issue.text}  # fmt: skip
        return {"id": 900 + issue.number, "number": issue.number, "html_url": place, "state": issue.status,
                "title": issue.title, "body": issue.text, "comments": len(issue.comments)}  # fmt: skip
