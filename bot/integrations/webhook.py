"""A signed request to an address of the installation's own, which never reaches into the network behind us by mistake.

The name is resolved first, and the connection goes to the address that was judged: a name cannot say one thing to the
guard and another to the connection.
"""

import hashlib
import hmac
import ipaddress
import json
import socket
from urllib.parse import urlsplit, urlunsplit

import httpx

from bot.catalog.sections.integrations import Webhook, is_local
from bot.integrations import tls
from bot.integrations.outbound import Reach
from bot.integrations.outcome import Reason, Sent
from bot.integrations.provider import Clocks, NotConfigured, ProviderProblem, Secrets
from bot.integrations.web_call import CONNECT, DEADLINE, check

NAME = "the webhook"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class SignedWebhook:
    """POSTs each page as JSON. `Tocsin-Signature` is v1= and the HMAC-SHA256 of "timestamp.body" in hex."""

    provable = False

    def __init__(self, section: Webhook, secrets: Secrets, clocks: Clocks) -> None:
        if not section.url:
            raise NotConfigured("the webhook is not configured: set integrations.webhook.url in tocsin.yml")
        if not secrets.webhook_secret:
            raise NotConfigured("the webhook is not configured: set TOCSIN_WEBHOOK_SECRET, which signs its requests")
        self._url, self._allow_private = urlsplit(section.url), section.allow_private
        self._secret, self._clocks = secrets.webhook_secret, clocks
        deadlines = httpx.Timeout(DEADLINE, connect=CONNECT)
        self._http = httpx.Client(timeout=deadlines, trust_env=False, verify=tls.trusted(environment=False))

    def send(self, item: Reach, *, ambiguous: bool) -> Sent:
        """`Idempotency-Key` is the page's key: a receiver that has seen it has done its part."""
        body = json.dumps(
            {"type": "test" if item.test else "page", "key": item.key, "person": item.person, "title": item.title,
             "text": item.text, "acknowledge_url": item.ack_url, "urgent": item.rank == "urgent"},
            ensure_ascii=False,
        ).encode("utf-8", "replace")  # fmt: skip
        stamp = str(int(self._clocks.real().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Tocsin",
            "Idempotency-Key": "".join(one for one in item.key if " " < one < "\x7f"),
            "Tocsin-Timestamp": stamp,
            "Tocsin-Signature": f"v1={signature(self._secret, stamp, body)}",
        }
        answer = self._post(self._judged(), body, headers)
        check(NAME, answer, (self._secret,))
        return Sent({"status": answer.status_code}, item.text)

    def probe(self) -> str:
        """Looks the name up and judges where it leads; nothing is sent."""
        return f"{self._url.hostname} is {self._judged()}; only a test page shows whether it answers"

    def close(self) -> None:
        self._http.close()

    def _judged(self) -> Address:
        """Where the name leads. Raises ProviderProblem for a place that we may not send to."""
        host = self._url.hostname or ""
        try:
            listed = socket.getaddrinfo(host, self._url.port or self._default_port(), type=socket.SOCK_STREAM)
        except OSError as error:
            raise ProviderProblem(NAME, Reason.NOT_APPLIED, f"{host} is not found ({error.strerror})") from None
        addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in listed]
        for one in addresses:
            if why := forbidden(one, local=is_local(host), private=self._allow_private):
                raise ProviderProblem(NAME, Reason.PERMANENT, f"{host} leads to {one}, {why}")
        return addresses[0]

    def _default_port(self) -> int:
        return 443 if self._url.scheme == "https" else 80

    def _post(self, address: Address, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """To the judged address, under the name that its certificate has to bear."""
        place = f"[{address}]" if address.version == 6 else str(address)
        port = f":{self._url.port}" if self._url.port else ""
        target = urlunsplit((self._url.scheme, f"{place}{port}", self._url.path, self._url.query, ""))
        host = self._url.netloc
        try:
            return self._http.post(
                target,
                content=body,
                headers={**headers, "Host": host},
                extensions={"sni_hostname": self._url.hostname or ""},
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise ProviderProblem(NAME, Reason.NOT_APPLIED, f"no connection ({type(error).__name__})") from None
        except httpx.HTTPError as error:
            raise ProviderProblem(NAME, Reason.AMBIGUOUS, f"no answer ({type(error).__name__})") from None


def signature(secret: str, stamp: str, body: bytes) -> str:
    """What a receiver computes too: HMAC-SHA256 over the timestamp, a dot and the raw body, in hex."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def forbidden(address: Address, *, local: bool, private: bool) -> str:
    """Why we may not send there, "" when we may. `local`: the configuration names this very machine."""
    mapped = getattr(address, "ipv4_mapped", None) or address
    if mapped.is_loopback:
        return "" if local else "which is this machine"
    if mapped.is_link_local or mapped.is_multicast or mapped.is_unspecified or mapped.is_reserved:
        return "which is no place for messages"
    if not mapped.is_global and not private:
        return "a private address; set integrations.webhook.allow_private if that is right"
    return ""
