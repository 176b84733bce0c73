"""The auditor beside a release that writes facts this one does not know."""

from sqlmodel import select

from bot.engine.auditor import Auditor
from storage.models import Chain, JournalEntry
from tests.storage.delivery_harness import DeliveryHarness


def test_a_fact_of_a_newer_release_is_passed_over_and_pages_are_still_watched(room: DeliveryHarness) -> None:
    with room.desk.database.write() as session:
        newest = session.exec(select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(1)).one()  # type: ignore[union-attr]
        session.add(
            JournalEntry(**{**newest.model_dump(exclude={"seq"}), "n": newest.n + 1, "fact": "weather.rain_began"})
        )
        assert session.get(Chain, newest.subject)
    auditor = Auditor(room.desk)
    auditor.audit()
    assert auditor.waiting(), "the page that the incident began with is owed, and known to be"
