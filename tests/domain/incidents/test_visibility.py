"""Who may know of a private incident: a table of cases, and that no other module decides it."""

import ast
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.catalog import load
from bot.domain.core.errors import NoSuchIncident
from bot.domain.incidents import visibility
from bot.domain.incidents.visibility import ANYBODY, SEES_ALL, Knows, Viewer
from storage.models import Incident
from tests.domain.catalogs import DEMO
from tests.sources import ROOT, files, tree

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
CATALOG = load(DEMO)
ADMIN = next(one.slack for one in CATALOG.people.values() if one.access == "admin" and one.slack)
ANA, LI = Viewer(frozenset({"U01ANA", "ana"})), Viewer(frozenset({"U01LI", "li"}))


def incident(
    number: int = 1,
    *,
    private: bool = True,
    by: str = "U01BO",
    room: str | None = "C01WAR",
    announced: str | None = None,
) -> Incident:
    return Incident(number=number, title="x", severity="SEV-1", declared_by=by, private=private, channel_id=room,
                    announcement_channel=announced,
                    declared_at=NOW, started_at=NOW, detected_at=NOW)  # fmt: skip


CASES: list[tuple[str, Incident, Viewer, Sequence[str], Knows | None]] = [
    ("everybody knows what is not private", incident(private=False), LI, (), Knows.PUBLIC),
    ("a whole team too", incident(private=False), ANYBODY, (), Knows.PUBLIC),
    ("the holder of the token sees all", incident(), SEES_ALL, (), Knows.SEES_ALL),
    ("an admin", incident(), Viewer(frozenset({"U01DEE"}), admin=True), (), Knows.ADMIN),
    ("whoever asks in its room", incident(), Viewer(frozenset({"U01LI"}), room="C01WAR"), (), Knows.ROOM),
    ("another room is no reason", incident(), Viewer(frozenset({"U01LI"}), room="C01GEN"), (), None),
    (
        "nor is a room that was public before",
        incident(announced="C01INC"),
        Viewer(frozenset({"U01LI"}), room="C01WAR"),
        (),
        None,
    ),
    ("who declared what went private", incident(by="U01ANA", announced="C01INC"), ANA, (), Knows.DECLARED),
    ("nor is no room, while it has none", incident(room=None), Viewer(frozenset({"U01LI"})), (), None),
    ("who declared it", incident(by="U01ANA"), ANA, (), Knows.DECLARED),
    ("who declared it under the key of tocsin.yml", incident(by="ana"), ANA, (), Knows.DECLARED),
    ("who has a role, was paged, or acknowledged", incident(), ANA, ("U01CY", "U01ANA"), Knows.PART),
    ("the same by key", incident(), ANA, ("ana",), Knows.PART),
    ("somebody else's part", incident(), LI, ("U01ANA", "cy"), None),
    ("nobody in particular", incident(), ANYBODY, ("U01ANA",), None),
]


@pytest.mark.parametrize(
    ("about", "viewer", "part", "reason"),
    [pytest.param(*case, id=name) for name, *case in CASES],
)
def test_who_may_know(about: Incident, viewer: Viewer, part: Sequence[str], reason: Knows | None) -> None:
    assert visibility.why(about, viewer, part) == reason


def test_participants_are_asked_for_once_and_only_where_they_decide_it() -> None:
    asked: list[Sequence[int]] = []

    def participants(numbers: Sequence[int]) -> dict[int, set[str]]:
        asked.append(list(numbers))
        return {3: {"ana"}, 4: {"li"}}

    rows = [incident(1, private=False), incident(2, by="ana"), incident(3), incident(4)]
    assert [row.number for row in visibility.known(rows, ANA, participants)] == [1, 2, 3]
    assert [row.number for row in visibility.known(rows, SEES_ALL, participants)] == [1, 2, 3, 4]
    assert [row.number for row in visibility.known(rows, ANYBODY, participants)] == [1]
    assert asked == [[3, 4]]


def test_a_viewer_is_known_by_slack_id_and_by_key() -> None:
    admin = visibility.viewer(CATALOG, ADMIN, "C01WAR")
    assert (len(admin.names), admin.admin, admin.room) == (2, True, "C01WAR")
    assert visibility.viewer(CATALOG, "U0STRANGER") == Viewer(frozenset({"U0STRANGER"}))


def test_what_is_private_has_no_public_place_and_hides_its_words() -> None:
    told = [(visibility.has_public_place(one), visibility.hides_words(one))
            for one in (incident(), incident(private=False))]  # fmt: skip
    assert told == [(False, True), (True, False)]


def test_that_it_went_private_is_no_secret_when_everybody_has_read_it() -> None:
    secret, went, never = incident(), incident(announced="C01INC"), None
    refusals = [type(visibility.unknown(one, "INC-1")) for one in (secret, went, never)]
    assert refusals == [NoSuchIncident, visibility.WentPrivate, NoSuchIncident]
    assert not visibility.was_public(incident(private=False, announced="C01INC")), "as long as it is public, it is told"


# Where `.private` is read besides the rule, and what it is there: never a decision about who may know.
ELSEWHERE = {
    "bot/services/incidents/lifecycle.py": "what is declared, before there is an incident",
    "bot/integrations/slack/rooms.py": "the kind of channel that Slack is to make",
    "bot/deliveries/incidents/war_room.py": "the configured kind of every war room",
    "bot/rendering/contexts/incidents/surfaces.py": "what its declarer is told about it",
    "handlers/incidents/changes.py": "what a verb declares",
    "handlers/incidents/declare.py": "what a form declares",
    "handlers/words/everyday.py": "whether a command says that it declares",
    "handlers/words/readings.py": "what a doubtful command would declare",
    "bot/services/incidents/corrections.py": "what somebody chose in the form",
    "bot/domain/learning/problems.py": "a problem that was begun for a private incident, beside the rule about those",
    "handlers/learning/problems.py": "the same, left out of a list to choose from",
}


def test_nobody_else_decides_who_may_know() -> None:
    readers: dict[str, list[str]] = {}
    for folder in ("bot", "handlers", "storage"):
        for path in files(folder, at_least=20):
            nodes = ast.walk(tree(path))
            found = [ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute) and node.attr == "private"]
            if found:
                readers[str(path.relative_to(ROOT))] = found
    assert readers.pop("bot/domain/incidents/visibility.py") == ["incident.private"] * 3
    assert set(readers) == set(ELSEWHERE)
    read = {text for found in readers.values() for text in found}
    assert read == {"what.private", "item.private", "catalog.war_room.private", "body.private",
                    "said.private", "dossier.incident.private", "problem.private", "one.problem.private"}  # fmt: skip
