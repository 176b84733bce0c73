"""The one exception of the sandbox: a refusal in Slack's words."""

from typing import Any


class SlackError(Exception):
    """A refusal that becomes `{"ok": false, "error": code, **extra}`."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """The body that the caller receives."""
        return {"ok": False, "error": self.code, **self.extra}


def bad_arguments(*messages: str) -> SlackError:
    """`invalid_arguments` with the list of what is wrong, as Slack puts it."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {text}" for text in messages]})
