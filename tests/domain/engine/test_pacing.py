"""A channel has one pace, by whatever name it is called."""

from bot.engine.pacing import BURST, Pacer

NEVER = 1e-9
"""Messages per second: what is spent stays spent."""


def spend(pacer: Pacer, target: str, *, urgent: bool = False) -> bool:
    """Whether a message may go now."""
    return pacer.wait(pacer.place(target), urgent=urgent) == 0


def test_each_channel_has_a_burst_of_its_own() -> None:
    pacer = Pacer(NEVER)
    assert [spend(pacer, "post C1") for _ in range(int(BURST) + 1)] == [True] * int(BURST) + [False]
    assert spend(pacer, "post C2")


def test_a_page_goes_although_nothing_is_left() -> None:
    pacer = Pacer(NEVER)
    for _ in range(int(BURST)):
        spend(pacer, "post C1")
    assert not spend(pacer, "post C1")
    assert spend(pacer, "post C1", urgent=True)


def test_what_was_sent_by_name_is_spent_for_the_id_and_the_other_way_round() -> None:
    pacer = Pacer(NEVER)
    for _ in range(int(BURST)):
        assert spend(pacer, "post #incidents")
    pacer.found("post #incidents", "post C1")
    assert not spend(pacer, "post C1")
    assert not spend(pacer, "post #incidents")


def test_a_name_may_come_to_be_another_channel() -> None:
    pacer = Pacer(NEVER)
    pacer.found("post #incidents", "post C1")
    for _ in range(int(BURST)):
        spend(pacer, "post #incidents")
    pacer.found("post #incidents", "post C2")
    assert spend(pacer, "post #incidents")
    assert not spend(pacer, "post C1")


def test_a_place_found_under_its_own_name_forgets_nothing() -> None:
    pacer = Pacer(NEVER)
    for _ in range(int(BURST)):
        spend(pacer, "post C1")
    pacer.found("post C1", "post C1")
    assert not spend(pacer, "post C1")
