"""A world with stand-ins for the services beyond Slack around it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.settings import Settings
from sandbox import Sandbox
from sandbox.outside.world import Outside
from tests.stories.world import ROOT, World, settings_for, start


@contextmanager
def world_beyond(
    sandbox: Sandbox, database_url: str, outside: Outside, config: Path, environment: Mapping[str, str] | None = None
) -> Iterator[World]:
    """The company of the demo, with every way leading to the stand-ins unless `config` is written already."""
    if not config.exists():
        write(config, outside.configuration())
    settings = settings_for(sandbox, database_url, config=config).model_dump(by_alias=True)
    known = outside.environment() if environment is None else environment
    world = start(sandbox, Settings.model_validate({**settings, **known}))
    try:
        yield world
    finally:
        world.http.close()
        world.app.stop()


def write(config: Path, more: str) -> None:
    """The demo's configuration with another section."""
    config.write_text((ROOT / "bot" / "catalog" / "demo.yml").read_text("utf-8") + more, "utf-8")
