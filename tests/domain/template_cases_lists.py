"""Lists of incidents, how one is called off, and paging that waits, with the context their templates are given."""

from __future__ import annotations

from datetime import timedelta

from tests.domain.template_cases import (
    ANA,
    AT,
    BARE,
    BO,
    COUNTS,
    DUTIES,
    ESCALATION,
    INCIDENT,
    RESOLVED,
    ROLES,
    RUNGS,
    SCHEDULES,
    Context,
)

REST: Context = {"further": [], "ended": [], "more": 0, "left": [], "everything": False}
WAITS: Context = {"paused_until": AT, "paused_by": None, "begins": AT}
LATE = timedelta(minutes=12)
WAITING = ("update", "action", "decision")
NEED: Context = {
    "id": 42,
    "ref": "INC-42",
    "title": "x",
    "due_at": None,
    "late": None,
    "who": None,
    "label": "A1",
    "words": "restart",
}
NOTHING_AT_HOME: Context = {
    **{key: [] for key in ("duties", "shifts", "ways", "warnings", "incidents", "left", "needs", "schedules")},
    **dict.fromkeys(("total", "more", "needs_total", "needs_more", "schedules_more"), 0),
}
CASES: list[tuple[str, Context]] = [
    (
        "ladder",
        {"incident": INCIDENT, "escalation": ESCALATION | {"state": "exhausted", "beside": True}, "rungs": RUNGS},
    ),
    *(
        ("named_in_vain", {"incident": INCIDENT, "named": [{"who": ANA, "word": "can't take it", "why": why}], **rest})
        for why, rest in (("asleep", {"by": BO, "still": None}), (None, {"by": None, "still": "Bo"}))
    ),
    ("cancelled", {"incident": RESOLVED, "undone": True, "reason": None}),
    ("cancelled", {"incident": RESOLVED, "undone": False, "reason": "a false alarm"}),
    ("cancelled", {"incident": RESOLVED, "undone": False, "reason": None}),
    (
        "help",
        {
            "command": "/incident",
            "tip": "Try this.",
            "example": "INC-42",
            "number": "42",
            "groups": [
                {"title": title, "verbs": [{"usage": f"verb{n}", "says": "does it"} for n in range(10)]}
                for title in ("", "Paging", "The end")
            ],
            "one": None,
        },
    ),
    (
        "help",
        {
            "command": "/incident",
            "tip": None,
            "example": "INC-42",
            "number": "42",
            "groups": [],
            "one": {
                "usage": "sev [INC-42] [sev1..sev4]",
                "says": "Changes the severity.",
                "also": "severity",
                "examples": ["/incident sev sev1", "/incident sev INC-42 sev2"],
            },
        },
    ),
    ("list", {"incidents": [INCIDENT, BARE], **REST}),
    ("list", {"incidents": [INCIDENT], **REST, "more": 2, "left": ["1 SEV-3", "1 SEV-4"]}),
    ("list", {"incidents": [INCIDENT], **REST, "more": 1, "left": ["1 SEV-4"], "everything": True}),
    ("list", {"incidents": [BARE], **REST, "further": [BARE] * 12, "ended": [RESOLVED] * 11, "everything": True}),
    ("list", {"incidents": [], **REST}),
    ("found", {"incidents": [one | {"day": AT} for one in (RESOLVED, BARE)], "more": True, "asked": "checkout"}),
    ("found", {"incidents": [], "more": False, "asked": "<!here> x"}),
    ("list", {"incidents": [INCIDENT | {"begins": AT}], **REST}),
    ("ladder", {"incident": INCIDENT, "escalation": ESCALATION | WAITS | {"state": "paused"}, "rungs": RUNGS[-1:]}),
    ("status", {"incident": INCIDENT, "roles": ROLES, "pages": COUNTS | WAITS}),
    ("severity_set", {"incident": INCIDENT, "roles": ROLES, "goes_on": "critical"}),
    (
        "home",
        {
            "duties": DUTIES,
            "shifts": [{"schedule": "primary-oncall", "when": AT}] * 2,
            "ways": [{"way": "Slack", "label": None, "after": None}, {"way": "SMS", "label": "…0199", "after": LATE}],
            "warnings": ["Ana is on primary-oncall, and nothing but Slack reaches them."],
            "incidents": [INCIDENT | {"mine": "incident commander"}, BARE | {"mine": "", "update_late": LATE}],
            "total": 500,
            "more": 498,
            "left": ["8 SEV-1", "490 SEV-4"],
            "needs": [
                NEED | {"kind": "page", "id": 7},
                *(NEED | {"kind": kind, "due_at": AT, "late": late} for kind in WAITING for late in (None, "12 min")),
                NEED | {"kind": "offer", "who": ANA, "due_at": AT},
            ],
            "needs_total": 8,
            "needs_more": 3,
            "schedules": [one | {"next": [BO], "gap": AT} for one in SCHEDULES],
            "schedules_more": 2,
        },
    ),
    ("home", NOTHING_AT_HOME),
]
