"""Escalation x steps x answers x clock at random, against a model that is a list of times and a set of names."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.contact import steps as step_rules
from bot.domain.contact.methods import ContactMethod
from bot.domain.paging import escalation as policies
from bot.domain.paging.escalation import Asked
from storage.models import Escalation, Page, PageStep, StepState

START = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
OTHERS = ("email", "sms", "phone")
WAYS = st.dictionaries(st.sampled_from(OTHERS), st.integers(0, 600), max_size=3)


class Model:
    """What a person of flesh would expect of one page: who is next and when, what was used, and whether it is over."""

    def __init__(self, ways: dict[str, int], now: datetime, first: datetime) -> None:
        delays = sorted((seconds, OTHERS.index(via), via) for via, seconds in ways.items())
        moments = [(first + timedelta(seconds=seconds), via) for seconds, _, via in delays]
        self.ahead = [(moment, via) for moment, via in moments if moment > now]
        self.used = {"slack": now} | {via: now for moment, via in moments if moment <= now}
        self.arrived: set[str] = set()
        self.failed: set[str] = set()
        self.slow: set[str] = set()

    def clock(self, now: datetime) -> None:
        while self.ahead and self.ahead[0][0] <= now:
            self.used[self.ahead.pop(0)[1]] = now
        open_ones = {via for via in self.used if via not in self.arrived | self.failed | self.slow}
        for via in [one for one in self.used if one in open_ones and now - self.used[one] >= timedelta(seconds=30)]:
            self.slow.add(via)
            self.next(now)

    def next(self, now: datetime) -> None:
        if self.ahead:
            self.used[self.ahead.pop(0)[1]] = now


class Paging(RuleBasedStateMachine):
    """One level after the other asks the same person anew; each page has steps of its own."""

    @initialize(ways=WAYS, levels=st.integers(1, 3))
    def begin(self, ways: dict[str, int], levels: int) -> None:
        self.now, self.ways = START, ways
        level = {"to": ["person:ana"], "via": [], "wait": 300.0}
        self.escalation = Escalation(id=1, policy_name="p", policy={"levels": [level] * levels, "repeat": 1},
                                     started_at=START)  # fmt: skip
        self.pages: list[Page] = []
        self.steps: dict[int, list[PageStep]] = {}
        self.models: dict[int, Model] = {}
        self.take(policies.begin(self.escalation, self.now, resolve))

    def take(self, step: policies.Step) -> None:
        for asked in step.asked:
            number = len(self.pages) + 1
            for page in self.pages:
                self.quit(page)
            self.pages.append(Page(id=number, escalation=1, cycle=self.escalation.cycle, level=self.escalation.level,
                                   person=asked.person, why="", owed_at=self.now))  # fmt: skip
            ways = [ContactMethod("slack"), *(ContactMethod(via, timedelta(seconds=s)) for via, s in self._ordered())]  # type: ignore[arg-type]
            since = step_rules.first_asked(self.pages, "ana", self.now)
            self.steps[number] = step_rules.begin(number, ways, self.now, since)
            self.models[number] = Model(self.ways, self.now, START)

    def _ordered(self) -> list[tuple[str, int]]:
        return sorted(self.ways.items(), key=lambda item: (item[1], OTHERS.index(item[0])))

    def quit(self, page: Page) -> None:
        for step in self.steps[page.id or 0]:
            if step.state in StepState.PENDING:
                step.state = "dropped"
        self.models[page.id or 0].ahead.clear()

    @rule(seconds=st.integers(1, 700))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        for page in self.pages:
            if step_rules.wanted(page):
                steps = self.steps[page.id or 0]
                if any(step.state in StepState.PENDING for step in steps):
                    step_rules.due(steps, self.now)
                    self.models[page.id or 0].clock(self.now)

    @precondition(lambda self: self.open_steps())
    @rule(data=st.data(), works=st.booleans())
    def an_answer_of_the_outside(self, data: st.DataObject, works: bool) -> None:
        page, step = data.draw(st.sampled_from(self.open_steps()))
        model = self.models[page.id or 0]
        if works:
            step_rules.sent(step, self.now)
            model.arrived.add(step.via)
            page.state = "sent" if page.state == "owed" else page.state
            return
        step_rules.failed(self.steps[page.id or 0], step, "no", self.now)
        model.failed.add(step.via)
        model.next(self.now)
        hopeless = not model.ahead and set(model.used) == model.failed
        assert hopeless == (not step_rules.in_use(self.steps[page.id or 0]))

    def open_steps(self) -> list[tuple[Page, PageStep]]:
        found = [(page, step) for page in getattr(self, "pages", []) for step in self.steps[page.id or 0]]
        return [(page, step) for page, step in found if step.state == "owed"]

    @rule()
    def nobody_answers_in_time(self) -> None:
        self.take(policies.advance(self.escalation, self.pages, self.now, resolve, "no answer"))

    @rule(level=st.integers(0, 2))
    def somebody_escalates_by_hand(self, level: int) -> None:
        level = min(level, len(self.escalation.policy["levels"]) - 1)
        self.take(policies.advance(self.escalation, self.pages, self.now, resolve, "asked for", level, by="bo"))

    @rule()
    def somebody_acknowledges(self) -> None:
        if policies.acknowledge(self.escalation, self.pages, person="ana", now=self.now):
            for page in self.pages:
                self.quit(page)

    @rule()
    def the_person_declines(self) -> None:
        page = self.pages[-1]
        if policies.decline(page, reason="", now=self.now):
            self.quit(page)

    @invariant()
    def the_ways_that_were_used_are_those_of_the_model(self) -> None:
        for page in getattr(self, "pages", []):
            steps, model = self.steps[page.id or 0], self.models[page.id or 0]
            reached = {step.via for step in steps if step.state in ("owed", "sent", "failed")}
            assert reached <= set(model.used)
            assert [via for _, via in model.ahead] == [step.via for step in steps if step.state == "waiting"]

    @invariant()
    def no_delay_is_longer_than_it_says_however_often_somebody_is_asked(self) -> None:
        """Rounds, an escalation by hand and a downtime give nobody their delay once more."""
        for step in [step for steps in getattr(self, "steps", {}).values() for step in steps]:
            if step.state == "waiting":
                assert step.due_at == START + timedelta(seconds=self.ways[step.via])

    @invariant()
    def after_an_answer_nothing_is_on_its_way(self) -> None:
        if getattr(self, "escalation", None) and self.escalation.state == "acknowledged":
            assert self.open_steps() == []

    @invariant()
    def whatever_waits_has_a_time_and_the_newest_page_alone_waits(self) -> None:
        for page in getattr(self, "pages", []):
            waiting = [step for step in self.steps[page.id or 0] if step.state == "waiting"]
            assert bool(waiting) == (step_rules.next_at(self.steps[page.id or 0]) is not None)
            assert not waiting or page is self.pages[-1]


def resolve(target: str) -> list[Asked]:
    return [Asked("ana", "U01ANA", "named")]


Paging.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestPaging = Paging.TestCase
