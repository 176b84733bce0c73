"""One escalation: the paging thread, the lines of its log, and the alarm when nobody answered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.assistance import questions
from bot.domain.core import people
from bot.domain.paging import page_ending
from bot.domain.paging.escalation import snapshot
from bot.domain.paging.page_ending import Ending
from bot.domain.paging.targets import Unnamed
from bot.rendering.contexts.contact import plain_text
from bot.rendering.contexts.core.message import IncidentMessage, Messages, PlainMessage, of_incident, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.rendering.contexts.incidents.incident import Context, begins, incident
from storage.models import Escalation, EscalationKind, EscalationState, Page, PageState, PageStep
from storage.queries.incident_view import IncidentView

STATES = {
    EscalationState.RUNNING: "running",
    EscalationState.PAUSED: "paused",
    EscalationState.ACKNOWLEDGED: "acked",
    EscalationState.EXHAUSTED: "exhausted",
    EscalationState.STOPPED: "stopped",
}
PAGES = {
    PageState.OWED: "waiting",
    PageState.SENT: "waiting",
    PageState.ACKNOWLEDGED: "acked",
    PageState.DECLINED: "declined",
    PageState.RELEASED: "cancelled",
    PageState.MISSED: "missed",
    PageState.FAILED: "missed",
}
ENDED = {
    Ending.NO_ANSWER: "no answer",
    Ending.ESCALATED: "escalated before an answer",
    Ending.TAKEN_BACK: "acknowledged, taken back",
}
"""What became of a page that ended without an answer."""
OUTCOMES = {
    PageState.OWED: "not reached yet",
    PageState.SENT: "no answer yet",
    PageState.ACKNOWLEDGED: "acknowledged",
    PageState.DECLINED: "declined",
    PageState.MISSED: "no answer",
    PageState.RELEASED: "stood down",
    PageState.FAILED: "could not be reached",
}


def paging_thread(show: Presenter, dossier: IncidentView, row: Escalation) -> Context:
    """What `ladder` is given; the dossier's pages are those of this escalation."""
    shown = escalation(show, row, dossier.pages) | {"begins": begins(show, dossier)}
    return {"incident": incident(show, dossier), "escalation": shown,
            "rungs": levels(show, row, dossier.pages, dossier.steps)}  # fmt: skip


def escalation(show: Presenter, row: Escalation, pages: Sequence[Page]) -> Context:
    waiting = [page for page in pages if page.state in PageState.WAITING]
    settled = [page.settled_at for page in pages if page.settled_at]
    return {
        "ref": f"E-{row.id}",
        "state": STATES[row.state],
        "beside": row.state == EscalationState.EXHAUSTED and not row.alarms,
        "target": target(show, row),
        "level": row.level + 1,
        "levels": len(row.policy["levels"]),
        "levels_asked": len({page.level for page in pages}),
        "round": row.cycle - row.first_cycle + 1,
        "waiting_page": waiting[-1].id if waiting else None,
        "by": show.someone(row.acknowledged_by),
        "started_at": show.when(row.started_at),
        "ended_at": show.when(row.acknowledged_at or max(settled, default=row.started_at)),
        "retry_at": None,
        "reason": None,
        "paused_until": show.when(row.paused_until),
        "paused_by": show.person(row.paused_by) if row.paused_by and row.paused_by != people.TOCSIN.who else None,
        "token": f"{row.id}-{row.cycle}-{row.level}",
        "changed": changed(show, row),
    }


def changed(show: Presenter, row: Escalation) -> bool:
    """Whether the policy that is still being asked reads otherwise in the configuration by now."""
    policy = show.catalog.policies.get(row.policy_name)
    if row.state not in EscalationState.LIVE or policy is None or "severity" not in row.policy:
        return False
    severity = row.policy["severity"]
    return snapshot(policy, severity, show.catalog.ack_target(severity)) != row.policy


