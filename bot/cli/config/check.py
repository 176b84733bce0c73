"""`tocsin check`: is the configuration right, and what is in force?"""

from collections.abc import Sequence
from pathlib import Path

from bot import clock
from bot.catalog import Catalog, ConfigError, ConfigProblem, effective, load
from bot.cli import chosen_config, console
from bot.cli.console import Refusal
from bot.cli.schedule_records import Records
from bot.domain.preview import lint, use

_COUNTED = {
    "people": "person",
    "teams": "team",
    "services": "service",
    "schedules": "schedule",
    "policies": "policy",
}


def run(file: Path | None, records: Records, *, show: bool, as_json: bool) -> int:
    """Validates `file` beside what was recorded; `show` prints every value in force with where it comes from."""
    path = chosen_config.path(file)
    try:
        catalog = load(path)
        values = effective(path) if show else []
    except ConfigError as error:
        if not as_json:
            raise Refusal(str(error)) from None
        console.document({"ok": False, "problems": [_plain(one) for one in error.problems], "notices": []})
        return 1
    if as_json:
        console.document(_report(catalog, records, values))
    elif show:
        console.columns([(key, "" if value is None else str(value), origin) for key, value, origin in values])
    else:
        _say(path, catalog, records)
    return 0


def _report(catalog: Catalog, records: Records, values: Sequence[tuple[str, object, str]]) -> dict[str, object]:
    report: dict[str, object] = {
        "ok": True,
        "problems": [],
        "notices": [_plain(one) for one in catalog.notices],
        "warnings": _warnings(catalog, records),
        "digest": catalog.digest,
    }
    if values:
        report["effective"] = [
            {"key": key, "value": value if isinstance(value, bool | int | str | None) else str(value), "origin": origin}
            for key, value, origin in values
        ]
    return report


def _say(path: Path, catalog: Catalog, records: Records) -> None:
    what = str(path) if path.is_file() else f"There is no {path}, so the shipped defaults hold; they are"
    numbers = [(len(getattr(catalog, several)), one, several) for several, one in _COUNTED.items()]
    counts = ", ".join(f"{number} {one if number == 1 else several}" for number, one, several in numbers)
    print(f"{what} {'is ' if path.is_file() else ''}valid: {counts}.")
    if not catalog.people:
        print("note: no people are named, so no one can be paged; `tocsin init` writes a file to begin with.")
    for notice in [*catalog.notices, *_warnings(catalog, records)]:
        print(f"note: {notice}")


def _warnings(catalog: Catalog, records: Records) -> list[str]:
    """What is odd about the file, and what people have made that has no effect under it."""
    now = clock.real()
    return [*lint.warnings(catalog, now), *use.notes(catalog), *records.without_effect(catalog, now)]


def _plain(problem: ConfigProblem) -> dict[str, object]:
    return {"file": problem.file, "line": problem.line, "column": problem.column, "message": problem.message}
