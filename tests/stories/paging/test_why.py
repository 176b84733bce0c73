"""Why somebody was paged: from the page, by command, in a terminal; and who would be, without paging anybody."""

from datetime import timedelta

import pytest

from bot.domain.core.people import TOCSIN
from bot.rendering.contexts.core.composer import Composer
from bot.services.schedules import history
from bot.work import WorkFactory
from handlers.web.incidents_api import Incidents
from storage.models import Page, ScheduleOverride
from tests.stories.paging.test_paging import more
from tests.stories.world import Person, World, words


def declare(world: World, text: str = "sev1 Checkout returns 5xx --service checkout") -> None:
    assert world.ana.says(f"/incident declare {text}").ok


def paged(world: World) -> list[Person]:
    everybody = (world.ana, world.bo, world.cy, world.dee, world.eve, world.li)
    return [one for one in everybody if any("You are paged" in words(m) for m in one.dms().messages())]


def top(person: Person) -> str:
    """Everything on the modal that this person looks at."""
    view = person.view()
    return words({"blocks": view["blocks"]})


def test_the_page_says_why_me_from_what_was_decided_then(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    more(first, "page.why")
    shown = top(first)
    assert "was paged" in shown
    assert "by Slack (level 1, on call for primary-oncall: layer primary); no answer yet." in shown
    assert "the service checkout names it" in shown
    assert "Not reached: level 2, 3, 4" in shown


def test_everybody_is_told_why_somebody_was_not_paged(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    assert first.says("/incident ack INC-1").ok
    answer = world.li.says("/incident why INC-1")
    answer.says("Li Wei was not paged", "acknowledged", "Not reached: level 2, 3, 4")
    world.li.says(f"/incident why INC-1 <@{first.id}>").says("was paged", "level 1, on call", "; acknowledged at")


def test_a_level_that_was_declined_and_the_next_are_told_with_their_reasons(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    opened = first.presses("page.decline", "You are paged")
    assert first.fills(opened.view_id, reason="asleep").ok
    world.forward(minutes=5)
    told = world.dee.says("/incident why INC-1").text
    rounds = [
        "Dee Park was paged at",
        "(level 2",
        "no answer by",
        "couldn't take it (asleep or ill), so",
    ]
    assert [part for part in rounds if part not in told] == []
    assert [told.index(part) for part in rounds] == sorted(told.index(part) for part in rounds), (
        "the newest comes first"
    )


@pytest.mark.both_databases
def test_what_is_told_does_not_change_with_the_configuration(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    declare(world)
    before = world.li.says("/incident why INC-1").text
    catalog = world.app.configuration.catalog()
    changed = catalog.model_copy(update={"schedules": {}, "policies": {}, "services": {}})
    monkeypatch.setattr(world.app.configuration, "_catalog", changed)
    assert world.li.says("/incident why INC-1").text == before


@pytest.mark.both_databases
def test_a_private_incident_is_explained_to_nobody_who_may_not_know_of_it(world: World) -> None:
    declare(world, "sev1 Data leak --service checkout --private")
    refused = world.li.says("/incident why INC-1")
    assert "Data leak" not in refused.text
    assert "critical" not in refused.text


@pytest.mark.both_databases
def test_the_decision_and_every_try_are_there_for_programs(world: World) -> None:
    declare(world)
    desk: WorkFactory = world.app.desk
    with desk.read() as session:
        page = session.get(Page, 1)
        assert page is not None
        assert page.decision["target"] == "schedule:primary-oncall"
        assert page.decision["layer"] == "primary"
        assert page.decision["changes"] == []
    composer = Composer(world.app.renderer, desk.catalog, desk.clock.now())
    found = Incidents(desk, lambda: composer).why("INC-1")
    (run,) = found["escalations"]
    assert run["decision"] == {"by": "service", "severity": "SEV-1", "service": "checkout"}
    (asked,) = run["levels"][0]["pages"]
    slack = next(way for way in asked["ways"] if way["via"] == "slack")
    assert slack["state"] == "sent"
    assert [one["answer"] for one in slack["tries"]] == ["taken"]
    unused = {way["via"]: way["reason"] for way in asked["ways"] if way["state"] == "skipped"}
    assert "is not set up" in unused["email"]


def test_an_override_that_put_somebody_on_call_is_named(world: World) -> None:
    desk: WorkFactory = world.app.desk
    now = desk.clock.now()
    with desk.work(TOCSIN) as w:
        on_call = history.read(w).on_call("primary-oncall", now).people[0]
        row = ScheduleOverride(
            schedule="primary-oncall", kind="replace", person=on_call, substitute="eve", start=now,
            end=now + timedelta(hours=8), created_by="U01DEE", created_at=now,
        )  # fmt: skip
        w.session.add(row)
    declare(world)
    assert [one.name for one in paged(world)] == ["eve"]
    told = world.eve.says("/incident why INC-1").text
    assert "override 1 puts Eve Novak in the place of" in told
    assert "Eve Novak was paged" in told


def test_a_dry_run_shows_the_ladder_and_pages_nobody(world: World) -> None:
    world.li.says("/incident page --dry-run critical").says(
        "No one is paged", "*Level 1*, at once", "*Level 2*, after 5 min", "schedule:secondary-oncall", "by Slack",
        "Then 3 more times",
    )  # fmt: skip
    assert paged(world) == []


def test_a_dry_run_of_an_incident_takes_its_own_policy(world: World) -> None:
    declare(world, "sev3 Search is slow --service search")
    before = {one.name for one in paged(world)}
    world.dee.says("/incident page INC-1 --dry-run").says("Dry run: medium", "SEV-3", "Level 1")
    assert {one.name for one in paged(world)} == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("--dry-run checkout", ("Dry run: critical for SEV-1, checkout", "*Level 1*, at once", "*Level 4*")),
        ("checkout --dry-run", ("Dry run: critical for SEV-1, checkout", "*Level 1*, at once", "*Level 4*")),
        ("search --dry-run INC-1", ("Dry run: medium for SEV-3, search",)),
        ("secondary-oncall --dry-run", ("Dry run: secondary-oncall", "schedule:secondary-oncall", "Then 2 more times")),
        ("--dry-run @eve", ("Dry run: Eve Novak", "Eve Novak", "by Slack")),
        ("--dry-run database specialists", ("Dry run: ", "Level 1")),
        ("@gus --dry-run", ("Dry run: Gus Guest", "Slack is the only way to Gus Guest", "Add them to `people:`")),
    ],
)
def test_a_dry_run_takes_whatever_a_page_takes_and_a_service(world: World, text: str, told: tuple[str, ...]) -> None:
    declare(world, "sev3 Search is slow --service search")
    before = {one.name for one in paged(world)}
    world.dee.says(f"/incident page {text}").says(*told)
    assert {one.name for one in paged(world)} == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("/incident page --dry-run", "Name a policy"),
        ("/incident page --dry-run critcal", 'did you mean "critical"'),
        ("/incident page serch --dry-run", 'did you mean "search"'),
    ],
)
def test_a_dry_run_of_nothing_known_says_what_to_write(world: World, text: str, sentence: str) -> None:
    world.li.says(text).says(sentence)
