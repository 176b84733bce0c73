"""Every shipped message in every state, with the context its template is documented to get."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.rendering.values import ChannelLink, Mention, When

AT = When(datetime(2026, 11, 2, 14, 30, tzinfo=UTC))
ANA, BO = Mention("U01ANA", "Ana Ruiz"), Mention("U01BO", "Bo Lind")
Context = dict[str, Any]

INCIDENT: Context = {
    "ref": "INC-42",
    "id": 42,
    "title": "Checkout returns 5xx",
    "severity": "SEV-1",
    "dot": "🔴",
    "status": "Investigating",
    "resolved": False,
    "triage": False,
    "phase": "Response",
    "merged_into": None,
    "held_until": None,
    "held_for": None,
    "stable_at": None,
    "summary": "About 22 % of checkouts fail in EU.",
    "impact": "22 % of checkouts",
    "now": "Rolling back #4812",
    "resolution": None,
    "service": "checkout",
    "room": ChannelLink("C042", "incident-20261102-checkout"),
    "room_url": "https://acme.slack.com/archives/C042",
    "ic": ANA,
    "assignee": BO,
    "declared_by": BO,
    "resolved_by": None,
    "started_at": AT,
    "declared_at": AT,
    "updated_at": AT,
    "resolved_at": None,
    "next_update": AT,
    "update_late": None,
    "duration": timedelta(minutes=41),
}
RESOLVED = INCIDENT | {
    "status": "Resolved",
    "resolved": True,
    "resolved_at": AT,
    "resolved_by": ANA,
    "dot": "🟢",
    "resolution": "Rolled back",
    "next_update": None,
}
BARE = INCIDENT | dict.fromkeys(
    (
        "summary",
        "impact",
        "now",
        "service",
        "room",
        "room_url",
        "ic",
        "assignee",
        "started_at",
        "updated_at",
        "next_update",
    )
)
ROLES = [{"label": "IC", "who": ANA}, {"label": "Comms", "who": None}, {"label": "Scribe", "who": None}]
PAGE: Context = {
    "id": 7,
    "why": "primary on-call, checkout (until 09:00)",
    "next": BO,
    "again": False,
    "next_at": AT,
    "also": [{"way": "e-mail", "at": None, "failed": False, "sent": True}, {"way": "phone", "at": AT, "failed": False}],
    "acked_at": AT,
    "ended_at": AT,
    "ask_again_at": AT,
    "took": timedelta(seconds=130),
    "by": ANA,
    "by_you": False,
    "giver": None,
    **{"asked_at": AT, "was": "missed"},
    "unanswered": True,
    "reason": "travelling",
}
SAID: Context = {"why": "as you wrote", "private": False, "drill": False}
PRIVATE: Context = {"why": "none was given, so this is the default", "private": True, "drill": True}
ENDED_PAGES = ("missed", "escalated", "taken_back", "declined", "cancelled")
ESCALATION: Context = {
    "ref": "E-7",
    "state": "running",
    "target": "checkout",
    "level": 2,
    "levels": 4,
    "levels_asked": 3,
    "round": 1,
    "waiting_page": 8,
    "by": ANA,
    "ended_at": AT,
    "reason": "resolved",
    "started_at": AT,
    "retry_at": AT,
    "paused_until": AT,
    "paused_by": BO,
    "token": "7-0-1",
    "changed": True,
}
SENT: Context = {"sent_at": AT, "acked_at": AT, "via": "Slack", "why": "primary", "reason": "asleep", "outcome": "x"}
RUNGS = [
    {
        "number": 1,
        "target": "primary-oncall",
        "at": None,
        "until": None,
        "skipped": None,
        "pages": [SENT | {"who": ANA, "state": state} for state in ("missed", "declined", "cancelled", "acked")],
    },
    {
        "number": 2,
        "target": "x",
        "at": None,
        "until": AT,
        "skipped": None,
        "pages": [SENT | {"who": BO, "state": "waiting"}],
    },
    {"number": 3, "target": "ic-oncall", "at": None, "until": None, "skipped": "no one is on call", "pages": []},
    {"number": 4, "target": "everyone", "at": AT, "until": None, "skipped": None, "pages": []},
]
COUNTS = {"total": 3, "acked": 2, "waiting": 1, "declined": 0, "missed": 0}
DUTIES = [{"schedule": "primary-oncall", "until": AT}]
SCHEDULES = [
    {"schedule": "primary-oncall", "people": [ANA, BO], "until": AT},
    {"schedule": "x", "people": [], "until": None},
]
ENTRIES = [{"at": AT, "kind": "note", "text": f"step {n}", "by": ANA} for n in range(25)]

CASES: list[tuple[str, Context]] = [
    *(
        ("page", {"incident": incident, "state": state, "page": PAGE | {"giver": giver}})
        for incident, giver in ((INCIDENT, None), (BARE, None), (INCIDENT, BO))
        for state in ("waiting", "older", "acked", "acked_elsewhere", *ENDED_PAGES)
    ),
    *(("card", {"incident": i, "roles": ROLES, "pages": COUNTS}) for i in (INCIDENT, BARE, RESOLVED)),
    ("card", {"incident": INCIDENT | {"update_late": timedelta(minutes=12)}, "roles": [], "pages": {"total": 0}}),
    *(("announcement", {"incident": i, "paging": None}) for i in (INCIDENT, BARE, RESOLVED)),
    *(
        ("ladder", {"incident": INCIDENT, "escalation": ESCALATION | {"state": state, "round": 2}, "rungs": RUNGS})
        for state in ("running", "paused", "acked", "exhausted", "stopped")
    ),
    (
        "update",
        {
            "incident": INCIDENT,
            "update": {
                "number": 3,
                "text": "Rolled back.\nWatching.",
                "by": ANA,
                "impact": "none",
                "severity_was": "SEV-2",
                "next_at": AT,
            },
        },
    ),
    *(
        (
            "update_due",
            {
                "incident": INCIDENT,
                "state": state,
                "due_at": AT,
                "late": timedelta(minutes=12),
                "token": "42-1793629800",
            },
        )
        for state in ("soon", "due", "late", "settled")
    ),
    *(
        ("update_due", {"incident": one, "state": "settled", "due_at": None, "late": None, "token": "42-0"})
        for one in (RESOLVED, BARE)
    ),
    (
        "resolved",
        {
            "incident": RESOLVED,
            "durations": [
                {
                    "label": "Acknowledged",
                    "value": timedelta(minutes=2),
                    "target": timedelta(minutes=5),
                    "missed": False,
                },
                {"label": "Detected", "value": None, "target": None, "missed": False},
            ],
            "people": [ANA, BO],
            "postmortem_due": AT,
        },
    ),
    *(
        ("declared", {"incident": INCIDENT, **SAID, "room": room, "paged": [ANA], "notice": None})
        for room in ("open", "opening", "ask", "none")
    ),
    ("declared", {"incident": BARE, **PRIVATE, "room": "none", "paged": [], "notice": "No one is on call."}),
    ("declared", {"incident": BARE, **SAID, "room": "none", "paged": [], "waits": "Paging begins Monday 09:00 CET."}),
    ("declared", {"incident": BARE, **SAID, "room": "none", "paged": [ANA], "changed": True}),
    ("declared", {"incident": BARE, **SAID, "because": "10 to 50 % of users", "room": "none", "paged": [ANA]}),
    ("declared", {"incident": BARE, **PRIVATE, "room": "opening", "paged": [ANA], "replaces": "INC-41"}),
    ("old_button", {"incident": BARE, "roles": ROLES}),
    ("digest", {"incident": INCIDENT, "count": 4, "lines": ENTRIES[:3], "more": 2}),
    ("not_delivered", {"incident": INCIDENT, "what": "a direct message", "who": ANA, "why": "x", "cure": "Do y."}),
    ("not_delivered_plain", {"what": "the announcement", "who": None, "why": "x", "cure": "Do y."}),
    (
        "exhausted",
        {
            "incident": INCIDENT,
            "escalation": ESCALATION,
            "people": [
                {"who": ANA, "phone": "+15550100", "times": 4, "outcome": "no answer"},
                {"who": BO, "phone": None, "times": 0, "outcome": None},
            ],
            "empty": [{"number": 3, "target": "ic-oncall"}],
            "question": False,
        },
    ),
    ("exhausted", {"incident": INCIDENT, "escalation": ESCALATION, "people": [], "empty": [], "question": True}),
    *(
        ("alarm_over", {"incident": one, "escalation": ESCALATION | {"state": state}, "question": question})
        for one, state, question in (
            (INCIDENT, "acked", False),
            (INCIDENT, "acked", True),
            (RESOLVED, "stopped", False),
            (BARE, "running", False),
            (INCIDENT, "exhausted", False),
        )
    ),
    *(
        ("join_instead", {"incident": INCIDENT, "state": state, "thread_url": "https://acme.slack.com/archives/C1/p1"})
        for state in ("open", "opening", "thread", "alone")
    ),
    *(("role_vacant", {"incident": BARE, "role": "x", "key": key, "person": ANA}) for key in ("ic", "comms")),
    *(
        ("role_passed", {"incident": one, "role": role, "key": key, "by": BO})
        for one, role, key in ((INCIDENT, "incident commander", "ic"), (BARE, "comms lead", "comms"))
    ),
    ("holding_over", {"incident": RESOLVED, "by": BO, "undone": False}),
    ("holding_over", {"incident": RESOLVED | {"status": "Cancelled"}, "by": BO, "undone": False}),
    ("holding_over", {"incident": BARE, "by": BO, "undone": True}),
    ("nobody", {"incident": INCIDENT, "reason": "The schedule has a gap.", "next": BO, "fix": "Add an override."}),
    ("timeline", {"incident": INCIDENT, "entries": ENTRIES, "earlier": 3}),
    ("timeline", {"incident": INCIDENT, "entries": [], "earlier": 0}),
    ("who", {"at": AT, "schedules": SCHEDULES, "skipped": ["Override 3 is not applied."]}),
    ("who", {"at": None, "schedules": [], "skipped": []}),
    ("who", {"at": None, "schedules": [SCHEDULES[0] | {"gone": "Ana Ruiz"}], "skipped": []}),
    *(
        ("test_page", {"state": state, "page": {"id": 9}, "by": ANA, "also": [], "took": timedelta(seconds=8)})
        for state in ("waiting", "acked", "over")
    ),
]
POSTMORTEM: Context = {
    "incident": RESOLVED,
    "generated_at": AT,
    "roles": ROLES,
    "impact": [{"label": "Users", "value": "3 400"}],
    "entries": [*ENTRIES[:2], {"at": AT, "kind": "decision", "text": "Roll back", "by": None}],
    "detection": {"source": "an alert", "gap": timedelta(minutes=3)},
    "metrics": [
        {"label": "Acknowledge", "value": timedelta(minutes=2), "target": timedelta(minutes=5), "missed": False}
    ],
    "pages": [{"who": ANA, "sent_at": AT, "outcome": "acked"}],
    "decisions": [{"at": AT, "text": "Roll back", "by": ANA}],
    "factors": ["No canary"],
    "well": ["Fast rollback"],
    "follow_ups": [{"title": "Add a canary", "owner": BO, "due": AT, "kind": "prevent", "status": "open"}],
}
