"""Own fields: what an installation wants to know of each incident beside what everyone knows of them."""

from collections.abc import Iterator
from typing import Literal

from bot.catalog.problem import ConfigProblem
from bot.catalog.section import Section
from bot.catalog.sections.severities import Severity
from bot.catalog.source import Node
from bot.catalog.value import Keyed, Value

MOST_FIELDS = 20
"""A form holds these beside what it asks anyway."""
MOST_CHOICES = 100
"""As many as a menu of Slack's holds."""


class Required(Value):
    """The severities at which a field has to be filled in."""

    declare: tuple[Severity, ...] = ()
    """When it is declared: Slack asks with the form, programs are refused. Triage and drills are never held up."""
    resolve: tuple[Severity, ...] = ()
    """Before it is resolved; a drill is never held up."""


class OwnField(Keyed):
    """Something of your own that is kept with each incident: it stands on its card, in its status, in the postmortem
    and in exports, and lists can be narrowed down to it.
    """

    label: str = ""
    """How people read it; the key when it is left out."""
    type: Literal["text", "number", "select", "people", "link"] = "text"
    """What it takes: words, a number, one of `options`, a person, or a web address."""
    options: tuple[str, ...] = ()
    """What a `select` offers."""
    required: Required = Required()
    """When it cannot be left empty."""

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.label or self.key.replace("_", " ").replace("-", " ").capitalize()


def _check(section: Node, _: Node) -> Iterator[ConfigProblem]:
    """A form has to hold them all, and a select needs something to choose from."""
    entries = list(section.entries())
    if len(entries) > MOST_FIELDS:
        yield section.problem(f"there are {len(entries)} fields; a form holds {MOST_FIELDS}.")
    for name, body in entries:
        kind, options = body.child("type"), body.child("options")
        count = len(list(options.items())) if options is not None else 0
        if kind is not None and kind.value == "select" and not count:
            yield kind.problem(f'the field "{name}" is a select without options; add `options: [...]`.')
        if options is not None and count > MOST_CHOICES:
            yield options.problem(f'the field "{name}" has {count} options; a menu holds {MOST_CHOICES}.')


OWN_FIELDS = Section("fields", OwnField, named=True, noun="field", check=_check)
