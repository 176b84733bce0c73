"""Opsgenie's Alert interface as a backup pager: create, acknowledge and close by alias."""

from typing import Any
from urllib.parse import quote

from bot.catalog.sections.integrations import Opsgenie
from bot.integrations.outbound import Reach, Withdraw
from bot.integrations.outcome import Reason, Sent
from bot.integrations.provider import NotConfigured, Secrets
from bot.integrations.web_call import WebCall

NAME = "Opsgenie"
ACTIONS = {"acknowledged": "acknowledge", "over": "close"}
PRIORITIES = {"urgent": "P1", "high": "P2", "medium": "P3", "low": "P4"}
MOST_MESSAGE, MOST_TEXT, MOST_ALIAS = 130, 15000, 512
"""Characters that Opsgenie takes."""


class OpsgenieAlerts:
    """One alert for each incident and person, known by its alias: a repeat only counts it once more."""

    provable = True

    def __init__(self, section: Opsgenie, secrets: Secrets) -> None:
        if not secrets.opsgenie_key:
            raise NotConfigured("Opsgenie is not configured: set TOCSIN_OPSGENIE_KEY (an API integration's key)")
        headers = {"Authorization": f"GenieKey {secrets.opsgenie_key}"}
        self._web = WebCall(NAME, section.api_url, headers, secrets=(secrets.opsgenie_key,))

    def send(self, item: Reach, *, ambiguous: bool) -> Sent:
        details = {"person": item.person, "test": str(item.test).lower(), "page": item.key} | (
            {"ack": item.ack_url} if item.ack_url else {}
        )
        if item.afresh:  # what was acknowledged there rings nobody when it comes once more
            self._accepted(_alert(item.alert, "close"), {"source": "tocsin"}, "")
        body = {
            "message": item.title[:MOST_MESSAGE] or "Page",
            "alias": (item.alert or item.key)[-MOST_ALIAS:],
            "description": item.text[:MOST_TEXT],
            "priority": priority(item),
            "source": "tocsin",
            "details": details,
        }
        return self._accepted("/v2/alerts", body, item.text)

    def withdraw(self, item: Withdraw) -> Sent:
        """Acknowledges or closes the alert that `send` made under the same key."""
        path = _alert(item.alert, ACTIONS[item.because])
        return self._accepted(path, {"source": "tocsin", "note": item.text[:MOST_TEXT]}, item.text)

    def probe(self) -> str:
        """Counts the alerts, which changes none."""
        self._web.call("GET", "/v2/alerts/count")
        return "the key is accepted"

    def close(self) -> None:
        self._web.close()

    def _accepted(self, path: str, body: dict[str, Any], rendered: str) -> Sent:
        """Opsgenie answers 202 and works it off later; the request id finds what became of it."""
        answer = self._web.call("POST", path, json=body)
        if not isinstance(answer, dict) or not answer.get("requestId"):
            raise self._web.problem(Reason.AMBIGUOUS, "the request was not confirmed")
        return Sent({"request": str(answer["requestId"])}, rendered)


def _alert(alias: str, action: str) -> str:
    return f"/v2/alerts/{quote(alias[-MOST_ALIAS:], safe='')}/{action}?identifierType=alias"


def priority(item: Reach) -> str:
    return "P5" if item.test else PRIORITIES[item.rank]
