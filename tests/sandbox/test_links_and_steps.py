"""Links of ours that people write, what the app makes of them, and workflow steps that the app carries out."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Heard, People

Json = dict[str, Any]
URL = "https://bell.example/ring/7?a=1&b=2"
ENTITY: Json = {
    "entity_type": "slack#/entities/incident",
    "url": URL,
    "app_unfurl_url": URL,
    "external_ref": {"id": "7"},
    "entity_payload": {"attributes": {"title": {"text": "It rings"}}, "fields": {"status": {"value": "open"}}},
}


@pytest.fixture
def shared(bolt: App, connect: Callable[[], Any], people: People, heard: Heard) -> Json:
    """Ana has written a link of the app's domain; the app has heard of it."""
    for kind in ("link_shared", "message"):
        bolt.event(kind)(lambda event: heard.append(event))

    @bolt.event("entity_details_requested")
    def asked(event: Json, client: WebClient) -> None:
        heard.append(event)
        client.entity_presentDetails(trigger_id=event["trigger_id"], metadata=ENTITY)

    connect()
    people.do("message", user="ana", channel="incidents", text=f"see {URL}, and https://else.example.")
    people.do("settle")
    return next(event for event in heard if event["type"] == "link_shared")


def test_addresses_that_people_write_become_links(shared: Json, heard: Heard) -> None:
    spoken = next(event for event in heard if event["type"] == "message")
    assert spoken["text"] == "see <https://bell.example/ring/7?a=1&amp;b=2>, and <https://else.example>."
    assert shared["links"] == [{"url": URL, "domain": "bell.example"}]
    assert (shared["channel"], shared["user"], shared["is_bot_user_member"]) == ("C01INCIDENTS", "U01ANA", True)


def test_a_link_is_unfurled_and_again(shared: Json, client: WebClient, people: People) -> None:
    place = {"channel": shared["channel"], "ts": shared["message_ts"]}
    client.chat_unfurl(**place, unfurls={URL: {"text": "It rings"}})
    client.chat_unfurl(unfurl_id=shared["unfurl_id"], source=shared["source"], unfurls={URL: {"text": "No more"}})
    shown = people.messages("incidents")[-1]
    assert [(one["from_url"], one["text"]) for one in shown["attachments"]] == [(URL, "No more")]
    assert shown["edited"] is None
    with pytest.raises(SlackApiError, match="cannot_unfurl_url"):
        client.chat_unfurl(**place, unfurls={"https://bell.example/other": {"text": "x"}})


def test_a_work_object_opens_its_details(shared: Json, client: WebClient, people: People) -> None:
    place = {"channel": shared["channel"], "ts": shared["message_ts"]}
    client.api_call("chat.unfurl", json={**place, "metadata": {"entities": [ENTITY]}})
    assert people.messages("incidents")[-1]["attachments"][0]["title"] == "It rings"
    opened = people.do("details", user="bo", **place, url=URL)
    assert opened["details"] == {"metadata": ENTITY}
    assert people.do("details", user="bo", **place, url="https://bell.example/other")["error"] == "unknown_entity"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"entity_type": "slack#/entities/disaster"}, "invalid_metadata_format"),
        ({"external_ref": {}}, "invalid_metadata_format"),
        ({"entity_payload": {"attributes": {}}}, "invalid_metadata_format"),
    ],
)
def test_an_entity_that_says_too_little(shared: Json, client: WebClient, change: Json, error: str) -> None:
    body = {"channel": shared["channel"], "ts": shared["message_ts"], "metadata": {"entities": [{**ENTITY, **change}]}}
    with pytest.raises(SlackApiError, match=error):
        client.api_call("chat.unfurl", json=body)


def test_a_step_is_carried_out(bolt: App, connect: Callable[[], Any], people: People, heard: Heard) -> None:
    @bolt.function("ring_it")
    def ring(inputs: Json, complete: Any, event: Json) -> None:
        heard.append(event)
        complete(outputs={"loud": len(inputs["how"])})

    connect()
    done = people.do("function", user="ana", callback_id="ring_it", inputs={"how": "very"})
    people.do("settle")
    found = people.look(f"executions/{done['function_execution_id']}")
    assert (found["state"], found["outputs"], found["inputs"]) == ("succeeded", {"loud": 4}, {"how": "very"})
    assert heard[0]["function"]["callback_id"] == "ring_it"
    assert people.do("function", user="ana", callback_id="ring_it")["error"] == "missing_inputs"
    assert people.do("function", user="ana", callback_id="swim")["error"] == "unknown_function"


def test_a_step_that_fails_ends_once(bolt: App, connect: Callable[[], Any], people: People, client: WebClient) -> None:
    bolt.function("ring_it")(lambda fail: fail(error="it is broken"))
    connect()
    step = people.do("function", user="ana", callback_id="ring_it", inputs={"how": "very"})["function_execution_id"]
    people.do("settle")
    assert people.look(f"executions/{step}")["error"] == "it is broken"
    with pytest.raises(SlackApiError, match="execution_not_in_running_state"):
        client.functions_completeSuccess(function_execution_id=step, outputs={"loud": 1})


@pytest.mark.parametrize("outputs", [{}, {"loud": 1, "colour": "red"}])
def test_a_step_gives_what_the_manifest_promises(
    bolt: App, connect: Callable[[], Any], people: People, client: WebClient, outputs: Json
) -> None:
    bolt.function("ring_it")(lambda ack: ack())
    connect()
    step = people.do("function", user="ana", callback_id="ring_it", inputs={"how": "very"})["function_execution_id"]
    with pytest.raises(SlackApiError, match="parameter_validation_failed"):
        client.functions_completeSuccess(function_execution_id=step, outputs=outputs)
