"""Every sweep, merged from the nouns: by name, how often it runs and what it does."""

from bot.domain.core.table import merged
from bot.services.contact import reachability
from bot.services.core.clockwork import Sweep
from bot.services.oncall import shift_handoff, wellbeing
from bot.services.paging import policies
from bot.services.schedules import history
from bot.services.tickets import tickets

NOUNS = (history, reachability, policies, shift_handoff, wellbeing, tickets)
SWEEPS: dict[str, Sweep] = merged(noun.SWEEPS for noun in NOUNS)
