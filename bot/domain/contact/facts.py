"""Facts about who on call can be reached."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class ReachabilityChanged(Fact, name="contact.reachability_changed", line=False):
    """What the owners in `channel` should know about their schedules is not what they were told last.

    `findings` are sentences; none means that all is well again. `digest` names them.
    """

    channel: str
    findings: list[str]
    digest: str
