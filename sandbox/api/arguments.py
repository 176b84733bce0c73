"""The arguments of a call, merged from query string, form, multipart and JSON."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from sandbox.errors import SlackError, bad_arguments


@dataclass(frozen=True)
class Arguments:
    """Raw values; the getters decode what arrived as text."""

    values: dict[str, Any]

    def has(self, key: str) -> bool:
        """Whether the argument was given and is not empty."""
        return self.values.get(key) not in (None, "")

    def text(self, key: str, default: str = "") -> str:
        """A string; numbers are written out."""
        value = self.values.get(key)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """A boolean: true, 1 and t are true."""
        value = self.values.get(key)
        return default if value is None else str(value).lower() in ("1", "true", "t", "yes")

    def number(self, key: str, default: int, low: int, high: int, error: str = "invalid_arguments") -> int:
        """A whole number within bounds, else `error`."""
        if not self.has(key):
            return default
        try:
            value = int(float(self.values[key]))
        except (TypeError, ValueError):
            raise SlackError(error) from None
        if not low <= value <= high:
            raise SlackError(error)
        return value

    def names(self, key: str) -> list[str]:
        """A list given as comma-joined text, JSON text or a list."""
        value = self.values.get(key)
        if isinstance(value, str) and value.startswith("["):
            value = self.json(key)
        parts = value if isinstance(value, list) else str(value or "").split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def json(self, key: str, error: str = "invalid_arguments") -> Any:
        """A nested value, decoded when it arrived as text; None when absent."""
        value = self.values.get(key)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def mapping(self, key: str, error: str = "invalid_arguments") -> dict[str, Any]:
        """A nested object, else `error`."""
        value = self.json(key, error)
        if not isinstance(value, dict):
            raise SlackError(error)
        return value


async def read(request: Request) -> Arguments:
    """The merged arguments of a request. Raises SlackError for a body that cannot be read."""
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        values |= _json_body(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form() as form:
            values |= {key: value for key, value in form.items() if isinstance(value, str)}
    return Arguments(values)


def _json_body(raw: bytes) -> dict[str, Any]:
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def require(arguments: Arguments, names: tuple[str, ...]) -> None:
    """Refuses a call that leaves out a required argument."""
    missing = [name for name in names if arguments.values.get(name) is None]
    if missing:
        raise bad_arguments(*(f"missing required field: {name}" for name in missing))
