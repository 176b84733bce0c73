"""The messages of asking further in every state: within Slack's limits, with the buttons that belong there."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from bot.rendering import limits
from bot.rendering.message import Renderer
from tests.domain.template_cases import ANA, AT, BARE, BO, INCIDENT, PAGE, Context

AWS = {"key": "aws", "name": "AWS", "url": "https://x.example", "phone": "+15550100", "how": "Call."}
ATLAS = {"key": "atlas", "name": "Atlas", "url": None, "phone": None, "how": None}
TEAM: Context = {"specialist": "Database specialists", "contact": "@db", "response": timedelta(minutes=15), "asked": 7,
                 "people": [ANA, BO], "lead": BO, "by": ANA, "state": "silent"}  # fmt: skip
CASE: Context = {"vendor": AWS, "case": 3, "ticket": "T-1", "since": AT, "until": AT, "took": timedelta(minutes=9)}
OPEN: Context = {"question": "May we fail over?", "answer": None, "yes": False, "rationale": None, "by": None,
                 "people": [ANA, BO], "asked_by": BO, "decision": 4}  # fmt: skip
SAID = OPEN | {"answer": "Yes, do it", "yes": True, "rationale": "It is in step.", "by": ANA}
ANSWERS = {"question.yes", "question.no", "question.words"}

CASES: list[tuple[str, Context, set[str], str]] = [
    *(("question", OPEN | {"state": state, "page": PAGE}, ANSWERS, "May we fail over?") for state in
      ("missed", "declined")),
    ("question", OPEN | {"state": "waiting", "page": PAGE}, {*ANSWERS, "page.decline"}, "Your decision, please"),
    ("question", OPEN | {"state": "cancelled", "page": PAGE}, set(), "Withdrawn"),
    *(("question", SAID | {"state": state, "page": PAGE}, set(), "decided by") for state in
      ("acked", "acked_elsewhere", "cancelled")),
    ("question_asked", OPEN, set(), "I asked"),
    ("decided", SAID, set(), "Because: It is in step."),
    ("decided", SAID | {"answer": "No", "yes": False, "rationale": None}, set(), "⛔ *No*"),
    ("already_decided", SAID, set(), "decided that already"),
    ("specialist_silent", TEAM, {"specialist.again", "specialist.lead"}, "within 15 min"),
    ("specialist_silent", TEAM | {"lead": None, "contact": None, "response": None}, {"specialist.again"}, "haven't"),
    *(("specialist_paged", TEAM | {"state": state}, set(), words) for state, words in
      (("paged", "within 15 min"), ("waiting", "already"), ("lead", "the lead of"), ("team", "paging"),
       ("answered", "no one was paged"), ("over", "has ended"))),
    ("specialist_paged", TEAM | {"state": "paged", "response": None}, set(), "immediately"),
    ("vendor_case", CASE, {"vendor.answered"}, "ticket T-1"),
    ("vendor_case", CASE | {"vendor": ATLAS, "ticket": None, "until": None}, {"vendor.answered"}, "No promised time"),
    ("vendor_silent", CASE | {"state": "silent"}, {"vendor.answered", "vendor.escalate"}, "hasn't answered"),
    ("vendor_silent", CASE | {"state": "answered"}, set(), "after 9 min"),
    ("vendor_silent", CASE | {"state": "escalated"}, set(), "Escalated at AWS"),
    ("vendor_escalated", CASE, set(), "ask for the duty manager"),
    ("vendor_escalated", CASE | {"vendor": ATLAS, "until": None, "ticket": None}, set(), "No promised time"),
    ("vendor_answered", CASE, set(), "on ticket T-1"),
    ("private_note", {"text": "card numbers"}, set(), "card numbers"),
    ("tree_done", {}, set(), "no one else is needed"),
]  # fmt: skip
renderer = Renderer()


@pytest.mark.parametrize(("template", "context", "buttons", "says"), CASES,
                         ids=[f"{n}-{one[0]}" for n, one in enumerate(CASES)])  # fmt: skip
@pytest.mark.parametrize("incident", [INCIDENT, BARE], ids=["full", "bare"])
def test_each_state_is_worded(
    template: str, context: Context, buttons: set[str], says: str, incident: dict[str, Any]
) -> None:
    message = renderer.message(template, {"incident": incident, "roles": [], **context})
    assert limits.check("chat.postMessage", {"text": message.text, "blocks": message.blocks}) == []
    shown = json.dumps(message.blocks, ensure_ascii=False)
    found = {one for one in re.findall(r'"action_id": "([^"]+)"', shown) if not one.startswith("link:")}
    assert found == buttons
    assert says in shown.replace("*Escalated", "Escalated")
    assert "None" not in shown
    assert "None" not in message.text
