"""Which messages are words of a person to the bot: never those of an app, lest two answer each other for ever."""

import pytest

from handlers.paging.written import by_a_person


@pytest.mark.parametrize(("event", "spoken"), [
    ({"user": "U1", "text": "ack"}, True),
    ({"user": "U1", "text": "see this", "subtype": "file_share"}, True),
    ({"user": "U1", "text": "ack", "subtype": "thread_broadcast"}, True),
    ({"user": "U1", "text": "ack", "bot_id": "B1"}, False),
    ({"text": "ack", "bot_id": "B1", "subtype": "bot_message"}, False),
    ({"user": "U1", "text": "ack", "subtype": "bot_message"}, False),
    ({"user": "U1", "subtype": "message_changed", "message": {"text": "ack"}}, False),
    ({"subtype": "message_deleted"}, False),
    ({"user": "U1", "subtype": "channel_join", "text": "joined"}, False),
    ({"text": "ack"}, False),
])  # fmt: skip
def test_words_of_a_person(event: dict[str, object], spoken: bool) -> None:
    assert by_a_person(event) is spoken
