"""Every kind of delivery says what follows when nobody will ever take it, and it does follow, whatever Slack's word."""

from collections.abc import Iterator

import pytest
from sqlmodel import col, func, select

from bot.deliveries import outcomes
from bot.deliveries.core.refusal import Refusal, Refused
from bot.deliveries.kinds import DELIVERIES
from bot.domain.core import refusals as words
from bot.domain.core.people import TOCSIN
from storage.models import Delivery, JournalEntry
from storage.queries import refusals
from tests.domain.message_values import (
    ask_a_vendor,
    change_shifts,
    go_private,
    hand_over,
    keep_a_ticket,
    leave,
    live_through,
    post_twice,
)
from tests.storage.delivery_harness import DeliveryHarness

CODES = (
    "channel_not_found", "is_archived", "not_in_channel", "restricted_action", "restricted_action_read_only_channel",
    "thread_not_found", "message_not_found", "user_not_found", "messages_tab_disabled", "something_new", "",
    words.NO_ADDRESS,
)  # fmt: skip
RARE = {
    "digest",
    "alarm",
    "alarm.way",
    "mirror.note",
    "page.silence",
    "room.archive",
    "ephemeral",
    "ladder.group",
    "mirror.resolve",
    "postmortem.file",
    "postmortem.canvas",
}
"""Kinds of which nothing is owed here; their rules are those of kinds that are."""
PLACES = ("C0ROOM", "C0INCIDENTS", "U01ANA", "C0ROOM/1.0", "")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeliveryHarness]:
    """A company to which nearly everything has happened: one delivery at least of most kinds."""
    opened = DeliveryHarness.opened(tmp_path_factory.mktemp("lived"))
    opened.set_up_mail()
    opened.set_up_pagerduty()
    live_through(opened)
    ask_a_vendor(opened)
    for more in (go_private, change_shifts, hand_over, leave, keep_a_ticket, post_twice):
        more(opened)
    yield opened
    opened.close()


class Undone(Exception):
    """Nothing of what was tried stays."""


@pytest.mark.parametrize("kind", DELIVERIES)
def test_there_is_no_kind_without_a_rule(kind: str) -> None:
    assert isinstance(DELIVERIES[kind].refused, Refused)


@pytest.mark.parametrize("kind", DELIVERIES)
def test_what_is_refused_goes_elsewhere_or_is_said(lived: DeliveryHarness, kind: str) -> None:
    with lived.desk.read() as session:
        row = session.exec(select(Delivery).where(Delivery.kind == kind).order_by(col(Delivery.id))).first()
        welcome = row is not None and row.payload.get("template") == "joined"  # not worth a direct message
        ident = row.id if row and not welcome else None
    if ident is None:
        assert kind in RARE, "lived too little"
        return
    rule = DELIVERIES[kind].refused
    for code in CODES:
        for place in PLACES:
            told = follows(lived, ident, Refusal(f"chat.postMessage: {code}", code, place))
            assert told or code in rule.moot, (kind, code, place)


def follows(lived: DeliveryHarness, ident: int, refusal: Refusal) -> bool:
    """Whether a finding, another delivery or a line of history comes of it besides that it died."""
    said = False
    try:
        with lived.desk.work(TOCSIN) as w:
            before = [w.session.exec(select(func.count()).select_from(one)).one() for one in (Delivery, JournalEntry)]
            outcomes.failed(w, w.session.get_one(Delivery, ident), refusal)
            w.seal()
            after = [w.session.exec(select(func.count()).select_from(one)).one() for one in (Delivery, JournalEntry)]
            owed, written = (now - then for now, then in zip(after, before, strict=True))
            said = owed > 0 or written > 1 or bool(refusals.findings(w.session))
            raise Undone
    except Undone:
        return said
