"""The verb of tickets."""

from bot.domain.core.verb import Field, Verb

TICKETS = (
    Verb("ticket", "Creates the incident's ticket in Jira, GitHub or GitLab; in Slack alone it opens the form.",
         "ticket", 'INC-1 "Checkout returns 5xx" --as ana', ("tickets", "create-ticket", "jira"), prose=True,
         any_state=True, fields=(
             Field("title", "its title (default: the incident's)", "words", slack="[title]"),
             Field("readable", "of a private incident: those who read the tracker may read it there", "flag",
                   option="--readable", doors=("cli", "rest")),
         )),
)  # fmt: skip
