"""PagerDuty: Events v2 as a backup pager, and the REST interface that mirrors a whole incident."""

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.catalog.sections.integrations import PagerDuty
from bot.integrations.outbound import NoteMirror, OpenMirror, Reach, ResolveMirror, Withdraw
from bot.integrations.outcome import Reason, Sent
from bot.integrations.provider import NotConfigured, ProviderProblem, Secrets
from bot.integrations.web_call import WebCall

NAME = "PagerDuty"
ACTIONS = {"acknowledged": "acknowledge", "over": "resolve"}
SEVERITIES = {"urgent": "critical", "high": "error", "medium": "warning", "low": "info"}
MOST_KEY, MOST_SUMMARY = 255, 1024
"""Characters that PagerDuty takes."""
_log = logging.getLogger(__name__)


class PagerDutyEvents:
    """Triggers, acknowledges and resolves alerts, one for each incident and person: a repeat changes nothing."""

    provable = False

    def __init__(self, section: PagerDuty, secrets: Secrets) -> None:
        if not secrets.pagerduty_key and not section.services:
            raise NotConfigured("PagerDuty is not configured: set TOCSIN_PAGERDUTY_ROUTING_KEY (Events API v2)")
        self._variables = {name: key.strip("${}") for name, key in section.services.items()}
        self._keys = {name: _named(secrets, variable) for name, variable in self._variables.items()}
        self._keys[""] = secrets.pagerduty_key
        known = tuple(key for key in self._keys.values() if key)
        for key in known:
            secrets.hide(key)
        self._web = WebCall(NAME, section.events_url, {}, secrets=known, bad_key="Invalid routing key")

    def send(self, item: Reach, *, ambiguous: bool) -> Sent:
        event: dict[str, Any] = {
            "event_action": "trigger",
            "payload": {
                "summary": item.title[:MOST_SUMMARY] or "Page",
                "source": "tocsin",
                "severity": severity(item),
                "custom_details": {"person": item.person, "text": item.text, "test": item.test, "page": item.key},
            },
            "client": "Tocsin",
        }
        if item.ack_url:
            event |= {"client_url": item.ack_url, "links": [{"href": item.ack_url, "text": "Acknowledge in Tocsin"}]}
        if item.afresh:  # what was acknowledged there rings nobody when it is triggered again
            self._enqueue(item.address, item.alert, {"event_action": "resolve"})
        return Sent(self._enqueue(item.address, item.alert or item.key, event), item.text)

    def withdraw(self, item: Withdraw) -> Sent:
        """Acknowledges or resolves what `send` triggered under the same key."""
        return Sent(self._enqueue(item.address, item.alert, {"event_action": ACTIONS[item.because]}))

    def probe(self) -> str:
        """A routing key cannot be tried without paging somebody."""
        missing = [self._variables[name] for name, key in self._keys.items() if name and not key]
        if missing:
            raise self._web.problem(Reason.PERMANENT, f"services have no routing key: set {', '.join(missing)}")
        return "a routing key is set; only a test page shows whether it is right"

    def close(self) -> None:
        self._web.close()

    def _enqueue(self, service: str, key: str, event: dict[str, Any]) -> dict[str, Any]:
        """`service` is the name of one of `services`, or "" for the routing key of the installation."""
        routing = self._keys.get(service, "")
        if not routing:
            variable = self._variables.get(service, "TOCSIN_PAGERDUTY_ROUTING_KEY")
            raise self._web.problem(Reason.PERMANENT, f"there is no routing key: set {variable}")
        body = {"routing_key": routing, "dedup_key": key[-MOST_KEY:], **event}
        answer = self._web.call("POST", "/v2/enqueue", json=body)
        if not isinstance(answer, dict) or answer.get("status") != "success":
            raise self._web.problem(Reason.AMBIGUOUS, "the event was not confirmed")
        return {"dedup_key": str(answer.get("dedup_key", ""))}


def _named(secrets: Secrets, variable: str) -> str:
    """ "" when it is not set, or cannot be read: only the pages of that service miss it."""
    try:
        return secrets.named(variable)
    except ValueError:
        return ""


def severity(item: Reach) -> str:
    """One of PagerDuty's four."""
    return "info" if item.test else SEVERITIES[item.rank]


@dataclass(frozen=True)
class PagerDutyIncident:
    """What is kept of an incident over there."""

    id: str
    url: str


