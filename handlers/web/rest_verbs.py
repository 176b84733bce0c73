"""The declared verbs as addresses of the API: found by any of their words, and described in OpenAPI."""

from typing import Any

from bot.domain import verbs
from bot.domain.core.verb import Verb
from handlers import verb_body

ABOUT_ONE = "/api/v1/incidents/{ref}"


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
    """The same description with an address of its own for every verb: its sentence, its fields, its body."""
    paths = openapi["paths"]
    about_one = paths.pop(f"{ABOUT_ONE}/{{verb}}")["post"]
    on_call, schedules = paths.pop("/api/v1/oncall/{verb}"), paths.pop("/api/v1/schedules/{verb}")["post"]
    for verb in verbs.at("incident", "rest"):
        if verb.about_one and not verb.reads:
            paths.setdefault(f"{ABOUT_ONE}/{verb.name}", {})["post"] = _change(verb, about_one)
    for verb in verbs.at("oncall", "rest"):
        if verb.reads:
            paths[f"/api/v1/oncall/{verb.name}"] = {"get": _look(verb, on_call["get"])}
        elif verb.name == "test-page":
            paths[f"/api/v1/oncall/{verb.name}"] = {"post": _one(verb, on_call["post"])}
    for verb in verbs.SCHEDULE_CHANGES:
        paths[f"/api/v1/schedules/{verb.name}"] = {"post": _change(verb, schedules)}
    return openapi


def _one(verb: Verb, any_verb: dict[str, Any]) -> dict[str, Any]:
    """What the address of any verb says, for this one."""
    also = ", ".join(word for word in verb.synonyms if word)
    return {
        **any_verb,
        "summary": verb.says,
        "description": f"{verb.says} Also: {also}." if also else verb.says,
        "operationId": f"{any_verb['operationId']}_{verb.name.replace('-', '_')}",
        "parameters": [one for one in any_verb["parameters"] if one["name"] != "verb"],
    }


def _look(verb: Verb, any_verb: dict[str, Any]) -> dict[str, Any]:
    """Its fields stand behind the question mark of the address; those of other verbs are left out."""
    fields = {one.name: one for one in verb.told("rest")}
    made = _one(verb, any_verb)
    made["parameters"] = [
        {**one, "required": fields[one["name"]].required, "description": fields[one["name"]].help}
        if one["in"] == "query" else one
        for one in made["parameters"] if one["in"] != "query" or one["name"] in fields
    ]  # fmt: skip
    return made


def _change(verb: Verb, any_verb: dict[str, Any]) -> dict[str, Any]:
    body = verb_body.model(verb).model_json_schema()
    content = {"application/json": {"schema": {**body, "title": verb.name}}}
    return {**_one(verb, any_verb), "requestBody": {"required": bool(body.get("required")), "content": content}}
