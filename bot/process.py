"""The life of the process: its signals, its database that may come later, its garbage."""

import gc
import logging
import signal
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError, OperationalError

from bot import logs
from bot.app import Application, build
from bot.settings import Settings
from storage import loss

DATABASE_TRIES = 60
"""A second apart."""

_log = logging.getLogger(__name__)


def main(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT; SIGHUP reads the configuration again."""
    logs.configure(settings.log, settings.secrets())
    ends = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
    # Blocked before there are threads, so that only sigwait hears; given back, or our caller's children go deaf.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    try:
        application = built(settings, lambda seconds: _told_to_stop(ends, seconds))
        if application is None:
            return
        application.start()
        gc.freeze()  # what a start made stays until the end: the collector need not look at it again
        gc.set_threshold(10_000, 20, 50)
        gc.enable()
        while signal.sigwait(ends) == signal.SIGHUP:
            application.configuration.reload()
        application.stop()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def built(settings: Settings, pause: Callable[[float], bool]) -> Application | None:
    """Builds; a database server that is not there yet is asked again every second for a minute.

    A machine that boots may start it after us, and a bot that is given up by its supervisor pages nobody. `pause`
    waits and says whether we were told to stop, which gives None. Raises what `build` raises.
    """
    for left in range(DATABASE_TRIES, -1, -1):
        try:
            return build(settings)
        except DBAPIError as error:  # whoever stood still in the middle of it has lost the connection, too
            passes = isinstance(error, OperationalError) or loss.reason(error)
            if not passes or not left or settings.database_url.startswith("sqlite"):
                raise
            if left == DATABASE_TRIES:
                _log.warning("the database cannot be opened yet, and is asked again for %d s: %s", left, error.orig)
            if pause(1.0):
                _log.info("told to stop before the database could be opened")
                return None
    raise AssertionError("the last try returns or raises")


def _told_to_stop(ends: set[signal.Signals], seconds: float) -> bool:
    """Waits. SIGHUP is heard and asks for nothing: the configuration is read anew with each try."""
    heard = signal.sigtimedwait(ends, seconds)
    return heard is not None and heard.si_signo != signal.SIGHUP
