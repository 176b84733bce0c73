"""What each HTTP service takes and answers, from its public documentation: fields, headers, answers, repeats.

PagerDuty Events v2 and REST v2, Opsgenie's Alert interface, a receiver of signed webhooks, and a phone company that
takes apprise's plain JSON.
"""

import hashlib
import hmac
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote

from sandbox.outside.arrival import Arrival, Json
from sandbox.outside.fields import Field, Shape, wrong

EVENT: Shape = {
    "routing_key": Field(needed=True, rule=lambda key: "" if len(key) == 32 else "not 32 characters"),
    "event_action": Field(needed=True, one_of=("trigger", "acknowledge", "resolve")),
    "dedup_key": Field(most=255),
    "client": Field(),
    "client_url": Field(),
    "links": Field(list, rule=lambda links: "" if all(set(one) <= {"href", "text"} for one in links) else "odd link"),
    "payload": Field(dict, inner={
        "summary": Field(needed=True, most=1024), "source": Field(needed=True),
        "severity": Field(needed=True, one_of=("critical", "warning", "error", "info")),
        "timestamp": Field(), "component": Field(), "group": Field(), "class": Field(), "custom_details": Field(dict),
    }),
}  # fmt: skip
INCIDENT: Shape = {"incident": Field(dict, needed=True, inner={
    "type": Field(needed=True, one_of=("incident",)), "title": Field(needed=True, most=1024),
    "service": Field(dict, needed=True, inner={
        "id": Field(needed=True), "type": Field(needed=True, one_of=("service_reference",))}),
    "urgency": Field(one_of=("high", "low")), "incident_key": Field(most=255),
    "body": Field(dict, inner={"type": Field(needed=True, one_of=("incident_body",)), "details": Field()}),
})}  # fmt: skip
CHANGE: Shape = {"incident": Field(dict, needed=True, inner={
    "type": Field(needed=True, one_of=("incident_reference",)),
    "status": Field(one_of=("acknowledged", "resolved")), "urgency": Field(one_of=("high", "low"))})}  # fmt: skip
NOTE: Shape = {"note": Field(dict, needed=True, inner={"content": Field(needed=True, most=25000)})}
ALERT: Shape = {
    "message": Field(needed=True, most=130), "alias": Field(most=512), "description": Field(most=15000),
    "priority": Field(one_of=("P1", "P2", "P3", "P4", "P5")), "source": Field(most=100), "details": Field(dict),
    "entity": Field(most=512), "tags": Field(list), "note": Field(most=25000), "user": Field(most=100),
}  # fmt: skip
ALERT_CHANGE: Shape = {"source": Field(most=100), "note": Field(most=25000), "user": Field(most=100)}
HOOK: Shape = {
    "type": Field(needed=True, one_of=("page", "test")), "key": Field(needed=True), "person": Field(needed=True),
    "title": Field(needed=True, most=120), "text": Field(needed=True, most=1500), "acknowledge_url": Field(),
    "urgent": Field(bool),
}  # fmt: skip
APPRISE: Shape = {
    "version": Field(needed=True), "title": Field(), "message": Field(needed=True), "attachments": Field(list),
    "type": Field(needed=True, one_of=("info", "success", "warning", "failure")),
}  # fmt: skip
PAGERDUTY_ACCEPT = "application/vnd.pagerduty+json;version=2"
SKEW = 300
"""Seconds by which the stamp of a webhook may be off."""


