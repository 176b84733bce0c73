"""The questions behind "who else do we need?": a tree that is walked one answer at a time, written as data."""

from collections.abc import Iterator, Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.catalog.problem import ConfigProblem, did_you_mean
from bot.catalog.section import Section, names
from bot.catalog.source import Node
from bot.catalog.value import Value

Deed = Literal["escalate", "specialist", "manager", "team", "security", "nothing"]
SECURITY = "security"
_WHOSE = {"specialist": "specialists", "security": "specialists", "team": "teams"}


class TreeAnswer(Value):
    """What can be answered: it leads to the `next` question, or the tree ends and something is done (`do`).

    `who` names the specialist or the team, so that no one has to choose it.
    """

    label: str = Field(min_length=1, max_length=75)
    """What is on the button."""
    next: str | None = None
    """The question that it leads to."""
    do: Deed | None = None
    """What is done when the tree ends here."""
    who: str | None = None
    """The specialist or the team that is called, so that no one has to choose."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.next is None) == (self.do is None):
            raise ValueError(f'the answer "{self.label}" needs either `next` (a question) or `do` (a deed).')
        if self.who and self.do not in _WHOSE:
            raise ValueError(f'the answer "{self.label}" names `who`, which only specialist, security and team need.')
        return self


class Question(Value):
    """One question; `hint` says what speaks for which answer."""

    ask: str = Field(min_length=1, max_length=300)
    """The question."""
    hint: str = Field(default="", max_length=300)
    """What speaks for which answer."""
    answers: tuple[TreeAnswer, ...] = Field(min_length=1, max_length=8)
    """What can be answered."""


class DecisionTree(Value):
    """The questions by name; the first is `start`."""

    start: str
    """The name of the first question."""
    questions: dict[str, Question]
    """The questions by name."""


def _leads_on(tree: Node, root: Node) -> Iterator[ConfigProblem]:
    """What leads nowhere, in a circle, or to someone unknown."""
    questions = tree.child("questions")
    if questions is None:
        return
    known = dict(questions.entries())
    start = tree.child("start")
    if start is not None and isinstance(start.value, str) and start.value not in known:
        yield start.problem(f'there is no question "{start.value}"; {did_you_mean(start.value, known)}')
    for question in known.values():
        for answer in _answers(question):
            yield from _answer(root, answer, list(known))
    yield from _circles(known)


def _answers(question: Node) -> Iterator[Node]:
    listed = question.child("answers")
    return listed.items() if listed is not None else iter(())


def _answer(root: Node, answer: Node, questions: Sequence[str]) -> Iterator[ConfigProblem]:
    following = answer.child("next")
    if following is not None and isinstance(following.value, str) and following.value not in questions:
        yield following.problem(f'there is no question "{following.value}"; {did_you_mean(following.value, questions)}')
    deed, who = answer.text("do"), answer.child("who")
    if who is None or not isinstance(who.value, str) or deed not in _WHOSE:
        return
    known = names(root, _WHOSE[deed])
    if who.value not in known:
        noun = _WHOSE[deed].removesuffix("s")
        yield who.problem(f'there is no {noun} "{who.value}"; {did_you_mean(who.value, known)}')


def _circles(known: dict[str, Node]) -> Iterator[ConfigProblem]:
    """Every answer that leads back to a question asked before it."""
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> Iterator[ConfigProblem]:
        for answer in _answers(known[name]):
            following = answer.child("next")
            to = following.value if following is not None else None
            if following is None or not isinstance(to, str) or to not in known:
                continue
            if to in (*trail, name):
                yield following.problem(f'"{to}" was asked before on this way, so the questions never end; lead on.')
            elif to not in done:
                yield from visit(to, (*trail, name))
        done.add(name)

    for name in known:
        if name not in done:
            yield from visit(name, ())


DECISION_TREE = Section("decision_tree", DecisionTree, check=_leads_on)
