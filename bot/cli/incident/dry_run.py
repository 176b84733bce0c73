"""`tocsin incident page --dry-run`: who would be paged when; the incident and whom it is for in any order."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from bot import clock
from bot.catalog import Catalog
from bot.cli import chosen_config, installation
from bot.cli.console import Refusal
from bot.cli.oncall import preview
from bot.cli.schedule_records import Records
from bot.domain.core import people
from bot.domain.core.errors import DomainError
from bot.domain.paging import policy_choice
from bot.domain.preview.policy_walk import Case, by_words, declared


def run(options: Namespace, records: Records) -> int:
    """As `/incident page --dry-run`. Raises Refusal."""
    catalog = chosen_config.catalog(None)
    words = [word for word in (options.ref, *(options.to or ())) if word]
    ref, text = _told_apart(catalog, words)
    try:
        row = _incident(ref) if ref else {}
        name, case = _case(catalog, text, row, records)
    except DomainError as refusal:
        raise Refusal(str(refusal)) from None
    preview.show(catalog, people.display_name(name, catalog), case, records, as_json=options.json)
    return 0


def _told_apart(catalog: Catalog, words: Sequence[str]) -> tuple[str, str]:
    """The reference, first or last, and the rest. A bare number is one only in front."""
    if words and catalog.parse_reference(words[0]) is not None:
        return words[0], " ".join(words[1:])
    if words and not words[-1].isdigit() and catalog.parse_reference(words[-1]) is not None:
        return words[-1], " ".join(words[:-1])
    return "", " ".join(words)


def _incident(ref: str) -> dict[str, Any]:
    with installation.reading() as (_, incidents):
        return dict(incidents.show(ref))


def _case(catalog: Catalog, text: str, row: dict[str, Any], records: Records) -> tuple[str, Case]:
    now = clock.real().replace(microsecond=0)
    asked = Case({}, now, row.get("severity"), row.get("service"), records.groups())
    if text:
        return by_words(catalog, text, asked)
    if not row:
        raise Refusal(
            "name an incident, a policy, a service or a person: `tocsin incident page checkout --dry-run`.", 2
        )
    choice = policy_choice.choose(catalog, row["severity"], row["service"], now)
    return choice.policy.key if choice.policy else "none", declared(choice, now, row["severity"], row["service"])
