"""Slack's two ways to a bot: half the stories have one, half the other, and nothing else differs."""

import pytest

from tests.stories.world import World, by_turns


@pytest.mark.transport("socket")
def test_a_bot_that_opened_a_socket_hears_people_there(world: World) -> None:
    assert world.app.socket is not None
    world.ana.says("/incident sev1 Checkout is down").says("INC-1")


@pytest.mark.transport("http")
def test_a_bot_without_an_app_token_hears_people_by_http(world: World) -> None:
    assert world.app.socket is None
    world.ana.says("/incident sev1 Checkout is down").says("INC-1")


def test_stories_take_turns_and_keep_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOCSIN_TRANSPORT", raising=False)
    names = [f"tests/stories/incidents/test_roles.py::test_{number}[sqlite]" for number in range(400)]
    turns = [by_turns(name) for name in names]
    assert 160 <= sum(turns) <= 240
    assert by_turns("tests/stories/a.py::test_a") is True, "whatever the machine, the seed of hashes, the order"
    assert by_turns("tests/stories/a.py::test_d") is False
    monkeypatch.setenv("TOCSIN_TRANSPORT", "http")
    assert by_turns("tests/stories/a.py::test_d") is True
