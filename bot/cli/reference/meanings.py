"""What every configured key means: the text that stands under it in the source.

Read with `ast` when the reference is written. Pydantic could keep these texts itself, but it would read the source at
every start of the bot for a page that is written by developers.
"""

import ast
import sys
from functools import cache
from inspect import cleandoc
from pathlib import Path

from pydantic import BaseModel


def of_field(model: type[BaseModel], field: str) -> str:
    """The text under a field of a model, or of the base that declares it; empty when there is none."""
    owners = (one for one in model.__mro__ if field in getattr(one, "__annotations__", {}))
    return next((text for owner in owners if (text := _texts(owner.__module__).get((owner.__name__, field)))), "")


def of_model(model: type[BaseModel]) -> str:
    """The text of a model itself."""
    return cleandoc(model.__doc__ or "")


@cache
def _texts(module: str) -> dict[tuple[str, str], str]:
    """(class, field) -> its text, for every class of a module."""
    source = Path(sys.modules[module].__file__ or "").read_text("utf-8")
    try:
        tree = ast.parse(source)
    except SystemError:  # Python before 3.11.8 miscounts its depth when threads take turns (python/cpython 106905)
        tree = ast.parse(source)
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return {(one.name, field): text for one in classes for field, text in _fields(one)}


def _fields(owner: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for node, below in zip(owner.body, owner.body[1:], strict=False):
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            found.append((node.target.id, " ".join(cleandoc(below.value.value).split())))
    return found
