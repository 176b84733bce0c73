"""Why a severity is raised or lowered: the reasons to pick from, and nothing else. Words of one's own come behind."""

from bot.domain.core.errors import DomainError
from bot.domain.incidents.lifecycle import is_worse

RAISE = {
    "impact-worse": "The impact is worse than first thought",
    "taking-longer": "Resolving it takes longer than expected",
    "more-services": "More services are affected",
    "more-complaints": "More customers complain",
    "media": "Media or social media pay attention",
}
LOWER = {
    "impact-reduced": "The impact is smaller now",
    "mitigated": "The mitigation worked",
    "fewer-users": "Fewer users are affected",
    "workaround": "There is a workaround now",
}
ALL = {**RAISE, **LOWER}


class WrongDirection(DomainError):
    """ "{reason}" is a reason to {direction} the severity, and this would {other} it. Nothing was changed."""


def offered(old: str, new: str) -> dict[str, str]:
    """What can be picked for this change; nothing where nothing changes."""
    if old == new:
        return {}
    return RAISE if is_worse(new, old) else LOWER


def worded(old: str, new: str, picked: str, text: str) -> str:
    """The reason as it is kept: what was picked, then what was written. Raises WrongDirection."""
    if picked in ALL and old != new and picked not in offered(old, new):
        direction, other = ("raise", "lower") if picked in RAISE else ("lower", "raise")
        raise WrongDirection(reason=ALL[picked], direction=direction, other=other)
    return ": ".join(part for part in (ALL.get(picked, ""), text.strip()) if part)
