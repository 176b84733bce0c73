"""One call of a provider's HTTP interface over a kept-alive connection, and what its answer means for the sender."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.catalog.sections.integrations import is_local
from bot.integrations import tls
from bot.integrations.outcome import Reason
from bot.integrations.provider import ProviderProblem
from bot.integrations.slack.web_api import retry_after

DEADLINE, CONNECT = 10.0, 5.0
"""Seconds for an answer, and for a connection."""
MOST_WORDS = 200
"""Characters of a refusal that are kept."""
AMBIGUOUS = frozenset({408, 409, 425})


class WebCall:
    """`call` returns the decoded answer or raises ProviderProblem. Threads may share one; no redirect is followed.

    `bad_key`: what a bad request says when it is the key that is wrong.
    """

    def __init__(
        self,
        provider: str,
        base_url: str,
        headers: Mapping[str, str],
        *,
        secrets: Iterable[str] = (),
        bad_key: str = "",
    ) -> None:
        self._provider, self._secrets, self._bad_key = provider, tuple(secrets), bad_key
        limits = httpx.Limits(max_connections=10, max_keepalive_connections=10, keepalive_expiry=60)
        local = is_local(urlsplit(base_url).hostname or "")
        self._http = httpx.Client(
            base_url=base_url,
            headers={"User-Agent": "Tocsin", **headers},
            limits=limits,
            timeout=httpx.Timeout(DEADLINE, connect=CONNECT),
            trust_env=not local,
            verify=tls.trusted(environment=not local),
        )

    def call(self, method: str, path: str, json: Any = None, params: Mapping[str, str] | None = None) -> Any:
        """The decoded JSON of an answer, {} for an empty one."""
        try:
            answer = self._http.request(method, path, json=json, params=params)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise self.problem(Reason.NOT_APPLIED, f"no connection ({type(error).__name__})") from None
        except httpx.HTTPError as error:
            raise self.problem(Reason.AMBIGUOUS, f"no answer ({type(error).__name__})") from None
        if self._bad_key and answer.status_code == 400 and self._bad_key in answer.text:
            raise self.problem(Reason.AUTH, "HTTP 400: the key is not accepted")
        check(self._provider, answer, self._secrets)
        if not answer.content:
            return {}
        try:
            return answer.json()
        except ValueError:
            raise self.problem(Reason.AMBIGUOUS, "the answer is not JSON") from None

    def problem(self, reason: Reason, error: str, after: float | None = None) -> ProviderProblem:
        return ProviderProblem(self._provider, reason, error, after)

    def close(self) -> None:
        self._http.close()


def check(provider: str, answer: httpx.Response, secrets: Iterable[str] = ()) -> None:
    """Passes an answer that means success. Raises ProviderProblem with the class of any other.

    A refusal may repeat what it was sent: the `secrets` are taken out of its words.
    """
    status = answer.status_code
    if 200 <= status < 300:
        return
    said = f"HTTP {status}"
    if status == 429 or (status == 403 and _is_rate(answer)):
        raise ProviderProblem(provider, Reason.RATE, said, retry_after(answer.headers))
    if status >= 500 or status in AMBIGUOUS:
        raise ProviderProblem(provider, Reason.AMBIGUOUS, said)
    if status in (401, 403):
        raise ProviderProblem(provider, Reason.AUTH, f"{said}: the key is not accepted")
    if 300 <= status < 400:
        raise ProviderProblem(
            provider, Reason.PERMANENT, f"{said}: it redirects, which is not followed; set the target"
        )
    raise ProviderProblem(provider, Reason.PERMANENT, f"{said}: {_words(answer, secrets)}".rstrip(": "))


def _is_rate(answer: httpx.Response) -> bool:
    """GitHub says so with the answer that means a bad key elsewhere."""
    return "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"


def _words(answer: httpx.Response, secrets: Iterable[str]) -> str:
    """What a refusal says, as one short line."""
    text = answer.text
    for secret in secrets:
        text = text.replace(secret, "[secret]")
    text = "".join(one if one.isprintable() else " " for one in text[: 4 * MOST_WORDS])
    return " ".join(text.split())[:MOST_WORDS]
