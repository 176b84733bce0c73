"""Lists of incidents, and how one is called off, in every state, with the context their templates are given."""

from __future__ import annotations

from tests.domain.template_cases import BARE, INCIDENT, RESOLVED, Context

REST: Context = {"further": [], "ended": [], "more": 0, "left": [], "everything": False}
CASES: list[tuple[str, Context]] = [
    ("cancelled", {"incident": RESOLVED, "undone": True, "reason": None}),
    ("cancelled", {"incident": RESOLVED, "undone": False, "reason": "a false alarm"}),
    ("cancelled", {"incident": RESOLVED, "undone": False, "reason": None}),
    ("list", {"incidents": [INCIDENT, BARE], **REST}),
    ("list", {"incidents": [INCIDENT], **REST, "more": 2, "left": ["1 SEV-3", "1 SEV-4"]}),
    ("list", {"incidents": [INCIDENT], **REST, "more": 1, "left": ["1 SEV-4"], "everything": True}),
    ("list", {"incidents": [BARE], **REST, "further": [BARE] * 12, "ended": [RESOLVED] * 11, "everything": True}),
    ("list", {"incidents": [], **REST}),
]
