"""From pydantic's errors to sentences: where in the file it is, what is wrong there, and what would be right."""

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.catalog.problem import ConfigProblem, did_you_mean
from bot.catalog.source import Node

_SENTENCES = {
    "string_type": "this must be text; put it in quotes.",
    "int_type": "this must be a whole number.",
    "bool_type": "this must be true or false.",
    "tuple_type": "this must be a list; write [a, b] or one `- item` per line.",
    "dict_type": "this must be a mapping; write `key: value` pairs.",
    "model_type": "this must be a mapping; write `key: value` pairs.",
    "model_attributes_type": "this must be a mapping; write `key: value` pairs.",
    "decimal_type": "this must be a number.",
}


def problems_of(error: ValidationError, root: Node, model: type[BaseModel]) -> Iterator[ConfigProblem]:
    """One problem per error, placed at the nearest node that was really written."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # only its entries are wrong, and they are reported themselves
        steps = tuple(detail["loc"])
        node, path, walked = root, "", 0
        parent = root
        for step in steps:
            below = node.child(step)
            if below is None:
                break
            parent, node, walked = node, below, walked + 1
            path += f"[{step}]" if isinstance(step, int) else f".{step}"
        path = path.lstrip(".")
        if detail["type"] == "extra_forbidden":
            yield _unknown_key(parent, path, _names_at(model, steps[:-1]))
        elif detail["type"] == "missing":
            yield node.problem(f"{path or 'the file'}: `{steps[walked]}` is required here; add it.")
        else:
            yield node.problem(f"{path or 'the file'}: {_sentence(detail)}")


def _unknown_key(parent: Node, path: str, names: list[str]) -> ConfigProblem:
    above, _, key = path.rpartition(".")
    where = f"{above}: " if above else ""
    return parent.problem_at_key(key, f"{where}`{key}` is not a known key; {did_you_mean(key, names)}")


def _sentence(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", str(context["expected"]))
        if not known:
            return f"{detail['input']!r} is not understood; write {context['expected']}."
        return f'"{detail["input"]}" is not one of the choices; {did_you_mean(str(detail["input"]), known)}'
    if kind == "string_type" and detail["input"] is None:
        return 'this is empty; write text (what starts with "#" needs quotes, or YAML takes it for a comment).'
    if kind == "too_short":
        return "this list is empty; write at least one entry."
    bounds = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
    if kind in bounds:
        limit, words = bounds[kind]
        return f"{detail['input']} is out of range; write {words} {context[limit]}."
    return _SENTENCES.get(kind, f"{detail['msg'][:1].lower()}{detail['msg'][1:]}.")


def _names_at(model: type[BaseModel], steps: tuple[int | str, ...]) -> list[str]:
    """The keys that the schema allows under `steps`, as they are written in the file."""
    found: Any = model
    for step in steps:
        found = _below(found, step)
        if found is None:
            return []
    inner = _model_in(found)
    if inner is None:
        return []
    return [field.alias or name for name, field in inner.model_fields.items() if name != "key"]


def _below(annotation: Any, step: int | str) -> Any:
    inner = _model_in(annotation)
    if inner is not None and isinstance(step, str):
        for name, field in inner.model_fields.items():
            if step in (name, field.alias):
                return field.annotation
        return None
    arguments = [argument for argument in get_args(annotation) if argument not in (type(None), Ellipsis)]
    return arguments[-1] if arguments else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation is or, for `Model | None`, holds; not what a container holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    choices = [choice for choice in get_args(annotation) if isinstance(choice, type) and issubclass(choice, BaseModel)]
    optional = type(None) in get_args(annotation)
    return choices[0] if choices and optional else None
