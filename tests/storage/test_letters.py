"""Deliveries become letters: the stories of an incident, told by what its post room sends."""

from pathlib import Path

import pytest
from sqlmodel import select

from bot.deliveries import kinds
from bot.domain.core.people import TOCSIN, Actor
from bot.integrations.outbound import Edit, Ephemeral, Nothing, NotYet, Post, Upload
from bot.services.command import roles
from bot.services.incidents import lifecycle, updates, war_room
from bot.services.paging import escalations, test_page
from bot.work import Work
from storage.models import Delivery, Escalation, Incident, Member
from tests.storage.delivery_harness import COMPANY, NIGHT, DeliveryHarness


@pytest.fixture
def room(empty_room: DeliveryHarness) -> DeliveryHarness:
    return empty_room


def _escalation(w: Work, incident: Incident) -> Escalation:
    newest = escalations.newest(w, incident)
    assert newest is not None
    return newest


def _silence(room: DeliveryHarness, levels: int) -> None:
    """Nobody answers for this many levels."""
    for _ in range(levels):
        room.later(minutes=5)
        room.act("tocsin", lambda w, it: escalations.advance(w, it, _escalation(w, it), "nobody answered in 5 min"))
    room.deliver()


def test_a_declared_incident_is_paged_announced_and_gets_a_furnished_room(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    room.deliver()

    page = room.last("page")
    assert (page.to, page.key) == ("U01ANA", "page:1:slack")
    assert page.text.startswith("SEV-1 Checkout returns 5xx. You are paged: on call for primary-oncall")
    assert "<@U01BO> at <!date^1795230300^" in room.words("page")
    assert room.last("announce").to == "#incidents"
    names = room.last("room.create").names
    assert names[:2] == ("incident-20261121-checkout-returns-5xx", "incident-20261121-checkout-returns-5xx-2")
    assert len(set(names)) == 20
    assert room.last("room.card").to == "C0ROOM"
    assert room.last("room.pin").channel == "C0ROOM"
    assert room.last("room.topic").topic.startswith("🔴 SEV-1 Investigating · IC no one yet")
    assert room.last("room.bookmark").link.startswith("https://acme.slack.com/archives/C0INCIDENTS/p1795230000")
    assert set(room.last("room.invite").users) == {"U01ANA", "U01BO", "U01CY", "U01DEE"}


def test_every_page_says_what_is_true_for_its_reader(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver()
    _silence(room, 1)
    assert "Missed: no answer by" in room.words("page.edit")
    assert "passed to <@U01BO>" in room.words("page.edit")
    assert room.last("page").to == "U01BO"

    room.later(minutes=1)
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    room.deliver()
    shown = {one.letter.channel: one.words for one in room.of("page.edit")}
    assert "You acknowledged at" in shown["D01BO"]
    assert "after 1 min" in shown["D01BO"]
    assert "<@U01BO> acknowledged at" in shown["D01ANA"]
    assert "you can stand down" in shown["D01ANA"]


def test_a_declined_page_names_who_is_asked_instead(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver()
    room.act("U01ANA", lambda w, it: escalations.decline(w, it, reason="asleep or ill"))
    room.deliver()
    assert "You couldn't take it (asleep or ill). <@U01BO> is paged now." in room.words("page.edit")
    assert "<@U01ANA> can't take it: asleep or ill" in room.words("ladder.reply", -2)


def test_a_cancelled_incident_withdraws_its_pages(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver()
    room.act("U01ANA", lambda w, it: lifecycle.cancel(w, it, "a drill of another team"))
    room.deliver()
    assert "Withdrawn at" in room.words("page.edit")
    assert "INC-1 is cancelled. Nothing is left to do." in room.words("page.edit")


def test_a_page_without_a_slack_account_fails_so_that_the_next_level_is_asked(tmp_path: Path) -> None:
    written = COMPANY.read_text().replace("name: Ana Ruiz, slack: U01ANA,", "name: Ana Ruiz,")
    (tmp_path / "tocsin.yml").write_text(written)
    room = DeliveryHarness.opened(tmp_path, tmp_path / "tocsin.yml")
    room.declare(by="U01BO")
    room.deliver()
    assert [one.letter.to for one in room.of("page")] == ["U01BO"]
    assert "Ana Ruiz could not be reached" in "".join(one.words for one in room.of("ladder.reply"))
    assert room.last("room.invite").skipped["ana"] == "has no Slack account"
    room.close()


def test_an_answered_page_is_not_sent_any_more(room: DeliveryHarness) -> None:
    room.declare()
    with room.desk.read() as session:
        page = session.exec(select(Delivery).where(Delivery.kind == "page")).one()
        session.expunge(page)
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    with room.desk.read() as session:
        letter = kinds.compose(session, page, room.composer())
    assert letter == Nothing("not wanted any more: the page is released")


def test_nobody_answers_and_the_channel_is_alarmed_with_numbers_to_dial(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver()
    _silence(room, 16)
    first = room.of("alarm")[0].letter
    assert isinstance(first, Post)
    assert first.to == "#incidents"
    assert "No one answered · SEV-1" in room.words("alarm")
    assert "<@U01ANA> · ☎ +15550101 · asked 2 times · no answer" in room.words("alarm"), "once more after the silence"
    assert "<@U01EVE> · ☎ +15550105 · asked once · no answer" in room.words("alarm")
    assert ": the critical policy, all 4 levels. *Please phone" in room.words("alarm")
    assert "No one answered* · the critical policy · E-1 · all 4 levels tried" in room.words("ladder")


EMPTY_LEVELS = """\
version: 1
people: {ana: {slack: U01ANA}, bo: {slack: U01BO}}
schedules: {night: {timezone: UTC, layers: [{start: 2030-01-01, people: [bo]}]}}
policies: {critical: {repeat: 1, levels: [
  {to: ["person:ana"], wait: 5m}, {to: ["schedule:night"], wait: 5m}, {to: ["person:bo"], wait: 5m},
  {to: ["schedule:night", "person:bo"], wait: 5m}, {to: ["schedule:night"]}]}}
"""


def test_the_alarm_says_which_levels_had_nobody(tmp_path: Path) -> None:
    (tmp_path / "tocsin.yml").write_text(EMPTY_LEVELS)
    room = DeliveryHarness.opened(tmp_path, tmp_path / "tocsin.yml")
    room.declare()
    _silence(room, 8)
    told = "the critical policy, 3 of its 5 levels. No one was there to ask on level 2 (night), level 5 (night)."
    assert told in room.words("alarm")
    assert "3 of 5 levels tried, the others had no one" in room.words("ladder")
    room.close()


def test_a_policy_that_stands_for_nobody_says_so_at_once(tmp_path: Path) -> None:
    (tmp_path / "tocsin.yml").write_text("version: 1\n")
    room = DeliveryHarness.opened(tmp_path, tmp_path / "tocsin.yml")
    room.declare()
    room.deliver()
    assert room.last("alarm").text.startswith("SEV-1 INC-1 Checkout returns 5xx: no one to page")
    room.close()


def test_a_private_incident_alarms_no_public_channel(room: DeliveryHarness) -> None:
    room.declare("Secret merger leaked", private=True)
    room.deliver(fail=("room.create",))
    _silence(room, 16)
    assert room.of("announce") == []
    first = room.of("alarm")[0].letter
    assert isinstance(first, Post)
    assert first.to == "U01ANA"
    public = [one for one in room.handled if isinstance(one.letter, Post) and one.letter.to.startswith("#")]
    assert public == []


def test_guests_and_strangers_are_left_out_and_the_declarer_is_told(room: DeliveryHarness) -> None:
    with room.desk.work(TOCSIN) as w:
        w.session.add(Member(slack="U01CY", name="cy", kind="guest", seen_at=NIGHT))
    room.declare(service="checkout")
    room.deliver()
    invite = room.last("room.invite")
    assert "U01CY" not in invite.users
    assert invite.skipped == {"U01CY": "is a guest"}
    assert room.last("dm").to == "U01ANA"
    assert "<@U01CY>: is a guest" in room.words("dm")


def test_without_a_room_the_announcement_thread_takes_what_would_be_said_there(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver(fail=("room.create",))
    room.act("U01BO", lambda w, it: updates.publish(w, it, updates.Update("rolling back", status="identified")))
    room.deliver()
    announcement = room.of("announcement.refresh")[-1].letter
    post = room.last("post")
    assert (post.to, post.thread_ts) == (announcement.channel, announcement.ts)
    assert "Update 1 · Identified" in room.words("post")
    assert "card.refresh" not in {one.kind for one in room.handled if not isinstance(one.letter, Nothing)}


def test_the_ladder_moves_into_the_room_that_opens_later(room: DeliveryHarness) -> None:
    room.declare(severity="sev2")
    room.deliver()
    first = room.last("ladder")
    assert (first.to, first.key[-11:]) == ("C0INCIDENTS", "C0INCIDENTS")
    assert room.last("dm").text == "Does INC-1 need a war room?"
    room.act("U01ANA", lambda w, it: war_room.open_room(w, it))
    room.deliver()
    assert isinstance(room.last("ladder"), Post)
    assert room.last("ladder").to == "C0ROOM"
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    room.deliver()
    assert isinstance(room.last("ladder"), Edit)
    assert "Answered:* <@U01BO>" in room.words("ladder")


def test_an_update_that_does_not_come_is_asked_for_and_then_said_in_the_room(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver()
    room.act("U01DEE", lambda w, it: roles.take_role(w, it, "ic", "U01DEE"))
    room.later(minutes=25)
    room.act("tocsin", lifecycle.due_update)
    room.deliver()
    assert room.last("dm").to == "U01DEE"
    room.later(minutes=5)
    room.act("tocsin", lifecycle.due_update)
    room.deliver()
    assert room.last("post").text.startswith("The update on INC-1 was due")
    assert "Update overdue since" in room.words("card.refresh")
    assert "Update overdue* since" in room.words("announcement.refresh")


def test_whoever_joins_the_room_is_brought_up_to_date_alone(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver()
    room.later(minutes=2)
    room.act("U01LI", lambda w, it: war_room.joined(w, it, "U01LI"))
    room.deliver()
    whisper = room.last("ephemeral")
    assert isinstance(whisper, Ephemeral)
    assert (whisper.channel, whisper.user) == ("C0ROOM", "U01LI")
    assert "INC-1 in five lines" in room.words("ephemeral")


def test_the_end_is_told_with_its_times_and_the_postmortem_follows(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver()
    room.later(minutes=2)
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    room.later(minutes=70)
    room.act("U01BO", lambda w, it: lifecycle.resolve(w, it, lifecycle.Resolution("rolled back 4812")))
    room.deliver()
    report = room.words("post")
    assert "Resolved after 1 h 12 min" in report
    assert "*Acknowledged* 2 min (target 5 min)" in report
    assert "*Resolved* 1 h 12 min (target 1 h) ⚠" in report
    assert "thank you <@U01BO>, <@U01ANA>" in report
    file = room.last("postmortem.file")
    assert isinstance(file, Upload)
    assert (file.channel, file.filename) == ("C0ROOM", "postmortem-INC-1.md")
    assert "**What fixed it:** rolled back 4812" in file.content
    assert room.last("postmortem.canvas").markdown == file.content
    assert "🟢" in room.last("room.topic").topic


def test_a_card_that_was_given_up_is_not_waited_for(room: DeliveryHarness) -> None:
    room.declare()
    room.deliver(fail=("room.card", "announce"))
    room.later(minutes=2)
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    room.deliver()
    posted = [room.of(kind)[0].letter for kind in ("card.refresh", "announcement.refresh")]
    assert [isinstance(one, Post) for one in posted] == [True, True], "what never stood is posted, not edited"
    assert isinstance(room.last("card.refresh"), Edit)


def test_what_may_be_replaced_by_a_newer_one_never_waits(room: DeliveryHarness) -> None:
    """A coalesced delivery that was put back would meet the next one of its name."""
    room.declare()
    room.act("U01BO", lambda w, it: escalations.acknowledge(w, it))
    room.deliver()
    waited = {one.kind for one in room.handled if isinstance(one.letter, NotYet)}
    assert waited <= {"ladder.reply", "room.bookmark"}


def test_a_private_incident_has_nothing_to_bookmark(room: DeliveryHarness) -> None:
    room.declare(private=True)
    room.deliver()
    assert isinstance(room.last("room.bookmark"), Nothing)
    assert room.last("room.create").private


def test_a_test_page_says_that_nothing_is_wrong(room: DeliveryHarness) -> None:
    with room.desk.work(Actor("U01LI")) as w:
        test_page.test_page(w)
    room.deliver()
    assert room.last("page").to == "U01LI"
    assert room.last("page").text == "This is a test page. Nothing is wrong."
    with room.desk.work(Actor("U01LI")) as w:
        escalations.acknowledge_test(w, w.session.get_one(Escalation, 1), 1)
    room.deliver()
    assert "Your test page works" in room.words("page.edit")
