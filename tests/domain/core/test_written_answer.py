"""What words written to the bot mean: only what is nothing but an acknowledgement is one."""

import pytest

from bot.catalog import load
from bot.domain.core import written_answer
from tests.domain.catalogs import DEMO

CATALOG = load(DEMO)


@pytest.mark.parametrize(("text", "number"), [
    ("ack", None), ("Ack.", None), ("ACK!", None), ("ack, on it", None), ("on it", None), ("On it!", None),
    ("I'm on it", None), ("I’m on it", None), ("i am on it now", None), ("got it", None), ("Got it, thanks", None),
    ("acked", None), ("acknowledged", None), ("ok, on it", None), ("yes ack", None), ("taking it", None),
    ("I'll take it", None), ("mine", None), ("I've got this", None), ("looking", None), ("looking into it", None),
    ("on it :eyes:", None), ("👍 on it", None), ("<@U01SANDBOX> ack", None), ("ack INC-2", 2), ("ack inc-2.", 2),
    ("INC-2: on it", 2), ("on it for INC-2", 2), ("I'm on INC-2", 2), ("ack #2", 2), ("`ack`", None), ("*ack*", None),
    ("awake, looking at it", None), ("hi, on it", None), ("roger", None), ("on my way", None),
    ("ack — on it", None), ("“ack”", None), ("ack, waking up", None), ("aknowledge", None), ("akc", None),
    ("acknowlege", None), ("ack INC-2 — on it", 2), ("acknowledging", None),
    ("ack 2", 2), ("Ack #2!", 2), ("ack 2 please", 2), ("Ack 2, on my way", 2),
])  # fmt: skip
def test_an_acknowledgement(text: str, number: int | None) -> None:
    said = written_answer.read(text, CATALOG)
    assert (said.kind, said.number) == ("ack", number)


@pytest.mark.parametrize("text", [
    "", "hello", "ok", "yes", "thanks!", "who is on it?", "is anyone on it?", "ack?", "not on it", "I'm not on it",
    "bo is on it", "nobody got it", "I can't ack", "don't ack", "ack this for bo", "resolve INC-2", "on it tomorrow",
    "is it mine", "acknowledge receipt of the invoice", "what does ack do", "got it wrong", "take it away from me",
    "never mind", "on", "it", "?", "ack INC-1 and INC-2 are done", "who is on call", "declare sev1 x", "lol got it?",
    "ack 2 things first", "ack <@U01BO>", "ack @bo", "ack INC-1.5", "ack payments", "ac", "acl", "OPS-2 ack",
    "no idea", "no problem", "no, on it", "no, I'm on it", "no wait", "can't log in", "can't find the room",
    "can't take it yet", "can't take it alone", "cannot take it?", "no one is on it", "no, what is it?",
    "nobody", "can't reach the vpn", "no?", "can't but will try", "no laptop", "no access yet", "not yet",
    "no, we got it", "5 min", "\U0001f44d", "+1", "k", "y", "ack but slow laptop", "can't, I'm on it already",
    "no one has got this", "looking for bo", "here is the log", "check the runbook", "looking good", "up again",
])  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert written_answer.read(text, CATALOG).kind == "other"


@pytest.mark.parametrize(("text", "reason"), [
    ("decline", ""), ("Decline: on a plane", "on a plane"), ("nack, ill", "ill"),
    # a clear no, by whoever has one hand free
    *((text, "") for text in (
        "cannot take it", "can\u2019t take it", "can't", "cant now", "I can't right now", "sorry, can't", "not me",
        "nope", "no", "No.", "nah", "no way", "sorry I can't take this", "can't take INC-2", "I'm afraid I can't",
        "not available", "unable to take it", "won't be able to", "I can't make it tonight", "can not take it now",
        "no \U0001f641")),
    ("can't, driving", "driving"), ("I cannot, on a plane", "on a plane"), ("no, driving", "driving"),
    ("nope, asleep", "asleep"), ("can't take it because I'm ill", "I'm ill"), ("INC-2: can't, asleep", "asleep"),
    ("can't do it, in a meeting", "in a meeting"),
    ("decline INC-2 asleep", "asleep"), ("Decline — On a Plane", "On a Plane"),
])  # fmt: skip
def test_a_decline(text: str, reason: str) -> None:
    said = written_answer.read(text, CATALOG)
    assert (said.kind, said.reason) == ("decline", reason)


@pytest.mark.parametrize(("text", "to"), [
    ("pass to bo", "bo"), ("pass it to <@U01BO>", "<@U01BO>"), ("Pass this on to Bo Lindqvist", "Bo Lindqvist"),
    ("hand over to bo", "bo"), ("give it to bo please", "bo please"), ("INC-2: pass to bo", "bo"),
    ("please pass to the database team", "the database team"), ("decline to bo", "bo"),
])  # fmt: skip
def test_a_page_that_is_passed_on_says_to_whom(text: str, to: str) -> None:
    said = written_answer.read(text, CATALOG)
    assert (said.kind, said.reason) == ("pass", to)


@pytest.mark.parametrize(("text", "whom"), [
    ("ask bo", "bo"), ("bo should take it", "bo"), ("please ask bo instead", "bo"),
    ("call bo", "bo"), ("page bo", "bo"), ("bo could take this", "bo"),
    ("get the database team", "the database team"), ("bo instead", "bo"),
    ("not me, ask bo", "bo"), ("ask bo?", ""), ("hello", ""),
])  # fmt: skip
def test_somebody_who_is_only_named_is_offered(text: str, whom: str) -> None:
    said = written_answer.read(text, CATALOG)
    assert (said.kind, said.reason) == ("other", whom)
