"""Lists of incidents, how one is called off, and paging that waits, with the context their templates are given."""

from __future__ import annotations

from tests.domain.template_cases import ANA, AT, BARE, BO, COUNTS, ESCALATION, INCIDENT, RESOLVED, ROLES, RUNGS, Context

REST: Context = {"further": [], "ended": [], "more": 0, "left": [], "everything": False}
WAITS: Context = {"paused_until": AT, "paused_by": None, "begins": "Monday 09:00 CET"}
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
    ("list", {"incidents": [INCIDENT, BARE], **REST}),
    ("list", {"incidents": [INCIDENT], **REST, "more": 2, "left": ["1 SEV-3", "1 SEV-4"]}),
    ("list", {"incidents": [INCIDENT], **REST, "more": 1, "left": ["1 SEV-4"], "everything": True}),
    ("list", {"incidents": [BARE], **REST, "further": [BARE] * 12, "ended": [RESOLVED] * 11, "everything": True}),
    ("list", {"incidents": [], **REST}),
    ("list", {"incidents": [INCIDENT | {"begins": "Monday 09:00 CET"}], **REST}),
    ("ladder", {"incident": INCIDENT, "escalation": ESCALATION | WAITS | {"state": "paused"}, "rungs": RUNGS[-1:]}),
    ("status", {"incident": INCIDENT, "roles": ROLES, "pages": COUNTS | WAITS}),
    ("severity_set", {"incident": INCIDENT, "roles": ROLES, "goes_on": "critical"}),
]
