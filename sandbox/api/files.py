"""files.*: the two-step upload, and looking at what was uploaded."""

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox import posting
from sandbox.api import chat
from sandbox.api.call import Call, page
from sandbox.blockkit.blocks import check_blocks
from sandbox.errors import SlackError, bad_arguments
from sandbox.markup import escape
from sandbox.records import Channel, Json, StoredFile
from sandbox.shapes import file_json
from sandbox.world import World

MAX_CHANNELS, MAX_BYTES, MAX_ALT = 100, 1 << 30, 1000


def upload_url(call: Call) -> Json:
    name = call.args.text("filename")
    length = call.args.number("length", 0, 1, MAX_BYTES)
    if not name:
        raise bad_arguments("missing required field: filename")
    if len(call.args.text("alt_txt")) > MAX_ALT:
        raise SlackError("alt_txt_too_large")
    file = StoredFile(call.world.new_id("F"), name, name, call.world.app.user_id, call.world.now(), length)
    call.world.files[file.id] = file
    return {"upload_url": f"{call.world.base_url}/upload/{file.id}", "file_id": file.id}


async def upload(world: World, request: Request) -> Response:
    """POST /upload/F..: the raw body is the file, or the one part of a multipart form that is a file."""
    file = world.files.get(request.path_params["file"])
    body = await _content(request)
    if body is None:
        return PlainTextResponse("no file in the form", 400)
    if file is None or file.shared:
        return PlainTextResponse("no such upload", 404)
    if len(body) != file.length:
        return PlainTextResponse(f"expected {file.length} bytes, got {len(body)}", 400)
    file.content = body
    return PlainTextResponse(f"OK - {len(body)}")


async def _content(request: Request) -> bytes | None:
    """A form that is not multipart is taken as it is: the official Python client says so of every file."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        parts = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        return await parts[0].read() if parts else None


def complete(call: Call) -> Json:
    wanted = call.args.json("files")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(entry, dict) for entry in wanted):
        raise bad_arguments("invalid value: files")
    places = call.args.names("channels") or call.args.names("channel_id")
    if len(places) > MAX_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    rooms = [_room(call, place) for place in places]
    uploaded = [_uploaded(call, entry) for entry in wanted]
    for file in uploaded:
        file.shared = True
        file.channels += [room.id for room in rooms if room.id not in file.channels]
    for room in rooms:
        _share(call, room, uploaded)
    return {"files": [file_json(call.world, file) for file in uploaded]}


def _room(call: Call, ref: str) -> Channel:
    """A channel, or for a person's id the direct conversation with them."""
    user = call.world.users.get(ref)
    if user is not None and not user.is_bot:
        return call.world.direct([call.world.app.user_id, user.id])
    room = call.check(call.find(ref), member=True, alive=False)
    if room.archived:
        raise SlackError("posting_to_channel_denied")
    return room


def _uploaded(call: Call, entry: Json) -> StoredFile:
    file = call.world.files.get(str(entry.get("id")))
    if file is None or file.deleted or file.content is None:
        raise SlackError("file_not_found")
    file.title = str(entry.get("title") or file.name)
    return file


def _share(call: Call, room: Channel, files: list[StoredFile]) -> None:
    blocks = call.args.json("blocks", "invalid_blocks")
    if blocks:
        check_blocks(blocks)
    posting.post(
        call.world,
        room,
        call.world.app.user_id,
        escape(call.args.text("initial_comment")),
        blocks=blocks or None,
        bot_id=call.world.app.bot_id,
        subtype="file_share",
        thread_ts=chat.thread_of(call, room),
        files=[file.id for file in files],
        extra={"upload": True},
    )
    for file in files:
        facts = {"file_id": file.id, "user_id": file.user, "file": {"id": file.id}, "channel_id": room.id}
        call.world.publish({"type": "file_shared", **facts, "event_ts": call.world.new_ts()})


def _known(call: Call) -> StoredFile:
    file = call.world.files.get(call.args.text("file"))
    if file is None or not file.shared:
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    return file


def info(call: Call) -> Json:
    return {"file": file_json(call.world, _known(call)), "comments": [], "response_metadata": {"next_cursor": ""}}


def list_all(call: Call) -> Json:
    channel = call.args.text("channel")
    shared = [file for file in call.world.files.values() if file.shared and not file.deleted]
    mine = [file for file in shared if not channel or channel in file.channels]
    shown, more = page(mine, call.args)
    paging = {"count": 100, "total": len(mine), "page": 1, "pages": 1}
    return {"files": [file_json(call.world, file) for file in shown], "paging": paging, "response_metadata": more}


def delete(call: Call) -> Json:
    file = _known(call)
    if file.user != call.world.app.user_id:
        raise SlackError("cant_delete_file")
    file.deleted, file.content = True, None
    for room in file.channels:
        call.world.tell("channel", channel=room)
    return {}


def upload_v1(call: Call) -> Json:
    raise SlackError("method_deprecated")


async def download(world: World, request: Request) -> Response:
    """GET /files-pri/F../name: for the app with its token, for the page without."""
    file = world.files.get(request.path_params["file"])
    if file is None or file.content is None:
        return PlainTextResponse("file not found", 404)
    headers = {"content-disposition": "attachment", "x-content-type-options": "nosniff"}
    kind = next((kind for ending, kind in SHOWN.items() if file.name.lower().endswith(ending)), "")
    if kind:
        headers["content-disposition"] = "inline"
    return Response(file.content, headers=headers, media_type=kind or "application/octet-stream")


SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".md": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/plain; charset=utf-8",
}
