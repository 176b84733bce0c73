"""Rules for the fields of a request: a shape names each key, its type, whether it must be there and its bounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """`most`: characters of a text. `one_of`: the only values. `inner`: the shape of a mapping."""

    kind: type = str
    needed: bool = False
    most: int | None = None
    one_of: tuple[str, ...] = ()
    inner: "Shape | None" = None
    rule: Callable[[Any], str] = lambda value: ""


Shape = Mapping[str, Field]


def wrong(body: Any, shape: Shape, where: str = "") -> list[str]:
    """Each broken rule as `place: what`; unknown keys are broken rules too."""
    if not isinstance(body, dict):
        return [f"{where or 'the body'}: not an object"]
    found = [f"{where}{key}: unknown" for key in body if key not in shape]
    for key, field in shape.items():
        place = f"{where}{key}"
        if key not in body:
            found += [f"{place}: missing"] if field.needed else []
        else:
            found += _value(body[key], field, place)
    return found


def _value(value: Any, field: Field, place: str) -> list[str]:
    if not isinstance(value, field.kind) or (field.kind is not bool and isinstance(value, bool)):
        return [f"{place}: not {field.kind.__name__}"]
    found = []
    if field.needed and value in ("", {}, []):
        found.append(f"{place}: empty")
    if field.most is not None and len(value) > field.most:
        found.append(f"{place}: {len(value)} characters, at most {field.most}")
    if field.one_of and value not in field.one_of:
        found.append(f"{place}: {value!r} is none of {', '.join(field.one_of)}")
    if field.inner is not None:
        found += wrong(value, field.inner, f"{place}.")
    said = field.rule(value)
    return [*found, f"{place}: {said}"] if said else found
