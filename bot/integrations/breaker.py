"""When a provider that keeps failing is left alone: five failures within half a minute open the circuit, and after
half a minute one message goes first to see. Pure: the state is a value, seconds come from outside.
"""

from dataclasses import dataclass, replace

from bot.integrations.outcome import Outcome, Reason, Sent

FAILURES = 5
WINDOW = 30.0
OPEN = 30.0
"""Seconds: in which failures count, and for which the circuit stays open."""
COUNTED = frozenset({Reason.NOT_APPLIED, Reason.AMBIGUOUS})
"""Failures of the provider. That one recipient or our credentials are refused, or that we are told to wait, is none."""


@dataclass(frozen=True)
class Circuit:
    """`failures`: when the recent ones were. `opened`: since when it is open. `probing`: since when one looks."""

    failures: tuple[float, ...] = ()
    opened: float | None = None
    probing: float | None = None


def wait(circuit: Circuit, now: float) -> float:
    """Seconds until a message may go; 0 when one may go now."""
    if circuit.opened is None:
        return 0.0
    since = circuit.opened if circuit.probing is None else circuit.probing
    return max(0.0, since + OPEN - now)


def started(circuit: Circuit, now: float) -> Circuit:
    """A message goes; through an open circuit it is the one that looks, and the others wait for what it finds."""
    return circuit if circuit.opened is None else replace(circuit, probing=now)


def ended(circuit: Circuit, outcome: Outcome, now: float) -> Circuit:
    """What the answer means for those to come."""
    if isinstance(outcome, Sent):
        return Circuit()
    if outcome.reason not in COUNTED:
        return replace(circuit, probing=None, opened=None, failures=()) if circuit.opened is not None else circuit
    failures = (*(at for at in circuit.failures if now - at <= WINDOW), now)[-FAILURES:]
    if circuit.opened is not None or len(failures) == FAILURES:
        return Circuit(failures, opened=now)
    return Circuit(failures)
