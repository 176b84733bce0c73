"""What composing a message needs besides its records: the templates, the configuration, the time, our address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core import written_zone
from bot.domain.core.people import SLACK_ID
from bot.domain.paging.ack_link import AckLinks
from bot.domain.schedules import overrides
from bot.rendering.contexts.core.presenter import Presenter, is_slack
from bot.rendering.message import Renderer
from storage.models import EscalationState, Setting
from storage.queries import members as member_queries
from storage.queries import schedules as schedule_queries
from storage.queries.incident_view import IncidentView


@dataclass(frozen=True)
class Composer:
    """`now` is business time; `base_url` the public address of this installation, if it has one, which `links` need."""

    renderer: Renderer
    catalog: Catalog
    now: datetime
    base_url: str | None = None
    links: AckLinks | None = None

    def showing(self, session: Session, who: Iterable[str] = (), since: datetime | None = None) -> Presenter:
        """The value that contexts start from, with the names of the people who will be shown.

        `since`: from when on it must be known who is on call, if at all.
        """
        members = member_queries.members(session, sorted({one for one in who if is_slack(one)}))
        names = {slack: row.real_name or row.name for slack, row in members.items()}
        rota = overrides.rota_of(self.catalog, *schedule_queries.overrides(session, since)) if since else None
        return Presenter(self.catalog, self.now, self.base_url, self.team_url(session), names, rota)

    def for_dossier(self, session: Session, dossier: IncidentView, more: Iterable[str] = ()) -> Presenter:
        """Whoever is still to be asked is shown too, so that the rota is read for an escalation that goes on."""
        goes_on = dossier.escalation is not None and dossier.escalation.state in (
            EscalationState.RUNNING,
            EscalationState.EXHAUSTED,
        )
        return self.showing(session, [*participants(dossier), *more], since=self.now if goes_on else None)

    def zone(self, session: Session, viewer: str) -> ZoneInfo:
        """The zone that Slack shows this person times in; the configured one while Slack has not said."""
        member = member_queries.members(session, [viewer]).get(viewer)
        configured = self.catalog.timezone(self.catalog.person_by_slack(viewer))
        return written_zone.zone(member.timezone if member else None, configured)

    @staticmethod
    def team_url(session: Session) -> str | None:
        row = session.get(Setting, "slack.team_url")
        url: Any = row.value if row else None
        return url if isinstance(url, str) and url.startswith("http") else None


def participants(dossier: IncidentView) -> list[str]:
    """Everybody who appears in an incident."""
    incident, escalation = dossier.incident, dossier.escalation
    people = [incident.declared_by, incident.postmortem_owner, dossier.giver, dossier.assignee,
              dossier.offer.person if dossier.offer else None, *dossier.roles.values()]  # fmt: skip
    people += [escalation.acknowledged_by] if escalation else []
    people += [value for value in map(str, (incident.own or {}).values()) if SLACK_ID.match(value)]
    people += [page.person for page in dossier.pages] + [update.by for update in dossier.updates]
    return [who for who in people if who]
