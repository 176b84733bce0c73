"""Letters that make and end the twin of an incident at PagerDuty."""

from bot.deliveries.core.composition import Draft
from bot.domain.incidents.lifecycle import is_open
from bot.integrations.outbound import Letter, Nothing, OpenMirror, ResolveMirror


def opening(draft: Draft) -> Letter:
    row, catalog = draft.incident, draft.composer.catalog
    if not is_open(row) and draft.delivery.ambiguous_since is None:
        return Nothing("it is over already")
    title = f"{catalog.severity_label(row.severity)} {catalog.reference(row.number or 0)} {row.title}"
    return OpenMirror(title, row.description or row.title, draft.payload["urgency"], draft.payload["key"])


def ending(draft: Draft) -> Letter:
    row = draft.incident
    if is_open(row):
        return Nothing("it is open again")
    return ResolveMirror(draft.payload["id"], row.resolution or row.status)
