"""Who knows what the people on call do not: specialist teams of our own, and the support of vendors."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.catalog.duration import Duration
from bot.catalog.sections.policies import Target
from bot.catalog.value import Keyed


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or any(sign.isspace() or sign in "<>|" for sign in text):
        raise ValueError(f'"{text}" is not a web address; write it in full, such as https://support.example.com.')
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Specialist(Keyed):
    """A team that is paged beside the people on call, `when` the trouble is theirs.

    `response` is the time within which it promises to answer; zero means immediately. `contact` is what people call
    it, such as the handle of its Slack user group.
    """

    name: str
    to: tuple[Target, ...] = ()
    contact: str | None = None
    response: Duration = timedelta(minutes=15)
    when: tuple[str, ...] = ()


class Vendor(Keyed):
    """A company whose support can be asked for help: where, how, and how fast it promises to answer."""

    name: str
    url: WebAddress | None = None
    phone: str | None = Field(default=None, max_length=60)
    response: Duration | None = None
    when: tuple[str, ...] = ()
    how: str = ""
