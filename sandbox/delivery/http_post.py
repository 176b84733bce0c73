"""Signed HTTP: every delivery is a POST to the app's request URL."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from sandbox.delivery.envelope import Envelope, Outcome
from sandbox.faults import Faults
from sandbox.records import Json
from sandbox.world import World

MAX_REDIRECTS = 2


@dataclass
class HttpDoor:
    """Posts to one address, as v0-signed requests. Signatures use real time."""

    world: World
    faults: Faults
    url: str
    _client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        """To read the certificates of this machine takes longer than to build the rest of a sandbox."""
        self._client = httpx.AsyncClient(
            timeout=None,
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
            trust_env=False,
            verify=self.url.startswith("https:"),
        )

    def connections(self) -> int:
        """An address is always there."""
        return 1

    async def deliver(self, envelope: Envelope) -> Outcome:
        """One request; anything but 2xx in time is a failure with Slack's reason."""
        kind, raw = encoded(envelope)
        headers = {"content-type": kind, **signed(self.world.app.signing_secret, raw), **_retry(envelope)}
        started = time.monotonic()
        try:
            reply = await self._client.post(self.url, content=raw, headers=headers, timeout=self.world.patience)
        except httpx.TimeoutException:
            return Outcome("operation_timeout", reason="http_timeout")
        except httpx.TooManyRedirects:
            return Outcome("dispatch_failed", reason="too_many_redirects")
        except httpx.TransportError:
            return Outcome("dispatch_failed", reason="connection_failed")
        if self.faults.world("drop_ack"):
            return Outcome("operation_timeout", reason="http_timeout")
        if not reply.is_success:
            stop = reply.headers.get("x-slack-no-retry") == "1"
            return Outcome("not_acknowledged", reason="http_error", no_retry=stop)
        return Outcome(body=_body(reply), ack_ms=int((time.monotonic() - started) * 1000))


def encoded(envelope: Envelope) -> tuple[str, bytes]:
    """(content type, body): JSON for events, a form for commands, `payload=` for the rest."""
    if envelope.kind == "events_api":
        return "application/json", json.dumps(envelope.payload).encode()
    form = envelope.payload if envelope.kind == "slash_commands" else {"payload": json.dumps(envelope.payload)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def signed(secret: str, raw: bytes) -> dict[str, str]:
    """The two signature headers for a body sent now."""
    moment = str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": moment, "x-slack-signature": f"v0={digest}"}


def _retry(envelope: Envelope) -> dict[str, str]:
    if not envelope.retry:
        return {}
    return {"x-slack-retry-num": str(envelope.retry), "x-slack-retry-reason": envelope.retry_reason}


def _body(reply: httpx.Response) -> Json | None:
    if not reply.content:
        return None
    try:
        body = reply.json()
    except ValueError:
        return {"text": reply.text}
    return body if isinstance(body, dict) else None
