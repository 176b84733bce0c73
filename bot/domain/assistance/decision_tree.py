"""Where somebody stands in the questions behind "who else do we need?". Pure: the tree and the answers so far."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog import DecisionTree, Question, TreeAnswer
from bot.domain.assistance.errors import AtTheEnd, NoSuchAnswer, TreeChanged
from bot.domain.assistance.facts import TreeWalked
from bot.domain.core.fact import Fact


@dataclass(frozen=True)
class Place:
    """`said` is each question with its answer. Either `question` is open, or the tree has ended at `leaf`."""

    said: tuple[str, ...]
    question: Question | None = None
    leaf: TreeAnswer | None = None


def edition(tree: DecisionTree) -> str:
    """A short mark that changes with any word of the tree: answers are kept as numbers, which must mean the same."""
    return hashlib.sha256(tree.model_dump_json().encode()).hexdigest()[:12]


def walk(tree: DecisionTree, mark: str, answers: Sequence[int]) -> Place:
    """Where these answers (positions, from 0) lead.

    Raises TreeChanged when the tree is not the one of `mark`, NoSuchAnswer for a number that no answer has, and
    AtTheEnd for answers after the last question.
    """
    if mark != edition(tree):
        raise TreeChanged()
    question, said = tree.questions[tree.start], []
    for place, number in enumerate(answers, 1):
        if not 0 <= number < len(question.answers):
            raise NoSuchAnswer(ask=question.ask, count=len(question.answers))
        answer = question.answers[number]
        said.append(f"{question.ask} {answer.label}")
        if answer.next is None:
            if place < len(answers):
                raise AtTheEnd(count=place)
            return Place(tuple(said), leaf=answer)
        question = tree.questions[answer.next]
    return Place(tuple(said), question=question)


def ended(place: Place, deed: str) -> list[Fact]:
    """What is written down at the end of the questions."""
    return [TreeWalked(path=list(place.said), deed=deed)]
