"""Slack's Web API as the doctor and `init` use it: one call at a time, with the headers that tell about us."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.integrations import tls

PATIENCE = 10.0
"""Seconds for one answer."""


@dataclass(frozen=True)
class Reply:
    """`error` is empty when it went well; `scopes` are those of the token; `date` is Slack's clock.

    `reached` is false when the error is not Slack's own.
    """

    error: str
    body: dict[str, Any]
    scopes: frozenset[str] = frozenset()
    date: datetime | None = None
    reached: bool = True


class Workspace:
    """`api_url` ends with a slash. Transport errors are replies too."""

    def __init__(self, api_url: str, bot_token: str) -> None:
        trusted = tls.trusted(environment=False)
        self._http = httpx.Client(base_url=api_url, timeout=PATIENCE, trust_env=False, verify=trusted)
        self._token = bot_token

    def close(self) -> None:
        self._http.close()

    def call(self, method: str, token: str | None = None, **arguments: Any) -> Reply:
        headers = {"Authorization": f"Bearer {token or self._token}"}
        given = {name: value for name, value in arguments.items() if value}
        try:
            response = self._http.post(method, data=given, headers=headers)
            body = response.json()
        except httpx.HTTPError as error:
            return Reply(f"Slack cannot be reached ({type(error).__name__})", {}, reached=False)
        except ValueError:
            return Reply(f"Slack answered HTTP {response.status_code} without JSON", {}, reached=False)
        refusal = "" if body.get("ok") else str(body.get("error", f"HTTP {response.status_code}"))
        scopes = {scope.strip() for scope in response.headers.get("x-oauth-scopes", "").split(",")}
        return Reply(refusal, body, frozenset(scopes - {""}), _date(response.headers.get("date", "")))

    def all(self, method: str, key: str, **arguments: Any) -> Iterator[dict[str, Any]]:
        """Every item of a paged listing. Raises WorkspaceProblem."""
        cursor = ""
        while True:
            reply = self.call(method, limit=200, cursor=cursor, **arguments)
            if reply.error:
                raise WorkspaceProblem(f"{method}: {reply.error}")
            yield from reply.body.get(key, [])
            cursor = (reply.body.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return


class WorkspaceProblem(Exception):
    """A listing could not be read; the text names the method and Slack's error."""


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
