"""Replies to a page: who wrote is a person or a stranger, never somebody else; what they want is said in few words."""

import pytest

from bot.catalog import Catalog, load
from bot.domain.contact import page_reply
from bot.domain.contact.page_reply import NotUnderstood
from tests.storage.delivery_harness import COMPANY


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(COMPANY)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("+15550101", "ana"),
        (" +1 555 0101 ", "ana"),
        ("+1 (555) 01-01", "ana"),
        ("0015550101", "ana"),
        ("tel:+15550101", "ana"),
        ("whatsapp:+15550101", "ana"),
        ("ana@acme.example", "ana"),
        ("ANA@ACME.example", "ana"),
        ("Ana Ruiz <Ana@acme.example>", "ana"),
        ("5550101", None),
        ("+155501011", None),
        ("+1555010", None),
        ("ana@acme.example.evil.example", None),
        ("Ana@acme.example <mallory@evil.example>", None),
        ("", None),
        ("Ana Ruiz", None),
        ("U01ANA", None),
    ],
)
def test_who_wrote(address: str, key: str | None, catalog: Catalog) -> None:
    found = page_reply.sender(address, catalog)
    assert (found.key if found else None) == key


def test_a_number_of_two_people_is_nobodys(catalog: Catalog) -> None:
    twin = catalog.people["bo"].model_copy(update={"phone": "+15550101"})
    shared = catalog.model_copy(update={"people": {**catalog.people, "bo": twin}})
    assert page_reply.sender("+15550101", shared) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("ack", ("ack", None, "")),
        ("ACK.", ("ack", None, "")),
        ("\n\n ok \n> the quoted mail: decline", ("ack", None, "")),
        ("ack INC-4", ("ack", 4, "")),
        ("ack 4", ("ack", 4, "")),
        ("4", ("ack", 4, "")),
        ("inc-4!", ("ack", 4, "")),
        ("decline", ("decline", None, "")),
        ("Decline: I am ill", ("decline", None, "I am ill")),
        ("decline INC-4 travelling", ("decline", 4, "travelling")),
        ("no", ("decline", None, "")),
        ("On it!", ("ack", None, "")),
        ("ack 1 please", ("ack", 1, "")),
        ("ACK INC-1 on my way", ("ack", 1, "")),
        ("I've got it", ("ack", None, "")),
        ("nack", ("decline", None, "")),
        ("Can’t, driving", ("decline", None, "driving")),
        ("pass to bo", ("pass", None, "bo")),
        ("Pass it to Bo Lindqvist", ("pass", None, "Bo Lindqvist")),
        ("cant INC-4 asleep", ("decline", 4, "asleep")),
    ],
)
def test_what_they_want(text: str, wish: tuple[str, int | None, str], catalog: Catalog) -> None:
    said = page_reply.page_reply(text, catalog)
    assert (said.kind, said.number, said.reason) == wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what is this?",
        "ack the one about search",
        "stop",
        "I am out of office until 4",
        "bo is on it",
        "ack 2 things first",
    ],
)
def test_what_nobody_can_know_changes_nothing(text: str, catalog: Catalog) -> None:
    with pytest.raises(NotUnderstood, match="Nothing was changed"):
        page_reply.page_reply(text, catalog)
