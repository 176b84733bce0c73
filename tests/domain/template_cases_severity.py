"""Messages about severities and complaints in every state, with the context their templates are given."""

from __future__ import annotations

from datetime import timedelta

from tests.domain.template_cases import BARE, Context

LEVEL: Context = {
    "dot": "🔴",
    "label": "SEV-1 Critical",
    "definition": "A core function is unusable for most customers.",
    "impact": "What the business lives from does not work.",
    "response": "At once, day and night.",
    "examples": ["payments fail for everyone", "customer data is lost"],
    "ack": timedelta(minutes=5),
    "cadence": timedelta(minutes=30),
}
SUGGESTED: Context = {
    "suggested": "SEV-2",
    "dot": "🟠",
    "between": None,
    "reasons": [{"because": "10 to 50 % of users", "severity": "SEV-2"}],
    "token": "42-SEV-2",
}

CASES: list[tuple[str, Context]] = [
    ("complaint_made", {"incident": BARE, "known": False, "count": 3}),
    ("complaint_made", {"incident": BARE, "known": True, "count": 3}),
    *(
        ("raise_ask", {"incident": BARE, "worse": worse, "token": "42-SEV-2", "why": "more-complaints", "count": count})
        for worse, count in (("SEV-1", 12), ("SEV-1", 0), (None, 0))
    ),
    *(
        ("target_missed", {"incident": BARE, "target": target, "what": "it is late", "level": "SEV-2", "open": True})
        for target in ("ack", "first_response", "ic", "resolve")
    ),
    ("target_missed", {"incident": BARE, "target": "ack", "what": "it is late", "level": "SEV-2", "open": False}),
    ("severities", {"severities": [LEVEL, LEVEL | {"impact": None, "response": None, "examples": [], "ack": None}]}),
    ("severity_suggested", {"incident": BARE, **SUGGESTED}),
    ("severity_suggested", {"incident": BARE, **SUGGESTED, "between": "SEV-3", "token": None}),
]
