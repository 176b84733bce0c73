"""How a command says that it cannot do what was asked: one sentence, no traceback."""

import re
from collections.abc import Iterable

# Rules name the commands of Slack; these are spelled alike in a terminal.
_VERBS = (
    "list|ack|resolve|note|update|status|timeline|ic|role|reopen|close|cancel|decline|unack|handover|escalate|page|pause"
    "|resume|stop|ask-manager|answer|vendor"
)
_COMMAND = re.compile(rf"`/incident (?=(?:{_VERBS})\b)")


class Refusal(Exception):
    """A sentence for standard error; the command ends with `code` (1; 2 for a wrong use of the command)."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(_COMMAND.sub("`tocsin incident ", sentence))
        self.code = code

    @classmethod
    def unknown(cls, what: str, name: str, known: Iterable[str], hint: str) -> "Refusal":
        """`name` is not one of `known`; `hint` is the advice of `did_you_mean`."""
        return cls(f'there is no {what} "{name}": {hint}' if list(known) else f"no {what} is configured yet.")
