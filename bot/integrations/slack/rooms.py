"""Makes a channel under the first name that is free, without asking Slack twice for one that is taken."""

import threading
from collections.abc import Callable
from typing import Any

from bot.integrations.outbound import MakeChannel
from bot.integrations.outcome import Reason, Sent
from bot.integrations.slack.web_api import SlackApi, SlackProblem

MOST = 2000
"""Names to remember. One that is forgotten costs a call, one that became free again meanwhile is not missed."""
UNDECIDED = frozenset({Reason.AMBIGUOUS})
FOR_GOOD = frozenset({Reason.PERMANENT, Reason.LACKING, Reason.POISON})


class Rooms:
    """`by_name` finds a channel, and raises SlackProblem. Senders may share one: each name is tried by one of them."""

    def __init__(self, api: SlackApi, by_name: Callable[[str], dict[str, Any]]) -> None:
        self._api, self._by_name = api, by_name
        self._lock = threading.Lock()
        self._taken: dict[str, bool] = {}

    def make(self, item: MakeChannel, ambiguous: bool) -> Sent:
        """The first of the names that is free. `ambiguous`: an earlier attempt may have made the channel."""
        for name in item.names:
            if self._reserve(name, again=ambiguous or name == item.names[-1]):
                made = self._try(item, name, ambiguous)
            else:
                made = self._ours(name) if ambiguous else None
            if made:
                return made
        raise SlackProblem("conversations.create", Reason.PERMANENT, "every name for the room is taken")

    def _try(self, item: MakeChannel, name: str, ambiguous: bool) -> Sent | None:
        try:
            channel = self._api.call("conversations.create", name=name, is_private=item.private)["channel"]
        except SlackProblem as problem:
            if problem.error == "name_taken":
                self._settle(name)
                return self._ours(name) if ambiguous else None
            if problem.reason not in UNDECIDED:
                self._free(name)
            raise
        self._settle(name)
        return Sent({"channel": channel["id"], "name": channel["name"]})

    def _reserve(self, name: str, *, again: bool) -> bool:
        """Whether to try this name. With `again` also one that was tried without our hearing how it ended."""
        with self._lock:
            known = self._taken.get(name)
            if known or (known is False and not again):
                return False
            self._taken[name] = False
            while len(self._taken) > MOST:
                del self._taken[next(iter(self._taken))]
            return True

    def _settle(self, name: str) -> None:
        with self._lock:
            self._taken[name] = True

    def _free(self, name: str) -> None:
        with self._lock:
            self._taken.pop(name, None)

    def _ours(self, name: str) -> Sent | None:
        """A channel that an earlier attempt of ours made without our hearing of it: made by us, and still bare.

        That we may have made it ourselves and then could not record it is why a name we know to be taken is looked at
        too. A look that failed for now is tried again: a second room is worse than a late one.
        """
        try:
            channel = self._by_name(name)
        except SlackProblem as problem:
            if problem.reason in FOR_GOOD:  # it is not there, or this workspace does not let us look
                return None
            raise
        me = self._api.call("auth.test")["user_id"]
        bare = not (channel.get("topic") or {}).get("value")
        if channel.get("creator") == me and bare and not channel.get("is_archived"):
            return Sent({"channel": channel["id"], "name": channel["name"], "reconciled": True})
        return None
