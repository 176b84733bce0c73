"""Parts of forms in which a severity is chosen: the levels, the five questions behind *Not sure*, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.catalog import Catalog, SeverityRow
from bot.catalog.sections.classification import CLASSIFICATION
from bot.domain.incidents import decision_matrix
from bot.domain.incidents.classification import Suggestion
from bot.rendering.durations import human
from handlers import form
from handlers.form import Choice
from handlers.form_values import Values
from handlers.response import View

NOT_SURE = "unsure"
"""The value of the choice behind which the questions stand."""
HIGHER = "Between two of them? Take the higher one; it can be lowered at any time."
ROOMS = {
    "always": "opens a war room",
    "ask": "asks you about a war room",
    "on_request": "war room on request",
    "never": "no war room",
}


@dataclass(frozen=True)
class Chosen:
    """What a form says of the severity: a level, `NOT_SURE`, or nothing yet; and the answers so far."""

    level: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Values) -> "Chosen":
        answers = {question: values.choice(_block(question)) for question in decision_matrix.QUESTIONS}
        return cls(values.choice("severity"), answers)

    @property
    def unsure(self) -> bool:
        return self.level == NOT_SURE

    def suggestion(self, catalog: Catalog) -> Suggestion:
        """What the answers lead to; nothing where a level was chosen."""
        if not self.unsure:
            return Suggestion()
        return decision_matrix.suggest(catalog.section(CLASSIFICATION), self.answers, catalog.display.currency)

    def severity(self, catalog: Catalog) -> str:
        """The level that is chosen or suggested; "" while there is none."""
        return (self.suggestion(catalog).severity or "") if self.unsure else self.level


def levels(catalog: Catalog, chosen: str) -> View:
    """The levels with when to choose each, and *Not sure*; none is chosen unless it is said here."""
    choices = [Choice(key, heading(catalog, row), (row.when or row.definition)[:75])
               for key, row in catalog.severities.items()]  # fmt: skip
    unsure = Choice(NOT_SURE, "Not sure", "Answer up to five questions, and one is suggested with the reasons")
    return form.radios([*choices, unsure], chosen)


def heading(catalog: Catalog, row: SeverityRow) -> str:
    """`SEV-1 Critical`, or what of it the installation shows."""
    label = catalog.severity_label(row.key)
    return label if label == row.label else f"{label} {row.label}"


def questions(catalog: Catalog, chosen: Chosen) -> list[View]:
    """The five questions and what the answers lead to; nothing while a level is chosen."""
    if not chosen.unsure:
        return []
    matrix, currency = catalog.section(CLASSIFICATION).matrix, catalog.display.currency
    found = []
    for question, text in decision_matrix.QUESTIONS.items():
        choices = [Choice(one.value, one.label[:75]) for one in decision_matrix.options(matrix, question, currency)]
        menu = form.menu(choices, chosen.answers.get(question, ""), "I don't know")
        found.append(form.field(_block(question), text, menu, optional=True, action="severity.answer"))
    return [*found, {**form.said(suggested(catalog, chosen.suggestion(catalog))), "block_id": "suggested"}]


def _block(question: str) -> str:
    return f"ask-{question}"


def suggested(catalog: Catalog, found: Suggestion) -> str:
    """The suggestion with the reason for each answer, in lines."""
    if found.severity is None:
        return "Answer what you know, and leave the rest. One answer is enough for a suggestion."
    title = f"💡 Suggested: {heading(catalog, catalog.severities[found.severity])}"
    if found.between:
        title += f". It could be {catalog.severity_label(found.between)} too, so the higher one is suggested"
    return "\n".join([title, *(f"• {reason}" for reason in reasons(catalog, found))])


def reasons(catalog: Catalog, found: Suggestion) -> list[str]:
    """`10 to 50 % of users → SEV-2`, the worst first."""
    return [f"{one.because} → {catalog.severity_label(one.severity)}" for one in found.findings]


def consequence(catalog: Catalog, severity: str) -> str:
    """What a level brings beside the pages: `SEV-1: answer within 5 min, update every 30 min, opens a war room.`"""
    if not severity:
        return "Choose a severity to see who is paged."
    row = catalog.severities[severity]
    answer = [f"answer within {human(row.ack)}"] if row.ack else []
    update = [f"update every {human(row.cadence)}"] if row.cadence else ["no regular updates"]
    return f"{catalog.severity_label(severity)}: {', '.join([*answer, *update, ROOMS[row.war_room]])}."
