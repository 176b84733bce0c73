"""`tocsin oncall preview`: whom a policy would page, by which ways and when; what another configuration changes."""

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock
from bot.catalog import Catalog, Policy, did_you_mean, format_duration
from bot.cli import chosen_config, console
from bot.cli.config import diff
from bot.cli.console import Refusal
from bot.cli.schedule_records import Records, iso, moment, readable
from bot.domain.contact.methods import NAMES, ContactMethod
from bot.domain.paging import policy_choice, targets
from bot.domain.paging.escalation import snapshot
from bot.domain.paging.policy_choice import WAITS
from bot.domain.preview import policy_walk
from bot.domain.preview.policy_walk import Case, Expected, Stop

OPEN_TARGETS = "known when there is an incident"


def run(options: Namespace, records: Records) -> int:
    """Prints the levels of one policy as it would be walked from `--at`, or the difference `--against` another file."""
    catalog = chosen_config.catalog(options.config)
    zone = ZoneInfo(catalog.display.time_zone)
    at = moment(options.at, zone) or clock.real().replace(microsecond=0)
    if options.against:
        return diff.run(options, catalog, records, at)
    severity, service = _named(catalog, options)
    policy, case = _case(catalog, options.policy, at, severity, service)
    show(catalog, policy.key, replace(case, groups=records.groups()), records, as_json=options.json)
    return 0


def show(catalog: Catalog, name: str, case: Case, records: Records, *, as_json: bool) -> None:
    """Prints the levels of what is called `name`, and who can be reached in Slack alone."""
    zone, repeat = ZoneInfo(catalog.display.time_zone), case.policy["repeat"]
    stops = policy_walk.walk(records.rota(catalog, case.at), case)
    if as_json:
        console.document(_document(name, case, stops, zone))
        return
    times = f"; then {repeat} more times from the top" if repeat else ""
    if case.waits:
        print(f"Declared at {readable(case.at, zone)}, {WAITS[case.waits]}.")
    print(f"{name}, from {readable(case.start, zone)}{times}:")
    console.columns([_line(catalog, one) for one in stops])
    if not any(stop.people or stop.open_targets for stop in stops):
        print(f"No one would be paged: {catalog.incidents_channel} is told instead.")
    if alone := targets.unlisted(catalog, [one.person for stop in stops for one in stop.people]):
        print(f"Slack is the only way to {', '.join(alone)}: not in tocsin.yml. Add them to `people:` there.")


def _named(catalog: Catalog, options: Namespace) -> tuple[str, str]:
    """Severity and service, as given or as the labels of an alert name them. Raises Refusal."""
    labels = _labels(options.alert) if options.alert else {}
    severity = _severity(catalog, options.severity or labels.get("severity"))
    service = options.service or labels.get("service", "")
    if service and service not in catalog.services:
        raise Refusal.unknown("service", service, catalog.services, did_you_mean(service, catalog.services))
    return severity, service


def _severity(catalog: Catalog, text: str | None) -> str:
    if not text:
        return ""
    found = catalog.severity(text)
    if found is None:
        raise Refusal(f'"{text}" is not a severity: use one of {", ".join(catalog.severities)}.')
    return found


def _case(catalog: Catalog, name: str | None, at: datetime, severity: str, service: str) -> tuple[Policy, Case]:
    """The policy of this name, which begins at once as when it is asked for by hand, or the one that the severity, the
    service and the hours choose. Raises Refusal."""
    if name:
        found = catalog.policies.get(name)
        if found is None:
            raise Refusal.unknown("policy", name, catalog.policies, did_you_mean(name, catalog.policies))
        policy = snapshot(found, severity, catalog.ack_target(severity))
        return found, Case(policy, at, severity or None, service or None)
    if not severity and not service:
        raise Refusal("name what would page: --policy P, or --severity SEV, --service S or both.", 2)
    choice = policy_choice.choose(catalog, severity or "SEV-1", service or None, at)
    if choice.policy is None:
        raise Refusal(f"no policy pages for {severity or service}: write `policy` there, or name one with --policy.")
    if severity:
        return choice.policy, policy_walk.declared(choice, at, severity, service or None)
    return choice.policy, Case(snapshot(choice.policy, severity, choice.ack), at, None, service)


def _labels(path: Path) -> dict[str, str]:
    """The labels of an alert's payload: Alertmanager's, or plain fields. Raises Refusal."""
    try:
        body = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise Refusal(f"{path} cannot be read as JSON: give the body that the alert sender posts.") from None
    if not isinstance(body, Mapping):
        raise Refusal(f"{path} holds no JSON object: give the body that the alert sender posts.")
    alerts = body.get("alerts")
    first = alerts[0] if isinstance(alerts, list) and alerts and isinstance(alerts[0], Mapping) else {}
    found: dict[str, str] = {}
    for source in (body, body.get("commonLabels"), body.get("labels"), first.get("labels")):
        if isinstance(source, Mapping):
            found |= {key: str(source[key]) for key in ("severity", "service") if isinstance(source.get(key), str)}
    if not found:
        raise Refusal(f"{path} has neither a `severity` nor a `service` label, so no policy follows from it.")
    return found


def _document(name: str, case: Case, stops: list[Stop], zone: ZoneInfo) -> dict[str, Any]:
    return {
        "policy": name,
        "severity": case.severity,
        "service": case.service,
        "at": iso(case.at, zone),
        "begins": iso(case.start, zone),
        "waits": WAITS[case.waits] if case.waits else None,
        "repeat": case.policy["repeat"],
        "levels": [_plain(one, zone) for one in stops],
    }


def _plain(stop: Stop, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "level": stop.level,
        "after": format_duration(stop.after),
        "at": iso(stop.at, zone),
        "to": list(stop.targets),
        "skipped": not stop.people,
        "unknown_yet": list(stop.open_targets),
        "people": [_person(one) for one in stop.people],
    }


def _person(one: Expected) -> dict[str, Any]:
    used = [way for way in one.ways if not way.unused]
    return {
        "person": one.person,
        "slack": one.slack,
        "why": one.because,
        "ways": [{"via": way.via, "after": format_duration(way.after), "address": way.label} for way in used],
        "unused": {way.via: way.unused for way in one.ways if way.unused},
    }


def _line(catalog: Catalog, stop: Stop) -> tuple[str, str, str, str, str]:
    who = ", ".join(_name(catalog, one.person) for one in stop.people) or ("" if stop.open_targets else "NO ONE")
    if stop.open_targets:
        who = f"{who}{', ' if who else ''}{OPEN_TARGETS}"
    ways = dict.fromkeys(_way(way) for one in stop.people for way in one.ways if not way.unused)
    return f"level {stop.level}", f"+{format_duration(stop.after)}", who, ", ".join(stop.targets), ", ".join(ways)


def _name(catalog: Catalog, person: str) -> str:
    known = catalog.people.get(person)
    return known.name if known else person


def _way(way: ContactMethod) -> str:
    return f"{NAMES[way.via]}{f' after {format_duration(way.after)}' if way.after else ''}"
