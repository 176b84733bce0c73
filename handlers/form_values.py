"""What was filled in on a modal: one element to a block, asked for by the block's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Values:
    """Slack's state.values. Every reader gives an empty value for a field that is absent or was left empty."""

    state: Mapping[str, Mapping[str, Mapping[str, Any]]]

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> "Values":
        return cls((view.get("state") or {}).get("values") or {})

    def _entry(self, block: str) -> Mapping[str, Any]:
        return next(iter((self.state.get(block) or {}).values()), {})

    def text(self, block: str) -> str:
        return str(self._entry(block).get("value") or "")

    def choice(self, block: str) -> str:
        """The value of the one option chosen."""
        return str((self._entry(block).get("selected_option") or {}).get("value") or "")

    def choices(self, block: str) -> set[str]:
        return {str(option["value"]) for option in self._entry(block).get("selected_options") or ()}

    def user(self, block: str) -> str:
        return str(self._entry(block).get("selected_user") or "")

    def users(self, block: str) -> list[str]:
        return [str(user) for user in self._entry(block).get("selected_users") or ()]

    def moment(self, block: str) -> int | None:
        """The chosen date and time, seconds since 1970."""
        chosen = self._entry(block).get("selected_date_time")
        return int(chosen) if chosen else None