@dataclass(frozen=True)
class Request:
    """One request: lower-case header names, the query in `path`, the body as bytes and as JSON if it is that."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes
    json: Any


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any


@dataclass
class Keys:
    """What each service accepts as a proof."""

    pagerduty_key: str = "e" * 32
    pagerduty_token: str = "pd-token-of-the-sandbox"
    opsgenie_key: str = "genie-key-of-the-sandbox"
    webhook_secret: str = "webhook-secret-of-the-sandbox"
    tickets_token: str = "tickets-token-of-the-sandbox"


@dataclass
class Services:
    """`handle` gives the answer and what arrived; state is what a repeat must find again."""

    keys: Keys = field(default_factory=Keys)
    alerts: dict[str, str] = field(default_factory=dict)
    incidents: list[Json] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def handle(self, request: Request) -> tuple[Answer, Arrival | None]:
        routes: list[tuple[str, str, Callable[[Request, re.Match[str]], tuple[Answer, Arrival | None]]]] = [
            ("POST", r"/v2/enqueue", self._event),
            ("POST", r"/incidents", self._open),
            ("GET", r"/incidents\?(?P<query>.*)", self._search),
            ("GET", r"/incidents/(?P<id>\w+)", self._read),
            ("POST", r"/incidents/(?P<id>\w+)/notes", self._note),
            ("PUT", r"/incidents/(?P<id>\w+)", self._change),
            ("GET", r"/services/(?P<id>\w+)", self._service),
            ("POST", r"/v2/alerts", self._alert),
            ("GET", r"/v2/alerts/count", self._count),
            ("POST", r"/v2/alerts/(?P<alias>[^/]+)/(?P<act>acknowledge|close)\?identifierType=alias", self._alerted),
            ("POST", r"/hook", self._hook),
            ("POST", r"/apprise/(?P<via>sms|phone|push)/(?P<to>[^/?]*)", self._apprise),
        ]
        for method, pattern, serve in routes:
            if method == request.method and (found := re.fullmatch(pattern, request.path)):
                with self._lock:
                    return serve(request, found)
        return Answer(404, {"error": "no such place"}), None

    def _event(self, request: Request, _: re.Match[str]) -> tuple[Answer, Arrival]:
        body = request.json if isinstance(request.json, dict) else {}
        faults = wrong(request.json, EVENT)
        if body.get("event_action") == "trigger" and "payload" not in body:
            faults.append("payload: missing")
        key, act = str(body.get("dedup_key", "")), str(body.get("event_action", ""))
        title = str((body.get("payload") or {}).get("summary", ""))
        arrival = Arrival("pagerduty", act, key, title, body, request.headers, tuple(faults))
        if faults or body.get("routing_key") != self.keys.pagerduty_key:
            errors = faults or ["Invalid routing key"]
            said = {"status": "invalid event", "message": f"Event object is invalid: {body}", "errors": errors}
            return Answer(400, said), arrival
        self.alerts[f"pagerduty {key}"] = act
        return Answer(202, {"status": "success", "message": "Event processed", "dedup_key": key}), arrival

    def _rest(self, request: Request, shape: Shape | None) -> tuple[Answer | None, tuple[str, ...]]:
        """The checks that every REST call has to pass, From and Accept among them."""
        faults = [] if shape is None else wrong(request.json, shape)
        if request.headers.get("accept") != PAGERDUTY_ACCEPT:
            faults.append(f"Accept: {request.headers.get('accept')}")
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", request.headers.get("from", "")):
            faults.append("From: missing")
        if request.headers.get("authorization") != f"Token token={self.keys.pagerduty_token}":
            return Answer(401, {"error": {"code": 2006, "message": "not authorized"}}), tuple(faults)
        if faults:
            return Answer(400, {"error": {"code": 2001, "message": "Invalid Input", "errors": faults}}), tuple(faults)
        return None, ()

    def _arrived(self, request: Request, act: str, to: str, title: str, faults: tuple[str, ...]) -> Arrival:
        body = request.json if isinstance(request.json, dict) else {}
        return Arrival("pagerduty_rest", act, to, title, body, request.headers, faults)

    def _open(self, request: Request, _: re.Match[str]) -> tuple[Answer, Arrival]:
        refusal, faults = self._rest(request, INCIDENT)
        body = (request.json or {}).get("incident") or {} if isinstance(request.json, dict) else {}
        key = str(body.get("incident_key", ""))
        arrival = self._arrived(request, "create", key, str(body.get("title", "")), faults)
        if refusal:
            return refusal, arrival
        if any(one["incident_key"] == key and one["status"] != "resolved" for one in self.incidents if key):
            error = {"code": 2002, "message": "Arguments Caused Error",
                     "errors": ["Open incident with matching dedup key already exists on this service"]}  # fmt: skip
            return Answer(400, {"error": error}), arrival
        made: Json = {"id": f"PT{len(self.incidents) + 1:05}", "incident_key": key, "status": "triggered", "notes": [],
                "title": body.get("title"), "urgency": body.get("urgency"),
                "html_url": f"https://acme.pagerduty.example/incidents/PT{len(self.incidents) + 1:05}"}  # fmt: skip
        self.incidents.append(made)
        return Answer(201, {"incident": made}), arrival

    def _search(self, request: Request, found: re.Match[str]) -> tuple[Answer, Arrival]:
        refusal, faults = self._rest(request, None)
        key = parse_qs(found["query"]).get("incident_key", [""])[0]
        arrival = self._arrived(request, "search", key, "", faults)
        listed = [one for one in self.incidents if one["incident_key"] == key]
        return refusal or Answer(200, {"incidents": listed}), arrival

    def _one(self, ident: str) -> Json | None:
        return next((one for one in self.incidents if one["id"] == ident), None)

    def _read(self, request: Request, found: re.Match[str]) -> tuple[Answer, Arrival]:
        refusal, faults = self._rest(request, None)
        one = self._one(found["id"])
        there = Answer(200, {"incident": one}) if one else Answer(404, {"error": {"message": "Not Found"}})
        return refusal or there, self._arrived(request, "read", found["id"], "", faults)

    def _note(self, request: Request, found: re.Match[str]) -> tuple[Answer, Arrival]:
        refusal, faults = self._rest(request, NOTE)
        one = self._one(found["id"])
        arrival = self._arrived(request, "note", found["id"], "", faults)
        if refusal or one is None:
            return refusal or Answer(404, {"error": {"message": "Not Found"}}), arrival
        one["notes"].append(request.json["note"]["content"])
        return Answer(201, {"note": {"id": "N1", **request.json["note"]}}), arrival

    def _change(self, request: Request, found: re.Match[str]) -> tuple[Answer, Arrival]:
        refusal, faults = self._rest(request, CHANGE)
        one = self._one(found["id"])
        arrival = self._arrived(request, "change", found["id"], "", faults)
        if refusal or one is None:
            return refusal or Answer(404, {"error": {"message": "Not Found"}}), arrival
        if one["status"] == "resolved":
            return Answer(400, {"error": {"code": 2001, "message": "Incident Already Resolved"}}), arrival
        one.update(
            {key: request.json["incident"][key] for key in ("status", "urgency") if key in request.json["incident"]}
        )
        return Answer(200, {"incident": one}), arrival

    def _service(self, request: Request, found: re.Match[str]) -> tuple[Answer, Arrival]:
        refusal, faults = self._rest(request, None)
        there = Answer(200, {"service": {"id": found["id"], "name": "Checkout"}})
        return refusal or there, self._arrived(request, "service", found["id"], "", faults)

    def _genie(self, request: Request) -> Answer | None:
        if request.headers.get("authorization") == f"GenieKey {self.keys.opsgenie_key}":
            return None
        return Answer(403, {"message": "You are not authorized", "took": 0.0, "requestId": "r-0"})

    def _alert(self, request: Request, _: re.Match[str]) -> tuple[Answer, Arrival]:
        body, faults = request.json if isinstance(request.json, dict) else {}, wrong(request.json, ALERT)
        alias = str(body.get("alias", ""))
        arrival = Arrival(
            "opsgenie", "create", alias, str(body.get("message", "")), body, request.headers, tuple(faults)
        )
        refusal = self._genie(request)
        if refusal or faults:
            return refusal or Answer(422, {"message": "; ".join(faults), "requestId": "r-0"}), arrival
        self.alerts[f"opsgenie {alias}"] = "create"
        return Answer(202, {"result": "Request will be processed", "took": 0.1, "requestId": "r-1"}), arrival

    def _alerted(self, request: Request, found: re.Match[str]) -> tuple[Answer, Arrival]:
        alias, faults = unquote(found["alias"]), wrong(request.json, ALERT_CHANGE)
        arrival = Arrival("opsgenie", found["act"], alias, "", request.json or {}, request.headers, tuple(faults))
        if refusal := self._genie(request):
            return refusal, arrival
        self.alerts[f"opsgenie {alias}"] = found["act"]
        return Answer(202, {"result": "Request will be processed", "took": 0.1, "requestId": "r-2"}), arrival

    def _count(self, request: Request, _: re.Match[str]) -> tuple[Answer, None]:
        return self._genie(request) or Answer(200, {"data": {"count": len(self.alerts)}, "requestId": "r-3"}), None

    def _hook(self, request: Request, _: re.Match[str]) -> tuple[Answer, Arrival]:
        faults = wrong(request.json, HOOK)
        stamp = request.headers.get("tocsin-timestamp", "")
        signed = hmac.new(self.keys.webhook_secret.encode(), stamp.encode() + b"." + request.raw, hashlib.sha256)
        if not hmac.compare_digest(request.headers.get("tocsin-signature", ""), f"v1={signed.hexdigest()}"):
            faults.append("Tocsin-Signature: does not fit")
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > SKEW:
            faults.append("Tocsin-Timestamp: not of now")
        body = request.json if isinstance(request.json, dict) else {}
        if request.headers.get("idempotency-key") != body.get("key"):
            faults.append("Idempotency-Key: not the key of the body")
        to, title = str(body.get("person", "")), str(body.get("title", ""))
        arrival = Arrival("webhook", str(body.get("type", "")), to, title, body, request.headers, tuple(faults))
        return Answer(400, {"errors": faults}) if faults else Answer(200, {}), arrival

    def _apprise(self, request: Request, found: re.Match[str]) -> tuple[Answer, Arrival]:
        faults, to = wrong(request.json, APPRISE), unquote(found["to"])
        if found["via"] != "push" and not re.fullmatch(r"\+[1-9][0-9]{5,14}", to):
            faults.append(f"to: {to!r} is no phone number")
        body = request.json if isinstance(request.json, dict) else {}
        arrival = Arrival(found["via"], "send", to, str(body.get("title", "")), body, request.headers, tuple(faults))
        return Answer(400, {"errors": faults}) if faults else Answer(200, {}), arrival
