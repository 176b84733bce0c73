"""The files that a test reads as text, whichever subfolder they are in."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def files(folder: str, pattern: str = "*.py", *, at_least: int = 1) -> list[Path]:
    """All of them, sorted. `at_least` keeps a search from growing weaker in silence when files move."""
    found = sorted((ROOT / folder).rglob(pattern))
    assert len(found) >= at_least, f"only {len(found)} files match {folder}/{pattern}, {at_least} were expected"
    return found


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax, read once for all tests of a process."""
    source = path.read_text("utf-8")
    try:
        return ast.parse(source)
    except SystemError:  # Python before 3.11.8 miscounts its depth when threads take turns (python/cpython 106905)
        return ast.parse(source)
