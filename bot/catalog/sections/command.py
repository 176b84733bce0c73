"""How command of an incident is handed on, and when its commander is reminded of something."""

from datetime import timedelta

from bot.catalog.duration import Duration
from bot.catalog.section import Section
from bot.catalog.value import Value


class Command(Value):
    """How long an offer of command stands, and how decisions and actions are kept in time."""

    offer_lasts: Duration = timedelta(minutes=10)
    """How long the person who is offered command may take to answer; command doesn't move before they accept."""
    more_time: Duration = timedelta(minutes=5)
    """How much longer the offer stands after *Ask for 5 min*, which can be pressed once."""
    objections: Duration = timedelta(seconds=60)
    """How long a decision is open to strong objections."""
    action_lasts: Duration = timedelta(minutes=15)
    """The time-box of an action for which none was said."""
    page_role_after: Duration | None = None
    """How long after the first reminder that no one has a mandatory role its schedule is paged, once; `null` never."""


COMMAND = Section("command", Command)
