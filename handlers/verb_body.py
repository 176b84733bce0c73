"""What a verb is told, as a strict body: made from its declared fields, read from JSON or from a command's words."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, ValidationError, create_model
from pydantic import Field as Described

from bot.catalog import Duration, did_you_mean
from bot.domain.core.errors import DomainError
from bot.domain.core.verb import Field, Verb


class BadRequest(Exception):
    """The body cannot be understood; the text is the sentence for its sender."""


class OutOfRange(BadRequest):
    """A number that nothing here can have."""


class WordsMissing(DomainError):
    """`/incident {verb}` needs more: {what}. Write `/incident {usage}`."""


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_max_length=20_000)


MOST = 2**31 - 1
"""The largest number that a row can have."""
Number = Annotated[int, Described(ge=0, le=MOST)]
_RANGE = {"greater_than_equal", "less_than_equal"}


def in_reach(at: datetime) -> datetime:
    """The moment, if every zone can show it and a person can mean it. Raises ValueError."""
    if not 1971 <= at.year <= 2199:
        raise ValueError(f"the year {at.year} is too far away")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(in_reach)]
_TYPES: dict[str, tuple[Any, Any]] = {
    "text": (str, ""),
    "words": (str, ""),
    "names": (tuple[str, ...], ()),
    "flag": (bool, False),
    "number": (Number | None, None),
    "numbers": (Annotated[tuple[Number, ...], Described(max_length=50)], ()),
    "moment": (Moment | None, None),
    "duration": (Duration | None, None),
}
"""Kind of a field -> its type and its value when it is left out."""
_REQUIRED: dict[str, Any] = {"number": Number, "moment": Moment}


@cache
def model(verb: Verb) -> type[Body]:
    """The body of a verb; a field that it does not have is refused."""
    made: type[Body] = create_model(
        "".join(part.capitalize() for part in verb.name.split("-")),
        __base__=Body,
        **{one.name: _typed(one) for one in verb.told("rest")},  # type: ignore[call-overload]
    )
    return made


def _typed(field: Field) -> tuple[Any, Any]:
    if field.choices:
        kind, default = Literal[field.choices if field.required else ("", *field.choices)], ""
    else:
        kind, default = _TYPES[field.kind]
        kind = _REQUIRED.get(field.kind, kind) if field.required else kind
    return kind, Described(... if field.required else default, description=field.help or None)


def read(verb: Verb, given: Mapping[str, Any]) -> Any:
    """The parsed body. Raises BadRequest with every complaint in one sentence."""
    try:
        return model(verb).model_validate(given)
    except ValidationError as error:
        names = [one.name for one in verb.told("rest")]
        found = error.errors(include_url=False)
        refusal = OutOfRange if {one["type"] for one in found} <= _RANGE else BadRequest
        raise refusal("; ".join(_complaint(one, names) for one in found)) from None


def said(verb: Verb, text: str) -> Any:
    """The same from the words behind a command: one word for each field, the rest for the last. Raises WordsMissing."""
    given, rest = {}, text.strip()
    for field in (one for one in verb.told("rest") if one.slack and not one.option):
        word, _, more = (rest, "", "") if field.kind == "words" else rest.partition(" ")
        if not word and field.required:
            raise WordsMissing(verb=verb.name, what=field.help, usage=verb.usage)
        given[field.name], rest = word, more.strip()
    return read(verb, given)


def _complaint(error: Mapping[str, Any], names: list[str]) -> str:
    field = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    if error["type"] == "extra_forbidden":
        return f'there is no field "{field}": {did_you_mean(field, names) if names else "it takes none."}'.rstrip(".")
    if error["type"] == "missing":
        return f'the field "{field}" is missing'
    if error["type"] == "literal_error":
        choices = [one.strip("' ") for one in str(error["ctx"]["expected"]).replace(" or ", ",").split(",")]
        near = did_you_mean(str(error["input"])[:60], [one for one in choices if one])
        return f'{field}: there is no "{str(error["input"])[:60]}", {near}'.rstrip(".")
    return f"{field}: {message}" if field else message
