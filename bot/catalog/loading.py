"""From files to a `Catalog`: read, overlay, check everything, and report all problems at once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.catalog import level_ways, pruning, references, registry
from bot.catalog.catalog import Catalog, jsonable
from bot.catalog.overlay import compose, leaves, own
from bot.catalog.problem import ConfigError, ConfigProblem
from bot.catalog.schema import problems_of
from bot.catalog.source import Node, Scalar, read


def load(path: Path | None) -> Catalog:
    """The configuration in `path` over the shipped defaults; None or an absent file means the defaults alone.

    Raises ConfigError with every problem.
    """
    return _catalog(_user_file(path))


def load_text(text: str, file: str) -> Catalog:
    """The same for what stood in `file`; "" means the defaults alone. Raises ConfigError."""
    return _catalog(_parsed(text.encode(), file))


def _catalog(user: Node) -> Catalog:
    tree, problems = compose(user)
    pruned, notices = pruning.prune(tree)
    data = pruned.plain()
    problems += references.check(tree)
    document, model = None, registry.document()
    try:
        document = model.model_validate(_with_names(data))
    except ValidationError as error:
        told = {(problem.file, problem.line, problem.column) for problem in problems}
        found = problems_of(error, pruned, model)
        problems += [one for one in found if (one.file, one.line, one.column) not in told]
    if document is not None and not problems:
        problems = level_ways.check(document, pruned)
    if document is None or problems:
        raise ConfigError(problems)
    fields = {name: getattr(document, name) for name in model.model_fields}
    further = {name: content for name, content in fields.items() if name not in Catalog.model_fields}
    return Catalog.model_construct(
        **fields, further=further, notices=tuple(notices), digest=_digest(data), own=dict(own(tree))
    )


def effective(path: Path | None) -> list[tuple[str, Scalar, str]]:
    """Every value in force as (dotted key, value, origin). Raises ConfigError for a file that cannot be read."""
    tree, problems = compose(_user_file(path))
    if problems:
        raise ConfigError(problems)
    return list(leaves(tree))


def _user_file(path: Path | None) -> Node:
    if path is None or not path.exists():
        return Node({}, str(path or "tocsin.yml"), 1, 1)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise ConfigError([ConfigProblem(str(path), 1, 1, f"the file cannot be read ({reason}); check it.")]) from error
    return _parsed(content, str(path))


def _parsed(content: bytes, file: str) -> Node:
    user = read(content, file)
    if not isinstance(user.value, Mapping):
        raise ConfigError(
            [replace(user, value=None).problem("the file must be a mapping of sections, such as `people:`.")]
        )
    return user


def _with_names(data: dict[str, Any]) -> dict[str, Any]:
    """Things know the name they are filed under; entries with names that are not allowed were refused already."""
    completed = dict(data)
    for section in registry.all_sections():
        bodies = data.get(section.key)
        if section.named and isinstance(bodies, dict):
            completed[section.key] = {
                name: section.entry(name, body, data)
                for name, body in bodies.items()
                if not section.names or name in section.names
            }
    return completed


def _digest(data: dict[str, Any]) -> str:
    canonical = json.dumps(jsonable(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
