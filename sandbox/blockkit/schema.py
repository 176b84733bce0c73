"""A small schema language: strings, numbers, lists and shapes, and what is wrong with a value, by JSON pointer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: code, sentence, JSON pointer, and the constraint that was broken."""

    code: str
    message: str
    pointer: str
    constraint: str = ""
    expected: Any = None

    def as_json(self) -> dict[str, Any]:
        """The shape of an entry of `errors`."""
        constraint = {"type": self.constraint, "expected": self.expected}
        return {"code": self.code, "message": self.message, "pointer": self.pointer, "constraint": constraint}

    def line(self) -> str:
        """The entry of response_metadata.messages."""
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


class Spec(Protocol):
    """Something a value can be held against."""

    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """Adds to `found` what is wrong with `value`, which stands at pointer `at`."""


def wrong_type(at: str, expected: str) -> Finding:
    """The value is of another kind altogether."""
    return Finding("invalid_type", f"must be {expected}", at, "type", expected)


@dataclass(frozen=True)
class Str:
    most: int = 100_000
    least: int = 1
    one_of: tuple[str, ...] = ()
    pattern: str = ""

    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """A string of allowed length, out of a set, of a form."""
        if not isinstance(value, str):
            found.append(wrong_type(at, "a string"))
        elif self.one_of and value not in self.one_of:
            found.append(Finding("invalid_value", f"must be one of {', '.join(self.one_of)}", at, "enum", self.one_of))
        elif len(value) > self.most:
            found.append(
                Finding("too_long", f"must be less than {self.most + 1} characters", at, "maxLength", self.most)
            )
        elif len(value) < self.least:
            text = f"must be more than {self.least - 1} characters"
            found.append(Finding("too_short", text, at, "minLength", self.least))
        elif self.pattern and not re.match(self.pattern, value):
            found.append(Finding("invalid_format", f"must match {self.pattern}", at, "pattern", self.pattern))


@dataclass(frozen=True)
class Flag:
    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """true or false."""
        if not isinstance(value, bool):
            found.append(wrong_type(at, "a boolean"))


@dataclass(frozen=True)
class Number:
    low: int = 0
    high: int = 2**53

    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """A whole number within bounds."""
        if isinstance(value, bool) or not isinstance(value, int):
            found.append(wrong_type(at, "an integer"))
        elif not self.low <= value <= self.high:
            bounds = [self.low, self.high]
            found.append(Finding("out_of_range", f"must be between {self.low} and {self.high}", at, "range", bounds))


@dataclass(frozen=True)
class Real:
    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """A number, whole or not."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            found.append(wrong_type(at, "a number"))


@dataclass(frozen=True)
class Anything:
    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """No constraint."""


@dataclass(frozen=True)
class Array:
    item: Spec
    most: int = 100
    least: int = 1

    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """A list of allowed length whose items hold."""
        if not isinstance(value, list):
            found.append(wrong_type(at, "an array"))
            return
        if len(value) > self.most:
            text = f"no more than {self.most} items allowed"
            found.append(Finding("too_many_items", text, at, "maxItems", self.most))
        if len(value) < self.least:
            text = f"no fewer than {self.least} items allowed"
            found.append(Finding("too_few_items", text, at, "minItems", self.least))
        for index, one in enumerate(value):
            self.item.check(one, f"{at}/{index}", found)


Rule = Callable[[dict[str, Any], str, list[Finding]], None]


@dataclass(frozen=True)
class Shape:
    """An object: required and optional fields, nothing else unless `open`, and a rule across fields."""

    required: Mapping[str, Spec] = field(default_factory=dict)
    optional: Mapping[str, Spec] = field(default_factory=dict)
    rule: Rule | None = None
    open: bool = False

    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """An object whose fields hold."""
        if not isinstance(value, dict):
            found.append(wrong_type(at, "an object"))
            return
        for name in self.required:
            if value.get(name) is None:
                found.append(Finding("missing_field", f"missing required field: {name}", at, "required", name))
        known = {"type": Anything(), **self.required, **self.optional}
        for name, content in value.items():
            if name in known and content is not None:
                known[name].check(content, f"{at}/{name}", found)
            elif name not in known and not self.open:
                text = f"invalid additional property: {name}"
                found.append(Finding("unknown_field", text, at, "additionalProperties", False))
        if self.rule is not None:
            self.rule(value, at, found)


@dataclass(frozen=True)
class OneOf:
    """An object whose `type` chooses its shape."""

    shapes: Mapping[str, Shape]
    noun: str

    def check(self, value: Any, at: str, found: list[Finding]) -> None:
        """An object of one of the types, which holds for that type."""
        if not isinstance(value, dict):
            found.append(wrong_type(at, "an object"))
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in self.shapes:
            text = f"unsupported type: {kind}" if kind else "missing required field: type"
            found.append(Finding(f"unsupported_{self.noun}", text, f"{at}/type", "enum", sorted(self.shapes)))
            return
        self.shapes[kind].check(value, at, found)
