"""What the tests of the rules share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.rendering.message import Message
from tests.domain.rendered import Render, render_in


@pytest.fixture
def render(tmp_path: Path) -> Render:
    """Renders a template given as text."""

    def rendered(source: str, **context: Any) -> Message:
        return render_in(tmp_path, source, context)

    return rendered
