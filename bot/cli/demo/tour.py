"""The scripted incident of the demo: declared, missed by the first on call, acknowledged, fixed, written up."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.cli.demo.sandbox_client import Button, Json, Stage, StageProblem

TITLE = "Checkout returns 5xx"
DECLARE = f"/incident declare sev1 {TITLE} --service checkout"
UPDATE = {
    "status": "identified",
    "text": "Release 4812 breaks the connection to payments; it is being rolled back.",
    "impact": "About 4 in 10 checkouts fail.",
}
RESOLVE = {
    "fixed": "Rolled back checkout 4812; the error rate is back to normal.",
    "impact": "About 4 in 10 checkouts failed for some twenty minutes.",
}
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Cast:
    """Who plays whom, by user name: who notices, and who is not on call but saw something."""

    declarer: str
    witness: str


class Tour:
    """`tell` is given each line of the transcript as it happens."""

    def __init__(self, stage: Stage, cast: Cast, tell: Callable[[str], None]) -> None:
        self._stage, self._cast, self._tell = stage, cast, tell
        self._names = {user["id"]: user for user in stage.state()["users"]}

    def play(self) -> str:
        """Plays all of it and returns the war room's channel id. Raises StageProblem when the bot fails its part."""
        self._declare()
        responder = self._page()
        room = self._room()
        self._work(room, responder)
        self._resolve(room, responder)
        self._tell_room(room)
        return room

    def _declare(self) -> None:
        who = self._cast.declarer
        self._says(who, "general", "Checkout answers with errors for many customers. Declaring.")
        self._says(who, "general", DECLARE)

    def _page(self) -> str:
        """The first on call stays silent for five minutes; the next level answers."""
        first = self._stage.paged()
        if not first:
            raise StageProblem("no one was paged")
        self._note(f"paged: {self._list(first)}; no answer for five minutes")
        self._stage.forward(300)
        second = {who: button for who, button in self._stage.paged().items() if who not in first}
        if not second:
            raise StageProblem("the next level was not paged")
        responder, button = next(iter(second.items()))
        self._note(f"paged: {self._list(second)}")
        self._clicks(responder, button, "Acknowledge")
        return responder

    def _room(self) -> str:
        for channel in self._stage.state()["channels"]:
            if channel["name"].startswith("incident-"):
                self._note(f"war room: #{channel['name']}")
                room: str = channel["id"]
                return room
        raise StageProblem("no war room was opened")

    def _work(self, room: str, responder: str) -> None:
        self._clicks(responder, self._button(room, "incident.take_ic"), "Take command")
        self._stage.forward(240)
        self._says(responder, room, "/incident note error rate rose at the release of checkout 4812")
        seen = self._says(self._cast.witness, room, "Payments logs show timeouts from checkout since the release.")
        self._stage.react(responder, room, seen["ts"], "pushpin")
        self._note(f"{self._name(responder)} marks it with :pushpin: for the timeline")
        self._fill(responder, self._button(room, "incident.update"), "Update", UPDATE)
        self._stage.forward(720)
        self._says(responder, room, "/incident status monitoring")
        self._stage.forward(300)

    def _resolve(self, room: str, responder: str) -> None:
        self._fill(responder, self._button(room, "incident.resolve"), "Resolve…", RESOLVE)

    def _button(self, channel: str, action: str) -> Button:
        found = self._stage.buttons(channel, action)
        if not found:
            raise StageProblem(f"there is no button {action}")
        return found[-1]

    def _says(self, user: str, channel: str, text: str) -> Json:
        self._tell(f"{self._clock()}  {self._name(user)} in {self._place(channel)}: {text}")
        return self._stage.say(user, channel, text)

    def _clicks(self, user: str, button: Button, label: str) -> Json:
        self._tell(f"{self._clock()}  {self._name(user)} presses [{label}]")
        return self._stage.click(user, button)

    def _fill(self, user: str, button: Button, label: str, values: Json) -> None:
        view = self._clicks(user, button, label).get("view_id")
        if not view:
            raise StageProblem(f"[{label}] opened no form")
        self._tell(f"{self._clock()}  {self._name(user)} fills in the form: {'; '.join(values.values())}")
        self._stage.submit(user, view, values)

    def _note(self, text: str) -> None:
        self._tell(f"{self._clock()}  · {text}")

    def _tell_room(self, room: str) -> None:
        self._tell(f"\nWhat stands in {self._place(room)} now:")
        for message in self._stage.messages(room):
            if not message["ephemeral_for"] and not message.get("subtype"):
                self._tell(f"  {self._name(message['user'])}: {self._readable(message['text'])}")

    def _readable(self, text: str) -> str:
        return html.unescape(MENTION.sub(lambda found: f"@{self._name(found[1])}", " ".join(text.split())))

    def _clock(self) -> str:
        return str(self._stage.state()["iso"])[11:16]

    def _place(self, channel: str) -> str:
        return f"#{self._stage.channel(channel)['name']}"

    def _list(self, users: Sequence[str] | dict[str, Button]) -> str:
        return ", ".join(self._name(user) for user in users)

    def _name(self, user: str) -> str:
        known = self._names.get(user) or next((one for one in self._names.values() if one["name"] == user), None)
        return str(known["real_name"]) if known else user
