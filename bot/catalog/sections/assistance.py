"""Who knows what the people on call do not: specialist teams of our own, and the support of vendors."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from bot.catalog.duration import Duration
from bot.catalog.problem import ConfigProblem
from bot.catalog.section import TARGET, Section
from bot.catalog.sections.policies import Target
from bot.catalog.source import Node
from bot.catalog.value import Keyed


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or any(sign.isspace() or sign in "<>|" for sign in text):
        raise ValueError(f'"{text}" is not a web address; write it in full, such as https://support.example.com.')
    return text


WebAddress = Annotated[str, AfterValidator(_web_address), WithJsonSchema({"type": "string", "title": "web address"})]


class Specialist(Keyed):
    """A team that is paged beside the people on call, `when` the trouble is theirs."""

    name: str
    """As they are shown; made of the key when it is not said."""
    to: tuple[Target, ...] = ()
    """Who to page. A schedule or a Slack user group of that name is enough; what an installation lacks is left out."""
    contact: str | None = None
    """What people call them, such as the handle of their Slack user group."""
    response: Duration = timedelta(minutes=15)
    """The time within which they should answer; zero means immediately."""
    when: tuple[str, ...] = ()
    """The kinds of trouble that are theirs, as people read them when they choose."""


class Vendor(Keyed):
    """A company whose support can be asked for help: where, how, and how fast it promises to answer."""

    name: str
    """As it is shown; made of the key when it is not said."""
    url: WebAddress | None = None
    """Where a case is opened."""
    phone: str | None = Field(default=None, max_length=60)
    """The number to call."""
    response: Duration | None = None
    """How fast its support promises to answer; after that the person who opened the case is reminded."""
    when: tuple[str, ...] = ()
    """When its support is worth a case."""
    how: str = ""
    """What to say or to choose so that the case gets attention."""


def _page_somebody(section: Node, _: Node) -> Iterator[ConfigProblem]:
    for name, specialist in section.entries():
        targets = specialist.child("to")
        if targets is None or targets.value == ():
            yield specialist.problem(f"specialists.{name} pages no one; write `to:`, such as [schedule:{name}-oncall].")


SPECIALISTS = Section("specialists", Specialist, named=True, refers={"to[]": TARGET}, check=_page_somebody)
VENDORS = Section("vendors", Vendor, named=True)
