"""Messages about war rooms in every state, with the context their templates are given."""

from __future__ import annotations

from tests.domain.template_cases import BARE, ENTRIES, INCIDENT, RESOLVED, ROLES, Context

CASES: list[tuple[str, Context]] = [
    ("joined", {"incident": BARE, "roles": ROLES, "recent": ENTRIES[:3]}),
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
