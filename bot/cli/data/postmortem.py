"""`tocsin postmortem`: the draft as Markdown, as a page to print, or as facts."""

import json
from pathlib import Path

from bot.cli import console, installation
from bot.cli.console import Refusal
from bot.cli.data.markdown_html import to_html
from bot.domain.core.errors import DomainError
from handlers.web.incidents_api import Incidents


def run(ref: str, form: str, output: Path | None) -> int:
    with installation.reading() as (_, incidents):
        try:
            document = _document(incidents, ref, form)
        except DomainError as refusal:
            raise Refusal(str(refusal)) from None
    console.deliver(document, output)
    return 0


def _document(incidents: Incidents, ref: str, form: str) -> str:
    if form == "json":
        return json.dumps(incidents.postmortem_facts(ref), ensure_ascii=False, indent=2)
    draft = incidents.postmortem(ref)
    return draft if form == "md" else to_html(draft)


def export(ref: str, output: Path | None) -> int:
    with installation.reading() as (_, incidents):
        try:
            everything = incidents.export(ref)
        except DomainError as refusal:
            raise Refusal(str(refusal)) from None
    console.deliver(json.dumps(everything, ensure_ascii=False, indent=2), output)
    return 0
