"""What left by other ways than Slack, as the sandbox shows it."""

from sandbox.control.outbox import links_in
from sandbox.outside.arrival import Arrival
from tests.sandbox.conftest import People

MAIL = Arrival("email", "send", "bo@acme.example", "SEV-1", {"text": "Go to http://x.example/ack/A-1_b."}, {}, ("odd",))


def test_what_arrived_is_listed_with_its_links(people: People) -> None:
    assert people.look("outbox") == []
    assert people.do("outbox", **MAIL.shown()) == {"ok": True, "n": 1}
    people.do("outbox", service="sms", to="+15550102", title="SEV-1")
    first, second = people.look("outbox")
    assert (first["service"], first["to"], first["title"]) == ("email", "bo@acme.example", "SEV-1")
    assert first["links"] == ["http://x.example/ack/A-1_b"]
    assert (first["text"], first["wrong"]) == ("Go to http://x.example/ack/A-1_b.", ["odd"])
    assert (second["n"], second["act"], second["links"]) == (2, "send", [])
    assert [one["n"] for one in people.look("outbox?since=1")] == [2]


def test_the_outbox_needs_to_know_who_and_how(people: People) -> None:
    assert people.status("outbox", title="SEV-1") == 400
    assert people.look("outbox") == []


def test_each_address_once_and_without_the_full_stop() -> None:
    text = "See (https://a.example/x?y=1&z=2), https://a.example/x?y=1&z=2 <https://b.example|b>."
    assert links_in(text) == ["https://a.example/x?y=1&z=2", "https://b.example"]


def test_a_title_that_is_said_again_is_said_once() -> None:
    assert Arrival("pagerduty", "trigger", "k", "SEV-1", {"message": "SEV-1"}, {}).shown()["text"] == ""
