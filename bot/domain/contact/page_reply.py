"""What somebody answered to a page by SMS or e-mail: who wrote, and what they want. Strangers stay strangers."""

import re

from bot.catalog import Catalog
from bot.catalog.sections.company import Person
from bot.domain.core import written_answer
from bot.domain.core.errors import DomainError
from bot.domain.core.written_answer import Written

ACK = ("ack", "acknowledge", "acknowledged", "ok", "yes", "y", "a")
DECLINE = ("decline", "no", "n", "nack", "can't", "cant", "cannot")
MOST = 300


class NotUnderstood(DomainError):
    """I do not understand "{text}". Reply "ack" to take it, "ack {example}" to name the incident, or "decline" and why.

    Nothing was changed.
    """


def sender(text: str, catalog: Catalog) -> Person | None:
    """The one person with this phone number or e-mail address, in any spelling; None for a stranger or a doubt."""
    if "@" in text:
        return catalog.person_by_email(_mailbox(text))
    digits = _digits(text)
    found = [person for person in catalog.people.values() if person.phone and _digits(person.phone) == digits]
    return found[0] if digits and len(found) == 1 else None


def _mailbox(text: str) -> str:
    """The address itself: what stands in the angle brackets at the end. A name before them may look like another."""
    found = re.fullmatch(r"[^<>]*<([^<>\s]+@[^<>\s]+)>|([^<>\s]+@[^<>\s]+)", text.strip())
    return (found[1] or found[2]) if found else ""


def _digits(text: str) -> str:
    """A number as +15550100, whatever stands between its digits; "" for what is none."""
    bare = re.sub(r"^(?:tel|sms|whatsapp):", "", text.strip().lower())
    bare = re.sub(r"[\s().-]", "", bare)
    bare = "+" + bare[2:] if bare.startswith("00") else bare
    return bare if re.fullmatch(r"\+[0-9]{6,15}", bare) else ""


def page_reply(text: str, catalog: Catalog) -> Written:
    """The first line that says anything counts: mails carry quoted text below it. Raises NotUnderstood."""
    line = next((one.strip() for one in text.splitlines() if one.strip()), "")[:MOST]
    word, _, rest = line.partition(" ")
    verb = word.lower().replace("’", "'").rstrip(".,!:")
    said = written_answer.read(line, catalog)
    if said.kind in ("ack", "pass") or (said.kind == "decline" and verb not in DECLINE):
        return said
    if verb in ACK:
        return Written("ack", line, _number(rest.rstrip(".!"), line, catalog))
    if verb in DECLINE:
        named, _, reason = rest.strip().partition(" ")
        number = catalog.parse_reference(named)
        return Written("decline", line, number, (reason if number else rest).strip())
    return Written("ack", line, _number(line.rstrip(".!") or "?", line, catalog))


def _number(text: str, line: str, catalog: Catalog) -> int | None:
    """The incident that is named; None when nothing is. Raises NotUnderstood."""
    if not text.strip():
        return None
    number = catalog.parse_reference(text.strip())
    if number is None:
        raise NotUnderstood(text=line[:60], example=catalog.reference(4))
    return number
