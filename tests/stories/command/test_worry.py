"""What is written behind the name of who takes over is for that person to read; nothing of it is lost."""

import pytest

from tests.stories.command.test_handing_command_over import asked, commanded
from tests.stories.world import World, words


@pytest.mark.parametrize("whom", ["@dee", "@dee:", "dee because", "to @dee -"])
def test_what_is_written_behind_the_name_is_the_worry(world: World, whom: str) -> None:
    commanded(world)
    world.ana.says(f"/incident handoff INC-1 {whom} the replica lags").says("stays commander until they accept")
    world.settle()
    assert "the replica lags" in words(asked(world, "dee"))
