"""Messages about war rooms in every state, with the context their templates are given."""

from __future__ import annotations

from datetime import timedelta

from tests.domain.template_cases import ANA, BARE, BO, ESCALATION, INCIDENT, RESOLVED, Context

MINUTES = timedelta(minutes=12)

CASES: list[tuple[str, Context]] = [
    *(("announcement", {"incident": BARE, "paging": paging}) for paging in ("unanswered", "nobody")),
    ("announcement", {"incident": BARE, "paging": None, "waiting": {"level": 3, "levels": 4, "silent": MINUTES}}),
    *(
        (
            name,
            {
                "incident": INCIDENT,
                "escalation": ESCALATION | {"state": state, "round": 2},
                "state": state,
                "silent": MINUTES,
                "asked": "Bo Lind",
                "again": again,
            },
        )
        for name in ("no_answer", "no_answer_call")
        for state in ("running", "acked", "exhausted", "paused", "stopped")
        for again in (False, True)
    ),
    (
        "heard",
        {
            "incident": INCIDENT,
            "lines": [
                {"about": "acknowledged", "who": ANA, "took": MINUTES},
                {"about": "ic", "who": ANA, "was": BO},
                {"about": "severity", "now": "SEV-1", "was": "SEV-2", "reason": "it grows"},
                {"about": "escalated", "who": BO, "whom": "Cy, Dee", "level": 2},
            ],
        },
    ),
    *(
        ("joined", {"incident": one, "lines": [{"label": "What", "text": "x", "rests": "update 1"}], "welcome": False})
        for one in (INCIDENT, BARE, RESOLVED)
    ),
    ("room_gone", {"incident": BARE, "name": "incident-checkout", "why": "it was archived", "public": True}),
    ("room_gone", {"incident": BARE, "name": "incident-checkout", "why": "it was archived", "public": False}),
    ("room_gone", {"incident": INCIDENT, "name": "incident-checkout", "why": "it was archived", "public": True}),
    ("room_moved", {"incident": INCIDENT, "before": "incident-checkout"}),
    ("room_goes_on", {"incident": INCIDENT}),
    ("room_goes_on", {"incident": INCIDENT | {"room": None}}),
    ("room_renamed", {"incident": INCIDENT, "before": "incident-checkout"}),
    ("room_link", {"incident": INCIDENT, "why": "the bot isn't allowed to invite people there"}),
    ("room_ask", {"incident": INCIDENT, "room": "asked", "possible": True}),
    ("room_ask", {"incident": INCIDENT, "room": "open", "possible": True}),
    ("room_ask", {"incident": INCIDENT | {"room": None}, "room": "none", "possible": True}),
    ("room_ask", {"incident": RESOLVED | {"room": None}, "room": "none", "possible": False}),
    *(
        ("room_privacy", {"incident": INCIDENT, "private": a, "public": b})
        for a in (True, False)
        for b in (True, False)
    ),
]
