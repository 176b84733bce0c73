"""One clock: a message shows times in the zone of its reader, or in one written zone, and never in both."""

import ast
import json
import re
from datetime import UTC, datetime

import pytest

from bot.catalog import load
from bot.domain.core.line import moment
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Dated
from tests.sources import ROOT, files, tree

AT = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
OWN = re.compile(r"<!date\^[^<>]*>")  # Slack shows it in the zone of each reader
WRITTEN = re.compile(r"\b\d\d:\d\d(?::\d\d)? ?(UTC|GMT|Z|CES?T|[A-Z]{2,4}T|[+-]\d\d(?::?\d\d)?)\b")
MESSAGES = json.loads((ROOT / "tests/goldens/messages.json").read_text("utf-8"))


def clocks(shown: str) -> set[str]:
    own = {"the reader's"} if OWN.search(shown) else set()
    return own | set(WRITTEN.findall(OWN.sub("", shown)))


@pytest.mark.parametrize(("part", "at_least"), [("blocks", 100), ("text", 5)])
def test_no_message_shows_two_clocks(part: str, at_least: int) -> None:
    assert len(MESSAGES) > 300
    shown = [(one["template"], clocks(json.dumps(one[part], ensure_ascii=False))) for one in MESSAGES]
    assert len([one for one in shown if one[1]]) > at_least, "nothing tells a time"
    assert [one for one in shown if len(one[1]) > 1] == []


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("at <!date^1793629800^{time}|14:30 UTC>", {"the reader's"}),
        ("at <!date^1793629800^{time}|14:30 UTC> until 15:00 UTC", {"the reader's", "UTC"}),
        ("14:30 CET, 13:30 UTC", {"CET", "UTC"}),
        ("SEV-1 at 14:30", set()),
    ],
)
def test_a_second_clock_is_seen(shown: str, found: set[str]) -> None:
    assert clocks(shown) == found


def test_nothing_that_is_told_writes_universal_time() -> None:
    """A line of the timeline is stored; the time in it is written so that every surface can show its own."""
    found = [
        f"{path.relative_to(ROOT)}:{one.lineno}"
        for folder in ("bot/domain", "bot/services", "bot/rendering/contexts")
        for path in files(folder)
        for one in ast.walk(tree(path))
        if isinstance(one, ast.JoinedStr)
        and any(isinstance(part, ast.Constant) and re.match(r" UTC\b", str(part.value)) for part in one.values)
    ]
    assert found == []


def test_a_time_in_a_line_is_on_the_clock_of_who_reads_it() -> None:
    catalog = load(None).model_copy(update={"display": load(None).display.model_copy(
        update={"time_zone": "Europe/Berlin"})})  # fmt: skip
    show = Presenter(catalog, now=AT)
    line = show.told(f"Paging waits until {moment(AT)}: <b> & *so*")
    assert isinstance(line, Dated)
    assert line.mrkdwn().startswith("Paging waits until <!date^1793629800^{time}|15:30 CET>: &lt;b&gt; &amp; ")
    assert line.plain() == "Paging waits until 15:30 CET: <b> & *so*"
    assert "2026-11-02 15:30 CET" in line.markdown()
    assert show.told("Paging has stopped") == "Paging has stopped"
    assert len(str(show.told("x" * 5000 + moment(AT)))) < 1000
