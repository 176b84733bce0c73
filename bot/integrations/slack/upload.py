"""Puts a document into a channel: as a file everywhere, as a canvas where the workspace has them."""

from bot.integrations.outbound import MakeCanvas, Upload
from bot.integrations.outcome import Reason, Sent
from bot.integrations.slack.web_api import SlackApi, SlackProblem
from bot.rendering import picture

ALT = 1000


def upload(api: SlackApi, item: Upload, ambiguous: bool) -> Sent:
    """The three steps of an upload. Where files are not to be had, the comment alone says where the document is."""
    content = item.content.encode() if isinstance(item.content, str) else picture.png(item.content)
    try:
        target = api.call(
            "files.getUploadURLExternal", filename=item.filename, length=len(content), alt_txt=item.alt[:ALT] or None
        )
    except SlackProblem as problem:
        if problem.reason is not Reason.LACKING:
            raise
        return _comment_only(api, item) if item.alone else Sent({"nothing": "this workspace takes no files"})
    api.upload(target["upload_url"], content)
    done = api.call(
        "files.completeUploadExternal",
        files=[{"id": target["file_id"], "title": item.title}],
        channel_id=item.channel,
        thread_ts=item.thread_ts,
        initial_comment=item.comment,
    )
    first = (done.get("files") or [{}])[0]
    told = item.content if isinstance(item.content, str) else item.alt
    return Sent({"file": target["file_id"], "link": first.get("permalink")}, told)


def _comment_only(api: SlackApi, item: Upload) -> Sent:
    answer = api.call("chat.postMessage", channel=item.channel, thread_ts=item.thread_ts, text=item.comment)
    return Sent({"channel": answer["channel"], "ts": answer["ts"], "without_file": True}, item.comment)


def make_canvas(api: SlackApi, item: MakeCanvas) -> Sent:
    """The channel's canvas with the document as its first state."""
    document = {"type": "markdown", "markdown": item.markdown}
    try:
        answer = api.call(
            "conversations.canvases.create", channel_id=item.channel, title=item.title, document_content=document
        )
    except SlackProblem as problem:
        if problem.error != "channel_canvas_already_exists":
            raise
        return Sent({"nothing": "the channel has a canvas already"})
    return Sent({"canvas": answer.get("canvas_id")}, item.markdown)
