"""What Slack is asked about before anything happens: each template with all in it, and with nothing."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from bot.rendering import limits, sample
from bot.rendering.message import Message, Renderer
from tests.sources import files

MESSAGES: dict[str, list[Message]] = defaultdict(list)
for _name, _message in sample.messages(Renderer()):
    MESSAGES[_name].append(_message)


def test_every_template_is_among_them_and_shows_something() -> None:
    assert sorted(MESSAGES) == sorted(path.stem for path in files("templates/slack", "*/*.md", at_least=115))
    assert [name for name, both in MESSAGES.items() if not any(one.blocks for one in both)] == []


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_it_is_within_the_limits_that_we_know(name: str) -> None:
    for one in MESSAGES[name]:
        assert limits.check("chat.postMessage", {"text": one.text, "blocks": one.blocks}) == []


def test_what_depends_on_a_value_is_there() -> None:
    over, under_way = MESSAGES["card"]
    assert '"postmortem.open"' in shown(over)
    assert '"incident.update"' in shown(under_way)
    long, short = MESSAGES["timeline"]
    assert shown(long).count(sample.SHOWN) > shown(short).count(sample.SHOWN)


def shown(message: Message) -> str:
    return json.dumps(message.blocks)


def test_ones_own_template_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "slack").mkdir()
    (tmp_path / "slack" / "page.md").write_text("# Ours\n\n{{ page.why }} {{ incident.title }}\n")
    own = dict(sample.messages(Renderer(tmp_path)))
    assert "Ours" in shown(own["page"])
    assert own.keys() == MESSAGES.keys()
