"""Sends to Slack: one function per kind of outbound, each safe to repeat.

Posts carry their delivery key as metadata; after an ambiguous failure the channel's history is searched for it. Calls
that Slack answers with "already so" have succeeded.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from bot.integrations import outbound
from bot.integrations.outbound import Outbound
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent
from bot.integrations.slack.people import do_not_disturb, invite, set_group
from bot.integrations.slack.rooms import Rooms
from bot.integrations.slack.upload import make_canvas, upload
from bot.integrations.slack.web_api import SlackApi, SlackProblem

EVENT = "tocsin_delivery"


class Slack:
    """The integration that reaches the workspace."""

    def __init__(self, api: SlackApi) -> None:
        self.api = api
        self._senders: dict[type[Any], Callable[[Any, bool], Sent]] = {
            outbound.Post: self._post,
            outbound.Edit: self._edit,
            outbound.Delete: self._delete,
            outbound.Ephemeral: self._whisper,
            outbound.MakeChannel: Rooms(api, self._by_name).make,
            outbound.Invite: lambda it, again: Sent(
                self._inside(it.channel, lambda: {"skipped": invite(self.api, it)})
            ),
            outbound.SetTopic: self._set_topic,
            outbound.SetBookmark: self._set_bookmark,
            outbound.Pin: self._pin,
            outbound.SetGroup: lambda it, again: set_group(self.api, it),
            outbound.Rename: self._rename,
            outbound.Archive: self._archive,
            outbound.Upload: lambda it, again: upload(
                self.api, replace(it, channel=self._channel_id(it.channel)), again
            ),
            outbound.MakeCanvas: lambda it, again: make_canvas(self.api, it),
            outbound.ShowHome: self._show_home,
            outbound.Fetch: self._fetch,
            outbound.Look: lambda it, again: Sent({"user": self.api.call("auth.test").get("user_id")}),
            outbound.AskDoNotDisturb: lambda it, again: do_not_disturb(self.api, it.user),
        }

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        """One attempt. `ambiguous`: an earlier one may have been applied. `plain`: the blocks were refused before."""
        if isinstance(item, outbound.Nothing):
            return Sent({"nothing": item.reason})
        if isinstance(item, outbound.NotYet):
            return Retry(Reason.WAITING, item.reason, behind=item.of)
        if plain and isinstance(item, outbound.Post | outbound.Edit | outbound.Ephemeral):
            item = replace(item, blocks=[], text=item.text[:3000])
        try:
            return self._senders[type(item)](item, ambiguous)
        except SlackProblem as problem:
            outcome = problem.outcome()
            return replace(outcome, place=item.place()) if isinstance(outcome, Failed) else outcome

    def _post(self, item: outbound.Post, ambiguous: bool) -> Sent:
        if ambiguous and (found := self._look(item)):
            return Sent(found, item.text)
        if item.found_only:
            return Sent({"nothing": "it was never posted, and is not wanted any more"})
        try:
            answer = self._inside(item.to, lambda: self._post_once(item))
        except SlackProblem as problem:
            if problem.error != "channel_not_found" or not item.to.startswith("#"):
                raise
            found = self._by_name(item.to[1:])  # by name Slack finds public channels only
            answer = self._inside(found["id"], lambda: self._post_once(replace(item, to=found["id"])))
        return Sent({"channel": answer["channel"], "ts": answer["ts"]}, item.text, posted=True)

    def _inside(self, channel: str, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What only a member may do: once more as a member when we are outside, where Slack lets us in.

        A channel that was archived stays so: archiving throws a bot out, and Slack lets none bring it back.
        """
        try:
            return call()
        except SlackProblem as outside:
            if outside.error != "not_in_channel":
                raise
            try:
                self.api.call("conversations.join", channel=self._channel_id(channel))
            except SlackProblem as closed:
                if closed.reason is Reason.PERMANENT:
                    raise outside from closed
                raise
        return call()

    def _post_once(self, item: outbound.Post) -> dict[str, Any]:
        return self.api.call(
            "chat.postMessage",
            first=item.first,
            channel=item.to,
            text=item.text,
            blocks=item.blocks or None,
            thread_ts=item.thread_ts,
            reply_broadcast=item.aloud or None,
            metadata={"event_type": EVENT, "event_payload": {"key": item.key}},
            unfurl_links=False,
            unfurl_media=False,
        )

    def _look(self, item: outbound.Post) -> dict[str, Any] | None:
        """Where looking is not possible, send twice rather than not at all. Pages wait for no quota."""
        try:
            return self._find(item)
        except SlackProblem as problem:
            blind = problem.reason in (Reason.LACKING, Reason.PERMANENT)
            if blind or (problem.reason is Reason.RATE and item.to.startswith(("U", "W"))):
                return None
            raise

    def _find(self, item: outbound.Post) -> dict[str, Any] | None:
        """The message of an earlier attempt, if that attempt was applied after all."""
        channel = self._channel_id(item.to)
        method = "conversations.replies" if item.thread_ts else "conversations.history"
        answer = self.api.call(method, channel=channel, ts=item.thread_ts, limit=100, include_all_metadata=True)
        for message in answer.get("messages", []):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == item.key:
                return {"channel": channel, "ts": message["ts"], "reconciled": True}
        return None

    def _channel_id(self, to: str) -> str:
        """The id behind a user id (their direct messages) or a "#name"."""
        if to.startswith(("U", "W")):
            return str(self.api.call("conversations.open", users=to)["channel"]["id"])
        if to.startswith("#"):
            return str(self._by_name(to[1:])["id"])
        return to

    def _by_name(self, name: str) -> dict[str, Any]:
        cursor = None
        while True:
            answer = self.api.call(
                "conversations.list", types="public_channel,private_channel", limit=999, cursor=cursor
            )
            for channel in answer["channels"]:
                if channel["name"] == name:
                    return dict(channel)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                raise SlackProblem("conversations.list", Reason.PERMANENT, "channel_not_found")

    def _edit(self, item: outbound.Edit, ambiguous: bool) -> Sent:
        self.api.call(
            "chat.update",
            first=item.first,
            channel=item.channel,
            ts=item.ts,
            text=item.text[:4000],
            blocks=item.blocks,
        )
        return Sent({"channel": item.channel, "ts": item.ts}, item.text)

    def _delete(self, item: outbound.Delete, ambiguous: bool) -> Sent:
        try:
            self.api.call("chat.delete", channel=item.channel, ts=item.ts)
        except SlackProblem as problem:
            if problem.error != "message_not_found":
                raise
        return Sent()

    def _whisper(self, item: outbound.Ephemeral, ambiguous: bool) -> Sent:
        if ambiguous:  # at most once: the fact itself is in the journal
            return Sent({"nothing": "an ephemeral message is never repeated"})
        self.api.call(
            "chat.postEphemeral",
            channel=item.channel,
            user=item.user,
            text=item.text,
            blocks=item.blocks or None,
            thread_ts=item.thread_ts,
        )
        return Sent({}, item.text)

    def _set_topic(self, item: outbound.SetTopic, ambiguous: bool) -> Sent:
        self._inside(
            item.channel, lambda: self.api.call("conversations.setTopic", channel=item.channel, topic=item.topic)
        )
        return Sent({}, item.topic)

    def _set_bookmark(self, item: outbound.SetBookmark, ambiguous: bool) -> Sent:
        """One that a person has taken away is not put back."""
        if item.known and not item.link:
            return self._of_bookmark("bookmarks.remove", item)
        if item.known:
            return self._of_bookmark("bookmarks.edit", item, title=item.title, link=item.link)
        answer = self._inside(
            item.channel,
            lambda: self.api.call(
                "bookmarks.add", channel_id=item.channel, title=item.title, type="link", link=item.link
            ),
        )
        return Sent({"bookmark": (answer.get("bookmark") or {}).get("id"), "title": item.title})

    def _of_bookmark(self, method: str, item: outbound.SetBookmark, **how: Any) -> Sent:
        try:
            self.api.call(method, channel_id=item.channel, bookmark_id=item.known, **how)
        except SlackProblem as problem:
            if problem.error != "not_found":
                raise
        return Sent({"bookmark": item.known if item.link else None, "title": item.title})

    def _pin(self, item: outbound.Pin, ambiguous: bool) -> Sent:
        try:
            self._inside(item.channel, lambda: self.api.call("pins.add", channel=item.channel, timestamp=item.ts))
        except SlackProblem as problem:
            if problem.error != "already_pinned":
                raise
        return Sent()

    def _rename(self, item: outbound.Rename, ambiguous: bool) -> Sent:
        rename = partial(self.api.call, "conversations.rename", channel=item.channel, name=item.name)
        answer = self._inside(item.channel, rename)
        return Sent({"channel": item.channel, "name": answer["channel"]["name"]}, item.name)

    def _archive(self, item: outbound.Archive, ambiguous: bool) -> Sent:
        try:
            self._inside(item.channel, lambda: self.api.call("conversations.archive", channel=item.channel))
        except SlackProblem as problem:
            if problem.error != "already_archived":
                raise
        return Sent()

    def _show_home(self, item: outbound.ShowHome, ambiguous: bool) -> Sent:
        self.api.call("views.publish", user_id=item.user, view=item.view)
        return Sent()

    def _fetch(self, item: outbound.Fetch, ambiguous: bool) -> Sent:
        answer = self.api.call(
            "conversations.replies", channel=item.channel, ts=item.ts, latest=item.ts, inclusive=True, limit=1
        )
        for message in answer.get("messages", []):
            if message.get("ts") == item.ts:
                link = self.api.call("chat.getPermalink", channel=item.channel, message_ts=item.ts)["permalink"]
                reactions = [one.get("name") for one in message.get("reactions") or ()]
                seen = {
                    "text": message.get("text", ""),
                    "user": message.get("user"),
                    "thread": message.get("thread_ts"),
                }
                return Sent({**seen, "link": link, "reactions": reactions})
        raise SlackProblem("conversations.replies", Reason.PERMANENT, "the message is gone")
