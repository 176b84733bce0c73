"""How references, severities, money and times are shown, and how a typed reference is read back."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from bot.catalog.section import Section
from bot.catalog.sections.severities import SeverityRow
from bot.catalog.value import Value, ZoneName


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,15}", text):
        raise ValueError(f'"{text}" cannot start a reference; write up to 16 letters, digits and dashes, such as INC-.')
    return text


def _currency(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError(f'"{code}" is not a currency; write its three letters, such as USD or EUR.')
    return code


class Display(Value):
    """The workspace's way of writing things."""

    id_prefix: Annotated[str, AfterValidator(_prefix)] = "INC-"
    """What a reference begins with; typed references are understood with and without it."""
    severity_scheme: Literal["sev", "p", "word"] = "sev"
    """How a severity is shown: `sev` (SEV-1), `p` (P0) or `word` (Critical)."""
    time_zone: ZoneName = "UTC"
    """The zone of the command line, of names of war rooms, and of schedules that name none. Slack shows times in the
    zone of each reader.
    """
    currency: Annotated[str, AfterValidator(_currency)] = "USD"
    """The currency of costs, in three letters. Kept; nothing acts on it yet."""

    def reference(self, number: int) -> str:
        """42 -> `INC-42`."""
        return f"{self.id_prefix}{number}"

    def parse_reference(self, text: str) -> int | None:
        """`INC-42`, `inc42`, `#42`, `42` -> 42; anything else -> None. The configured prefix and INC are both read."""
        prefix = re.escape(self.id_prefix.rstrip("-_"))
        found = re.fullmatch(
            rf"#?\s*(?:(?:{prefix}|INC)[-_\s]?)?#?([0-9]{{1,9}})", text.strip(), re.IGNORECASE | re.ASCII
        )
        number = int(found[1]) if found else 0
        return number or None

    def severity(self, row: SeverityRow) -> str:
        """The row's name in the configured scheme: `SEV-1`, `P0` or `Critical`."""
        return {"sev": row.key, "p": f"P{row.number - 1}", "word": row.label}[self.severity_scheme]


DISPLAY = Section("display", Display)
