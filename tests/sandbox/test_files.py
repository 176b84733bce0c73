"""Files in two steps, and canvases: what the real client uploads is there afterwards."""

from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.sandbox.conftest import People

ROOM = "C01INCIDENTS"
Json = dict[str, Any]


def test_a_file_in_two_steps(client: WebClient, people: People, slack: Sandbox) -> None:
    uploaded = client.files_upload_v2(
        channel=ROOM, filename="report.md", title="Report", content="# x=1&y=2", initial_comment="here"
    )
    file = people.messages(ROOM)[-1]["files"][0]
    assert (file["id"], file["title"]) == (uploaded["files"][0]["id"], "Report")
    assert httpx.get(file["url_private"], trust_env=False, verify=False).content == b"# x=1&y=2"
    assert client.files_info(file=file["id"])["file"]["size"] == 9
    client.files_delete(file=file["id"])
    assert httpx.get(file["url_private"], trust_env=False, verify=False).status_code == 404


@pytest.mark.parametrize(
    "way",
    [
        {"content": b"x=1&y=%41", "headers": {"content-type": "application/x-www-form-urlencoded"}},
        {"content": b"x=1&y=%41"},
        {"files": {"filename": ("report.txt", b"x=1&y=%41")}},
        {"files": {"file": ("other.txt", b"x=1&y=%41", "text/plain")}},
    ],
    ids=["as a form", "raw", "multipart", "multipart by another name"],
)
def test_the_second_step_takes_a_file_however_it_is_sent(client: WebClient, people: People, way: Json) -> None:
    step = client.files_getUploadURLExternal(filename="report.txt", length=9)
    answer = httpx.post(str(step["upload_url"]), trust_env=False, verify=False, **way)
    assert (answer.status_code, answer.text) == (200, "OK - 9")
    client.files_completeUploadExternal(files=[{"id": step["file_id"]}], channel_id=ROOM)
    file = people.messages(ROOM)[-1]["files"][0]
    assert httpx.get(file["url_private"], trust_env=False, verify=False).content == b"x=1&y=%41"


def test_a_file_is_shared_with_people_and_channels(client: WebClient, people: People) -> None:
    step = client.files_getUploadURLExternal(filename="report.txt", length=1)
    httpx.post(str(step["upload_url"]), content=b"x", trust_env=False, verify=False)
    client.files_completeUploadExternal(files=[{"id": step["file_id"]}], channels=[ROOM, "U01ANA"])
    direct = people.do("dm", user="ana", **{"with": "bell"})["channel"]
    assert [people.messages(place)[-1]["files"][0]["id"] for place in (ROOM, direct)] == [step["file_id"]] * 2


def test_a_form_without_a_file_is_no_upload(client: WebClient) -> None:
    step = client.files_getUploadURLExternal(filename="report.txt", length=9)
    answer = httpx.post(str(step["upload_url"]), files={"title": (None, "words")}, trust_env=False, verify=False)
    assert answer.status_code == 400


def test_who_may_see_a_canvas_is_given_and_taken(client: WebClient, slack: Sandbox) -> None:
    canvas = str(client.canvases_create(title="Ours")["canvas_id"])
    client.canvases_access_set(canvas_id=canvas, access_level="write", user_ids=["U01ANA", "U01BO"])
    client.canvases_access_set(canvas_id=canvas, access_level="read", channel_ids=[ROOM])
    client.canvases_access_delete(canvas_id=canvas, user_ids=["U01ANA"])
    assert slack.world.canvases[canvas].access == {"U01BO": "write", ROOM: "read"}


def test_a_canvas(client: WebClient, people: People) -> None:
    document = {"type": "markdown", "markdown": "# Summary\nIt broke"}
    canvas = client.conversations_canvases_create(channel_id=ROOM, document_content=document)["canvas_id"]
    found = client.canvases_sections_lookup(
        canvas_id=canvas, criteria={"section_types": ["h1"], "contains_text": "Summary"}
    )
    more = {"type": "markdown", "markdown": "At noon"}
    change = {"operation": "insert_after", "section_id": found["sections"][0]["id"], "document_content": more}
    client.canvases_edit(canvas_id=canvas, changes=[change])
    assert people.look(f"canvas/{canvas}")["markdown"] == "# Summary\nAt noon\nIt broke"
    client.canvases_delete(canvas_id=canvas)
    assert people.channel("incidents")["canvas"] is None
