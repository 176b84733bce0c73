"""The days on which stories begin, so that they do not hang on the day on which they are told.

Who is on call changes by the week. The clock only ever moves forward, so a story begins on the next such day.
"""

from datetime import UTC, datetime

import httpx

from sandbox import Sandbox

WEDNESDAY = datetime(2026, 1, 7, 10, 0, tzinfo=UTC)
"""A morning at work, with Ana first, Bo second on call, and Dee in command."""
MONDAY = datetime(2026, 1, 12, 14, 0, tzinfo=UTC)
"""An afternoon with Bo first and Cy second on call."""
ROTATION = 6 * 7 * 86_400.0
"""Seconds after which every rotation of the demo's company is where it was: three and two people, by the week."""


def turn_to(day: datetime, sandbox: Sandbox, *, speed: float = 1) -> None:
    """Moves the clock to the next day like that. Before a bot runs, as nobody should live through those weeks."""
    with httpx.Client(base_url=f"{sandbox.url}/_sandbox/", trust_env=False, verify=False) as http:
        http.post("clock", json={"speed": speed}).raise_for_status()
        now = float(http.get("clock").json()["now"])
        http.post("clock", json={"advance": (day.timestamp() - now) % ROTATION}).raise_for_status()
