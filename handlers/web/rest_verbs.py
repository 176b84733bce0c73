"""The declared verbs as addresses of the API: found by any of their words, and described in OpenAPI."""

from typing import Any

from bot.domain import verbs
from bot.domain.core.verb import Verb
from handlers import verb_body

ABOUT_ONE = "/api/v1/incidents/{ref}"
_ANSWER = {"description": "what was done", "content": {"application/json": {"schema": {"type": "object"}}}}
_REF = {"name": "ref", "in": "path", "required": True, "schema": {"type": "string"}, "description": "INC-1, or 1"}


class NoSuchVerb(Exception):
    """The address ends in no verb; the text is the sentence for its sender."""


def of(command: str, word: str) -> Verb:
    """The verb that a part of an address means. Raises NoSuchVerb with the nearest one."""
    verb = verbs.find(command, word, "rest")
    if verb is None:
        known = ", ".join(one.name for one in verbs.at(command, "rest"))
        sentence = verbs.unknown(command, word, "rest")
        raise NoSuchVerb(sentence if "?" in sentence else f"{sentence} Commands here: {known}.")
    return verb


def change(command: str, word: str) -> Verb:
    """The same for a POST. Raises NoSuchVerb for a verb that only looks, too."""
    verb = of(command, word)
    if verb.reads or not (verb.about_one or command == "schedules"):
        raise NoSuchVerb(f"`{verb.name}` changes nothing here: use GET." if verb.reads else _elsewhere(verb))
    return verb


def _elsewhere(verb: Verb) -> str:
    return f"`{verb.name}` is not about one incident: use POST /api/v1/incidents."


def described(openapi: dict[str, Any]) -> dict[str, Any]:
    """The same description with an address for every verb, its sentence and its body."""
    paths = openapi["paths"]
    for verb in verbs.at("incident", "rest"):
        if verb.about_one and not verb.reads:
            paths.setdefault(f"{ABOUT_ONE}/{verb.name}", {})["post"] = _operation(verb, "incidents", [_REF])
    for verb in verbs.at("oncall", "rest"):
        if verb.reads:
            paths.setdefault(f"/api/v1/oncall/{verb.name}", {})["get"] = _look(verb)
    for verb in verbs.SCHEDULE_CHANGES:
        paths.setdefault(f"/api/v1/schedules/{verb.name}", {})["post"] = _operation(verb, "schedules", [])
    return openapi


def _look(verb: Verb) -> dict[str, Any]:
    """Its fields stand behind the question mark of the address."""
    parameters = [
        {"name": one.name, "in": "query", "required": one.required, "description": one.help,
         "schema": {"type": "integer" if one.kind == "number" else "string"}}
        for one in verb.told("rest")
    ]  # fmt: skip
    return {
        "tags": ["oncall"],
        "summary": verb.says,
        "description": _described(verb),
        "operationId": f"oncall_{verb.name}",
        "parameters": parameters,
        "responses": {"200": _ANSWER},
    }


def _described(verb: Verb) -> str:
    return f"{verb.says} Also: {', '.join(one for one in verb.synonyms if one)}." if verb.synonyms else verb.says


def _operation(verb: Verb, tag: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    body = verb_body.model(verb).model_json_schema()
    return {
        "tags": [tag],
        "summary": verb.says,
        "description": _described(verb),
        "operationId": f"{tag}_{verb.name.replace('-', '_')}",
        "parameters": parameters,
        "requestBody": {
            "required": bool(body.get("required")),
            "content": {"application/json": {"schema": {**body, "title": verb.name}}},
        },
        "responses": {"200": _ANSWER},
    }
