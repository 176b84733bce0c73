"""`tocsin export`: every record of an incident as one JSON document."""

import json
from pathlib import Path

from bot.cli import installation, paper
from bot.cli.console import Refusal
from bot.domain.core.errors import DomainError


def run(ref: str, output: Path | None) -> int:
    with installation.reading() as (_, incidents):
        try:
            everything = incidents.export(ref)
        except DomainError as refusal:
            raise Refusal(str(refusal)) from None
    paper.deliver(json.dumps(everything, ensure_ascii=False, indent=2), output)
    return 0
