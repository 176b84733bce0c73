"""What could keep a page from someone, as one finding; and whether the owner of a schedule hears of it again. Pure."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal[
    "unreachable", "asleep", "slack_only", "failed", "unknown", "inactive", "guest", "no_zone", "gap", "alone", "both",
    "idle",
]  # fmt: skip
OF_PERSONS = frozenset({"unreachable", "asleep", "slack_only", "failed", "unknown", "inactive", "guest", "no_zone"})


@dataclass(frozen=True)
class Finding:
    """One weakness. `schedules` it concerns, `person` (key) whom a test page would help; `when` ISO 8601 or ""."""

    kind: Kind
    schedules: tuple[str, ...]
    person: str
    sentence: str
    advice: str
    mark: str = ""

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "schedules": list(self.schedules)}

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it another finding: the same gap, or double duty, a week later is not news, nor is the same
        person on one more schedule."""
        of_person = bool(self.person) and self.kind in OF_PERSONS
        return (self.kind, "" if of_person else ",".join(self.schedules), self.person if of_person else "", self.mark)


def digest(found: Iterable[Finding]) -> str:
    """The same for the same findings, whatever their order; "" when there are none."""
    names = sorted(one.identity for one in found)
    return hashlib.sha256(json.dumps(names).encode()).hexdigest() if names else ""


def has_news(told: Collection[Sequence[str]] | str, found: Collection[Finding]) -> bool:
    """Whether owners who were `told` these identities hear of it again: something is new, or nothing is left.

    What is cured beside others that stay is no news. A release before this one kept a digest instead.
    """
    if isinstance(told, str):
        return told != digest(found)
    known = {tuple(one) for one in told}
    return any(one.identity not in known for one in found) if found else bool(known)
