"""A field that a route does not read is refused: the sender believes that it counts."""

from collections.abc import Collection, Iterable
from typing import Any

from starlette.requests import Request

from bot.catalog import did_you_mean
from handlers.verb_body import BadRequest


def require(given: Iterable[str], known: Collection[str]) -> None:
    """Raises BadRequest with every field that is not known."""
    unknown = [one for one in dict.fromkeys(given) if one not in known]
    if unknown:
        names = sorted(known)
        raise BadRequest("; ".join(_sentence(one[:60], names) for one in unknown))


def _sentence(name: str, names: list[str]) -> str:
    return f'there is no field "{name}": {did_you_mean(name, names) if names else "it takes none"}'.rstrip(".")


def in_address(request: Request) -> None:
    """For every route: what stands behind the question mark of its address. Raises BadRequest."""
    require(request.query_params.keys(), _read_by(request.scope["route"].dependant))


def _read_by(dependant: Any) -> set[str]:
    """The fields of the address that a route and what it depends on have declared."""
    own = {one.alias for one in dependant.query_params}
    return own.union(*(_read_by(one) for one in dependant.dependencies))
