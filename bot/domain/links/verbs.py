"""The verbs of the links of an incident: a ticket, its call, a dashboard."""

from bot.domain.core.verb import Field, Verb

KINDS = ("ticket", "bridge", "dashboard", "runbook", "status-page", "related", "code", "other")
"""As `bot/domain/links/links.py` words them, which this must not import."""
_EVER = ("open", "resolved")

LINKS = (
    Verb("link", "Keeps a web address with the incident: a ticket, a dashboard, a runbook. The card shows it.", "link",
         "INC-1 https://jira.example.com/browse/OPS-1 --kind ticket --label Refunds", ("attach",), prose=True,
         meant=_EVER, any_state=True, form=("Add a link", "Add"), fields=(
             Field("url", "its address; a kind may stand before it, a name behind it", "words", required=True,
                   metavar="URL", slack="[kind] https://... [name]", label="Its address"),
             Field("kind", "what it leads to (default: what the address looks like)", "choice", option="--kind",
                   choices=KINDS, slack="", label="What does it lead to?"),
             Field("label", "its name", option="--label", metavar="NAME", label="What is it called?"),
         )),
    Verb("unlink", "Removes a link from the incident.", "link", "INC-1 https://jira.example.com/browse/OPS-1",
         ("remove-link",), prose=True, meant=_EVER, any_state=True, fields=(
             Field("link", "its address, its name or its kind", "words", required=True, metavar="LINK",
                   slack="address, name or kind"),)),
    Verb("links", "Shows the links of an incident.", "timeline", "INC-1", ("list-links",), reads=True, meant=_EVER),
    Verb("bridge", "Shows the incident's call, and opens the configured one; an address makes that the call.", "link",
         "INC-1 https://meet.example.com/inc-1", ("conference",), prose=True, meant=_EVER, any_state=True, fields=(
             Field("url", "the address of the call (default: the one of tocsin.yml)", "words", metavar="URL",
                   slack="[https://...]"),)),
)  # fmt: skip
