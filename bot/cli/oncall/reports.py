"""`tocsin oncall health` and `tocsin oncall compensation`: reads of the database, beside a running bot."""

import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from bot import clock
from bot.catalog import Catalog
from bot.cli import chosen_config, console, installation, schedule_records
from bot.cli.console import Refusal
from bot.domain.core.errors import DomainError
from bot.domain.core.people import display_name
from bot.domain.oncall import compensation
from bot.domain.oncall.compensation import RATES, Due, Model
from bot.domain.oncall.health import Health, Load
from bot.domain.oncall.report import health_json, pay_json, pay_row
from bot.services.oncall import health
from bot.services.oncall.health import Looked

HEADS = ("", "pages/week", "after hours/week", "false alarms", "nights", "share", "time on call")
MARKS = {True: "", False: " (!)", None: ""}


def run(options: Namespace) -> int:
    """A rule's refusal is one sentence."""
    try:
        return VERBS[options.verb](chosen_config.catalog(options.config), options)
    except DomainError as refusal:
        raise Refusal(str(refusal)) from None


def _health(catalog: Catalog, options: Namespace) -> int:
    if not 1 <= options.weeks <= 520:
        raise Refusal("--weeks is a number of weeks from 1 to 520.", 2)
    name = schedule_records.schedule(catalog, options.schedule).key if options.schedule else None
    now = clock.real()
    with installation.database(exclusive=False) as opened, opened.read() as session:
        found = health.measure(Looked(session, catalog, now - timedelta(weeks=options.weeks), now, now), name)
    if options.json:
        console.document(health_json(found))
    else:
        _show(catalog, found)
    return 0


def _show(catalog: Catalog, found: Health) -> None:
    targets = catalog.on_call.targets
    print(
        f"Targets: below {targets.pages_per_week_lt} pages a week, below {targets.after_hours_per_week_lt} of them "
        f"after hours, below {targets.false_positive_pct_lt} % false alarms. (!) misses one."
    )
    rows: list[tuple[str, ...]] = [HEADS]
    rows += [_row(display_name(who, catalog), load) for who, load in found.people.items()]
    rows.append(_row("everyone", found.everybody))
    console.columns(rows)
    for who, load in found.people.items():
        for sign in load.signs:
            print(f"{display_name(who, catalog)}: {sign}")
    for one in found.turns:
        mean = f"{one.average:.1f} of 5, {one.answers} of {one.asked} answered" if one.average else "no one answered"
        print(f"shifts on {one.schedule}: {mean}" + (f", {one.hard} said hard or rough" if one.hard else ""))
        for text in one.words:
            print(f"  {text!r}")
    for advice in found.improvements:
        print(advice)


def _row(name: str, load: Load) -> tuple[str, ...]:
    return (
        name,
        f"{load.pages_per_week:.1f}{MARKS[load.verdict.pages_ok]}",
        f"{load.after_hours_per_week:.1f}{MARKS[load.verdict.after_hours_ok]}",
        f"{_percent(load.false_positive_pct)}{MARKS[load.verdict.false_positive_ok]}",
        str(load.nights),
        _percent(load.share_pct),
        _percent(load.time_pct),
    )


def _percent(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:.0f} %"


def _compensation(catalog: Catalog, options: Namespace) -> int:
    zone = ZoneInfo(catalog.display.time_zone)
    start, end = schedule_records.span(options, zone)
    model: Model = options.model
    rates = catalog.on_call.compensation
    if options.rate and model in RATES:
        rates = rates.model_copy(update={RATES[model]: _amount(options.rate)})
    with installation.database(exclusive=False) as opened, opened.read() as session:
        served = health.served(Looked(session, catalog, start, end, clock.real()))
    found = [compensation.due(one, model, rates) for one in served]
    if options.json:
        console.document(pay_json(model, rates.currency, found))
    elif options.csv:
        _table(found)
    else:
        console.columns([_line(catalog, one, rates.currency) for one in found])
    return 0


def _amount(text: str) -> Decimal:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        raise Refusal(f'"{text}" is not an amount: write it as 50 or 33.33.', 2) from None
    if not rate.is_finite() or rate < 0:
        raise Refusal(f'"{text}" is not an amount: write a number of zero or more.', 2)
    return rate


def _table(found: list[Due]) -> None:
    rows = [pay_row(one) for one in found]
    names = ["person", "days", "incidents", "incident_hours", "after_hours", "amount", "hours_off"]
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _line(catalog: Catalog, one: Due, currency: str) -> tuple[str, ...]:
    owed = f"{one.amount} {currency}".rstrip() if one.amount is not None else f"{one.hours_off:.2f} h off"
    served = one.served
    return (
        display_name(served.person, catalog),
        owed,
        f"{served.days} days on call",
        f"{len(served.incident_hours)} incidents",
        f"{served.after_hours:.2f} h after hours",
    )


VERBS: Mapping[str, Callable[[Catalog, Namespace], int]] = {"health": _health, "compensation": _compensation}
