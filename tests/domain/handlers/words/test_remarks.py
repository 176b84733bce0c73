"""What is said without a verb, and whom words name: buttons for what may be meant, and none that does harm."""

from pathlib import Path

import pytest

from bot.catalog import Catalog, load
from bot.domain.core.errors import DomainError
from handlers.words import command_parser, remarks
from handlers.words.command import Ambiguity
from tests.domain.handlers.words.reading import read, shown

DEMO = Path("bot/catalog/demo.yml")


@pytest.fixture(scope="module")
def demo() -> Catalog:
    return load(DEMO)


def buttons(typed: str, catalog: Catalog, room: int | None = None) -> dict[str, str]:
    """What each button reads, and what it does."""
    try:
        said = command_parser.incident(typed, catalog, room=lambda: room)
    except DomainError as refusal:
        return {"no": type(refusal).__name__}
    if not isinstance(said, Ambiguity):
        return {"": shown(said)}
    return {label: shown(command) for label, command in said.choices}


@pytest.mark.parametrize("said", [
    "it is fixed", "it's over", "we are good", "all good", "all clear", "back to normal", "everything works again",
    "recovered", "it is back up", "up again", "looks good now", "it works",
])  # fmt: skip
def test_that_it_is_over_offers_the_end_and_an_update(said: str) -> None:
    assert read(said, room=4) == f'ask resolve INC-4 | update INC-4 "{said}"'
    assert read(said) == f'ask resolve | update "{said}"'


@pytest.mark.parametrize("said", ["rolled back", "rolled back to v1.2", "we reverted", "it is mitigated now"])
def test_how_it_ended_is_kept(said: str) -> None:
    assert read(said, room=4) == f'ask resolve INC-4 "{said}" | update INC-4 "{said}"'


def test_what_else_is_over_may_be_a_title_outside_of_a_room() -> None:
    assert read("search is back", room=4) == 'ask resolve INC-4 "search is back" | update INC-4 "search is back"'
    assert read("search is back").endswith('| declare "search is back"')
    assert read("INC-2 back to normal") == 'ask resolve INC-2 | update INC-2 "back to normal"'


@pytest.mark.parametrize("said", [
    "still broken", "still down", "it is still slow", "don't escalate", "don't decline", "do not resolve", "not fixed",
    "it's not over", "not yet", "getting worse", "down again", "isn't working", "no change", "INC-4 still broken",
    "don't cancel it", "please don't close this", "we are still looking",
])  # fmt: skip
@pytest.mark.parametrize("room", [None, 4])
def test_what_goes_on_is_never_offered_an_end(said: str, room: int | None) -> None:
    told = read(said, room).removeprefix("ask ").split(" | ")
    assert [one.split()[0] for one in told] in (["update"], ["update", "pause"])


def test_who_does_not_want_a_page_is_offered_a_pause() -> None:
    assert read("don't page anyone", room=4) == 'ask update INC-4 "don\'t page anyone" | pause INC-4'


@pytest.mark.parametrize("said", ["nvm", "never mind", "wrong channel", "sorry, wrong room!", "my bad", "ignore that"])
def test_a_slip_is_taken_back(said: str) -> None:
    assert read(said, room=4) == "ask undo INC-4 | cancel INC-4"


@pytest.mark.parametrize("said", ["good luck", "good luck!", "thanks, good luck everyone", "good night", "well done"])
def test_a_kind_word_is_no_title(said: str) -> None:
    assert read(said) == read(said, room=4) == "unknown"


@pytest.mark.parametrize("said", [
    "checkout is down again", "still seeing 500s on checkout", "payments not working", "backups are late",
    "good percentage of requests fails",
])  # fmt: skip
def test_a_title_is_none_of_these(said: str) -> None:
    assert read(said) == f'ask declare "{said}"'


def test_no_length_of_a_remark_takes_for_ever() -> None:
    assert remarks.offered("it is " * 300 + "x", None) is None
    assert remarks.offered("sorry " * 300 + "x", None) is None


BO, CY = "Page Bo Lindqvist", "Page Cy Okafor"


@pytest.mark.parametrize("typed", [
    "page bo or cy", "page bo/cy", "page bo then cy", "page bo | cy", "page <@U01BO> or <@U01CY>", "page bo or else cy",
])  # fmt: skip
def test_one_or_the_other_is_asked_about(typed: str, demo: Catalog) -> None:
    assert list(buttons(typed, demo)) == [BO, CY, "Page both"]
    assert list(buttons(f"{typed}: the db is down", demo).values())[1].endswith(': the db is down"')


@pytest.mark.parametrize(("typed", "labels"), [
    ("ic bo and cy", ["Make Bo Lindqvist IC", "Make Cy Okafor IC"]),
    ("ic bo or cy", ["Make Bo Lindqvist IC", "Make Cy Okafor IC"]),
    ("role comms bo/cy", ["Make Bo Lindqvist comms", "Make Cy Okafor comms"]),
    ("handover bo or cy", ["Hand over to Bo Lindqvist", "Hand over to Cy Okafor"]),
    ("pass bo or cy", ["Pass the page to Bo Lindqvist", "Pass the page to Cy Okafor"]),
    ("escalate to bo or cy", ["Escalate to Bo Lindqvist", "Escalate to Cy Okafor", "Escalate to both"]),
])  # fmt: skip
def test_what_one_person_has_is_not_given_to_two(typed: str, labels: list[str], demo: Catalog) -> None:
    assert list(buttons(typed, demo)) == labels


