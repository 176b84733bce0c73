"""The messages about links: within Slack's limits whatever is in them, with a button for each link."""

import json
import re

import pytest

from bot.catalog import load
from bot.rendering import limits
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.links.messages import on_card
from bot.rendering.message import Renderer
from bot.rendering.values import Link
from storage.models import IncidentLink
from tests.domain.catalogs import DEMO
from tests.domain.template_cases import AT, BARE, INCIDENT, RESOLVED, Context

HOSTILE = "<!channel> | *boo* > [x](page.ack:1) " + "w" * 60
ONE: Context = {"mark": "🎫", "kind": "Ticket", "url": "https://x.example/1", "id": 3,
                "link": Link("https://x.example/" + "a" * 1400, HOSTILE)}  # fmt: skip
SHOW = Presenter(load(DEMO), AT.at)
ROWS = [IncidentLink(id=n, incident=1, kind="ticket", url="https://x.example/" + "a" * 1400, title=HOSTILE, by="ana",
                     at=AT.at) for n in range(40)]  # fmt: skip
MANY = [ONE | {"id": number} for number in range(40)]
CASES: list[tuple[str, Context, int, str]] = [
    *(("link_kept", {"what": what, "one": ONE, "name": HOSTILE}, 0, "Ticket")
      for what in ("added", "changed", "known", "removed")),
    ("links", {"links": []}, 0, "None yet"),
    ("links", {"links": [ONE]}, 1, "Ticket"),
    ("links", {"links": MANY}, 40, "Ticket"),
    ("card", {"roles": [], "pages": {"total": 0}, **on_card(SHOW, ROWS)}, 0, "39 more"),
]  # fmt: skip
renderer = Renderer()


@pytest.mark.parametrize(("template", "context", "buttons", "says"), CASES,
                         ids=[f"{n}-{one[0]}" for n, one in enumerate(CASES)])  # fmt: skip
@pytest.mark.parametrize("incident", [INCIDENT, BARE, RESOLVED], ids=["full", "bare", "over"])
def test_links_are_worded(template: str, context: Context, buttons: int, says: str, incident: Context) -> None:
    message = renderer.message(template, {**context, "incident": incident})
    fitted = limits.fit("chat.postMessage", {"text": message.text, "blocks": message.blocks})
    assert limits.check("chat.postMessage", fitted) == []
    shown = json.dumps(fitted["blocks"], ensure_ascii=False)
    assert len(re.findall(r'"action_id": "link.remove', shown)) == min(buttons, 40)
    assert says in shown
    assert "<!channel>" not in shown
    assert 'page.ack:1"' not in shown
