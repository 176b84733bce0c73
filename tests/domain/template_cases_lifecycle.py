"""Messages about the further life of an incident, in every state, with the context their templates are given."""

from __future__ import annotations

from datetime import timedelta

from bot.rendering.values import Link
from tests.domain.template_cases import ANA, AT, BARE, COUNTS, INCIDENT, PAGE, RESOLVED, ROLES, Context

LEFT = [f"A{n} restart the pool (Bo Lindqvist)" for n in range(1, 11)]
TRIAGE = BARE | {"status": "Triage", "triage": True}
NONE = RESOLVED | {"phase": None, "status": "Cancelled", "resolved_at": None, "dot": "⚪"}
MERGED = NONE | {"status": "Merged", "merged_into": "INC-41"}
HELD = INCIDENT | {"held_until": AT, "held_for": "waiting for the vendor"}
WATCHED = INCIDENT | {"status": "Monitoring", "stable_at": AT}
TICKETED = INCIDENT | {
    "ticket": {"name": "OPS-12", "link": Link("https://jira.example/browse/OPS-12", "OPS-12"), "status": "In Progress"}
}
PROBLEM: Context = {
    "name": "PRB-3", "title": "The <pool> has no limit " + "x" * 225, "state": "known_error", "owner": ANA,
    "due": "2026-12-24", "workaround": "Restart *the* pool " + "x" * 480, "fix": None,
}  # fmt: skip
TROUBLED = INCIDENT | {"problems": [PROBLEM, PROBLEM | {"state": "fixed", "fix": "by 4812"}, PROBLEM]}
REFUSED: Context = {
    "incident": INCIDENT, "tracker": "Jira", "by": ANA, "again": False, "title": "Checkout <returns> 5xx",
    "reason": "Jira: HTTP 404: no project", "cure": "An admin checks `integrations: tickets`.",
}  # fmt: skip

PROCESS = [
    {"label": "On call paged", "done": True, "late": None, "due": AT},
    {"label": "First update", "done": True, "late": timedelta(minutes=3), "due": AT},
    {"label": "Cause found", "done": False, "late": timedelta(minutes=9), "due": AT},
    {"label": "Traffic restored", "done": False, "late": None, "due": AT},
]

CASES: list[tuple[str, Context]] = [
    ("triage", {"incident": TRIAGE, "state": "waiting"}),
    ("triage", {"incident": INCIDENT, "state": "accepted"}),
    ("triage", {"incident": BARE, "state": "accepted"}),
    ("triage", {"incident": NONE, "state": "declined"}),
    ("triage", {"incident": MERGED, "state": "merged"}),
    ("triage_declined", {"incident": NONE, "kind": "", "wish": False, "ticket": None}),
    ("triage_declined", {"incident": NONE, "kind": "A feature request", "wish": True, "ticket": None}),
    ("triage_declined", {"incident": NONE, "kind": "A feature request", "wish": True, "ticket": "https://x.example/1"}),
    ("triage_declined", {"incident": NONE, "kind": "A feature request", "wish": True, "ticket": None, "create": True}),
    ("ticket", {"incident": TICKETED, "tracker": "Jira", "by": None, "again": True}),
    *(("ticket", {"incident": INCIDENT, "tracker": "Jira", "by": None, "again": again}) for again in (False, True)),
    *(("ticket_made", {"incident": one, "tracker": "Jira", "by": ANA, "again": False}) for one in (TICKETED, RESOLVED)),
    *(("problem", {"incident": one, "name": "PRB-3", "problem": PROBLEM}) for one in (INCIDENT, RESOLVED)),
    ("problem", {"incident": INCIDENT, "name": "PRB-3", "problem": PROBLEM | {"state": "open", "workaround": None}}),
    ("problem", {"incident": INCIDENT, "name": "PRB-3", "problem": PROBLEM | {"state": "fixed", "fix": "by 4812"}}),
    ("problem", {"incident": INCIDENT, "name": "PRB-3", "problem": None}),
    ("problems", {"problems": [], "all": False}),
    ("problems", {"problems": [], "all": True}),
    ("problems", {"problems": [PROBLEM | {"incidents": "INC-41, INC-42"}] * 25, "all": True}),
    ("card", {"incident": TROUBLED, "roles": ROLES, "pages": COUNTS}),
    ("status", {"incident": TROUBLED, "roles": ROLES, "pages": COUNTS, "process": []}),
    ("ticket_refused", REFUSED),
    ("ticket_refused", REFUSED | {"incident": RESOLVED, "title": None}),
    ("card", {"incident": TICKETED, "roles": ROLES, "pages": COUNTS}),
    ("status", {"incident": TICKETED, "roles": ROLES, "pages": COUNTS, "process": []}),
    ("merged", {"incident": MERGED, "into": "INC-41", "into_id": 41, "reason": None}),
    ("merged", {"incident": MERGED, "into": "INC-41", "into_id": 41, "reason": "the same cause"}),
    *(
        ("merged_answer", {"incident": MERGED, "into": "INC-41", "into_id": 41, "reason": None} | more)
        for more in (
            {"raised": None, "off_hold": False, "left": []},
            {"raised": "SEV-1", "off_hold": True, "left": LEFT},
        )
    ),
    *(("absorbed", {"incident": INCIDENT, "other": "INC-43", "left": left}) for left in ([], LEFT)),
    ("held", {"incident": HELD, "roles": ROLES}),
    ("hold_ended", {"incident": INCIDENT, "roles": ROLES}),
    ("hold_ended_answer", {"incident": INCIDENT, "roles": ROLES}),
    ("stable_ask", {"incident": WATCHED, "watched": True, "until": None, "quiet": timedelta(minutes=30)}),
    ("stable_ask", {"incident": WATCHED, "watched": False, "until": AT, "quiet": timedelta(minutes=30)}),
    ("stable_ask", {"incident": RESOLVED, "watched": False, "until": None, "quiet": None}),
    ("times", {"incident": INCIDENT, "clocks": [{"label": "The start of the trouble", "at": AT}]}),
    (
        "resolved_answer",
        {"incident": RESOLVED, "left_out": timedelta(minutes=20), "whole": False, "early": False, "unticked": []},
    ),
    (
        "resolved_answer",
        {
            "incident": RESOLVED,
            "left_out": timedelta(minutes=30),
            "whole": True,
            "early": True,
            "unticked": ["Customers can work", "No secondary problem is left"],
        },
    ),
    ("holding_over", {"incident": MERGED, "by": ANA, "undone": False}),
    ("ticked", {"incident": INCIDENT, "roles": ROLES}),
    *(
        ("status", {"incident": one, "roles": ROLES, "pages": COUNTS, "process": PROCESS})
        for one in (HELD, MERGED, WATCHED)
    ),
    *(("card", {"incident": one, "roles": ROLES, "pages": COUNTS}) for one in (HELD, MERGED, WATCHED)),
    *(("announcement", {"incident": one, "paging": None}) for one in (HELD, MERGED)),
    ("page", {"incident": TRIAGE, "state": "waiting", "page": PAGE}),
    ("page", {"incident": TRIAGE, "state": "acked", "page": PAGE}),
]
