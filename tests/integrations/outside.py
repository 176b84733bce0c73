"""What tests of the ways beyond Slack share: the stand-ins, a page, clocks, and the ways that lead to the stand-ins."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.catalog import load
from bot.catalog.sections.integrations import Integrations
from bot.integrations.outbound import Reach
from bot.integrations.provider import Clocks, Secrets
from bot.integrations.providers import Providers
from sandbox.outside.world import Outside

REACH = Reach("email", "U01ANA", "ana@acme.example", "INC-1 SEV-1 Checkout returns 5xx", "Ana, you are paged.",
              "page:1:email", "https://tocsin.example/ack/t0ken", urgent=True)  # fmt: skip


def certificate(folder: Path) -> None:
    """key.pem and chain.pem for 127.0.0.1, which nobody vouches for."""
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x",
             "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", "key.pem",
             "-out", "chain.pem"]  # fmt: skip
    subprocess.run(words, check=True, capture_output=True, cwd=folder)


def reach(via: str, **more: Any) -> Reach:
    address = {"email": "ana@acme.example", "sms": "+15550101", "phone": "+15550101"}.get(via, "")
    return Reach(**{**vars(REACH), "via": via, "address": address, "key": f"page:1:{via}", **more})


@dataclass
class Ticks:
    """Seconds that pass only when a test says so."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


def clocks(ticks: Ticks | None = None) -> Clocks:
    return Clocks(real=lambda: datetime.now(UTC), monotonic=ticks or Ticks())


def sections(folder: Path, text: str) -> Integrations:
    """The section of a tocsin.yml with this text."""
    (folder / "tocsin.yml").write_text(text)
    return load(folder / "tocsin.yml").integrations


def secrets(outside: Outside, **more: Any) -> Secrets:
    keys = outside.services.keys
    known = {"pagerduty_key": keys.pagerduty_key, "pagerduty_token": keys.pagerduty_token,
             "opsgenie_key": keys.opsgenie_key, "webhook_secret": keys.webhook_secret}  # fmt: skip
    return Secrets(**{**known, **more})


def providers(outside: Outside, folder: Path, **more: Any) -> Providers:
    found = sections(folder, outside.configuration())
    return Providers(lambda: found, secrets(outside, **more), clocks())
