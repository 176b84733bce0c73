"""Draws the picture of a schedule as a PNG. The only place that knows matplotlib, which it loads when it first draws.

Made for a phone: two weeks below each other, large letters. Nothing is told by colour alone: each person has a row, a
gap is crossed and named, an override is hatched. The colours are those of Okabe and Ito, which colour-blind people can
tell apart.
"""

import threading
from io import BytesIO
from typing import Any

from bot.domain.schedules.picture import DAYS, Bar, Picture, Row, Week

COLOURS = ("#56B4E9", "#E69F00", "#009E73", "#F0E442", "#CC79A7", "#0072B2", "#999999")
DARK = ("#0072B2", "#009E73")
INK, PALE, ALARM, BLUSH = "#1A1A1A", "#ECECEC", "#D55E00", "#FDE3D3"
WIDE, DOTS = 7.2, 150
"""Inches, and dots an inch: 1,080 dots, what a phone shows from edge to edge."""
ROW, HEAD, NAMES = 0.52, 0.9, 1.75
"""Inches: a row of a week, what stands above its rows, the column of names."""
LONG_NAME = 16
ROOM = 0.72
"""Days: a bar as long as this has room for its time."""
_one_at_a_time = threading.Lock()


def png(picture: Picture) -> bytes:
    """The file. Threads may share it; each drawing takes some tenths of a second, the first one longer."""
    with _one_at_a_time:
        return _drawn(picture)


def _drawn(picture: Picture) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    heights = [HEAD + ROW * _lanes(week) for week in picture.weeks]
    high = sum(heights) + 1.25
    figure = Figure(figsize=(WIDE, high), dpi=DOTS, facecolor="white")
    _said(figure, 0.02, 1 - 0.3 / high, picture.title, size=17, weight="bold")
    top = 1 - 0.55 / high
    for week, tall in zip(picture.weeks, heights, strict=True):
        bottom = top - tall / high
        place = (NAMES / WIDE, bottom, 1 - (NAMES + 0.12) / WIDE, (tall - HEAD + 0.15) / high)
        _draw_week(figure.add_axes(place), week, picture.now if week is picture.weeks[0] else None)
        top = bottom
    _legend(figure, picture, high)
    file = BytesIO()
    FigureCanvasAgg(figure).print_png(file, metadata={"Software": None, "Description": picture.title})
    return file.getvalue()


def _lanes(week: Week) -> int:
    """The rows of people, and one below them where nobody is on call."""
    return max(1, len(week.rows) + bool(week.gaps))


def _said(on: Any, x: float, y: float, text: str, **look: Any) -> None:
    """Text of other people: a name with dollar signs is no formula, and a letter that is not to be had no error."""
    on.text(
        x,
        y,
        "".join(char if _has(char) else "?" for char in text),
        parse_math=False,
        color=look.pop("color", INK),
        va=look.pop("va", "center"),
        **look,
    )


def _draw_week(axes: Any, week: Week, now: float | None) -> None:
    lanes = _lanes(week)
    axes.set(xlim=(0, DAYS), ylim=(lanes, 0), xticks=range(DAYS + 1), yticks=())
    axes.tick_params(length=0, labelbottom=False)
    axes.grid(axis="x", color="#BBBBBB", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    for number, day in enumerate(week.days):
        if day.weekday() >= 5:
            axes.axvspan(number, number + 1, color=PALE, zorder=0)
        _said(axes, number + 0.5, -0.3, f"{day:%a}\n{day.day} {day:%b}", ha="center", va="bottom", size=11)
    for number, row in enumerate(week.rows):
        _said(axes, -0.12, number + 0.5, _short(row), ha="right", size=12)
    _draw_gaps(axes, week.gaps, lanes)
    for bar in week.bars:
        _draw_bar(axes, bar)
    if now is not None:
        axes.axvline(now, color=INK, linewidth=2.2, linestyle=(0, (3, 1.5)), zorder=5)
        _said(axes, now, -0.04, "now", ha="center", va="bottom", size=10, weight="bold")


def _short(row: Row) -> str:
    name = row.name if all(_has(char) for char in row.name) else row.key
    return name if len(name) <= LONG_NAME else f"{name[: LONG_NAME - 1]}…"


def _has(char: str) -> bool:
    """Whether the letters that come with matplotlib have this one: Latin, Greek, Cyrillic and more, no Chinese."""
    from matplotlib.font_manager import fontManager, get_font

    font = get_font(fontManager.findfont("DejaVu Sans"))
    return char == "\n" or bool(font.get_char_index(ord(char)))


def _draw_gaps(axes: Any, gaps: tuple[tuple[float, float], ...], lanes: int) -> None:
    """Over all rows, so that none can be overlooked, and in a row of their own."""
    for left, right in gaps:
        axes.axvspan(left, right, facecolor=BLUSH, edgecolor=ALARM, hatch="xx", linewidth=0, zorder=1)
        axes.barh(lanes - 0.5, max(right - left, 0.04), left=left, height=0.72, color=ALARM, zorder=3)
    if gaps:
        _said(axes, -0.12, lanes - 0.5, "no one", ha="right", size=12, weight="bold", color="#B34700")


def _draw_bar(axes: Any, bar: Bar) -> None:
    colour = COLOURS[bar.colour % len(COLOURS)]
    axes.barh(
        bar.row + 0.5, max(bar.right - bar.left, 0.04), left=bar.left, height=0.72, color=colour, edgecolor=INK,
        linewidth=1, hatch="//" if bar.override else None, zorder=3,
    )  # fmt: skip
    if bar.begins and bar.right - bar.left >= ROOM:
        paper = {"facecolor": colour, "edgecolor": "none", "boxstyle": "square,pad=0.1"} if bar.override else None
        ink = "white" if colour in DARK else INK
        _said(axes, bar.left + 0.07, bar.row + 0.5, bar.begins, size=10, color=ink, bbox=paper, zorder=4)


def _legend(figure: Any, picture: Picture, high: float) -> None:
    y = 0.3 / high
    _said(figure, 0.02, y, f"Times in {picture.zone}", size=11)
    _sample(figure, 3.6 / WIDE, y, "override", facecolor="white", edgecolor=INK, hatch="//")
    _sample(figure, 5.3 / WIDE, y, "no one on call", facecolor=BLUSH, edgecolor=ALARM, hatch="xx")


def _sample(figure: Any, x: float, y: float, label: str, **look: Any) -> None:
    from matplotlib.patches import Rectangle

    tall = 0.2 / figure.get_figheight()
    figure.add_artist(Rectangle((x, y - tall / 2), 0.32 / WIDE, tall, **look))
    _said(figure, x + 0.42 / WIDE, y, label, size=11)
