"""How much is posted, not edited, in the war room while an incident goes its way."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import func, select

from storage.db import Database
from storage.models import JournalEntry
from tests.benchmarks.bench import Program, Slack, bot, slack
from tests.benchmarks.figure import Figure
from tests.stories.world import actions

Json = dict[str, Any]


class Script:
    """An incident with a change of each common kind; `changes` counts what a peer would post a message for."""

    def __init__(self, where: Slack, running: Program) -> None:
        self._where, self._running = where, running
        self.changes = 0

    def play(self) -> Json:
        """The room, at the end."""
        self._says("/incident declare sev1 Checkout is slow --service checkout")
        self._where.do("clock", advance=301)  # the next level is paged
        self.changes += 1
        self._acknowledge()
        room = self._room()
        for verb in ("ic me", "sev sev2", "note the pool is saturated", "note deploy 4812 went out before",
                     "status identified", "role tech <@U01CY|cy>", "status monitoring",
                     "update We are rolling back", "resolve Rolled back 4812"):  # fmt: skip
            self._says(f"/incident {verb}", room["id"])
        return self._room()

    def _says(self, text: str, channel: str = "general") -> None:
        before = self._recorded()
        said = self._where.do("command", user="dee", channel=channel, text=text)
        self._where.do("settle")
        if self._recorded() == before:
            raise RuntimeError(f"{text} changed nothing: {said}")
        self.changes += 1

    def _acknowledge(self) -> None:
        for channel in self._where.look("state")["channels"]:
            for message in self._where.look(f"messages/{channel['id']}") if channel["id"].startswith("D") else []:
                if "page.ack" in actions(message):
                    user = next(one for one in channel["members"] if one != self._where.sandbox.world.app.user_id)
                    body = {"channel": channel["id"], "ts": message["ts"], "action_id": "page.ack"}
                    self._where.do("click", user=user, **body)
                    self._where.do("settle")
                    self.changes += 1
                    return
        raise RuntimeError("nobody is asked")

    def _recorded(self) -> int:
        database = Database(self._running.database, exclusive=False)
        with database.read() as session:
            count = session.exec(select(func.count()).select_from(JournalEntry)).one()
        database.close()
        return int(count)

    def _room(self) -> Json:
        rooms = [one for one in self._where.look("state")["channels"] if one["name"].startswith("incident-")]
        return dict(rooms[0])


def room() -> Iterator[Figure]:
    """Posts in the room itself, and in threads of it, beside one per change."""
    with slack() as where, bot(where, followed=True) as running:
        where.connected(running)
        where.do("settle")
        script = Script(where, running)
        place = script.play()
        posts = [
            call
            for call in where.calls()
            if call["method"] == "chat.postMessage" and call["applied"] and call["arguments"]["channel"] == place["id"]
        ]
        loud = [call for call in posts if not call["arguments"].get("thread_ts")]
    limit, by = script.changes, "a peer posts one per change"
    yield Figure("quiet", "messages posted in the room", len(loud), "", limit, by, 0.5)
    yield Figure("quiet", "with the replies in its threads", len(posts), "", limit, by)
