"""Use case: another severity, and whom that pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog import Catalog, SeverityRow
from bot.catalog.sections.classification import CLASSIFICATION
from bot.domain.core.errors import DomainError, UnknownSeverity
from bot.domain.core.fact import Fact
from bot.domain.incidents import classification, decision_matrix, mirror, war_room
from bot.domain.incidents import lifecycle as rules
from bot.domain.incidents import severity as severity_rules
from bot.domain.incidents.classification import Suggestion
from bot.domain.incidents.facts import SeveritySuggested
from bot.domain.incidents.lifecycle import is_worse
from bot.services.core.answer import Answer
from bot.services.core.incident import ref, responders
from bot.services.incidents import executives
from bot.services.links import links
from bot.services.paging import escalations, policies
from bot.work import Work
from storage.models import EscalationKind, EscalationState, Incident, PageState
from storage.queries import paging as paging_queries


class NothingKnown(DomainError):
    """Nothing is known yet, so no severity is suggested. Answer one of {answers}, or give a metric: {metrics}."""


def parse_severity(catalog: Catalog, text: str) -> str:
    level = catalog.severity(text)
    if level is None:
        choices = ", ".join(catalog.severity_label(key) for key in catalog.severities)
        raise UnknownSeverity(text=text, choices=choices)
    return level


def set_severity(w: Work, incident: Incident, text: str, reason: str = "", *, picked: str = "") -> Answer:
    """A new severity re-plans cadence and room; a worse one pages by the new policy while nobody has answered.

    `picked` is one of the reasons that are offered. Raises WrongDirection.
    """
    level = parse_severity(w.catalog, text)
    before = incident.severity
    reason = severity_rules.worded(before, level, picked, reason)
    facts: list[Fact] = rules.set_severity(incident, level, ref=ref(w, incident), reason=reason)
    row = w.catalog.severities[level]
    if not (incident.unaccepted or incident.held_until):
        incident.next_update_at = rules.sooner(incident.next_update_at, rules.next_update(w.now, row.cadence))
    worse = is_worse(level, before)
    facts += war_room.at_severity(incident, row.war_room, w.now, worse=worse)
    facts += _to_the_twin(w, incident, before, reason)
    w.record(facts, incident=incident, responders=responders(w, incident))
    if worse:
        _page_again(w, incident, row)
    for page in paging_queries.incident_pages(w.session, incident.number or 0):
        if page.state in PageState.WAITING:
            escalations.redraw(w, page)  # it names the severity
    if not incident.unaccepted:
        executives.plan(w, incident)
    if worse and not incident.unaccepted:
        links.open_call(w, incident)
    return Answer("severity_set", incident.number, {} if worse else _going_on(w, incident))


def _going_on(w: Work, incident: Incident) -> dict[str, str]:
    """The policy that goes on paging: a lower severity calls nobody back whom a worse one has asked."""
    running = paging_queries.running_escalations(w.session, incident.number or 0)
    paging = [row.policy_name for row in running
              if row.kind == EscalationKind.POLICY and row.state == EscalationState.RUNNING]  # fmt: skip
    return {"goes_on": paging[-1]} if paging else {}


def _to_the_twin(w: Work, incident: Incident, before: str, reason: str) -> list[Fact]:
    """A twin for what became grave enough for one; the one that is there already hears of it."""
    mirrored, level = w.catalog.integrations.mirrored, incident.severity
    found: list[Fact] = [*mirror.want(incident, mirrored)] if is_worse(level, before) else []
    if incident.pagerduty_id or before in mirrored:
        label = w.catalog.severity_label
        words = f"{label(before)} is {label(level)} now" + (f": {reason}" if reason else "")
        urgency = mirror.urgency(level)
        found += mirror.note(incident, mirrored, words, urgency if urgency != mirror.urgency(before) else "")
    return found


def _page_again(w: Work, incident: Incident, row: SeverityRow) -> None:
    newest = paging_queries.escalation_of(w.session, incident.number or 0)
    if newest is not None and newest.state == EscalationState.ACKNOWLEDGED:
        return
    reason = f"severity raised to {w.catalog.severity_label(row.key)}"
    escalations.stop_all(w, incident, reason)
    policies.page_for(w, incident, reason, parent=newest.id if newest else None)


@dataclass(frozen=True)
class Known:
    """What is known of an incident: answers to the questions, metrics, both as words."""

    answers: Mapping[str, str]
    metrics: Mapping[str, str]


def known(words: str, answers: Mapping[str, str]) -> Known:
    """`users=30 error_rate=12, Data_Loss` beside answers that were given apart, which count first."""
    apart = re.sub(r"\s*=\s*", "=", re.sub(r"(?<=\d)\s+%", "%", words))
    pairs = {}
    for word in re.split(r"[\s;]+|,(?=\s|[^\W\d])", apart):
        name, _, text = word.partition("=")
        if name:
            pairs[name.lower().replace("-", "_")] = text
    told = {name: text for name, text in pairs.items() if name in decision_matrix.QUESTIONS}
    return Known(
        told | {name: text for name, text in answers.items() if text},
        {name: text for name, text in pairs.items() if name not in told},
    )


def suggest(w: Work, incident: Incident, known: Known, *, take: bool = False) -> Answer:
    """The severity that follows, with its reasons; with `take` it becomes the incident's, if it is another.

    Raises NotOpen, NothingKnown, UnknownAnswer, UnknownMetric and BadMetric.
    """
    rules.require_open(incident, ref(w, incident), "a suggestion of its severity")
    found = suggestion(w.catalog, known)
    if found.severity is None:
        raise NothingKnown(answers=", ".join(decision_matrix.QUESTIONS), metrics=", ".join(metrics(w.catalog)))
    reasons = [{"because": one.because, "severity": one.severity} for one in found.findings]
    words = "; ".join(f"{one.because} → {w.catalog.severity_label(one.severity)}" for one in found.findings)
    w.record([SeveritySuggested(severity=found.severity, because=words)], incident=incident)
    if take and found.severity != incident.severity:
        set_severity(w, incident, found.severity, words)
    values = {"severity": found.severity, "between": found.between, "reasons": reasons}
    return Answer("severity_suggested", incident.number, values)


def suggestion(catalog: Catalog, known: Known) -> Suggestion:
    """Rules and matrix together; where they differ the higher one wins."""
    given = catalog.section(CLASSIFICATION)
    matrix = decision_matrix.suggest(given, known.answers, catalog.display.currency)
    return classification.together(matrix, classification.classify(given, classification.read(given, known.metrics)))


def metrics(catalog: Catalog) -> tuple[str, ...]:
    return classification.names(catalog.section(CLASSIFICATION))
