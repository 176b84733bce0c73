"""Every shipped message about schedules in every state, with the context its template is documented to get."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.rendering.values import Between, Mention, When

AT = When(datetime(2026, 11, 2, 14, 30, tzinfo=UTC), "datetime")
BETWEEN = Between(AT, AT)
ANA, BO = Mention("U01ANA", "Ana Ruiz"), Mention("U01BO", "Bo Lind")
Context = dict[str, Any]

CHANGES = [
    {"who": who, "gains": gains, "start": AT, "end": AT, "when": BETWEEN} for who, gains in ((ANA, False), (BO, True))
] * 6
MADE: Context = {"override": 3, "schedule": "primary-oncall", "changes": CHANGES, "more": 4, "note": "dentist",
                 "alone": [{"start": AT, "end": AT, "when": BETWEEN}]}  # fmt: skip
SPANS = [{"start": AT, "end": AT, "when": BETWEEN}]
COVER: Context = {"cover": 5, "schedule": "primary-oncall", "person": ANA, "by": BO, "start": AT, "end": AT,
                  "when": BETWEEN,
                  "partner": None, "gives": [], "takes": []}  # fmt: skip
SWAP = COVER | {"partner": BO, "gives": SPANS * 3, "takes": SPANS}
HOLES = [{"start": AT, "end": AT, "when": BETWEEN, "was": was} for was in ([ANA, BO], [])] * 6
STRETCH = Between(AT, AT)
MOVED: Context = {"schedule": "primary-oncall", "gone": False, "state": "began", "until": AT, "people": [ANA, BO],
                  "was": [STRETCH, Between(None, AT)] * 4, "more_was": 3, "now": [Between(AT, None), STRETCH] * 4,
                  "more_now": 3}  # fmt: skip
LOST = [
    {"override": 3, "schedule": "primary-oncall", "gone": gone, "kind": kind, "swap": gone, "person": ANA,
     "substitute": BO, "people": [ANA, BO], "when": Between(AT, AT, "Mon 14 – Wed 16 Dec"), "instead": instead}
    for kind in ("add", "remove", "replace", "only") for gone, instead in ((False, [ANA]), (False, []), (True, []))
]  # fmt: skip
EDITED = [{"when": STRETCH, "now": now, "was": was}
          for now, was in (("Ana Ruiz", "Bo Lind"), ("", "Bo Lind"), ("Ana Ruiz", ""))] * 3  # fmt: skip
STATES = ("open", "taken", "declined", "cancelled", "void", "expired")
OVERRIDES = [
    {"id": number, "kind": kind, "person": ANA, "substitute": BO, "people": [ANA, BO], "start": AT, "end": AT,
     "when": BETWEEN, "by": BO, "note": None, "idle": kind == "add"}
    for number, kind in enumerate(("add", "remove", "replace", "only") * 3)
]  # fmt: skip
ROWS = [
    {"start": AT, "end": end, "when": Between(AT, end), "people": people, "layer": "primary", "override": override}
    for people, override, end in (([ANA], False, AT), ([ANA, BO], True, AT), ([], False, None))
] * 13
SKIPPED = ["Override 3 on primary-oncall is not applied to the full: zoe is not in tocsin.yml any more."]

CASES: list[tuple[str, Context]] = [
    ("override_added", MADE),
    ("override_added", MADE | {"changes": [], "more": 0, "note": None, "alone": []}),
    ("override_cancelled", MADE),
    *(("schedule_changed", {"schedule": "primary-oncall", "what": what, "by": BO, "changes": CHANGES, "more": 0,
                            "note": "dentist"}) for what in ("added", "cancelled", "imported")),
    *(("shift", {"schedule": "primary-oncall", "state": state, "at": AT, "until": until, "people": people})
      for state in ("started", "soon", "ended") for until, people in ((AT, [ANA, BO]), (None, []))),
    *(("cover", what | {"state": state, "note": note}) for state in STATES for what in (COVER, SWAP)
      for note in ("dentist", None)),
    ("cover_asked", COVER),
    ("swap_asked", SWAP),
    *((name, what) for name in ("cover_taken", "cover_withdrawn") for what in (COVER, SWAP)),
    *(("cover_again", what | {"note": None, "last": last}) for what in (COVER, SWAP) for last in (True, False)),
    *(("cover_settled", what | {"state": state}) for state in STATES[1:] for what in (COVER, SWAP)),
    *(("cover_told", {"cover": 5, "schedule": "primary-oncall", "state": state, "by": by, "owner": by, "partner": by})
      for state in ("taken", "swapped", "declined", "unanswered", "void", "withdrawn", "nearing", "untaken",
                    "not_posted") for by in (BO, None)),
    ("cover_owner", COVER),
    *(("group_incomplete", {"group": "@oncall", "schedules": ["primary-oncall", "nights"], "left": left, "problem": of})
      for left, of in (([{"who": ANA, "why": "this account is deactivated"}], None), ([], "there is no @oncall"))),
    *(("shifts_moved", {"shifts": shifts, "lost": lost, "zones": zones, "served": served,
                        "began": [one["schedule"] for one in shifts if one["state"] == "began"]})
      for shifts, lost, zones, served in (
          ([MOVED, MOVED | {"state": "", "was": [], "more_was": 0, "more_now": 0}], [], ["Europe/Madrid"], True),
          ([MOVED | {"state": "ended", "now": [], "more_now": 0, "people": people} for people in ([ANA], [])], LOST[:1],
           [], False),
          ([MOVED | {"gone": True, "state": "ended", "now": [], "more_now": 0}], [], [], False),
          ([], LOST, [], False))),
    *(("rota_edited", {"schedule": "primary-oncall", "state": state, "people": people, "before": before,
                       "windows": EDITED, "more": more, "moved": more, "untold": "Li Wei" if more else ""})
      for state in ("changed", "new", "gone")
      for people, before, more in (("Ana Ruiz", "Bo Lind", 2), ("Ana Ruiz", "Ana Ruiz", 0), ("", "", 0))),
    *(("gaps_opened", {"schedule": "primary-oncall", "by": BO, "owner": owner, "count": count, "gaps": HOLES,
                       "hours": "8", "more": more}) for owner, count, more in ((ANA, 14, 2), (None, 1, 0))),
    ("oncall_health", {"schedule": None, "weeks": "4", "people": [], "turns": [], "improvements": [],
                       "targets": {"pages": "5", "after_hours": "2", "false_alarms": "10"}}),
    ("oncall_health", {"schedule": "primary-oncall", "weeks": "4", "improvements": ["Fewer false alarms."],
                       "targets": {"pages": "5", "after_hours": "2", "false_alarms": "10"},
                       "people": [{"who": "Ana", "well": well, "pages": "1.0", "after_hours": "0.5", "false_alarms": of,
                                   "share": of, "signs": ["3 pages at night"]}
                                  for well, of in ((True, None), (False, "50 %"))],
                       "turns": [{"schedule": "primary-oncall", "average": mean, "well": well, "answers": 2, "asked": 3,
                                  "hard": hard, "words": words}
                                 for mean, well, hard, words in (("4.5", True, 0, []), ("2.0", False, 2, ["noisy"] * 3),
                                                                 (None, True, 0, []))]}),
    ("my_shifts", {"shifts": [], "more": 0, "skipped": [], "whose": None}),
    ("my_shifts", {"shifts": [], "more": 0, "skipped": [], "whose": "Bo Lindqvist"}),
    ("my_shifts", {"whose": None, "more": 3, "skipped": SKIPPED, "shifts": [
        {"schedule": "primary-oncall", "begins": AT.at, "now": now, "start": AT, "end": end, "when": Between(AT, end)}
        for now, end in ((True, AT), (False, AT), (False, None))] * 13}),
    ("oncall_next", {"schedules": [], "skipped": []}),
    ("oncall_next", {"skipped": SKIPPED, "schedules": [
        {"schedule": "primary-oncall", "people": [ANA], "at": at, "next": after}
        for at, after in ((AT, [ANA, BO]), (AT, []), (None, []))]}),
    ("rota", {"schedule": "primary-oncall", "zone": "Europe/Madrid", "shifts": ROWS, "more": 7,
              "overrides": OVERRIDES, "skipped": SKIPPED, "picture": True}),
    ("rota_picture", {"schedule": "primary-oncall", "zone": "Europe/Madrid"}),
    ("rota", {"schedule": "primary-oncall", "zone": "Europe/Madrid", "shifts": [], "more": 0, "overrides": [],
              "skipped": [], "picture": False}),
]  # fmt: skip
