"""The services beyond Slack of one trial, and a ledger of what they received that is not the bot's."""

import json
import os
import re
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml

from sandbox.outside.arrival import Arrival
from sandbox.outside.world import Outside
from tests.torture.processes import ROOT

Json = dict[str, Any]

BASE_URL = "https://tocsin.example"
LINK = re.compile(re.escape(BASE_URL) + r"/ack/([\w-]+)")
PAGES = ("send", "trigger", "create", "page")
"""What a service is asked when someone is to be woken; all else is about a page that it has."""


class Beyond:
    """`with Beyond(ledger) as beyond:`; each arrival is on disk before the service answers."""

    def __init__(self, ledger: Path) -> None:
        self._file = ledger.open("a", encoding="utf-8")
        self.outside = Outside(told=self._write)
        self._ambiguous = 0

    def fault(self, fault: Json) -> None:
        self.outside.fault(**fault)
        self._ambiguous += bool(fault.get("after"))

    @property
    def ambiguous(self) -> int:
        """How many requests at most took effect without an answer."""
        return self._ambiguous

    def configure(self, path: Path, policy: Json, contact: list[Json]) -> None:
        """The demo's company, whose one policy for SEV-1 and rules of contact are the scenario's."""
        company = yaml.safe_load((ROOT / "bot/catalog/demo.yml").read_text("utf-8"))
        company |= yaml.safe_load(self.outside.configuration())
        company["notifications"] = {"contact": contact, "executives": []}
        company["policies"]["critical"] = policy
        path.write_text(yaml.safe_dump(company), "utf-8")

    def _write(self, arrival: Arrival) -> None:
        entry = {"time": time.time(), "service": arrival.service, "act": arrival.act, "to": arrival.to,
                 "told": f"{arrival.title}\n{arrival.text}", "asks": arrival.act in PAGES, "tokens": tokens(arrival),
                 "wrong": list(arrival.wrong)}  # fmt: skip
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> "Beyond":
        self.outside.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.outside.stop()
        self._file.close()


def tokens(arrival: Arrival) -> list[str]:
    """The tokens of every acknowledge link in a message."""
    return LINK.findall(str(arrival.body.get("text") or arrival.body.get("message") or ""))