def target(show: Presenter, row: Escalation) -> str:
    """What is being paged: the policy by its name, or the people who were named."""
    if row.policy_name == Unnamed.ALL_HANDS:
        return "all hands"
    if row.policy_name in tuple(Unnamed):
        return ", ".join(_bare(show, to) for level in row.policy["levels"] for to in level["to"])
    if row.kind == EscalationKind.QUESTION:
        return "a manager, for a decision"
    if row.kind == EscalationKind.SPECIALIST:
        known = show.catalog.specialists.get(row.policy_name)
        return known.name if known else row.policy_name
    return "no one (no policy)" if not row.policy["levels"] else f"the {row.policy_name} policy"


def _targets(show: Presenter, level: Mapping[str, Any]) -> str:
    return ", ".join(_bare(show, to) for to in level["to"])


def _bare(show: Presenter, written: str) -> str:
    """A target without its kind: `schedule:primary-oncall` -> primary-oncall, people by their names."""
    kind, _, name = written.partition(":")
    if kind == "person":
        return show.name(name)
    words = {"lead": "lead of ", "manager": "manager of ", "pagerduty": "PagerDuty "}
    return words.get(kind, "") + (show.name(name) if kind == "manager" else name)


def levels(show: Presenter, row: Escalation, pages: Sequence[Page], steps: Sequence[PageStep] = ()) -> list[Context]:
    """The levels of the present round; those to come are shown while the escalation runs."""
    levels = row.policy["levels"] if row.state in EscalationState.GOING_ON else row.policy["levels"][: row.level + 1]
    moments = _moments(row)
    begun = row.state != EscalationState.PAUSED or row.paused_by != people.TOCSIN.who
    return [
        {
            "number": number + 1,
            "target": _targets(show, level),
            "at": show.when(moments.get(number)),
            "until": show.when(row.next_at) if number == row.level else None,
            "skipped": "no one on call" if number <= row.level and begun else None,
            "pages": [_page(show, page, steps) for page in _asked(row, pages, number)],
        }
        for number, level in enumerate(levels)
    ]


def _asked(row: Escalation, pages: Sequence[Page], level: int) -> list[Page]:
    """The pages of a level in this round; of a level below the present one, the last there were in any."""
    own = [page for page in pages if page.level == level]
    rounds = {page.cycle for page in own}
    shown = max(rounds, default=row.cycle) if level < row.level else row.cycle
    return [page for page in own if page.cycle == shown]


def _moments(row: Escalation) -> dict[int, datetime]:
    """When each level to come is asked, if everybody before it stays silent."""
    moments, at = {}, row.next_at
    levels = row.policy["levels"]
    for number in range(row.level + 1, len(levels)):
        if at is None:
            break
        moments[number] = at
        wait = levels[number]["wait"]
        at = at + timedelta(seconds=wait) if wait else None
    return moments


def _page(show: Presenter, page: Page, steps: Sequence[PageStep]) -> Context:
    mine = [step for step in steps if step.page == page.id]
    return {
        "who": show.person(page.person),
        "why": questions.public(page.why),
        "state": PAGES[page.state],
        "outcome": outcome(page),
        "sent_at": show.when(page.sent_at or page.owed_at),
        "acked_at": show.when(page.settled_at),
        "via": plain_text.reached(mine) or ("Slack" if page.ts else None),
        "reason": show.words(page.note) or None,
    }


def line(show: Presenter, dossier: IncidentView, values: Mapping[str, Any]) -> Context:
    """One line of the log: ladder_level, ladder_ack, ladder_declined, ladder_failed. Raises LookupError without one."""
    row = _own(dossier)
    return {
        "incident": incident(show, dossier),
        "escalation": escalation(show, row, dossier.pages),
        "level": values.get("level", row.level) + 1,
        "round": values.get("repeat", row.cycle - row.first_cycle) + 1,
        "people": show.everyone(values.get("people", [])),
        "who": show.someone(values.get("person")),
        "by": show.someone(values.get("by")),
        "phone": phone(show, values["person"]) if values.get("person") else None,
        "took": timedelta(seconds=values["seconds"]) if "seconds" in values else None,
        "reason": show.words(str(values.get("reason") or "")) or None,
        "unfit": cannot(show, values),
    }


