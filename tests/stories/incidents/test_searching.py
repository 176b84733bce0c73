"""Looking for incidents by what is known of them, at every door, and never for those that one may not know of."""

import httpx
import pytest

from tests.stories.world import Json, World


def several(world: World) -> None:
    world.ana.says("/incident declare sev2 Checkout times out --service checkout")
    world.bo.says("/incident declare sev3 Search is slow --service search")
    world.cy.says("/incident declare sev1 Überweisungen fail --service checkout")
    world.cy.says("/incident ic INC-3 @bo")
    world.ana.says("/incident resolve INC-1 restarted the gateway")
    world.bo.says("/incident declare sev3 The merger leaked --private")


@pytest.mark.both_databases
def test_words_and_filters_find_what_is_open_and_what_is_past(world: World) -> None:
    several(world)

    def found(text: str, who: str = "li") -> list[str]:
        told = getattr(world, who).says(f"/incident search {text}").text
        return [f"INC-{n}" for n in range(1, 5) if f"*INC-{n}*" in told]

    assert found("times") == ["INC-1"]
    assert found("GATEWAY restarted") == ["INC-1"]
    assert found("überweisungen") == ["INC-3"]
    assert found("service=checkout") == ["INC-1", "INC-3"]
    assert found("service=checkout status=open") == ["INC-3"]
    assert found("--severity sev3,sev2") == ["INC-1", "INC-2"]
    assert found("status=over since=1d") == ["INC-1"]
    assert found("until=2020-01-01") == []
    assert found("role=ic", "bo") == ["INC-3"]
    assert found("role=any", "bo") == ["INC-2", "INC-3", "INC-4"]
    assert found("100%") == []
    assert found("merger") == []
    assert found("merger", "bo") == ["INC-4"]
    world.li.says("/incident search").says("Say what to look for")
    world.li.says("/incident search severity=huge").says("is no severity", "SEV-1")
    world.li.says("/incident list checkout").says("*INC-3*")
    assert "*INC-1*" not in world.li.says("/incident list checkout").text


def test_the_api_narrows_its_list_down_the_same_way(world: World) -> None:
    several(world)

    def got(who: str = "", **filters: str) -> list[str]:
        headers = {"Authorization": f"Bearer {world.app.token}"} | ({"Tocsin-As": who} if who else {})
        answer = httpx.get(f"{world.app.url}/api/v1/incidents", params=filters, headers=headers, trust_env=False,
                           verify=False, timeout=60)  # fmt: skip
        if answer.status_code != 200:
            return [str(answer.status_code), answer.text]
        rows: list[Json] = answer.json()
        return [row["ref"] for row in rows]

    assert got(words="times") == ["INC-1"]
    assert got(severity="sev1") == ["INC-3"]
    assert got(status="over") == ["INC-1"]
    assert got(person="bo", role="ic") == ["INC-3"]
    assert got(words="merger") == ["INC-4"]
    assert got("li", words="merger") == []
    assert got(role="ic")[0] == "400"
    assert "is no status" in got(status="broken")[1]
