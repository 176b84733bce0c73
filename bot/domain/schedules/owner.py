"""Who looks after a schedule, and where it is spoken of, for what its people cannot settle among themselves."""

from bot.catalog import Catalog
from bot.domain.core.people import slack_id


def owner(catalog: Catalog, schedule: str, who: str = "") -> str | None:
    """The lead of its team, else the manager of `who`; never `who`. Named as our records do it."""
    found = catalog.schedules.get(schedule)
    team = catalog.teams.get(found.team or "") if found else None
    person = catalog.people.get(who) or catalog.person_by_slack(who)
    chosen = [team.lead if team else None, person.manager if person else None]
    key = next((one for one in chosen if one and person != catalog.people.get(one)), None)
    return (slack_id(key, catalog) or key) if key else None


def place_of(catalog: Catalog, schedule: str) -> str:
    """Its own channel, its team's, or the incidents channel."""
    found = catalog.schedules.get(schedule)
    team = catalog.teams.get(found.team or "") if found else None
    own = (found.channel if found else None) or (team.channel if team else None)
    return own or catalog.incidents_channel
