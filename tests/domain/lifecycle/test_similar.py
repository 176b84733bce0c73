"""What of the last incidents reads like a new one."""

from datetime import UTC, datetime

import pytest

from bot.domain.lifecycle.similar import similar
from storage.models import Incident, IncidentStatus

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def incident(
    number: int, title: str, service: str | None = None, status: str = "resolved", *, drill: bool = False
) -> Incident:
    return Incident(number=number, title=title, severity="SEV-2", status=IncidentStatus(status), service=service,
                    declared_by="U1", declared_at=AT, started_at=AT, detected_at=AT, drill=drill)  # fmt: skip


ROWS = [
    incident(1, "Checkout returns 5xx", "checkout"),
    incident(2, "Checkout times out", "checkout"),
    incident(3, "Search is slow", "search"),
    incident(4, "Checkout returns 5xx again", "checkout", "cancelled"),
    incident(5, "Checkout returned 500s", None),
    incident(6, "Checkout returns 5xx", "checkout", "merged"),
    incident(7, "Checkout returns 5xx", "checkout", drill=True),
    incident(8, "Überweisungen schlagen fehl", "payments"),
    incident(9, "Checkout returns 5xx", "checkout"),
    incident(10, "The mail is late", "checkout"),
]


@pytest.mark.parametrize(
    ("title", "service", "numbers"),
    [
        ("checkout returns 5xx", "checkout", [9, 1, 5]),
        ("checkout returns 5xx", "", [9, 1, 5]),
        ("the checkout timed out", "checkout", [2]),
        ("überweisung schlägt fehl", "", [8]),
        ("searches are slow", "search", [3]),
        ("the printer burns", "checkout", []),
        ("is it on", "", []),
        ("", "checkout", []),
    ],
)
def test_titles_count_and_the_service_helps(title: str, service: str, numbers: list[int]) -> None:
    assert [row.number for row in similar(title, service, ROWS)] == numbers
    assert [row.number for row in similar(title, service, reversed(ROWS))] == numbers, "the order of rows is no matter"
