"""The public surface changes on purpose only: `make goldens` writes it down again, and the difference is reviewed."""

from __future__ import annotations

import difflib

import pytest

from tests.goldens.surface import FOLDER, SURFACE


@pytest.mark.parametrize("name", SURFACE)
def test_the_public_surface_is_what_was_written_down(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    then, now = (FOLDER / name).read_text("utf-8"), SURFACE[name]()
    changed = list(difflib.unified_diff(then.splitlines(), now.splitlines(), "written down", "now", lineterm="", n=1))
    assert not changed, "meant? then run `make goldens`\n" + "\n".join(changed[:60])


def test_every_golden_file_is_compared() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.suffix in (".json", ".txt")} == set(SURFACE)
