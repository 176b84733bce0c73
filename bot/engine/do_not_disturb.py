"""Asks Slack now and then who is behind do-not-disturb, so that a page need not ask when it is owed."""

import logging

from bot.domain.contact import do_not_disturb
from bot.domain.core import people
from bot.domain.core.people import TOCSIN
from bot.integrations.slack.people import do_not_disturb_of
from bot.integrations.slack.web_api import SlackApi, SlackProblem
from bot.work import WorkFactory
from storage.queries import do_not_disturb as kept

MOST = 50
"""People whom Slack lets us ask about in one call."""

_log = logging.getLogger(__name__)


def read_do_not_disturb(api: SlackApi, desk: WorkFactory) -> None:
    """Everybody of the configuration. A workspace that does not let us ask goes without: `tocsin doctor` says so."""
    catalog = desk.catalog
    accounts = sorted({slack for key in catalog.people if (slack := people.slack_id(key, catalog))})
    for start in range(0, len(accounts), MOST):
        try:
            told = do_not_disturb_of(api, accounts[start : start + MOST])
        except SlackProblem as problem:
            _log.info("who is behind do-not-disturb could not be read: %s", problem)
            return
        with desk.work(TOCSIN) as w:
            kept.keep(w.session, {slack: do_not_disturb.stretch(said) for slack, said in told.items()}, w.now)
