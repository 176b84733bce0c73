"""`tocsin oncall preview`: whom each level of a policy would page, and when, with the resolver that real pages use."""

from argparse import Namespace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock
from bot.catalog import Catalog, Policy, did_you_mean, format_duration
from bot.cli import configuration, printing
from bot.cli.oncall import Records, iso, moment, readable
from bot.cli.refusal import Refusal
from bot.domain import oncall
from bot.domain.escalation import DEFAULT_WAIT, snapshot
from bot.domain.rota import Rota

OPEN_TARGETS = "known when there is an incident"


def run(options: Namespace, records: Records) -> int:
    """Prints the ladder of one policy as it would be walked from `--at`."""
    catalog = configuration.catalog(options.config)
    policy = catalog.policies.get(options.policy)
    if policy is None:
        advice = did_you_mean(options.policy, catalog.policies)
        raise Refusal.unknown("policy", options.policy, catalog.policies, advice)
    zone = ZoneInfo(catalog.display.time_zone)
    at = moment(options.at, zone) or clock.real().replace(microsecond=0)
    levels = ladder(records.rota(catalog, at), policy, at, _severity(catalog, options.severity))
    if options.json:
        printing.document(
            {
                "policy": policy.key,
                "at": iso(at, zone),
                "repeat": policy.repeat,
                "levels": [_plain(one, zone) for one in levels],
            }
        )
        return 0
    times = f"; then {policy.repeat} more times from the top" if policy.repeat else ""
    print(f"{policy.key}, from {readable(at, zone)}{times}:")
    printing.columns([_line(catalog, one) for one in levels])
    return 0


def _severity(catalog: Catalog, text: str | None) -> str:
    if text is None:
        return ""
    found = catalog.severity(text)
    if found is None:
        raise Refusal(f'"{text}" is not a severity: use one of {", ".join(catalog.severities)}.')
    return found


def ladder(rota: Rota, policy: Policy, at: datetime, severity: str = "") -> list[dict[str, Any]]:
    """The levels with `after` (timedelta since the first page), `at`, `to`, and the people they stand for then."""
    after, levels = timedelta(0), []
    for number, level in enumerate(snapshot(policy, severity)["levels"], 1):
        resolve = oncall.resolver(rota, at + after)
        asked = {one.person: one for target in level["to"] for one in resolve(target)}
        people = [
            {"person": _key(rota.catalog, one.person), "slack": one.slack, "why": one.why} for one in asked.values()
        ]
        levels.append({"level": number, "after": after, "at": at + after, "to": level["to"], "people": people})
        if asked:  # a level without anybody is skipped at once
            after += timedelta(seconds=level["wait"]) if level["wait"] else DEFAULT_WAIT
    return levels


def _key(catalog: Catalog, person: str) -> str:
    known = catalog.person_by_slack(person)
    return known.key if known else person


def _plain(level: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    return {**level, "after": format_duration(level["after"]), "at": iso(level["at"], zone)}


def _line(catalog: Catalog, level: dict[str, Any]) -> tuple[str, str, str, str]:
    names = [catalog.people[one["person"]].name for one in level["people"] if one["person"] in catalog.people]
    who = ", ".join(names) or ("NOBODY" if _is_fixed(level["to"]) else OPEN_TARGETS)
    return f"level {level['level']}", f"+{format_duration(level['after'])}", who, ", ".join(level["to"])


def _is_fixed(targets: list[str]) -> bool:
    return not any(target.startswith(("role:", "usergroup:", "channel:")) for target in targets)
