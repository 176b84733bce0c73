"""Questions, vendors and the tree of questions of `tocsin incident`, readable in a terminal."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Any

from bot.catalog import format_duration
from bot.cli import console
from storage.models import CaseState

Json = dict[str, Any]
STATES = {CaseState.OPEN: "waiting for their answer", CaseState.ANSWERED: "answered"}
NEEDS = {"who": " --who WHO", "words": ' --words "..."', None: ""}


def facts(row: Json) -> Iterator[tuple[str, str]]:
    """The lines of `status` about what was asked further."""
    for one in row["questions"]:
        yield f"Question {one['number']}", f"{one['text']} ({_answer(one)})"
    for one in row["vendor_cases"]:
        yield one["name"], _case(one)


def _answer(one: Json) -> str:
    if one["answer"] is None:
        asked = ", ".join(who["name"] for who in one["asked"])
        return f"asked: {asked}" if asked else "open"
    because = f", because {one['reason']}" if one["reason"] else ""
    return f"{one['answer']}, said {one['by']['name']}{because}"


def _case(one: Json) -> str:
    ticket = f"ticket {one['ticket']}, " if one["ticket"] else ""
    return f"{ticket}{STATES[one['state']]}"


def after(options: Namespace, row: Json, zone: tzinfo) -> None:
    """What somebody needs to know next, after a vendor was asked."""
    case = next((one for one in reversed(row["vendor_cases"]) if _is_meant(options, one)), None)
    if case is None or case["state"] != CaseState.OPEN:
        return
    for line in _reach(case):
        print(f"  {line}")
    if case["promised_by"]:
        until = datetime.fromisoformat(case["promised_by"]).astimezone(zone)
        print(f"  Their answer is due by {until:%d %b %H:%M}.")


def _is_meant(options: Namespace, case: Json) -> bool:
    named = options.vendor.strip().lower() if options.verb == "vendor" else ""
    return named in (case["vendor"].lower(), case["name"].lower())


def _reach(one: Json) -> list[str]:
    return [text for text in (one["how"], one["phone"], one["url"]) if text]


def vendors(found: Json, zone: tzinfo) -> None:
    """Everybody whose support can be asked, then the cases so far."""
    if not found["vendors"]:
        print("No vendor is described in tocsin.yml: add them under `vendors:`.")
    for one in found["vendors"]:
        seconds = one["response_seconds"]
        promise = f"answers within {format_duration(timedelta(seconds=seconds))}" if seconds else "promises no time"
        print(f"{one['vendor']}  {one['name']}, {promise}")
        for line in [*_reach(one), *([f"when: {', '.join(one['when'])}"] if one["when"] else [])]:
            print(f"  {line}")
    console.columns([("case", one["name"], _case(one)) for one in found["cases"]])


def tree(found: Json, zone: tzinfo) -> None:
    """The way so far, then the question that is open or what would be done, each with the command that goes on."""
    for one in found["said"]:
        print(f"✔ {one}")
    said = "".join(f" {number}" for number in found["answers"])
    question, deed = found["question"], found["deed"]
    if question:
        print("\n".join(text for text in (question["ask"], question["hint"]) if text))
        for answer in question["answers"]:
            print(f"  {answer['number']}  {answer['label']}")
        print(f"Answer: tocsin incident tree {found['incident']}{said} N")
    if deed:
        print(deed["says"])
        if deed["choices"]:
            print(f"WHO is one of {', '.join(deed['choices'])}.")
        needs = NEEDS[deed["needs"]]
        print(f"Do it: tocsin incident tree {found['incident']}{said} --do {found['mark']}{needs}")
