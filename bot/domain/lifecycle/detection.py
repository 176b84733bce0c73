"""How the trouble was noticed: by something automatic, or because somebody told us."""

from dataclasses import dataclass

from bot.domain.core.errors import DomainError


@dataclass(frozen=True)
class Source:
    """One way. `automatic`: we saw it before anyone had to tell us."""

    key: str
    label: str
    automatic: bool


SOURCES = (
    Source("synthetic", "A synthetic check", automatic=True),
    Source("error_rate", "The error rate", automatic=True),
    Source("latency", "Latency", automatic=True),
    Source("resource", "A resource running out", automatic=True),
    Source("business", "A business metric", automatic=True),
    Source("customer", "A customer told us", automatic=False),
    Source("support", "A support ticket", automatic=False),
    Source("social", "Social media", automatic=False),
    Source("partner", "A partner told us", automatic=False),
    Source("colleague", "One of us noticed", automatic=False),
)
KEYS = tuple(one.key for one in SOURCES)
_BY_KEY = {one.key: one for one in SOURCES}


class UnknownDetection(DomainError):
    """I don't know the detection source "{text}". Use one of {choices}."""


def parse(text: str) -> str | None:
    """The key, None for nothing. Raises UnknownDetection."""
    key = text.strip().lower().replace(" ", "_").replace("-", "_")
    if not key:
        return None
    if key not in _BY_KEY:
        raise UnknownDetection(text=text, choices=", ".join(KEYS))
    return key


def label(key: str | None) -> str | None:
    """In words; what a newer release wrote, as it stands there."""
    known = _BY_KEY.get(key or "")
    return known.label if known else key
