"""Which incidents have a twin at PagerDuty: SEV-1 and SEV-2 where that is wanted; no drills, nothing private."""

from bot.domain.incidents.facts import MirrorOpened, MirrorWanted
from bot.domain.incidents.visibility import has_public_place
from storage.models import Incident

MIRRORED = ("SEV-1", "SEV-2")


def want(incident: Incident, *, on: bool, again: bool = False) -> list[MirrorWanted]:
    """A twin for an incident that has none. `again`: the one of before it was reopened is resolved over there.

    Two wishes before the first answer have one key, and so lead to one twin.
    """
    if again:
        incident.pagerduty_id = incident.pagerduty_url = None
    if not on or incident.pagerduty_id or incident.severity not in MIRRORED:
        return []
    if incident.drill or not has_public_place(incident):
        return []
    key = f"tocsin:{incident.number}:{incident.declared_at:%Y%m%dT%H%M%S}"
    return [MirrorWanted(key=key, urgency="high")]


def opened(incident: Incident, ident: str, url: str) -> list[MirrorOpened]:
    """The twin is there: its id and address are kept on the incident."""
    incident.pagerduty_id, incident.pagerduty_url = ident, url
    return [MirrorOpened(id=ident, url=url)]
