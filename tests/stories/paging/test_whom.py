"""Whom a page is for: several people, teams, groups and schedules in any spelling; nobody is asked twice."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.stories.world import Person, World, words


@pytest.fixture
def incident(world: World) -> World:
    world.li.says("/incident declare sev4 The search is slow").says("INC-1")
    return world


def pages(person: Person) -> list[str]:
    return [words(one) for one in person.dms().messages() if "You are paged" in words(one)]


def test_someone_who_is_being_asked_is_not_asked_again_and_that_is_said(incident: World) -> None:
    incident.cy.says("/incident page INC-1 @ana").says("paging", incident.ana.id)
    for who in (incident.cy, incident.bo, incident.dee, incident.eve):
        who.says("/incident page INC-1 @ana").says("is being paged already", incident.ana.id)
    assert len(pages(incident.ana)) == 1
    incident.cy.says("/incident page INC-1 @ana and @bo").says("paging", incident.bo.id, "Already being paged")
    assert (len(pages(incident.ana)), len(pages(incident.bo))) == (1, 1)
    incident.forward(minutes=5)
    assert len(pages(incident.bo)) == 1, "the round is asked anew in one message each"


@pytest.mark.parametrize("text", [
    "@ana and @bo", "@ana, @bo", "@ana @bo", "to @ana & @bo please", "Ana Ruiz and Bo Lindqvist", "ana and bo.",
    "ana@acme.example, bo@acme.example", "both @ana and @bo", "@ana; @bo",
])  # fmt: skip
def test_several_people_are_paged_together(incident: World, text: str) -> None:
    incident.cy.says(f"/incident page INC-1 {text}").says("paging", incident.ana.id, incident.bo.id)
    assert (len(pages(incident.ana)), len(pages(incident.bo))) == (1, 1)
    incident.bo.says("/incident ack INC-1")
    assert pages(incident.ana) == []


@pytest.mark.parametrize("text", ["@platform-team", "the platform team", "team platform", "Platform"])
def test_a_user_group_and_a_team_are_their_members(incident: World, text: str) -> None:
    incident.li.says(f"/incident page INC-1 {text}").says("paging")
    assert all(len(pages(one)) == 1 for one in (incident.ana, incident.bo, incident.cy))


def test_people_groups_and_specialists_in_one_breath(incident: World) -> None:
    incident.li.says("/incident page INC-1 primary on-call, @eve and database").says("paging", incident.eve.id)
    assert len(pages(incident.eve)) == 1
    assert len(pages(incident.cy)) >= 1, "cy is the database specialist"


def test_what_nobody_knows_is_answered_with_what_works_here(incident: World) -> None:
    said = incident.li.says("/incident page INC-1 DB team").says("DB team", "platform", "support", "primary-oncall")
    said.says("database", "@platform-team")
    assert "api-service" not in said.text
    assert "seed" not in said.text
    assert not any(pages(one) for one in (incident.ana, incident.bo, incident.cy, incident.dee, incident.eve))


def test_a_policy_that_is_being_asked_is_not_begun_twice(incident: World) -> None:
    incident.li.says("/incident page INC-1 critical").says("paging", "critical policy")
    incident.dee.says("/incident page INC-1 critical").says("being paged already")


def test_escalating_to_somebody_reads_the_same_words(incident: World) -> None:
    incident.cy.says("/incident escalate INC-1 to @ana and @bo").says("paging", incident.ana.id, incident.bo.id)


def test_a_dry_run_reads_several_people_and_one_pages_oneself(incident: World) -> None:
    incident.cy.says("/incident page INC-1 --dry-run @ana and @bo").says("Ana Ruiz, Bo Lindqvist", "No one is paged")
    assert not pages(incident.ana)
    incident.cy.says("/incident page INC-1 me").says("paging", incident.cy.id)
    assert "api-service" not in incident.cy.says("/incident page INC-1 --dry-run plumbers").text


def test_the_answer_names_whom_this_command_pages_and_nobody_else(incident: World) -> None:
    incident.li.says("/incident page INC-1 gus").says("paging", incident.gus.id)
    both = incident.li.says("/incident page INC-1 security and database").says(
        "paging", incident.eve.id, incident.cy.id
    )
    assert incident.gus.id not in both.text
    said = incident.li.says("/incident page INC-1 critical and eve").says(
        "paging", "Already being paged", incident.eve.id
    )
    assert incident.gus.id not in said.text
    nobody = incident.li.says("/incident page INC-1 @tocsin and @gus").says("no one was paged", incident.gus.id)
    assert "paging <" not in nobody.text


@pytest.mark.parametrize("text", [
    "@dee the db is on fire", "@dee: the db is on fire", "@dee because the db is on fire", "dee: the db is on fire",
    "@dee, the db is on fire", "Dee Park, the db is on fire",
])  # fmt: skip
def test_words_behind_whoever_is_named_are_the_reason(incident: World, text: str) -> None:
    incident.li.says(f"/incident page INC-1 {text}").says("paging", incident.dee.id, "the db is on fire")
    assert "the db is on fire" in pages(incident.dee)[0]
    incident.li.says("/incident timeline INC-1").says("paging", "the db is on fire")


def test_a_reason_may_name_somebody_and_courtesy_is_none(incident: World) -> None:
    incident.li.says("/incident page INC-1 @bo, ana is asleep").says("paging", incident.bo.id, "ana is asleep")
    assert not pages(incident.ana)
    incident.li.says("/incident page INC-1 gus pls").says("paging", incident.gus.id)
    incident.li.says("/incident page INC-1 database: index is corrupt").says("paging")
    assert any("index is corrupt" in one for one in pages(incident.cy))


@pytest.mark.parametrize("text", ["@bo and frobnicate", "@bo, frobnicate", "bo smith", "@bo and tell somebody else"])
def test_whom_nobody_knows_is_never_taken_for_a_reason(incident: World, text: str) -> None:
    incident.li.says(f"/incident page INC-1 {text}").says("no one was paged")
    assert not pages(incident.bo)


@pytest.mark.parametrize(("text", "whom"), [
    ("on-call", "low policy is being paged"), ("whoever is on call", "low policy"),
    ("the on-call engineer", "low policy"),
    ("checkout team", "paging"), ("incident commander", "paging"), ("bo's manager", "paging"),
])  # fmt: skip
def test_everyday_names(world: World, text: str, whom: str) -> None:
    world.li.says("/incident declare sev4 The search is slow").says("INC-1")
    world.li.says("/incident ic INC-1 @gus")
    world.li.says(f"/incident page INC-1 {text}").says(whom)


@pytest.mark.parametrize("text", ["ack, on it", "ack thanks", "ack 1 please", "ack INC-1 on it"])
def test_courtesy_behind_an_acknowledgement_acknowledges(incident: World, text: str) -> None:
    incident.cy.says("/incident page INC-1 @ana").says("paging")
    incident.ana.says(f"/incident {text}")
    incident.bo.says("/incident ack INC-1").says(incident.ana.id)


def test_an_acknowledgement_with_more_in_it_is_asked_about(incident: World) -> None:
    incident.cy.says("/incident page INC-1 @ana").says("paging")
    incident.ana.says("/incident ack not yet").says("nothing was done")


def test_a_near_match_is_offered_and_everyone_is_all_hands(incident: World) -> None:
    incident.li.says("/incident page INC-1 Ruiz").says("no one was paged", "Did you mean", "page INC-1 ana")
    incident.li.says("/incident page INC-1 db").says("no one was paged", "page INC-1 database")


@pytest.mark.both_databases
def test_five_people_who_page_the_same_person_at_once_wake_them_once(incident: World) -> None:
    askers = [incident.bo, incident.cy, incident.dee, incident.eve, incident.li]

    def asks(who: Person) -> str:
        body = {"user": who.name, "channel": "general", "text": "/incident page INC-1 @ana"}
        answer = httpx.post(f"{incident.sandbox.url}/_sandbox/command", json=body, timeout=60, trust_env=False).json()
        return "\n".join(words(one) for one in answer["ephemeral"])

    with ThreadPoolExecutor(len(askers)) as pool:
        said = list(pool.map(asks, askers))
    incident.settle()
    assert sum("You'll see here who answers" in one for one in said) == 1, said
    assert sum("is being paged already" in one for one in said) == 4, said
    assert len(pages(incident.ana)) == 1
