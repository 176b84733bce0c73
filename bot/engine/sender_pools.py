"""The lines in which deliveries wait for senders of their own."""

from enum import Enum

from bot.deliveries import kinds
from storage.models import Delivery


class Line(Enum):
    """Deliveries that wait for senders of their own."""

    PAGES = "page"
    WAYS = "way"
    REST = "send"

    @property
    def senders(self) -> int:
        return 6 if self is Line.REST else 2

    @property
    def only(self) -> tuple[str, ...]:
        """The kinds that it takes, where it takes no others."""
        return kinds.BEYOND_SLACK if self is Line.WAYS else ()

    @property
    def without(self) -> tuple[str, ...]:
        """The kinds that it leaves to another line."""
        return kinds.BEYOND_SLACK if self is Line.PAGES else ()

    @classmethod
    def of(cls, row: Delivery) -> "Line":
        if row.priority > 0:
            return cls.REST
        return cls.WAYS if row.kind in kinds.BEYOND_SLACK else cls.PAGES
