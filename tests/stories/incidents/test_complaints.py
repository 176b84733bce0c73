"""It affects me too: each person counts once, whoever reads sees how many, and many bring a review of the severity."""

import httpx
import pytest
from sqlmodel import select

from bot.domain.incidents import severity as severity_rules
from storage.models import Complaint, Incident
from tests.stories.world import Json, World, words


def row(world: World) -> Incident:
    with world.app.desk.read() as session:
        return session.get_one(Incident, 1)


def complaints(world: World) -> list[Complaint]:
    with world.app.desk.read() as session:
        return list(session.exec(select(Complaint)))


def affects(world: World, who: str) -> None:
    getattr(world, who).clicks("incident.affects", world.incidents.expects("It affects me too"), "incidents")


def asked(world: World) -> Json:
    return world.dee.dms().expects("Is it worse than first thought?", "people say that it affects them")


@pytest.mark.both_databases
def test_each_person_counts_once_and_the_announcement_says_how_many(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search").says("INC-1 is declared")
    for who in ("li", "bo", "li", "li"):
        affects(world, who)
    assert row(world).complaint_count == len(complaints(world)) == 2
    world.incidents.expects("Search is slow", "2 affected")
    assert "counted" in "\n".join(words(one) for one in world.incidents.messages() if one["ephemeral_for"])
    world.li.says("/incident complaint INC-1 the basket stays empty").says("counted already (2 by now)")
    world.ana.says("/incident timeline INC-1").says("It affects Li", "the basket stays empty")
    world.li.says("/incident complaint INC-1 the basket stays empty")
    assert world.ana.says("/incident timeline INC-1").text.count("the basket stays empty") == 1


def test_so_many_bring_a_review_with_the_usual_reasons_once(world: World) -> None:
    world.ana.says("/incident sev4 Wrong label")
    world.dee.says("/incident ic INC-1")
    for who in ("li", "bo"):
        affects(world, who)
    world.dee.dms().lacks("Is it worse")
    affects(world, "cy")
    question = asked(world)
    menu = next(one for block in question["blocks"] for one in block.get("elements", []) if "options" in one)
    assert [one["text"]["text"] for one in menu["options"]] == list(severity_rules.RAISE.values())
    affects(world, "eve")
    assert world.dee.dms().shown().count("Is it worse than first thought?") == words(question).count("Is it worse")
    world.dee.clicks("severity.raise", question, world.dee.dms().name)
    assert row(world).severity == "SEV-3"
    world.dee.says("/incident timeline INC-1").says("SEV-4 → SEV-3: More customers complain")


def test_another_reason_can_be_picked(world: World) -> None:
    world.ana.says("/incident sev4 Wrong label")
    world.dee.says("/incident ic INC-1")
    for who in ("li", "bo", "cy"):
        getattr(world, who).says("/incident affected INC-1 I see nothing")
    question, channel = asked(world), world.dee.dms().name
    menu = next(one for block in question["blocks"] for one in block.get("elements", []) if "options" in one)
    world.dee.clicks(menu["action_id"], question, channel, value=f"{menu['options'][4]['value']}")
    world.dee.says("/incident timeline INC-1").says("SEV-4 → SEV-3: Media or social media pay attention")


def test_programs_and_the_api_count_customers(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow")
    key = {"Authorization": f"Bearer {world.app.token}"}
    url = f"{world.app.url}/api/v1/incidents/INC-1/complaint"
    for customer in ("Acme", "Globex", "Acme"):
        answer = httpx.post(url, json={"customer": customer}, headers=key, trust_env=False, verify=False)
        assert answer.status_code == 200, answer.text
    assert sorted(one.person for one in complaints(world)) == ["Acme", "Globex"]
    assert answer.json()["incident"]["complaints"] == 2


def test_what_is_over_takes_no_complaint(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow")
    announcement = world.incidents.expects("It affects me too")
    world.ana.says("/incident resolve INC-1 restarted it")
    world.incidents.lacks("It affects me too")
    world.li.presses_stale("incident.affects", announcement, "incidents", value="1")
    world.li.says("/incident complaint INC-1 still broken").says("INC-1 is resolved", "needs an open incident")
    assert complaints(world) == []


def test_a_drill_is_not_reviewed(world: World) -> None:
    world.ana.says("/incident sev4 Wrong label --drill")
    world.dee.says("/incident ic INC-1")
    for who in ("li", "bo", "cy", "eve"):
        getattr(world, who).says("/incident complaint INC-1")
    assert row(world).complaint_count == 4
    world.dee.dms().lacks("Is it worse")
