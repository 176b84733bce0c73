"""Deliveries that make and end the twin of an incident at PagerDuty."""

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind, by_mirror
from bot.deliveries.core.refusal import Refused, in_charge
from bot.domain.core.refusals import OTHER_PROVIDER
from bot.domain.incidents.lifecycle import is_open
from bot.integrations.outbound import NoteMirror, Nothing, OpenMirror, Outbound, ResolveMirror
from bot.services.incidents import mirror


def opening(draft: Composition) -> Outbound:
    row, catalog = draft.incident, draft.composer.catalog
    if not is_open(row) and draft.delivery.ambiguous_since is None:
        return Nothing("it is over already")
    title = f"{catalog.severity_label(row.severity)} {catalog.reference(row.number or 0)} {row.title}"
    return OpenMirror(title, row.description or row.title, draft.payload["urgency"], draft.payload["key"])


def ending(draft: Composition) -> Outbound:
    row = draft.incident
    if is_open(row):
        return Nothing("it is open again")
    return ResolveMirror(draft.payload["id"], row.resolution or row.status)


TWIN = Refused(called="the incident at PagerDuty", believers=in_charge, reasons=OTHER_PROVIDER)


def note(draft: Composition) -> Outbound:
    ident = draft.incident.pagerduty_id
    if ident is None:
        return Nothing("there is no twin")
    return NoteMirror(ident, draft.payload["text"], draft.payload["urgency"])


DELIVERIES: Deliveries = {
    "mirror.open": Kind(compose=opening, sent=mirror.opened, failed=mirror.failed, via=by_mirror, refused=TWIN),
    "mirror.note": Kind(compose=note, failed=mirror.failed, via=by_mirror, refused=TWIN),
    "mirror.resolve": Kind(compose=ending, failed=mirror.failed, via=by_mirror, refused=TWIN),
}
