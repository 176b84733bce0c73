"""What a use case tells whoever asked: the name of a template and plain values for it."""

from dataclasses import dataclass, field
from typing import Any

from storage.models import Incident


@dataclass(frozen=True)
class Answer:
    """`template` is rendered at the door, with the present state of `incident` and these values.

    `row` is that incident as the transaction left it, for words that need no more; a repeated answer comes without it.
    """

    template: str
    incident: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    row: Incident | None = field(default=None, compare=False, repr=False)

    def plain(self) -> dict[str, Any]:
        return {"template": self.template, "incident": self.incident, "values": self.values}

    @classmethod
    def restore(cls, stored: dict[str, Any]) -> "Answer":
        return cls(**stored)
