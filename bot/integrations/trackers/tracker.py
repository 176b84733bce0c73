"""What every tracker of tickets can be asked, and the ticket as it answers."""

from dataclasses import dataclass
from typing import Any, Protocol

from bot.integrations.outcome import Reason
from bot.integrations.web_call import WebCall


@dataclass(frozen=True)
class Ticket:
    """A ticket over there: what people call it, where it is, the word for how it stands, and whether it is done."""

    id: str
    url: str
    status: str
    done: bool


class Tracker(Protocol):
    """Every method raises ProviderProblem."""

    @property
    def lag(self) -> float:
        """For how many seconds a ticket that was made may not be found."""
        ...

    def make(self, title: str, text: str, key: str) -> Ticket:
        """A new one, with the key somewhere in it."""
        ...

    def find(self, key: str) -> Ticket | None:
        """The one with this key."""
        ...

    def read(self, ident: str) -> Ticket: ...

    def comments(self, ident: str) -> list[str]:
        """The newest of its comments."""
        ...

    def comment(self, ident: str, text: str) -> None: ...

    def move(self, ident: str, *, done: bool) -> None:
        """Closes it, or opens it again."""
        ...

    def probe(self) -> str:
        """A call that changes nothing, and what it showed."""
        ...

    def close(self) -> None: ...


def dictionary(web: WebCall, answer: Any) -> dict[str, Any]:
    """An answer that has to be an object: whatever else comes may have been said by a proxy."""
    if not isinstance(answer, dict):
        raise web.problem(Reason.AMBIGUOUS, "the answer is none that is known")
    return answer


def listed(web: WebCall, answer: Any) -> list[dict[str, Any]]:
    """An answer that has to be a list of objects."""
    if not isinstance(answer, list):
        raise web.problem(Reason.AMBIGUOUS, "the answer is none that is known")
    return [one for one in answer if isinstance(one, dict)]
