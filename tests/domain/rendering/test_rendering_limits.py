"""What Slack would refuse is named with its path, and nothing that ``fit`` lets through is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import limits
from tests.selection import examples


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(action: str = "a.b", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("x"), "action_id": action, **more}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "s", "placeholder": plain("x"), **more}


def option(text: str = "x", value: str = "v") -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def post(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"text": "x", "blocks": list(blocks), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return post({"type": "actions", "elements": list(elements)})


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"trigger_id": "1", "view": {"type": "modal", "title": plain("x"), "blocks": list(blocks), **more}}


DIVIDER = {"type": "divider"}
INPUT = {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input", "action_id": "i"}}

# method, a call that is just over one limit, a part of what is said about it
OVER: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"text": "a" * 4001}, ".text: 4001 characters, at most 4000"),
    ("chat.update", {"text": "😀" * 2001}, ".text: 4002 characters, at most 4000"),
    ("chat.postMessage", {}, "neither text nor blocks"),
    ("chat.postMessage", post(*[DIVIDER] * 51), ".blocks: 51 entries, at most 50"),
    ("response_url", post(section("a" * 3001)), ".blocks[0].text: 3001 characters, at most 3000"),
    ("chat.postMessage", post(section("")), ".blocks[0].text: must not be empty"),
    ("chat.postMessage", post({"type": "header", "text": plain("a" * 151)}), "at most 150"),
    ("chat.postMessage", post({"type": "section", "fields": [plain("x")] * 11}), ".fields: 11 entries, at most 10"),
    ("chat.postMessage", post({"type": "section", "fields": [plain("a" * 2001)]}), ".fields[0].text: 2001"),
    ("chat.postMessage", post({"type": "context", "elements": [plain("x")] * 11}), "11 entries, at most 10"),
    ("chat.postMessage", post({"type": "image", "image_url": "https://x", "alt_text": "a" * 2001}), "at most 2000"),
    ("chat.postMessage", actions(*(button(f"a{n}") for n in range(26))), ".elements: 26 entries, at most 25"),
    ("chat.postMessage", actions(), ".elements: must not be empty"),
    ("chat.postMessage", actions(button() | {"text": plain("a" * 76)}), "76 characters, at most 75"),
    ("chat.postMessage", actions(button(value="a" * 2001)), ".value: 2001"),
    ("chat.postMessage", actions(button(url="a" * 3001)), ".url: 3001"),
    ("chat.postMessage", actions(button("a" * 256)), ".action_id: 256"),
    ("chat.postMessage", actions(button(), button()), "action_id 'a.b' appears 2 times in one block"),
    ("chat.postMessage", post(*[DIVIDER | {"block_id": "b"}] * 2), "block_id 'b' appears 2 times"),
    ("chat.postMessage", actions(button(confirm={"title": plain("a" * 101)})), ".confirm.title: 101"),
    ("chat.postMessage", actions(button(confirm={"text": plain("a" * 301)})), ".confirm.text: 301"),
    ("chat.postMessage", actions(button(confirm={"confirm": plain("a" * 31)})), ".confirm.confirm: 31"),
    ("chat.postMessage", actions(button(confirm={"deny": plain("a" * 31)})), ".confirm.deny: 31"),
    ("chat.postMessage", actions(select(options=[option()] * 101)), ".options: 101 entries, at most 100"),
    ("chat.postMessage", actions(select(options=[option("a" * 76)])), ".options[0].text: 76"),
    ("chat.postMessage", actions(select(options=[option(value="a" * 151)])), ".options[0].value: 151"),
    ("chat.postMessage", actions(select(placeholder=plain("a" * 151))), ".placeholder: 151"),
    ("chat.postMessage", actions({"type": "overflow", "action_id": "o", "options": [option()] * 6}), "at most 5"),
    ("chat.postMessage", post(*[section("a" * 2500)] * 5), "12500 characters in all, at most 12000"),
    ("chat.postMessage", {"text": "x", "metadata": {"event_payload": {"x": "a" * 8000}}}, ".metadata: "),
    ("views.open", modal(*[DIVIDER] * 101), ".view.blocks: 101 entries, at most 100"),
    ("views.open", modal(), ".view.blocks: must not be empty"),
    ("views.open", modal(DIVIDER, title=plain("a" * 25)), ".view.title: 25"),
    ("views.push", modal(DIVIDER, submit=plain("a" * 25)), ".view.submit: 25"),
    ("views.update", modal(DIVIDER, close=plain("a" * 25)), ".view.close: 25"),
    ("views.open", modal(DIVIDER, private_metadata="a" * 3001), ".private_metadata: 3001"),
    ("views.open", modal(DIVIDER, callback_id="a" * 256), ".callback_id: 256"),
    ("views.open", {"view": {"type": "modal", "blocks": [DIVIDER]}}, "a modal needs a title"),
    ("views.open", modal(INPUT), "needs submit"),
    ("view_submission", modal(INPUT | {"label": plain("a" * 2001)}, submit=plain("x")), ".label: 2001"),
    ("conversations.create", {"name": "a" * 81}, "at most 80"),
    ("conversations.create", {"name": "Über uns"}, "only a-z, 0-9, - and _"),
    ("conversations.setTopic", {"topic": "a" * 251}, ".topic: 251 characters, at most 250"),
    ("conversations.setPurpose", {"purpose": "a" * 251}, ".purpose: 251"),
    ("bookmarks.add", {"title": "a" * 257, "link": "https://x"}, ".title: 257"),
    ("views.publish", {"view": {"type": "home", "blocks": [section("a" * 2999)] * 95}}, "bytes, at most 250000"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "payload", "said"), OVER, ids=[f"{n}" for n in range(len(OVER))])
def test_a_call_over_one_limit_is_named(method: str, payload: dict[str, Any], said: str) -> None:
    (violation,) = limits.check(method, payload)
    assert violation.startswith(method)
    assert said in violation


FITS = [
    case for case in OVER if "needs" not in case[2] and "appears" not in case[2] and "must not be empty" not in case[2]
]


@pytest.mark.parametrize(("method", "payload", "said"), FITS)
def test_fit_leaves_nothing_to_refuse(method: str, payload: dict[str, Any], said: str) -> None:
    assert limits.check(method, limits.fit(method, payload)) == []


def test_a_repeated_block_id_goes_and_an_empty_text_becomes_a_dash() -> None:
    fitted = limits.fit("chat.postMessage", post(DIVIDER | {"block_id": "b"}, section("") | {"block_id": "b"}))
    assert limits.check("chat.postMessage", fitted) == []
    assert fitted["blocks"][1] == section("–")


def test_a_call_within_the_limits_is_left_as_it_is() -> None:
    payload = post(section("x"), {"type": "actions", "elements": [button(value="7")]}, channel="C1", thread_ts="1.2")
    assert limits.check("chat.postMessage", payload) == []
    assert limits.fit("chat.postMessage", payload) == payload


def test_a_call_without_limits_passes() -> None:
    assert limits.check("pins.add", {"channel": "C1"}) == []
    assert limits.fit("pins.add", {"channel": "C1"}) == {"channel": "C1"}


@pytest.mark.parametrize("tail", ["&amp;", "&lt;", "<@U01ANA>", "<https://a.example|label>", "<!date^1^{time}|x>"])
def test_a_cut_leaves_no_half_entity_and_no_half_token(tail: str) -> None:
    for before in range(2999 - len(tail), 3000):
        (block,) = limits.fit("chat.postMessage", post(section("a" * before + tail + "b" * 50)))["blocks"]
        text = block["text"]["text"]
        rest = text.removesuffix("…").replace(tail, "")
        assert text.endswith("…")
        assert set(rest) <= {"a", "b"}


def test_what_a_button_carries_is_cut_without_a_mark_for_it_is_not_read() -> None:
    (block,) = limits.fit("chat.postMessage", actions(button(value="a" * 2001)))["blocks"]
    assert block["elements"][0]["value"] == "a" * 2000


def test_surplus_blocks_give_way_to_a_note_and_the_buttons_stay() -> None:
    answer = {"type": "actions", "elements": [button()]}
    blocks = limits.fit("chat.postMessage", post(*[section("x")] * 60, answer))["blocks"]
    assert len(blocks) == 50
    assert blocks[-1] == answer
    assert blocks[-2]["elements"][0]["text"] == "… 12 more not shown"


def test_long_texts_shrink_before_any_is_left_out() -> None:
    blocks = limits.fit("chat.postMessage", post(*[section("a" * 3000)] * 7))["blocks"]
    assert [len(block["text"]["text"]) for block in blocks] == [1500] * 7


def test_fit_does_not_change_what_it_was_given() -> None:
    payload = post(section("a" * 4000))
    limits.fit("chat.postMessage", payload)
    assert payload == post(section("a" * 4000))


UNITS = ("a", "😀", "&amp;", "<@U01ANA> ", " ", "\n")
LENGTHS = (0, 1, 74, 76, 149, 151, 1999, 2001, 3001, 5000)


def block_of(kind: int, unit: str, length: int, count: int) -> dict[str, Any]:
    text = (unit * length)[:length]
    many = [plain(text) for _ in range(count)]
    options = [option(text, text)] * count * 10
    return [
        section(text),
        {"type": "header", "text": plain(text)},
        {"type": "section", "fields": many},
        {"type": "context", "elements": many},
        {"type": "actions", "block_id": "same", "elements": [button(value=text), select(options=options)]},
    ][kind]


BLOCKS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(UNITS), st.sampled_from(LENGTHS), st.integers(1, 12)),
    min_size=1,
    max_size=70,
)


@examples(40, 100)
@given(unit=st.sampled_from(UNITS), length=st.sampled_from(LENGTHS), drawn=BLOCKS)
def test_whatever_is_put_in_what_comes_out_is_accepted(
    unit: str, length: int, drawn: list[tuple[int, str, int, int]]
) -> None:
    blocks = [block_of(*each) for each in drawn]
    message = limits.fit("chat.postMessage", {"channel": "C1", "text": unit * length, "blocks": blocks})
    assert limits.check("chat.postMessage", message) == []
    home = limits.fit("views.publish", {"user_id": "U1", "view": {"type": "home", "blocks": blocks * 2}})
    assert limits.check("views.publish", home) == []
