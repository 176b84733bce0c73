"""A world per story, on both databases."""

from collections.abc import Iterator

import pytest

from sandbox import Sandbox
from tests.stories.world import ROOT, World, settings_for, start


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(manifest=ROOT / "manifest.yml") as running:
        running.limits.enabled = False
        yield running


@pytest.fixture
def world(sandbox: Sandbox, database_url: str) -> Iterator[World]:
    made = start(sandbox, settings_for(sandbox, database_url))
    yield made
    made.http.close()
    made.app.stop()
