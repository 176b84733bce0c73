"""The files that a test reads as text, whichever subfolder they are in."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def files(folder: str, pattern: str = "*.py", *, at_least: int = 1) -> list[Path]:
    """All of them, sorted. `at_least` keeps a search from growing weaker in silence when files move."""
    found = sorted((ROOT / folder).rglob(pattern))
    assert len(found) >= at_least, f"only {len(found)} files match {folder}/{pattern}, {at_least} were expected"
    return found
