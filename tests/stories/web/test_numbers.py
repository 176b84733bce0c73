"""Numbers, lengths and times that nothing can have, in every request of the API: a sentence, never a server error."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.stories.world import World

Json = dict[str, Any]
HUGE: dict[str, tuple[Any, ...]] = {
    "integer": (10**20, 2**31, 2**63, -1, -(10**20)),
    "string": ("9" * 30, "99999999999999d", "9999999999h", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59",
               "INC-99999999999999999999", "\ud800", "x" * 20_001),
}  # fmt: skip


@pytest.fixture
def http(world: World) -> Iterator[httpx.Client]:
    world.ana.says("/incident sev1 Checkout is down --service checkout").says("INC-1")
    key = {"Authorization": f"Bearer {world.app.token}", "Tocsin-As": "ana"}
    with httpx.Client(base_url=world.app.url, headers=key, trust_env=False, verify=False, timeout=60) as opened:
        yield opened


def fields(schema: Json) -> dict[str, str]:
    """Each field of a body -> its JSON type."""
    found = {}
    for name, one in schema.get("properties", {}).items():
        types = [one.get("type"), *(choice.get("type") for choice in one.get("anyOf", ()))]
        found[name] = next((kind for kind in types if kind in ("integer", "string", "array", "number")), "string")
    return found


def body(schema: Json) -> Json:
    samples = {"severity": "sev2", "person": "li", "to": "li", "answer": "yes", "until": "15m", "vendor": "aws",
               "number": 1, "schedule": "primary-oncall", "start": "2026-12-20T10:00:00+01:00",
               "end": "2026-12-20T12:00:00+01:00", "answers": [1]}  # fmt: skip
    return {name: samples.get(name, "x") for name in schema.get("required", ())}


def test_a_question_of_a_number_that_none_has_is_unprocessable(http: httpx.Client) -> None:
    answer = http.post("/api/v1/incidents/1/answer", json={"answer": "yes", "question": 10**20})
    assert answer.status_code == 422
    assert "question" in answer.json()["error"]


@pytest.mark.long
def test_no_number_length_or_time_breaks_a_request(http: httpx.Client) -> None:
    broken, wide, tried = {}, [], 0
    for path, methods in http.get("/openapi.json").json()["paths"].items():
        for method, said in methods.items():
            schema = (said.get("requestBody") or {}).get("content", {}).get("application/json", {}).get("schema", {})
            where = path.replace("{ref}", "1").replace("{schedule}", "primary-oncall")
            for name, kind in fields(schema).items():
                for value in HUGE["integer" if kind in ("integer", "array") else "string"]:
                    tried += 1
                    given = {**body(schema), name: [value] if kind == "array" else value}
                    answer = sent(http, method, where, given)
                    if answer.status_code >= 500 or ("error" not in answer.text and answer.status_code >= 400):
                        broken[f"{method} {path} {name}={str(value)[:30]}"] = answer.text[:200]
                    if kind == "integer" and answer.status_code != 422:
                        wide.append((path, name, value, answer.status_code))
            for one in said.get("parameters", ()):
                for value in HUGE["integer"] + HUGE["string"] if one["in"] == "query" else ():
                    answer = http.get(where, params={one["name"]: str(value).replace("\ud800", "")})
                    if answer.status_code >= 500:
                        broken[f"GET {path}?{one['name']}={str(value)[:30]}"] = answer.text[:200]
    assert broken == {}, "\n".join(broken)
    assert wide == [], "an integer that is out of range is unprocessable at every verb"
    assert tried > 100


def sent(http: httpx.Client, method: str, path: str, given: Json) -> httpx.Response:
    raw = json.dumps(given).encode()
    return http.request(method, path, content=raw, headers={"Content-Type": "application/json"})
