"""A ticket in plain text, for readers who know neither Slack nor our ids. A private incident keeps its words here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.incidents.lifecycle import titled
from bot.domain.incidents.visibility import is_public
from bot.rendering.contexts.contact.plain_text import local
from bot.rendering.contexts.core.presenter import Presenter
from storage.models import Incident

SAID = {
    "resolved": "Resolved", "reopened": "Opened again", "cancelled": "Cancelled: it was no incident",
    "merged": "Merged into another incident",
}  # fmt: skip


def title(show: Presenter, row: Incident) -> str:
    """The default; of a private incident only its reference."""
    ref, severity = show.ref(row.number), show.severity(row.severity)
    return f"{ref} {severity} {show.words(titled(row))}" if is_public(row) else f"{ref} {severity}"


def text(show: Presenter, row: Incident) -> str:
    """What the ticket begins with: the incident, and where the work goes on."""
    ref, severity = show.ref(row.number), show.severity(row.severity)
    if not is_public(row):
        return f"{ref} ({severity}) is private: what is known stands where its people work on it."
    declared = local(row.declared_at, show.zone)
    service = show.catalog.services.get(row.service or "")
    lines = [f"{ref} ({severity}), declared {declared} by {show.name(row.declared_by)}: {show.words(titled(row))}"]
    lines += [f"Service: {service.name if service else row.service}"] if row.service else []
    lines += [f"Impact: {show.words(row.impact)}"] if row.impact else []
    lines += [f"Room: {url}"] if (url := show.room_url(row)) else []
    lines += ["", show.words(row.description)] if row.description else []
    return "\n".join(lines)


def note(show: Presenter, row: Incident, what: str, at: datetime, values: Mapping[str, Any]) -> str:
    """One line for what has become of the incident. Its time makes it another than any that came before."""
    words = show.words(str(values.get("words") or ""))
    if what == "severity":
        said = f"{show.severity(values['old'])} → {show.severity(values['new'])}"
    elif what == "status":
        said = str(values["new"]).capitalize()
    else:
        said = SAID[what]
    because = f": {words}" if words else ""
    return f"{show.ref(row.number)}, {local(at, show.zone)}: {said}{because}"
