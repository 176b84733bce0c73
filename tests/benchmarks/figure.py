"""One measured figure beside the limit it is compared with, taken in the same run, and the goal."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`goal` bounds measured / limit when `ratio` is true, else `measured` itself. Without a goal it informs only.

    `cpu` is what one operation costs the processor, in milliseconds.
    """

    name: str
    what: str
    measured: float
    unit: str
    limit: float | None = None
    against: str = ""
    goal: float | None = None
    ratio: bool = True
    cpu: float | None = None

    @property
    def share(self) -> float | None:
        return self.measured / self.limit if self.limit else None

    @property
    def reached(self) -> bool | None:
        if self.goal is None:
            return None
        value = self.share if self.ratio else self.measured
        return value is not None and value <= self.goal

    def cells(self, loop: float) -> tuple[str, ...]:
        """A line of the table; `loop` is what the calibrating loop took, in the same unit as `cpu`."""
        goal = "" if self.goal is None else f"{'x ' if self.ratio else ''}{_number(self.goal)}"
        verdict = {None: "", True: "yes", False: "NO"}[self.reached]
        limit = "" if self.limit is None else f"{_number(self.limit)} {self.unit}"
        share = "" if self.share is None else f"{self.share:.2f}"
        return (
            self.name,
            self.what,
            f"{_number(self.measured)} {self.unit}",
            limit,
            share,
            goal,
            verdict,
            "" if self.cpu is None else f"{_number(self.cpu)} ms",
            "" if self.cpu is None else f"{self.cpu / loop:.2f}",
            self.against,
        )


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"


HEAD = ("", "figure", "measured", "limit", "ratio", "goal <=", "reached", "CPU", "in loops", "limit is")


def table(figures: Sequence[Figure], loop: float) -> str:
    lines = [HEAD, *(one.cells(loop) for one in figures)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def median(values: Sequence[float]) -> float:
    return percentile(values, 50)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(len(ordered) * share / 100 + 0.5) - 1))]
