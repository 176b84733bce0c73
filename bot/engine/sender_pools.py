"""The lines in which deliveries wait for senders of their own."""

from enum import Enum

from storage import outbox
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
    def beyond_slack(self) -> bool | None:
        return None if self is Line.REST else self is Line.WAYS

    @classmethod
    def of(cls, row: Delivery) -> "Line":
        if row.priority > 0:
            return cls.REST
        return cls.WAYS if row.kind in outbox.BY_WAY else cls.PAGES
