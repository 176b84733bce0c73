"""Messages about the links of an incident, and the line of them on its card."""

from collections.abc import Iterable

from bot.domain.links.links import BRIDGE, KINDS, label
from bot.rendering.contexts.core.message import IncidentMessage, Messages, Values, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.values import Link
from storage.models import IncidentLink
from storage.queries.incident_view import IncidentView

MARKS = {
    "ticket": "🎫", BRIDGE: "📞", "dashboard": "📊", "runbook": "📘", "status-page": "📣", "code": "🧩",
}  # fmt: skip
"""In front of a link, by what it leads to."""


def shown(show: Presenter, rows: Iterable[IncidentLink]) -> list[Context]:
    """Links for a reader, the calls first."""
    ordered = sorted(rows, key=lambda row: row.kind != BRIDGE)
    return [_link(show, row.kind, row.url, label(row)) | {"id": row.id} for row in ordered]


MOST_ON_CARD, LONGEST_ON_CARD = 5, 2000


def on_card(show: Presenter, rows: Iterable[IncidentLink]) -> Context:
    """As many as one line of the card takes, and how many more there are."""
    links, length = shown(show, rows), 0
    fitting: list[Context] = []
    for one in links[:MOST_ON_CARD]:
        length += len(one["link"].mrkdwn())
        if length > LONGEST_ON_CARD:
            break
        fitting.append(one)
    return {"links": fitting, "more_links": len(links) - len(fitting)}


def _link(show: Presenter, kind: str, url: str, name: str) -> Context:
    return {
        "mark": MARKS.get(kind, "🔗"),
        "kind": KINDS.get(kind, kind),
        "link": Link(url, show.words(name)),
        "url": url,
    }


def kept(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """`what` became of the link: added, changed, known, removed."""
    kind, title = str(values["kind"]), str(values["title"])
    one = _link(show, kind, str(values["url"]), title or str(values["url"]))
    return {"incident": incident(show, dossier), "what": values["what"], "one": one, "name": show.words(title) or None}


def listed(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """`links`: rows as plain values, so that an answer can carry them."""
    rows = [IncidentLink.model_validate(one) for one in values.get("links", ())]
    return {"incident": incident(show, dossier), "links": shown(show, rows)}


MESSAGES: Messages = {
    "link_kept": IncidentMessage(of_values(kept)),
    "links": IncidentMessage(of_values(listed)),
}
