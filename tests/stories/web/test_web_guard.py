"""What the guard of Slack's HTTP traffic admits, and what it refuses with which status."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.web.guard import MAX_BODY, Refused, guard
from tests.stories.signing import NOW, SECRET, signed

GOOD = b'{"type":"event_callback"}'
FORM = b"payload=" + quote('{"type":"block_actions"}').encode()
REFUSALS: list[tuple[str, bytes, dict[str, str], int]] = [
    ("no headers at all", GOOD, {}, 401),
    ("no signature", GOOD, {"x-slack-signature": ""}, 401),
    ("another secret", GOOD, signed(GOOD, at=NOW.timestamp(), secret="guess"), 401),
    ("another body", GOOD, signed(GOOD + b" ", at=NOW.timestamp()), 401),
    ("an hour old", GOOD, signed(GOOD, at=NOW.timestamp() - 3600), 401),
    ("301 s old", GOOD, signed(GOOD, at=NOW.timestamp() - 301), 401),
    ("301 s ahead", GOOD, signed(GOOD, at=NOW.timestamp() + 301), 401),
    ("a time that is no number", GOOD, {"x-slack-request-timestamp": "now"}, 401),
    ("a time with a sign", GOOD, {"x-slack-request-timestamp": "-1795248000"}, 401),
    ("a time in other digits", GOOD, {"x-slack-request-timestamp": "١٧٩٥٢٤٨٠٠٠"}, 401),
    ("a time of twelve digits", GOOD, {"x-slack-request-timestamp": "179524800000"}, 401),
    ("a time with a line break", GOOD, {"x-slack-request-timestamp": "1795248000\n"}, 401),
    ("a signature in capitals", GOOD, {"x-slack-signature": "v0=" + "A" * 64}, 401),
    ("a signature that is not ASCII", GOOD, {"x-slack-signature": "v0=" + "é" * 64}, 401),
    ("another version", GOOD, {"x-slack-signature": "v1=" + "a" * 64}, 401),
    ("too large", b"x" * (MAX_BODY + 1), {}, 413),
    ("no JSON", b"{", signed(b"{", at=NOW.timestamp()), 400),
    ("JSON that is a list", b"[]", signed(b"[]", at=NOW.timestamp()), 400),
    ("empty", b"", signed(b"", at=NOW.timestamp()), 400),
    ("not UTF-8", b'"\xff"', signed(b'"\xff"', at=NOW.timestamp()), 400),
    ("nested too deep", b"[" * 200_000, signed(b"[" * 200_000, at=NOW.timestamp()), 400),
    ("a form that is not UTF-8", b"payload=%ff", signed(b"payload=%ff", at=NOW.timestamp(), kind="form"), 400),
    ("a payload that is no JSON", b"payload=x", signed(b"payload=x", at=NOW.timestamp(), kind="form"), 400),
    ("another content type", GOOD, {**signed(GOOD, at=NOW.timestamp()), "content-type": "text/xml"}, 400),
]


@pytest.mark.parametrize(("body", "headers", "status"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_the_guard_refuses(body: bytes, headers: dict[str, str], status: int) -> None:
    complete = {**signed(body, at=NOW.timestamp()), **headers} if headers else {}
    with pytest.raises(Refused) as refusal:
        guard(complete, body, [SECRET], NOW)
    assert refusal.value.status == status


@pytest.mark.parametrize(("body", "kind"), [(GOOD, "json"), (FORM, "form"), (b"command=%2Fx&text=", "form")])
@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_the_guard_admits_what_slack_signed(body: bytes, kind: str, seconds: int) -> None:
    at = (NOW + timedelta(seconds=seconds)).timestamp()
    assert guard(signed(body, at=at, kind=kind), body, ["", "old", SECRET], NOW) == body.decode()


def test_without_a_secret_nothing_is_admitted() -> None:
    with pytest.raises(Refused, match="signature is wrong"):
        guard(signed(GOOD, at=NOW.timestamp(), secret=""), GOOD, [""], NOW)


@given(body=st.binary(max_size=200), stamp=st.text(max_size=14), given_signature=st.text(max_size=70), kind=st.text())
def test_the_guard_never_breaks(body: bytes, stamp: str, given_signature: str, kind: str) -> None:
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": given_signature, "content-type": kind}
    with pytest.raises(Refused):
        guard(headers, body, [SECRET], NOW)


@given(body=st.binary(max_size=200), kind=st.sampled_from(["json", "form"]))
def test_a_signed_body_is_admitted_or_refused_and_nothing_else(body: bytes, kind: str) -> None:
    status = 200
    try:
        guard(signed(body, at=NOW.timestamp(), kind=kind), body, [SECRET], NOW)
    except Refused as refusal:
        status = refusal.status
    assert status in (200, 400)
