"""One call of Slack's Web API over a kept-alive connection, and what its answer means for the sender.

slack_sdk's own client opens a new connection per call and repeats requests that were already applied, so the
dispatcher does not use it.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from bot.integrations import tls
from bot.integrations.outcome import Failed, Outcome, Reason, Retry
from bot.integrations.slack.budget import Budget

AMBIGUOUS = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org",
                       "org_login_required"})  # fmt: skip
AUTH = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"})
LACKING = frozenset({"unknown_method", "missing_scope", "method_deprecated", "not_allowed_token_type",
                     "team_tier_cannot_create_channel_canvases", "feature_disabled", "plan_upgrade_required",
                     "file_uploads_disabled", "canvas_globally_disabled"})  # fmt: skip
POISON = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text",
                    "invalid_arguments", "metadata_too_large", "invalid_metadata_format", "too_long",
                    "invalid_attachments", "markdown_text_conflict"})  # fmt: skip
DEFAULT_RETRY_AFTER = 30.0
WHO = "auth.test"
WHO_SECONDS = 3.0


class SlackProblem(Exception):
    """A call that did not succeed: Slack's error code or the transport's, with its class."""

    def __init__(self, method: str, reason: Reason, error: str, after: float | None = None) -> None:
        super().__init__(f"{method}: {error}")
        self.method, self.reason, self.error, self.after = method, reason, error, after

    def outcome(self) -> Outcome:
        if self.reason in (Reason.PERMANENT, Reason.LACKING, Reason.POISON):
            return Failed(self.reason, str(self), self.error)
        gate = self.method if self.reason is Reason.RATE else ""
        return Retry(self.reason, str(self), self.after, gate)


class SlackApi:
    """`call` returns Slack's answer or raises SlackProblem. Threads may share one."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        on_lost: Callable[[str, str], None] = lambda *_: None,
        budget: Budget | None = None,
    ) -> None:
        limits = httpx.Limits(max_connections=20, max_keepalive_connections=20, keepalive_expiry=60)
        timeout = httpx.Timeout(10.0, connect=5.0)
        away = base_url.startswith("https:")
        self._http = httpx.Client(
            base_url=base_url, limits=limits, timeout=timeout, trust_env=away, verify=tls.trusted(environment=away)
        )
        self._token = token
        self._on_lost = on_lost
        self._budget = budget

    def call(
        self, method: str, *, seconds: float | None = None, first: bool = False, **arguments: Any
    ) -> dict[str, Any]:
        """Arguments that are None are left out; lists and mappings travel as JSON. `seconds`: a shorter deadline;
        `first`: before all that is no page."""
        if self._budget and (wait := self._budget.take(method, first=first)) > 0:
            raise SlackProblem(method, Reason.RATE, "our own limit", wait)
        form = {name: _encoded(value) for name, value in arguments.items() if value is not None}
        deadline = {"timeout": seconds} if seconds else {}

        def once() -> dict[str, Any]:
            return self._answer(method, self._send(method, method, data=form, **deadline))

        try:
            return once()
        except SlackProblem as refused:
            if refused.reason is not Reason.AUTH or method == WHO or not self._known():
                raise
        try:
            return once()
        except SlackProblem as refused:
            if refused.reason is Reason.AUTH:  # it is about what was asked: no other token would help
                refused.reason = Reason.PERMANENT
            raise

    def _known(self) -> bool:
        """Whether Slack takes our credentials after all."""
        try:
            self._answer(WHO, self._send(WHO, WHO, timeout=WHO_SECONDS))
        except SlackProblem:
            return False
        return True

    def upload(self, url: str, content: bytes) -> None:
        """The second step of an upload: raw bytes to the address that Slack gave."""
        response = self._send("files.upload", url, content=content)
        if response.status_code != 200:
            raise SlackProblem("files.upload", Reason.AMBIGUOUS, f"HTTP {response.status_code}")

    def close(self) -> None:
        self._http.close()

    def _send(self, method: str, url: str, **body: Any) -> httpx.Response:
        try:
            return self._http.post(url, headers={"Authorization": f"Bearer {self._token}"}, **body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise SlackProblem(method, Reason.NOT_APPLIED, type(error).__name__) from error
        except httpx.HTTPError as error:
            raise SlackProblem(method, Reason.AMBIGUOUS, type(error).__name__) from error
        except RuntimeError as error:
            if not self._http.is_closed:
                raise
            raise SlackProblem(method, Reason.NOT_APPLIED, "the bot is stopping") from error

    def _answer(self, method: str, response: httpx.Response) -> dict[str, Any]:
        if response.status_code == 429:
            after = retry_after(response.headers)
            if self._budget:
                self._budget.close(method, after)
            raise SlackProblem(method, Reason.RATE, "ratelimited", after)
        if response.status_code >= 500:
            raise SlackProblem(method, Reason.AMBIGUOUS, f"HTTP {response.status_code}")
        try:
            answer = response.json()
        except ValueError:
            raise SlackProblem(method, Reason.AMBIGUOUS, "answer is not JSON") from None
        if not isinstance(answer, dict):
            raise SlackProblem(method, Reason.AMBIGUOUS, "answer is not an object")
        if not answer.get("ok"):
            raise self._problem(method, answer)
        return answer

    def _problem(self, method: str, answer: Mapping[str, Any]) -> SlackProblem:
        error = str(answer.get("error", "no error named"))
        reason = classify(error)
        if reason is Reason.LACKING:
            needed = answer.get("needed")
            self._on_lost(method, f"{error} ({needed})" if needed else error)
        return SlackProblem(method, reason, error, DEFAULT_RETRY_AFTER if reason is Reason.RATE else None)


def classify(error: str) -> Reason:
    """The class of one of Slack's error codes; what is not listed will not get better by trying again."""
    if error in ("ratelimited", "rate_limited", "message_limit_exceeded"):
        return Reason.RATE
    for codes, reason in ((AMBIGUOUS, Reason.AMBIGUOUS), (AUTH, Reason.AUTH), (LACKING, Reason.LACKING)):
        if error in codes:
            return reason
    return Reason.POISON if error in POISON else Reason.PERMANENT


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait after a 429; garbage counts as half a minute."""
    text = headers.get("retry-after", "")
    return min(float(text), 3600.0) if text.isascii() and text.isdigit() else DEFAULT_RETRY_AFTER


def _encoded(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
