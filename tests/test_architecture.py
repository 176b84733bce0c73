"""The import rules and the house style, held by a test."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.layout import ENGINE_WITH_NOUNS, NOUNS, ROOFS, ROWS, SHORT, layer_of, noun_of
from tests.sources import tree

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "handlers", "storage", "sandbox")

# What a part may import of ours; the longest matching prefix of a module's name is its part.
MAY = {
    "storage.models": {"storage.models"},
    "storage": {"storage"},
    "bot.catalog": {"bot.catalog"},
    "bot.domain": {"bot.domain", "bot.catalog", "storage.models"},
    "bot.crash_points": set(),
    "bot.clock": set(),
    "bot.work": {"bot.domain", "bot.catalog", "bot.clock", "bot.crash_points", "storage"},
    "bot.services": {"bot.services", "bot.work", "bot.domain", "bot.catalog", "storage"},
    "bot.services.work_factory": {"bot.services", "bot.work", "bot.domain", "bot.catalog", "bot.clock", "storage"},
    "bot.rendering": {"bot.rendering", "bot.domain", "bot.catalog", "bot.services.core.answer", "storage.models",
                      "storage.queries"},
    "bot.integrations": {"bot.integrations", "bot.rendering", "bot.domain", "bot.catalog"},
    "bot.deliveries": {"bot.deliveries", "bot.services", "bot.rendering", "bot.integrations.outbound",
                       "bot.integrations.outcome", "bot.integrations.trackers.letters", "bot.work", "bot.domain",
                       "bot.catalog", "storage"},
    "bot.engine": {"bot.engine", "bot.deliveries", "bot.services", "bot.rendering", "bot.integrations", "bot.work",
                   "bot.domain", "bot.catalog", "bot.clock", "bot.crash_points", "storage"},
    "bot.health": {"bot.clock"},
    "bot.settings": set(),
    "bot.logs": set(),
    "bot.configuration": {"bot.catalog", "bot.clock"},
    "handlers": {"handlers", "bot.services", "bot.rendering", "bot.domain", "bot.catalog", "bot.work", "bot.clock",
                 "bot.deliveries", "bot.engine", "bot.health", "storage"},
    "bot.providers": {"bot.integrations", "bot.catalog", "bot.clock", "bot.logs", "bot.settings"},
    "bot.app": {"bot", "handlers", "storage"},
    "bot.process": {"bot.app", "bot.logs", "bot.settings", "storage"},
    "bot.cli": {"bot", "handlers", "storage", "sandbox"},
    "bot.__main__": {"bot", "sandbox"},
    "bot": set(),
    "sandbox": {"sandbox"},
}  # fmt: skip
# Libraries that only some parts may import.
ONLY = {
    "slack_bolt": {"handlers", "bot.app"},
    "slack_sdk": {"handlers", "bot.app"},
    "apscheduler": {"bot.engine.jobs"},
    "jinja2": {"bot.rendering"},
    "httpx": {"bot.integrations", "bot.engine.follower", "bot.cli"},
    "fastapi": {"handlers.web"},
    "smtplib": {"bot.integrations.email"},
    "apprise": {"bot.integrations.apprise_method"},
    "icalendar": {"bot.rendering.ical"},
    "matplotlib": {"bot.rendering.picture"},
    "dateutil": {"bot.rendering.ical_events"},
    "alembic": {"storage.schema", "storage.migrations"},
    "sqlalchemy": {
        "storage",
        "bot.cli",
        "bot.process",
        "handlers",
        "bot.work",
        "bot.services",
        "bot.deliveries",
        "bot.engine",
    },
    "sqlmodel": {
        "storage",
        "bot.work",
        "bot.services",
        "bot.deliveries",
        "bot.engine",
        "bot.rendering",
        "handlers",
        "bot.cli",
    },
}
# The only places where a function imports: subcommands import what they run, and one owner of a heavy library.
LOCAL_IMPORTS = {
    "bot.__main__", "bot.rendering.ical", "bot.rendering.ical_events", "bot.rendering.picture",
    "bot.integrations.apprise_method", "storage.schema",
    "handlers.web.server", "handlers.web.asgi",
}  # fmt: skip
PURE = ("bot.domain", "bot.catalog")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                found[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = path
    assert len(found) > 440, "the rules would look at fewer modules than there are"
    return found


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in modules() else node.module)
    return frozenset(found)


def part_of(module: str, parts: dict[str, set[str]]) -> str:
    found = [part for part in parts if module == part or module.startswith(f"{part}.")]
    return max(found, key=len)


def within(module: str, parts: set[str]) -> bool:
    return any(module == part or module.startswith(f"{part}.") for part in parts)


@pytest.mark.parametrize(
    ("module", "path"), list(modules().items()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_module_imports_only_what_its_part_may(module: str, path: Path) -> None:
    part = part_of(module, MAY)
    for imported in imports(path):
        if imported.split(".")[0] in PACKAGES:
            assert within(imported, MAY[part]), f"{module} may not import {imported}"
        library = imported.split(".")[0]
        if library in ONLY and not module.startswith("sandbox"):
            assert within(module, ONLY[library]), f"{module} may not import {library}"


def test_no_import_cycles() -> None:
    known = modules()
    graph = {name: {one for one in imports(path) if one in known and one != name} for name, path in known.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"import cycle: {' -> '.join([*trail[trail.index(name) :], name])}"
        if name in done:
            return
        for one in graph[name]:
            visit(one, (*trail, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_a_noun_imports_only_itself_and_the_nouns_before_it() -> None:
    """Rule B: inside a layer the nouns have an order, and so no circle."""
    for module, path in modules().items():
        layer, noun = layer_of(module), noun_of(module)
        if layer is None or noun is None:
            continue
        may = NOUNS[layer][: NOUNS[layer].index(noun) + 1]
        for imported in imports(path):
            if layer_of(imported) == layer and noun_of(imported) is not None:
                assert noun_of(imported) in may, f"{module} may not import {imported}: {noun} comes before it"


def test_roofs_merge_and_nobody_below_imports_them() -> None:
    """Rule C: a table's rows are the nouns'; what merges them stands above, what everybody uses knows no noun."""
    assert {roof for roof in ROOFS if roof not in modules()} == set()
    for module, path in modules().items():
        layer = layer_of(module)
        if layer is None or module in ROOFS or module.startswith("handlers.web"):
            continue
        inside = {one for one in imports(path) if layer_of(one) == layer}
        assert not inside & (ROOFS - {"handlers"}), f"{module} imports a roof: {inside & ROOFS}"
        if noun_of(module) is None and module != layer:
            assert not {one for one in inside if noun_of(one)}, f"{module} is a floor, and imports a noun"


def test_every_folder_of_a_layer_is_a_noun_of_the_plan() -> None:
    for module, path in modules().items():
        layer = layer_of(module)
        if layer and module != layer and path.stem == "__init__" and "web" not in module.split("."):
            assert noun_of(module), f"{module} has no place in the order of tests/layout.py"


def test_the_loops_of_the_engine_know_no_noun() -> None:
    for module, path in modules().items():
        if module.startswith("bot.engine") and module not in ENGINE_WITH_NOUNS:
            named = {one for one in imports(path) if (noun_of(one) or "core") != "core"}
            assert not named, f"{module} names {named}"


def test_folders_stay_small() -> None:
    """Rule D, folders: 25 files, templates 45. One that strains lacks a noun."""
    counted = Counter(path.parent for path in modules().values() if path.stem != "__init__")
    counted.update(path.parent for path in (ROOT / "templates").rglob("*.*"))
    for folder, count in counted.items():
        most = 45 if "templates" in folder.parts else 25
        assert count <= most, f"{folder.relative_to(ROOT)} has {count} files"


def test_functions_import_nothing_except_in_the_listed_places() -> None:
    for module, path in modules().items():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = [one for one in ast.walk(node) if isinstance(one, ast.Import | ast.ImportFrom)]
                assert not inside or module in LOCAL_IMPORTS, f"{module}.{node.name} imports inside a function"


def test_rules_read_no_clock_and_no_chance() -> None:
    for module, path in modules().items():
        if not module.startswith(PURE):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in CLOCKS and isinstance(node.value, ast.Name):
                assert node.value.id not in ("datetime", "time", "date"), f"{module} reads the clock: {node.lineno}"
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] + [getattr(node, "module", None)]
                assert not {"random", "uuid", "threading"} & set(names), f"{module} imports chance or threads"


def test_files_and_functions_stay_readable() -> None:
    for module, path in modules().items():
        lines = len(path.read_text().splitlines())
        assert lines <= 300, f"{module} has {lines} lines: split it by noun"
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 60, f"{module}.{node.name} has {length} lines"


def test_no_file_is_a_shard() -> None:
    """Rule D: 40 lines at least. A concept that needs fewer is listed, so that a new shard is a decision."""
    listed = {f"{part}.{name}" for part, names in SHORT.items() for name in names} | ROOFS
    short = {module for module, path in modules().items()
             if path.stem not in {"__init__", *ROWS} and len(path.read_text().splitlines()) < 40
             and not module.startswith("sandbox")}  # fmt: skip
    assert short - listed == set(), "put it where its concept is, or list it in tests/layout.py"
    assert listed - short - ROOFS == set(), "it has grown: take it off the list in tests/layout.py"


def test_test_files_stay_readable_too() -> None:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        lines = len(path.read_text().splitlines())
        assert lines <= 300, f"{path.relative_to(ROOT)} has {lines} lines: split it by noun"


def test_every_module_says_what_it_is() -> None:
    for module, path in modules().items():
        if path.read_text().strip():
            assert ast.get_docstring(tree(path)), f"{module} has no docstring"


def test_no_word_that_means_nothing() -> None:
    for module, path in modules().items():
        for word in ("util", "helper", "manager", "misc", "common"):
            assert word not in path.stem, f"{module}: name the noun instead of '{word}'"
