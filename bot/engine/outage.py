"""Notices that Slack is away and that it is back, from the outcomes of what is sent. Knows no delivery and no database.

While Slack is away each delivery waits longer and longer, up to a minute, so that hundreds of them do not drown it when
it comes back. One of them looks much sooner, and the first that gets through calls the others.
"""

import threading

from bot.integrations.outcome import Outcome, Reason, Retry, Sent

RUN = 3
"""Failures in a row that mean more than bad luck with one delivery."""
SOONEST, LATEST, SHARE = 2.0, 30.0, 20
"""Seconds between two looks: a twentieth of the time for which Slack has been away, within these bounds."""
AWAY = frozenset({Reason.NOT_APPLIED, Reason.AMBIGUOUS})
SILENT = frozenset({Reason.RATE, Reason.WAITING, Reason.AUTH})
"""Outcomes that say neither that Slack works nor that it does not."""


class Outage:
    """Counts failures in a row. Real time in seconds comes from outside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._returning = False
        self._since = self._next_look = 0.0

    def saw(self, outcome: Outcome, now: float) -> bool:
        """Takes note of what became of one delivery; True when it is the first to get through after an outage.

        Whoever is told so makes up for the outage and says `over`: until then nobody else takes Slack for back.
        """
        if not isinstance(outcome, Sent) and outcome.reason in SILENT:
            return False
        with self._lock:
            if isinstance(outcome, Retry) and outcome.reason in AWAY:
                self._since = self._since if self._failures else now
                self._failures += 1
                return False
            was_away, self._failures = self._failures >= RUN, 0
            self._returning = self._returning or was_away
            return was_away

    def over(self) -> None:
        """What was to be said meanwhile is in order."""
        with self._lock:
            self._returning = False

    def away(self) -> bool:
        """Whether nobody counts on Slack now."""
        with self._lock:
            return self._returning or self._failures >= RUN

    def wait(self, seconds: float, now: float) -> float:
        """How long a delivery that failed waits instead of `seconds`: one of them looks soon."""
        with self._lock:
            if self._failures < RUN or now < self._next_look:
                return seconds
            look = min(LATEST, max(SOONEST, (now - self._since) / SHARE))
            self._next_look = now + look
            return min(seconds, look)
