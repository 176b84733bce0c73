"""What is wrong with a configuration, and where: one sentence per problem, all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class ConfigProblem:
    """One mistake (or one notice), at a 1-based line and column of a configuration file."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ConfigError(Exception):
    """The configuration cannot be used; `problems` holds every reason, in reading order."""

    def __init__(self, problems: Iterable[ConfigProblem]) -> None:
        self.problems: list[ConfigProblem] = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The tail of a sentence that refuses `word`: the nearest known word, or the short list of all of them."""
    names = sorted(known)
    near = get_close_matches(word.lower(), names, n=1, cutoff=0.6) or get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    if not names:
        return "none is defined yet."
    if len(names) <= 24:
        return f"known are {', '.join(names)}."
    return f"there are {len(names)} known names, none of them similar."
