"""The sample proxy lets in what links and gateways outside lead to, and keeps the rest inside."""

import re

from bot.catalog import load
from bot.clock import ManualClock
from bot.health import Health
from bot.rendering.message import Renderer
from bot.services import work_factory
from handlers.door import Door
from handlers.web import asgi
from handlers.web.application import create_app
from handlers.web.site import Site
from storage.db import Database
from tests.stories.signing import NOW
from tests.stories.world import ROOT

INSIDE = ("/api/v1", "/openapi.json", "/livez", "/readyz", "/metrics")
SAMPLES = {"{token}": "abc", "{source}": "sms", "{schedule}": "primary-oncall", "{person}": "ana"}


def doors() -> set[str]:
    """Every path that is served, with something in each of its gaps."""
    database = Database("sqlite://", exclusive=False)
    door = Door(work_factory.make(database, ManualClock(NOW), lambda: load(None)), Renderer())
    site = Site(door=door, health=Health(), metrics=bytes, token="x")
    front = asgi.make(site)._app.routes  # type: ignore[attr-defined]
    paths = {str(one.path) for one in front if getattr(one, "path", "")} | set(create_app(site).openapi()["paths"])
    database.close()
    for gap, sample in SAMPLES.items():
        paths = {path.replace(gap, sample) for path in paths}
    return paths


def let_in(path: str) -> bool:
    """Whether nginx hands this path on: an exact place first, then the longest beginning."""
    text = (ROOT / "docs/deploy/nginx.conf").read_text("utf-8")
    places = re.findall(r"location (=)? ?(/\S*) \{([^}]*)\}", text)
    exact = [body for sign, place, body in places if sign and place == path]
    longest = max((place for sign, place, _ in places if not sign and path.startswith(place)), key=len)
    body = exact[0] if exact else next(body for sign, place, body in places if not sign and place == longest)
    return "proxy_pass" in body


def test_the_proxy_has_all_doors_of_outside_and_none_of_inside() -> None:
    found = doors()
    assert {"/slack/events", "/ack/abc", "/replies/sms", "/oncall/primary-oncall.ics", "/livez"} <= found
    wrong = {path for path in found if let_in(path) == path.startswith(INSIDE)}
    assert wrong == set()
