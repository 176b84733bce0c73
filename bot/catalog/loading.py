"""From files to a `Catalog`: read, overlay, check everything, and report all problems at once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.catalog import references
from bot.catalog.catalog import Catalog, Document, jsonable
from bot.catalog.overlay import compose, leaves
from bot.catalog.problem import ConfigError, ConfigProblem
from bot.catalog.schema import problems_of
from bot.catalog.sections.severities import SEVERITIES
from bot.catalog.source import Node, Scalar, read

_KEYED = ("people", "teams", "services", "schedules", "policies", "severities", "roles", "specialists", "vendors")
_TITLED = ("people", "teams", "services", "roles", "specialists", "vendors")


def load(path: Path | None) -> Catalog:
    """The configuration in `path` over the shipped defaults; None or an absent file means the defaults alone.

    Raises ConfigError with every problem.
    """
    user = _user_file(path)
    tree, problems = compose(user)
    pruned, notices = references.prune(tree)
    data = pruned.plain()
    problems += references.check(tree)
    document = None
    try:
        document = Document.model_validate(_with_names(data))
    except ValidationError as error:
        told = {(problem.file, problem.line, problem.column) for problem in problems}
        found = problems_of(error, pruned, Document)
        problems += [one for one in found if (one.file, one.line, one.column) not in told]
    if document is None or problems:
        raise ConfigError(problems)
    fields = {name: getattr(document, name) for name in Document.model_fields}
    return Catalog.model_construct(**fields, notices=tuple(notices), digest=_digest(data))


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
    user = read(content, str(path))
    if not isinstance(user.value, Mapping):
        raise ConfigError(
            [replace(user, value=None).problem("the file must be a mapping of sections, such as `people:`.")]
        )
    return user


def _with_names(data: dict[str, Any]) -> dict[str, Any]:
    """Things know the name they are filed under; a name to show defaults to it."""
    named = dict(data)
    for section in _KEYED:
        bodies = data.get(section)
        if isinstance(bodies, dict):
            named[section] = {key: _named(section, key, body) for key, body in bodies.items()}
    if isinstance(named.get("severities"), dict):  # `references` has refused the others already
        named["severities"] = {key: row for key, row in named["severities"].items() if key in SEVERITIES}
    schedules, display = named.get("schedules"), data.get("display")
    if isinstance(schedules, dict) and isinstance(display, dict):
        zone = {"timezone": display.get("time_zone")}
        named["schedules"] = {
            key: {**zone, **body} if isinstance(body, dict) else body for key, body in schedules.items()
        }
    return named


def _named(section: str, key: str, body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    title = {"name": key.replace("-", " ").replace("_", " ").capitalize()} if section in _TITLED else {}
    body = {**title, **body, "key": key}
    if section == "schedules" and isinstance(body.get("layers"), tuple):
        body["layers"] = tuple(
            {"name": f"layer-{number}", **layer} if isinstance(layer, dict) else layer
            for number, layer in enumerate(body["layers"], 1)
        )
    return body


def _digest(data: dict[str, Any]) -> str:
    canonical = json.dumps(jsonable(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
