"""The effect that ends the paging of people. A file of its own: effects of paging and of its methods both need it."""

from dataclasses import dataclass

from bot.domain.core.effect import NounEffect


@dataclass(frozen=True)
class StopPaging(NounEffect):
    """No way of these pages is used any more: their steps, their deliveries and their timers end."""

    pages: tuple[int, ...]
    reason: str
