"""What several tests of records begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    """A post room in which an incident on the service checkout is declared."""
    opened = DeliveryHarness.opened(tmp_path)
    opened.declare(service="checkout")
    yield opened
    opened.close()