@pytest.mark.parametrize("later", [
    "in 10 minutes", "in an hour", "later", "tomorrow", "tonight", "at 14:00", "if it gets worse", "when cy is gone",
    "within 5 min please", "after lunch", "soon",
])  # fmt: skip
def test_no_page_goes_out_before_its_time(later: str, demo: Catalog) -> None:
    assert buttons(f"page bo {later}", demo, room=4) == {f"{BO} now": 'page "bo"'}
    assert buttons(f"page @kim {later}", demo) == {"Page @kim now": 'page "@kim"'}


@pytest.mark.parametrize("later", ["later", "in 10 minutes", "tomorrow", "in an hour"])
@pytest.mark.parametrize("room", [None, 4])
def test_nor_does_a_question(later: str, room: int | None, demo: Catalog) -> None:
    assert buttons(f"ask-manager {later}", demo, room) == {"Ask the manager now": "ask-manager"}
    assert "page" not in str(buttons(f"escalate {later}", demo, room))


@pytest.mark.parametrize("typed", [
    "page bo now", "page bo and cy", "page bo in Berlin", "page bo please wake up", "page *bo*", "page (bo)", "page bo",
    "page bo the db is down in 10 minutes of traffic", "ask-manager if we may fail over", "ic bo", "role comms bo",
])  # fmt: skip
def test_what_is_certain_is_not_asked_about(typed: str, demo: Catalog) -> None:
    assert list(buttons(typed, demo, room=4)) == [""]


@pytest.mark.parametrize(("typed", "label"), [
    *((f"{verb} bo", "Bo Lindqvist") for verb in (
        "wake", "wake up", "ping", "notify", "alert", "get", "call", "invite", "fetch", "bring in", "we need",
        "can someone wake", "can you page", "please ping")),
    ("I need a dba", "Database specialists"), ("need database", "Database specialists"),
    ("get me the db team", "Database specialists"), ("we need bo and cy here", "Bo Lindqvist and Cy Okafor"),
])  # fmt: skip
def test_whoever_is_wished_for_can_be_paged(typed: str, label: str, demo: Catalog) -> None:
    assert list(buttons(typed, demo, room=4)) == [f"Page {label} for {remarks.ABOUT}"]


@pytest.mark.parametrize(
    "typed", ["ping times are high", "need more disk", "get requests fail", "alert fatigue is high"]
)
def test_a_title_wishes_for_no_one(typed: str, demo: Catalog) -> None:
    assert list(buttons(typed, demo)) == [f"Declare “{typed}”"]


@pytest.mark.parametrize(("typed", "does"), [
    ("scribe me", 'role INC-4 "scribe me"'), ("comms: bo", 'role INC-4 "comms bo"'),
    ("tech @cy", 'role INC-4 "tech @cy"'), ("tech lead <@U01BO>", 'role INC-4 "tech <@U01BO>"'),
])  # fmt: skip
def test_a_role_and_a_name_offer_the_role(typed: str, does: str, demo: Catalog) -> None:
    (offered,) = buttons(typed, demo, room=4).values()
    assert offered == does


@pytest.mark.parametrize("typed", ["comms are down", "tech debt is high", "lead times grow"])
def test_a_title_gives_no_role(typed: str, demo: Catalog) -> None:
    assert "role" not in str(buttons(typed, demo))


@pytest.mark.parametrize("said", ["fixing", "fixing it now", "working on a fix", "we're rolling back"])
def test_whoever_is_at_work_may_mean_to_have_it(said: str) -> None:
    assert read(said, room=4) == f'ask ack INC-4 | update INC-4 "{said}"'


@pytest.mark.parametrize("typed", ["finish INC-2", "split INC-2", "delete #2", "make INC-1 private", "rename INC-1"])
def test_a_verb_that_there_is_not_and_an_incident_are_no_title(typed: str) -> None:
    assert read(typed) == "unknown"


def test_what_is_changed_by_such_a_verb_is_offered_alone() -> None:
    assert read("make INC-1 sev2") == "ask sev INC-1 SEV-2"


@pytest.mark.parametrize(("typed", "reads"), [
    ("hand over bo", 'handoff "bo"'), ("hand over INC-2 bo", 'handoff INC-2 "bo"'), ("hand over", "handoff"),
])  # fmt: skip
def test_a_verb_of_two_words(typed: str, reads: str) -> None:
    assert read(typed) == reads


@pytest.mark.parametrize(("typed", "reads"), [
    ("declare service: checkout it times out", 'declare "it times out" service=checkout'),
    ("declare sev1 service: checkout times out", 'declare SEV-1 "checkout times out" service=checkout'),
    ("declare payments fail, service: checkout", 'declare "payments fail" service=checkout'),
    ("declare (service: Checkout) cards fail", 'declare "(service: Checkout) cards fail"'),
    ("declare service: nginx restarts", 'declare "service: nginx restarts"'),
    ("declare service checkout is down", 'declare "service checkout is down"'),
])  # fmt: skip
def test_a_service_with_a_colon_is_an_option(typed: str, reads: str, demo: Catalog) -> None:
    assert list(buttons(typed, demo).values()) == [reads]
