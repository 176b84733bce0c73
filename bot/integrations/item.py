"""What the dispatcher asks of everything that it sends, whatever it is and wherever it goes."""

from typing import Any, ClassVar


class Item:
    """What the dispatcher asks of everything that it sends."""

    #: Whether its outcome shows if Slack works. That of a question which may fail does not, nor of what goes elsewhere.
    proves_slack: ClassVar[bool] = True

    def pace(self) -> str | None:
        """Whose pace it has to keep: the posts of a channel have their own. None for no pace."""
        return None

    def shown(self) -> Any:
        """What a surface would show, to be compared with what it shows; None for what is no surface."""
        return None

    def place(self) -> str:
        """Where in Slack it goes: a channel or a person, for a thread with "/" and its first message."""
        where = next((value for name in ("to", "channel", "user") if (value := getattr(self, name, None))), "")
        thread = getattr(self, "thread_ts", None)
        return f"{where}/{thread}" if thread else str(where)


class Elsewhere(Item):
    """Nothing that its outcome would say about Slack."""

    proves_slack = False
