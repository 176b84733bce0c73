"""The day on which stories in the browser begin: a Monday afternoon with Bo first and Cy second on call."""

from datetime import UTC, datetime

import httpx

from sandbox import Sandbox

FIRST = datetime(2026, 1, 12, 14, 0, tzinfo=UTC)
WITH_ANA = datetime(2026, 1, 5, 14, 0, tzinfo=UTC)
"""The Monday before, with Ana first and Bo second."""
ROTATION = 6 * 7 * 86_400.0
"""Seconds after which every rotation of the demo's company is where it was: three and two people, by the week."""


def turn_to_monday(sandbox: Sandbox, *, speed: float = 1, first: datetime = FIRST) -> None:
    """Moves the clock to the next such Monday. Before a bot runs, as nobody should live through those weeks."""
    with httpx.Client(base_url=f"{sandbox.url}/_sandbox/", trust_env=False) as http:
        http.post("clock", json={"speed": speed}).raise_for_status()
        now = float(http.get("clock").json()["now"])
        http.post("clock", json={"advance": (first.timestamp() - now) % ROTATION}).raise_for_status()
