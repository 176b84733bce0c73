"""Templates as files: found, checked, compiled once, and run in a sandbox that can neither escape nor run away.

Knows nothing of Slack: the result is the template's text with a token in place of every value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, meta, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.rendering import durations
from bot.rendering.slots import CLOSE, OPEN, Slots

SHIPPED = Path(__file__).resolve().parents[2] / "templates"
OUTPUT_LIMIT = 512 * 1024
LOOP_DEPTH = 2
BROKEN = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

_MARK = "\ue002"
_SLOTS = " slots"  # not an identifier, so no template can name it
_STATEMENTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For)
_FILTERS = (
    "abs", "capitalize", "count", "default", "d", "first", "float", "int", "join",
    "last", "length", "lower", "map", "max", "min", "reject", "rejectattr", "reverse",
    "round", "select", "selectattr", "sort", "sum", "title", "trim", "truncate", "unique",
    "upper",
)  # fmt: skip
_GROWING = ("center", "ljust", "rjust", "zfill", "expandtabs", "join", "replace", "translate")
_NAME = re.compile(r"[a-z][a-z0-9_./-]*")


class TemplateFault(Exception):
    """A template cannot be used: it does not exist, breaks a rule, or failed on the values it was given."""


class Environment(ImmutableSandboxedEnvironment):
    """Jinja without what a message does not need and a bomb does: multiplication of text, ranges, growing methods."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, finalize=_finalize)
        self.globals.clear()
        self.filters = {name: FILTERS[name] for name in _FILTERS} | {"duration": durations.human}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
            raise SecurityError(f"the operator {operator} works on numbers only")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        if super().wrap_str_format(value) is not None:
            raise SecurityError("format is not available")
        return None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        grows = isinstance(obj, str) and attr in _GROWING
        return not grows and super().is_safe_attribute(obj, attr, value)


@pass_context
def _finalize(context: Context, value: Any) -> str:
    if isinstance(value, Undefined):
        str(value)  # StrictUndefined raises here, with the name of what is missing
    slots: Slots = context.parent[_SLOTS]
    return slots.token(value)


@cache
def _folders(top: str) -> tuple[str, ...]:
    """The folders below `templates/<top>/` that are shipped; others (a `backup` of one's own) are not looked into."""
    return tuple(sorted(path.name for path in (SHIPPED / top).glob("*") if path.is_dir()))


class Library:
    """The template files of one folder; each is checked and compiled at its first use and kept.

    `slack/page.md` may lie in any folder below `slack/` (`slack/paging/page.md`), so that a name says what is sent and
    not where its file is kept; one that lies flat comes first.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = Environment()
        self._compiled: dict[str, Template] = {}
        self._places: dict[str, Path] = {}

    def has(self, name: str) -> bool:
        return self.place(name) is not None

    def place(self, name: str) -> Path | None:
        """The file of a template, or None. Where a name was found it is looked for first ever after."""
        if _NAME.fullmatch(name) is None or ".." in name:
            return None
        for path in (self.folder / name, self._places.get(name)):
            if path is not None and path.is_file():
                return path
        top, _, rest = name.partition("/")
        for folder in _folders(top) if rest else ():
            if (path := self.folder / top / folder / rest).is_file():
                self._places[name] = path
                return path
        return None

    def names(self) -> list[str]:
        """All template files, as paths relative to the folder."""
        files = (path for path in self.folder.rglob("*") if path.suffix in (".md", ".txt", ".html"))
        found = (path.relative_to(self.folder).as_posix() for path in files)
        return sorted(name for name in found if not name.endswith("README.md"))

    def run(self, name: str, context: Mapping[str, Any]) -> tuple[str, Slots]:
        """The template's text with tokens, and what the tokens stand for. Raises TemplateFault."""
        template = self.compiled(name)
        slots = Slots()
        try:
            return _unmarked(_collected(template.generate({**context, _SLOTS: slots}))), slots
        except BROKEN as error:
            raise TemplateFault(f"{self.place(name)}: {error}") from error

    def asked(self, name: str) -> set[str]:
        """The names of the values that a template shows or looks at; of one that is broken, none."""
        path = self.place(name)
        try:
            return meta.find_undeclared_variables(self._environment.parse(path.read_text("utf-8"))) if path else set()
        except BROKEN:
            return set()

    def compiled(self, name: str) -> Template:
        """The checked template. Raises TemplateFault with file and line."""
        if name not in self._compiled:
            self._compiled[name] = self._compile(name)
        return self._compiled[name]

    def _compile(self, name: str) -> Template:
        path = self.place(name)
        if path is None:
            raise TemplateFault(f"{self.folder / name}: there is no such template")
        try:
            source = path.read_text("utf-8")
            tree = self._environment.parse(_marked(source), name)
            _check(source, tree)
            return self._environment.from_string(tree)
        except BROKEN as error:
            line = getattr(error, "lineno", None)
            raise TemplateFault(f"{path}:{line or 1}: {error}") from error


def _marked(source: str) -> str:
    """Mark the end of every line that is not blank, so that one which comes out blank (tags only) can vanish.

    Jinja's own trimming also joins a line that ends with a tag to the next one, which surprises in running text.
    """
    return "\n".join(line + _MARK if line.strip() else line for line in source.split("\n"))


def _unmarked(text: str) -> str:
    lines = (line for line in text.split("\n") if _MARK not in line or line.replace(_MARK, "").strip())
    return "\n".join(line.replace(_MARK, "") for line in lines)


def _collected(chunks: Iterable[str]) -> str:
    collected: list[str] = []
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > OUTPUT_LIMIT:
            raise ValueError(f"the result is larger than {OUTPUT_LIMIT // 1024} KiB")
        collected.append(chunk)
    return "".join(collected)


def _check(source: str, tree: nodes.Template) -> None:
    if any(char in source for char in (OPEN, CLOSE, _MARK)):
        raise ValueError("private-use characters have no place in a template")
    for node in tree.find_all(nodes.Stmt):
        if not isinstance(node, _STATEMENTS):
            raise ValueError(f"line {node.lineno}: only if and for are allowed, not {type(node).__name__.lower()}")
        if isinstance(node, nodes.For) and (node.recursive or _depth(node) > LOOP_DEPTH):
            raise ValueError(f"line {node.lineno}: loops may be {LOOP_DEPTH} deep and not recursive")


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)