class PagerDutyClient:
    """The REST interface. Every call carries `Authorization`, `Accept` and `From`."""

    provable = True

    def __init__(self, section: PagerDuty, secrets: Secrets) -> None:
        if not (secrets.pagerduty_token and section.service and section.sender):
            said = "set TOCSIN_PAGERDUTY_TOKEN, integrations.pagerduty.service and integrations.pagerduty.from"
            raise NotConfigured(f"PagerDuty's REST interface is not configured: {said}")
        self._service = section.service
        headers = {
            "Authorization": f"Token token={secrets.pagerduty_token}",
            "Accept": "application/vnd.pagerduty+json;version=2",
            "From": section.sender,
        }
        self._web = WebCall(NAME, section.api_url, headers, secrets=(secrets.pagerduty_token,))

    def create_incident(
        self, title: str, description: str, urgency: str = "high", *, key: str = "", ambiguous: bool = False
    ) -> PagerDutyIncident:
        """Makes an incident, or finds the one that an earlier attempt made under this key. Raises ProviderProblem."""
        if ambiguous and (found := self.find(key)):
            return found
        body: dict[str, Any] = {
            "type": "incident",
            "title": title[:MOST_SUMMARY] or "Incident",
            "service": {"id": self._service, "type": "service_reference"},
            "urgency": urgency,
            "body": {"type": "incident_body", "details": description},
        }
        if key:
            body["incident_key"] = key[-MOST_KEY:]
        try:
            return self._incident(self._web.call("POST", "/incidents", json={"incident": body}))
        except ProviderProblem as problem:
            if problem.reason is Reason.PERMANENT and key and (found := self.find(key)):
                return found  # an open incident has this key already: ours
            raise

    def find(self, key: str) -> PagerDutyIncident | None:
        """The incident with this key, if there is one."""
        answer = self._web.call("GET", "/incidents", params={"incident_key": key[-MOST_KEY:], "date_range": "all"})
        listed = answer.get("incidents") if isinstance(answer, dict) else None
        for one in listed or []:
            if one.get("incident_key") == key[-MOST_KEY:]:
                return self._incident({"incident": one})
        return None

    def add_note(self, incident: str, note: str) -> None:
        self._web.call("POST", f"/incidents/{quote(incident, safe='')}/notes", json={"note": {"content": note[:25000]}})

    def resolve_incident(self, incident: str, resolution: str) -> bool:
        """The note, then the status; a note that fails does not keep the incident open. Whether the note was taken."""
        noted = True
        try:
            self.add_note(incident, f"Resolution: {resolution}")
        except ProviderProblem as problem:
            noted = False
            _log.warning("the note on PagerDuty's incident %s failed (%s); it is resolved without", incident, problem)
        try:
            self._change(incident, status="resolved")
        except ProviderProblem as problem:
            if problem.reason is not Reason.PERMANENT or self.status(incident) != "resolved":
                raise
        return noted

    def _change(self, incident: str, **what: str) -> None:
        body = {"incident": {"type": "incident_reference", **what}}
        self._web.call("PUT", f"/incidents/{quote(incident, safe='')}", json=body)

    def status(self, incident: str) -> str:
        """triggered, acknowledged or resolved."""
        answer = self._web.call("GET", f"/incidents/{quote(incident, safe='')}")
        return str((answer.get("incident") or {}).get("status", "")) if isinstance(answer, dict) else ""

    def probe(self) -> str:
        """Reads the service."""
        answer = self._web.call("GET", f"/services/{quote(self._service, safe='')}")
        name = (answer.get("service") or {}).get("name", self._service) if isinstance(answer, dict) else self._service
        return f"the token reads the service {name}"

    def close(self) -> None:
        self._web.close()

    def open(self, item: OpenMirror, *, ambiguous: bool) -> Sent:
        made = self.create_incident(item.title, item.text, item.urgency, key=item.key, ambiguous=ambiguous)
        return Sent({"id": made.id, "url": made.url}, item.title)

    def note(self, item: NoteMirror) -> Sent:
        """The urgency first: it rings somebody, a note does not."""
        if item.urgency:
            self._change(item.id, urgency=item.urgency)
        self.add_note(item.id, item.text)
        return Sent({}, item.text)

    def resolve(self, item: ResolveMirror) -> Sent:
        return Sent({"noted": self.resolve_incident(item.id, item.resolution)}, item.resolution)

    def _incident(self, answer: Any) -> PagerDutyIncident:
        body = answer.get("incident") if isinstance(answer, dict) else None
        if not isinstance(body, dict) or not body.get("id"):
            raise self._web.problem(Reason.AMBIGUOUS, "the answer names no incident")
        return PagerDutyIncident(str(body["id"]), str(body.get("html_url") or ""))
