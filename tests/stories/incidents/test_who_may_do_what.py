"""The table of who may do what, cell by cell, where it counts: each button, form and command arrives as Slack sends it,
by one of each row, about an incident that everybody knows. A refusal says who can, and changes nothing.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.core.people import Actor
from bot.domain.core.permissions import ALLOWED, BUTTONS, REFUSAL
from bot.domain.verbs import ACTIONS, at
from storage.models import Member
from tests.stories.forging import Forger, forging
from tests.stories.incidents.test_private_at_every_door import history
from tests.stories.world import ROOT

PEOPLE = {
    "admin": "U01DEE", "responder": "U01BO", "viewer": "U01LI", "guest": "U01GUS", "stranger": "U98STRANGER",
    "bot": "U98APP", "deactivated": "U01OLD",
}  # fmt: skip
"""One of each row of the table."""
FORMS = {
    "ask": "ask", "checklist": "tick", "command.offer": "command", "command.take": "command", "cover": "swap",
    "declare": "declare", "declare.change": "sev", "fields": "field", "hold.offer": "handover", "note": "note",
    "override": "override", "page": "page", "page.all_hands": "page", "page.decline": "decline", "question": "answer",
    "problem": "problem", "resolve": "resolve",
    "roles": "role", "ruling.object": "decision", "severity": "sev", "ticket.make": "ticket",
    "times": "times",
    "tree": "page", "triage.reject": "triage", "update": "update", "vendor": "vendor",
}  # fmt: skip
"""What is sent when a form is, by its name."""
SAID = {
    "action": "INC-1 look again", "answer": "INC-1 yes", "ask-manager": "INC-1 may we?", "complaint": "INC-1 me too",
    "decision": "INC-1 go on", "decline": "INC-1 asleep", "declare": "sev4 a lamp is dark", "done": "INC-1 A1",
    "field": "INC-1 customer Acme", "handoff": "INC-1 @eve", "hold": "INC-1 until 23:00 the vendor",
    "ic": "INC-1 @cy", "merge": "INC-1 INC-2 same", "mitigation": "INC-1 restart", "note": "INC-1 seen",
    "bridge": "INC-1 https://meet.example.com/1", "link": "INC-1 https://x.example/1", "unlink": "INC-1 ticket",
    "page": "INC-1 @cy", "pass": "INC-1 @cy", "resolve": "INC-1 it works", "role": "INC-1 tech @cy", "search": "lamp",
    "set-times": "INC-1 started 13:41", "sev": "INC-1 sev2", "status": "INC-1 identified",
    "take-command": "INC-1 no answer", "tick-off": "INC-1 errors", "ticket": "INC-1 checkout",
    "problem": "INC-1 the pool", "triage": "sev4 a lamp flickers", "update": "INC-1 rolling back",
    "vendor": "INC-1 aws 1234",
}  # fmt: skip
"""What is written behind a command, where the number of the incident alone is not enough."""
NEEDS_NO_INCIDENT = {
    "declare", "handoff", "health", "help", "list", "me", "next", "override", "schedule", "swap", "test-page", "triage",
    "who", "check", "problems",
}  # fmt: skip


def refused(row: str, action: str) -> bool:
    """The cell of the table."""
    allowed = ALLOWED[row]
    return allowed is not None and action not in allowed


@pytest.fixture(params=list(PEOPLE))
def anyone(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[tuple[str, Forger]]:
    """The row, and somebody of it who forges what their screen would not show; Li only looks here."""
    config = tmp_path / "tocsin.yml"
    demo = (ROOT / "bot" / "catalog" / "demo.yml").read_text("utf-8")
    config.write_text(
        demo.replace("title: Support engineer}", "title: Support engineer, access: viewer}")
        + "fields: {customer: {type: text}}\n"
    )
    with forging(database_url, "Checkout returns 5xx", config) as forger:
        forger.who = PEOPLE[request.param]
        with forger.world.app.desk.work(Actor("U01DEE")) as w:
            for kind in ("stranger", "bot"):
                w.session.add(Member(slack=PEOPLE[kind], name=kind, kind=kind, seen_at=w.now))
        yield request.param, forger


def test_each_cell_of_the_table(anyone: tuple[str, Forger]) -> None:
    row, forger = anyone
    before, wrong = history(forger.world), []
    answers = [(f"button {name}", action, forger.action(name, forger.real, forger.view(name, forger.real)))
               for name, action in sorted(BUTTONS.items())]  # fmt: skip
    answers += [(f"form {name}", action, forger.submits(name, forger.real)) for name, action in FORMS.items()]
    for command in ("incident", "oncall"):
        for verb in at(command, "slack"):
            number = "" if command == "oncall" or verb.name in NEEDS_NO_INCIDENT else "INC-1"
            said = forger.types(f"/{command}", f"{verb.name} {SAID.get(verb.name, number)}", forger.real)
            answers.append((f"/{command} {verb.name}", verb.action, said))
    for what, action, answer in answers:
        if (REFUSAL[row] in answer if row in REFUSAL else False) != refused(row, action):
            wrong.append(f"{what} ({action}): {answer[:300]}")
    assert not wrong, f"{row}: {len(wrong)} of {len(answers)}:\n" + "\n".join(wrong)
    assert {action for _, action, _ in answers} == ACTIONS, "every column was tried"
    if all(refused(row, one) for one in ACTIONS - {"help"}):
        assert history(forger.world) == before