def cannot(show: Presenter, values: Mapping[str, Any]) -> list[str]:
    """Who cannot be asked, each with why."""
    return [f"{show.name(who)} ({why})" for who, why in values.get("unfit", {}).items()]


def passed(show: Presenter, values: Mapping[str, Any]) -> Context:
    """What `people_passed` is given: who should have been paged and could not be, and what named them."""
    return {
        "ref": show.ref(values["incident"]) if values.get("incident") else None,
        "unfit": cannot(show, values),
        "targets": ", ".join(target.partition(":")[2] for target in values.get("targets", [])) or None,
    }


def exhausted(show: Presenter, dossier: IncidentView, row: Escalation) -> Context:
    """What `exhausted` is given: everybody who was asked, how often, with a number to dial, and the levels without."""
    newest = {page.person: page for page in dossier.pages}
    times = Counter(page.person for page in dossier.pages if page.sent_at)
    asked = {page.level for page in dossier.pages}
    return {
        "incident": incident(show, dossier),
        "escalation": escalation(show, row, dossier.pages),
        "question": row.kind == EscalationKind.QUESTION,
        "people": [
            {"who": show.person(who), "phone": phone(show, who), "times": times[who], "outcome": outcome(page)}
            for who, page in newest.items()
        ],
        "empty": [
            {"number": number + 1, "target": _targets(show, level)}
            for number, level in enumerate(row.policy["levels"])
            if number not in asked
        ],
    }


def alarm_over(show: Presenter, dossier: IncidentView) -> Context:
    """What `alarm_over` is given: who has answered, or why nobody has to."""
    row = _own(dossier)
    return {
        "incident": incident(show, dossier),
        "escalation": escalation(show, row, dossier.pages),
        "question": row.kind == EscalationKind.QUESTION,
    }


def _own(dossier: IncidentView) -> Escalation:
    if dossier.escalation is None:
        raise LookupError("a message about an escalation needs it")
    return dossier.escalation


def nobody(show: Presenter, dossier: IncidentView, row: Escalation) -> Context:
    """What `nobody` is given: a policy that stands for nobody, or no policy at all."""
    if not row.policy["levels"]:
        reason = f"No policy is set for {show.severity(dossier.incident.severity)}."
        fix = "Name one in tocsin.yml: `policy:` of the service, or `escalation:` of the severity."
    else:
        reason = f"No one who can be paged is on call at any level of {target(show, row)}."
        fix = "`tocsin check` names the schedules, teams and people that stand for no one."
    return {"incident": incident(show, dossier), "reason": reason, "next": None, "fix": Sentence(fix)}


def phone(show: Presenter, who: str) -> str | None:
    person = show.catalog.people.get(who) or show.catalog.person_by_slack(who)
    return person.phone if person else None


def outcome(page: Page) -> str:
    """What became of a page, in a word or two."""
    if page.state in (PageState.MISSED, PageState.RELEASED):
        ending = page_ending.of(page).ending
        return ENDED[ending] if ending else OUTCOMES[page.state]
    note = f": {page.note}" if page.state == PageState.DECLINED and page.note else ""
    return OUTCOMES[page.state] + note


def slack_ids(show: Presenter, whom: Sequence[str]) -> list[str]:
    """Those of these people who have a Slack account, as its ids."""
    found = (people.slack_id(who, show.catalog) for who in whom)
    return [slack for slack in dict.fromkeys(found) if slack]


MESSAGES: Messages = {
    "ladder_level": IncidentMessage(of_values(line)),
    "ladder_ack": IncidentMessage(of_values(line)),
    "ladder_declined": IncidentMessage(of_values(line)),
    "ladder_failed": IncidentMessage(of_values(line)),
    "ladder_passed": IncidentMessage(of_values(line)),
    "people_passed": PlainMessage(passed),
    "ladder_asked": IncidentMessage(of_values(line)),
    "ladder_unack": IncidentMessage(of_values(line)),
    "ladder_handover": IncidentMessage(of_values(line)),
    "alarm_over": IncidentMessage(of_incident(alarm_over)),
}
