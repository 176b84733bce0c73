"""What Slack's refusals mean in words, and what cures them. Pure."""

from dataclasses import dataclass

NO_ADDRESS = "no_address"
"""Ours, not Slack's: there is no place, or none is left."""
THREAD_GONE = frozenset(
    {"thread_not_found", "cannot_reply_to_message", "restricted_action_thread_locked",
     "restricted_action_non_threadable_channel"}
)  # fmt: skip
"""The channel may still be posted in, only not below that message."""
DELETED = frozenset({"message_not_found", "bad_timestamp"})
"""The message is not there any more, so no one reads it."""
LOCKED = frozenset({"cant_update_message", "edit_window_closed", "cant_delete_message"})
"""It stands there still, and we may not touch it: what it shows is out of date."""
MESSAGE_GONE = DELETED | LOCKED
"""What was to be shown there needs another message."""
OUTSIDE = frozenset({"is_archived", "is_inactive", "not_in_channel", "channel_not_found", "channel_is_limited_access"})
"""The channel is closed to us, whatever we want there."""
READ_ONLY = frozenset(
    {"restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
     "posting_to_channel_denied"}
)  # fmt: skip
"""Of a message: none of ours may be posted there. `restricted_action` of anything else forbids only this."""
TAKES_NO_MESSAGE = OUTSIDE | READ_ONLY


@dataclass(frozen=True)
class Why:
    """The reason as the end of a sentence, and what helps as a sentence."""

    said: str
    cure: str


_ELSEWHERE = "or name another channel in tocsin.yml"
_LEFT = Why("the channel doesn't exist, or the bot isn't in it", f"Invite the bot with /invite @tocsin, {_ELSEWHERE}.")
_READ_ONLY = Why("the bot isn't allowed to post in that channel",
                 f"Allow it in the channel's settings under Posting permissions, {_ELSEWHERE}.")  # fmt: skip
_NO_PERSON = Why("Slack doesn't know this person, or can't show them to the bot",
                 "Check their Slack id in tocsin.yml, and whether their account is active.")  # fmt: skip
_BARRED = Why("Slack doesn't let the bot do that there",
              "Invite the bot with /invite @tocsin, and ask a workspace admin about the app.")  # fmt: skip
_CREDENTIALS = Why("Slack takes the bot's token, but not for this",
                   "Reinstall the app: Slack app > Install App. `tocsin doctor` checks the token.")  # fmt: skip
_LOCKED = Why("the bot isn't allowed to edit its message",
              "Allow apps to edit messages: Settings & administration > Workspace settings > Permissions > "
              "Message editing.")  # fmt: skip
_FORM = Why("Slack doesn't take a message of this form", "It is a fault of Tocsin: please report it, with the log.")
_SCOPE = Why("the app isn't allowed to do that",
             "Compare Slack app > App Manifest with `tocsin manifest`, save, and reinstall the app.")  # fmt: skip
_RULES = {
    **dict.fromkeys(("no_permission", "access_denied", "team_access_not_granted"), _BARRED),
    **dict.fromkeys(("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"), _CREDENTIALS),
    **dict.fromkeys(LOCKED, _LOCKED),
    **dict.fromkeys(("invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text",
                     "invalid_arguments", "invalid_attachments", "too_long"), _FORM),
    **dict.fromkeys(("missing_scope", "not_allowed_token_type"), _SCOPE),
    "ekm_access_denied": Why("the workspace's admins have suspended posting", "Ask them when it is allowed again."),
    NO_ADDRESS: Why("there is nowhere left to send it", "Check the channels and the Slack ids in tocsin.yml."),
    "channel_not_found": _LEFT,
    "not_in_channel": _LEFT,
    "channel_is_limited_access": _LEFT,
    "is_archived": Why("the channel is archived", f"Unarchive it and invite the bot again, {_ELSEWHERE}."),
    "is_inactive": Why("the channel is archived", f"Unarchive it and invite the bot again, {_ELSEWHERE}."),
    "restricted_action": _READ_ONLY,
    "restricted_action_read_only_channel": _READ_ONLY,
    "restricted_action_thread_only_channel": _READ_ONLY,
    "posting_to_channel_denied": _READ_ONLY,
    "user_not_found": _NO_PERSON,
    "users_not_found": _NO_PERSON,
    "user_not_visible": _NO_PERSON,
    "user_disabled": _NO_PERSON,
    "messages_tab_disabled": Why("direct messages from the app are switched off",
                                 "Switch on the Messages tab: Slack app > App Home > Show Tabs."),
    "not_enabled": Why("the app's home tab is switched off", "Switch it on: Slack app > App Home > Show Tabs."),
    "invalid_users": Why("a member of the user group has left Slack",
                         "Remove people who have left Slack from the schedule."),
    "too_many_pins": Why("the channel has no room for another pin", "Unpin something in the channel."),
    "too_many_bookmarks": Why("the channel has no room for another bookmark", "Remove a bookmark from the channel."),
}  # fmt: skip
_CREATING = Why(
    "this workspace doesn't let the app create channels",
    "Ask a workspace admin to allow it: Settings & administration > Workspace settings > Permissions > "
    "Channel management.",
)
CREATION_REFUSED = {code: _CREATING for code in ("restricted_action", "cannot_create_channel", "user_is_restricted")}
CREATION_REFUSED["every name for the room is taken"] = CREATION_REFUSED["name_taken"] = Why(
    "every name for the room is taken", "Choose another pattern in tocsin.yml: war_room > name."
)
"""The same answers mean something else when a channel was to be made."""


_INVITING = Why("the bot isn't allowed to invite people there", "Let the app invite people, or add them by hand.")
INVITING_REFUSED = {code: _INVITING for code in ("restricted_action", "cant_invite", "not_authorized")}
OTHER_PROVIDER = {"": Why("the provider refused it", "Run `tocsin doctor` to check every provider.")}
"""For what does not go to Slack."""


def why(code: str) -> Why:
    """The words for a refusal; Slack's own for one that is not listed."""
    if known := _RULES.get(code):
        return known
    if not code:
        return Why("no attempt got through", "Check the bot's log and status.slack.com.")
    return Why(f"Slack refused it ({code})", "Look that word up in the errors of Slack's Web API documentation.")
