"""Short ways to load a configuration written in a test."""

from datetime import timedelta
from pathlib import Path

from bot.catalog import Catalog, load

DEMO = Path(__file__).parents[2] / "bot" / "catalog" / "demo.yml"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "tocsin.yml"
    file.write_text(text, encoding="utf-8")
    return file


def loaded(tmp_path: Path, text: str) -> Catalog:
    return load(written(tmp_path, text))
