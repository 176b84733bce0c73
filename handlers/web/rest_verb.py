"""The shape of an order: what a program may ask, as a strict body and the one use case that it leads to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.services.core.answer import Answer
from bot.work import Work
from storage.models import Incident


class BadRequest(Exception):
    """The body cannot be understood; the text is the sentence for whoever sent it."""


class RestRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", str_max_length=20_000)


class Nothing(RestRequest):
    """A verb that needs no more than its incident."""


class Text(RestRequest):
    text: str


class Reason(RestRequest):
    reason: str = ""


@dataclass(frozen=True)
class Verb:
    """`body` is what the verb needs to be told, `use_case` what it does to the locked incident."""

    body: type[RestRequest]
    use_case: Callable[[Work, Incident, Any], Answer]


def read(body: type[RestRequest], given: Mapping[str, Any]) -> Any:
    """The parsed body. Raises BadOrder with every complaint in one sentence."""
    try:
        return body.model_validate(given)
    except ValidationError as error:
        raise BadRequest("; ".join(_complaint(one) for one in error.errors(include_url=False))) from None


def _complaint(error: Mapping[str, Any]) -> str:
    field = ".".join(str(part) for part in error["loc"])
    said = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    if error["type"] == "extra_forbidden":
        return f'there is no field "{field}"'
    if error["type"] == "missing":
        return f'the field "{field}" is missing'
    return f"{field}: {said}" if field else said
