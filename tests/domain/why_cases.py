"""The messages that explain and foresee pages, with the contexts their templates are documented to get."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.rendering.values import When

AT = When(datetime(2026, 11, 2, 14, 30, tzinfo=UTC))
Context = dict[str, Any]
WAYS = [
    {"name": "Slack", "state": "sent", "at": AT, "tries": 2, "reason": "did not get through: timed out"},
    {"name": "phone", "state": "later", "at": None, "tries": 0, "reason": None},
]
ASKED: Context = {
    "sentence": "Ana was paged at 14:30 by Slack (level 1, on call for x); couldn't take it, so Bo was paged.",
    "ways": WAYS,
    "unused": "e-mail: has no e-mail address",
}
ROWS: list[Context] = [
    {"kind": "run", "policy": "critical", "at": AT, "chosen": "the service checkout names it", "reason": "SEV-1"},
    {"kind": "end", "not_reached": "3, 4", "end": "Ana acknowledged"},
    {"kind": "asked", **ASKED},
    {
        "kind": "asked",
        "sentence": "Level 1 (schedule:night) was skipped at 14:25: no one on call.",
        "ways": [],
        "unused": None,
    },
]
LEVEL: Context = {
    "level": 1, "after": None, "targets": "schedule:one", "people": "Ana", "unknown": None, "ways": "Slack, phone",
}  # fmt: skip
EMPTY = LEVEL | {"level": 2, "after": timedelta(minutes=5), "people": None, "ways": None}


def why(incident: Context) -> list[tuple[str, Context]]:
    """Cases about `incident`, and those about none."""
    mine = [{**ASKED, "policy": "critical"}]
    dry: Context = {"policy": "critical", "severity": "SEV-1", "at": AT, "repeat": 3, "last_resort": "#incidents",
                    "waits": None, "service": None, "unlisted": None}  # fmt: skip
    hello: Context = {"pages": [], "more": 0, "asked": False, "tip": None, "example": "INC-42", "told": [],
                      "question": False, "instead": None, "reacted": False}  # fmt: skip
    waits = {"id": 1, "about": "INC-1 x", "state": "SEV-2 \u00b7 Triage", "why": "on call",
             "room_url": "https://acme.slack.com/archives/C1"}  # fmt: skip
    finding = {"text": "Ana cannot be reached.", "advice": "add a phone."}
    return [
        ("why", {"incident": incident, "person": "Ana Ruiz", "mine": mine, "rows": ROWS, "more": True}),
        ("why", {"incident": incident, "person": "Bo", "mine": [], "rows": ROWS, "more": False}),
        ("why", {"incident": incident, "person": None, "mine": [], "rows": [], "more": False}),
        ("preview", {**dry, "levels": [LEVEL, EMPTY, EMPTY | {"unknown": "role:declarer"}]}),
        ("preview", {**dry, "severity": None, "repeat": 0, "levels": []}),
        ("preview", {**dry, "waits": "it waits for business hours", "levels": [LEVEL]}),
        ("preview", {**dry, "service": "checkout", "unlisted": "Gus Guest", "levels": [LEVEL]}),
        ("reachability", {"findings": [finding], "more": 2, "people": [{"id": "ana", "name": "Ana Ruiz"}]}),
        ("reachability", {"findings": [], "more": 0, "people": []}),
        ("test_page_for", {"person": "Ana Ruiz"}),
        ("way_refused", {"way": "e-mail", "reason": "535: the login is refused"}),
        ("way_accepted", {"way": "Opsgenie"}),
        ("configuration_refused", {"problems": ["tocsin.yml:3:5: this is required; add it."], "more": 3}),
        ("configuration_refused", {"problems": ["tocsin.yml:3:5: this is required; add it."], "more": 0}),
        ("configuration_mended", {}),
        ("configuration_fell_back", {"gone": ["policies.critical", "severities.SEV-1.policy"], "more": 0}),
        ("configuration_fell_back", {"gone": ["policies.critical"], "more": 2}),
        ("configuration_differs", {"sections": ["services", "policies"]}),
        ("hello", {**hello, "asked": True}),
        ("hello", hello),
        ("hello", {**hello, "tip": "/incident resolve INC-1"}),
        ("hello", {**hello, "pages": [waits], "asked": True}),
        ("hello", {**hello, "pages": [{**waits, "state": None, "why": None, "room_url": None}], "more": 2}),
        ("hello", {**hello, "pages": [waits], "question": True, "told": ["On call now: primary: Bo"]}),
        ("hello", {**hello, "pages": [waits], "instead": "bo"}),
        ("people_passed", {"unfit": ["Otto (gone)", "Bot (an app)"], "targets": "primary", "ref": "INC-1"}),
        ("people_passed", {"unfit": ["Otto (gone)"], "targets": None, "ref": None}),
    ]
