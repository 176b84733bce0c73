"""The bot that holds the database, asked over its own API with the token from the lock file."""

from collections.abc import Mapping
from typing import Any

import httpx

from bot.cli.console import Refusal
from bot.domain.core.people import Actor
from bot.integrations import tls

PATIENCE = 15.0
"""Seconds to wait for an answer."""


class RunningBot:
    """`holder` is what the process wrote into the lock file: {pid, url, token}."""

    def __init__(self, holder: Mapping[str, Any]) -> None:
        self._pid, self._url = holder.get("pid"), str(holder["url"])
        self._token = str(holder.get("token", ""))

    def declare(self, actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
        return self._post("/api/v1/incidents", actor, given)

    def act(self, actor: Actor, ref: str, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return self._post(f"/api/v1/incidents/{_segment(ref)}/{verb}", actor, given)

    def change(self, actor: Actor, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """One change of the schedules."""
        return self._post(f"/api/v1/schedules/{_segment(verb)}", actor, given)

    def test_page(self, actor: Actor) -> dict[str, Any]:
        return self._post("/api/v1/test-pages", actor, {})

    def import_calendar(self, actor: Actor, schedule: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return self._post(f"/api/v1/oncall/{_segment(schedule)}/calendar", actor, given)

    def _post(self, path: str, actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Tocsin-Via": "cli"}
        headers["Tocsin-Actor"] = actor.who.encode("ascii", "replace").decode()
        try:
            # A proxy of the environment has no business between two processes of one machine.
            response = httpx.post(
                self._url + path, json=dict(given), headers=headers, timeout=PATIENCE, trust_env=False,
                verify=tls.trusted(environment=False),
            )  # fmt: skip
            answer = response.json()
        except (httpx.HTTPError, ValueError):
            raise Refusal(f"the running Tocsin (process {self._pid}) does not answer at {self._url}.") from None
        if response.is_error:
            raise Refusal(str(answer.get("error", f"the running Tocsin answered {response.status_code}")))
        changed: dict[str, Any] = answer
        return changed


def _segment(ref: str) -> str:
    """A reference as one part of a path, whatever was typed."""
    return "".join(letter for letter in ref if letter.isalnum() or letter in "-_") or "-"
