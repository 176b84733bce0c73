"""The lines in which deliveries wait for senders of their own."""

from enum import Enum

from bot.deliveries import kinds
from storage.claims import Owed
from storage.models import Delivery


class Line(Enum):
    """Deliveries that wait for senders of their own."""

    PAGES = "page"
    WAYS = "way"
    REST = "send"

    @property
    def senders(self) -> int:
        return 6 if self is Line.REST else 2

    @classmethod
    def of(cls, row: Delivery | Owed) -> "Line":
        if row.priority > 0:
            return cls.REST
        return cls.WAYS if row.kind in kinds.BEYOND_SLACK else cls.PAGES
