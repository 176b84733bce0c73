"""The pages for people at work: each command that they tell is typed once, as it stands there, and understood."""

import re
from pathlib import Path

import pytest

from tests.stories.world import ROOT, World

HOWTO = ROOT / "docs" / "howto"
PAGES = [HOWTO / f"{name}.md" for name in ("paged", "commander", "handing-over", "troubleshooting")]
MISUNDERSTOOD = ("isn't a command", "is not a command", "There is no", "went wrong", "Which incident")
COMMAND = re.compile(r"`(/(?:incident|oncall) [^`]+)`")


def commands(page: Path) -> list[str]:
    """As the page tells them, about incidents that exist; what ends one or waits comes last."""
    found = [
        one.replace("INC-42", "INC-1").replace("INC-41", "INC-2") for one in COMMAND.findall(page.read_text("utf-8"))
    ]
    late = ("stop", "merge", "hold", "resolve", "reopen")
    return sorted(dict.fromkeys(found), key=lambda one: next((n + 1 for n, w in enumerate(late) if f" {w}" in one), 0))


def test_the_pages_tell_many_commands() -> None:
    assert sum(len(commands(page)) for page in PAGES) > 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_command_of_a_page_is_understood(world: World, page: Path) -> None:
    world.dee.says("/incident declare sev1 Checkout returns 5xx --service checkout").says("INC-1")
    world.dee.says("/incident declare sev2 Payments are slow --service payments").says("INC-2")
    world.bo.says("/incident ack INC-1")
    world.bo.says("/incident ic INC-1")
    if page.stem == "commander":
        world.bo.says("/incident mitigation INC-1 roll back")
    wrong = {}
    for typed in commands(page):
        said = world.bo.says(typed)
        answered = said.text or said.answer.get("view_id")
        if not said.ok or not answered or any(one in said.text for one in MISUNDERSTOOD):
            wrong[typed] = said.text or str(said.answer)[:300]
    assert not wrong, "\n".join(f"{typed}: {said}" for typed, said in wrong.items())
