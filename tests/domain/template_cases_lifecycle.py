"""Messages about the further life of an incident, in every state, with the context their templates are given."""

from __future__ import annotations

from tests.domain.template_cases import BARE, INCIDENT, PAGE, RESOLVED, Context

TRIAGE = BARE | {"status": "Triage", "triage": True}
NONE = RESOLVED | {"status": "Cancelled", "resolved_at": None, "dot": "⚪"}

CASES: list[tuple[str, Context]] = [
    ("triage", {"incident": TRIAGE, "state": "waiting"}),
    ("triage", {"incident": INCIDENT, "state": "accepted"}),
    ("triage", {"incident": BARE, "state": "accepted"}),
    ("triage", {"incident": NONE, "state": "declined"}),
    ("triage_declined", {"incident": NONE, "kind": "", "wish": False, "ticket": None}),
    ("triage_declined", {"incident": NONE, "kind": "A feature request", "wish": True, "ticket": None}),
    ("triage_declined", {"incident": NONE, "kind": "A feature request", "wish": True, "ticket": "https://x.example/1"}),
    ("page", {"incident": TRIAGE, "state": "waiting", "page": PAGE}),
    ("page", {"incident": TRIAGE, "state": "acked", "page": PAGE}),
]
