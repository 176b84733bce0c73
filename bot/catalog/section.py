"""What a section of tocsin.yml is: its key, the model of what stands in it, and what its entries refer to.

A file of `bot.catalog.sections` declares its sections with this; nobody else has to be told of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import Any, Generic, TypeVar

from bot.catalog.problem import ConfigProblem
from bot.catalog.source import Node

M = TypeVar("M")
TARGET = "kind:name"
"""What `refers` says of a place where any target may stand: `person:ana`, `schedule:primary-oncall`, `role:ic`."""

Check = Callable[[Node, Node], Iterator[ConfigProblem]]
"""(the section, the whole tree) -> what is wrong; tolerates any shape, since the schema reports shapes."""
Completion = Callable[[dict[str, Any], Mapping[str, Any]], dict[str, Any]]
"""(an entry as written, the whole document) -> the entry with what it takes from elsewhere."""


@dataclass(frozen=True, eq=False)
class Section(Generic[M]):
    """One key of tocsin.yml. A section whose entries are named holds a `model` under each name, else it is one itself.

    `refers`: path inside an entry (`team`, `members[]`, `layers[].people[]`) -> the section whose names may stand
    there, or `TARGET`. `noun`: what one entry is called; the key without its `s` when it is not said.
    `names`: the only names that entries may have. `reserved`: its shape is kept and nothing acts on it yet; a section
    of the same key that another file declares takes its place.
    """

    key: str
    model: type[M]
    named: bool = False
    refers: Mapping[str, str] = field(default_factory=dict)
    noun: str = ""
    names: tuple[str, ...] = ()
    complete: Completion | None = None
    check: Check | None = None
    reserved: str = ""

    @property
    def annotation(self) -> Any:
        """The type of the whole section."""
        return dict[str, self.model] if self.named else self.model  # type: ignore[name-defined]

    @property
    def one(self) -> str:
        """What a single entry is called in a sentence."""
        return self.noun or self.key.removesuffix("s")

    @property
    def meaning(self) -> str:
        """What the section is for, in the words of its model."""
        return self.reserved or cleandoc(self.model.__doc__ or "")

    def entry(self, name: str, body: Any, document: Mapping[str, Any]) -> Any:
        """A body that knows the name it is filed under; a name to show defaults to it."""
        if not isinstance(body, dict):
            return body
        shown = {"name": name.replace("-", " ").replace("_", " ").capitalize()} if self.titled else {}
        body = {**shown, **body, "key": name}
        return self.complete(body, document) if self.complete else body

    @property
    def titled(self) -> bool:
        """Whether entries have a name to show beside the one that they are filed under."""
        return self.named and "name" in getattr(self.model, "model_fields", {})

    def places(self, node: Node, path: str) -> Iterator[Node]:
        """The text nodes at a path of `refers`, in every entry. `node`: the section."""
        found = [body for _, body in node.entries()] if self.named else [node]
        for step in re.findall(r"[^.\[\]]+|\[\]", path):
            below = ([*one.items()] if step == "[]" else [one.child(step)] for one in found)
            found = [one for some in below for one in some if one is not None]
        return (one for one in found if isinstance(one.value, str))


def names(root: Node, section: str) -> list[str]:
    """What is defined in a section, in the order of the file."""
    node = root.child(section)
    return [name for name, _ in node.entries()] if node is not None else []
