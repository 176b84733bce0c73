"""The verbs of an incident's life: declared, staffed, told about, resolved, looked back at."""

from bot.domain.core.verb import Field, Verb

WHY = Field("reason", "why; kept in the timeline", "words", metavar="WHY", slack="[why]")
WHY_SEVERITY = (
    "impact-worse", "taking-longer", "more-services", "more-complaints", "media",
    "impact-reduced", "mitigated", "fewer-users", "workaround",
)  # fmt: skip
"""Reasons to raise a severity, then to lower it: the keys of the rules of severity, which this must not import."""
DETECTED = ("synthetic", "error_rate", "latency", "resource", "business", "customer", "support", "social", "partner",
            "colleague")  # fmt: skip
"""How trouble is noticed; `bot/domain/incidents/detection.py` says it in words."""
SETTABLE = ("investigating", "identified", "monitoring")
"""The states that a person sets; the others have verbs of their own."""

NARROWED = (
    Field("severity", "only of these severities, such as sev1 or sev1,sev2", option="--severity", metavar="SEV",
          doors=("cli",)),
    Field("status", "only in these states: open, over, or their names", option="--status", metavar="STATUS",
          doors=("cli",)),
    Field("service", "only of this service", option="--service", metavar="NAME", doors=("cli",)),
    Field("since", "only declared since then: 30d, or 2026-11-02", option="--since", metavar="WHEN", doors=("cli",)),
    Field("until", "only declared before then", option="--until", metavar="WHEN", doors=("cli",)),
    Field("person", "only those in which this person has or had a role", option="--person", metavar="PERSON",
          doors=("cli",)),
    Field("role", "which role that is, such as ic", option="--role", metavar="ROLE", doors=("cli",)),
    Field("fields", "only those with this own field, such as customer=Acme", "names", option="--field",
          metavar="KEY=VALUE", doors=("cli",)),
)  # fmt: skip
"""What narrows a list down at the command line; `severity=sev1` in Slack, `?severity=sev1` in the API."""

LIFE = (
    Verb("declare", "Declares an incident, which pages people; in Slack without a title it opens the form.", "declare",
         '"Checkout returns 5xx" --severity sev1 --service checkout', ("new", "open", "start", "create", "report"),
         about_one=False, fields=(
             Field("severity", "sev1 to sev4 (default: sev3)", option="--severity", metavar="SEV", slack="[sev1]"),
             Field("title", "what is happening", "words", required=True, slack="[title]"),
             Field("service", "what is broken, by its name in tocsin.yml", option="--service", metavar="S",
                   slack="[--service S]"),
             Field("description", "what is known so far", option="--description", metavar="TEXT"),
             Field("detection", "how it was noticed", "choice", option="--detection", choices=DETECTED),
             Field("started_at", "when it began, ISO 8601 (default: now)", "moment", option="--started", metavar="T"),
             Field("private", "only invited people see it", "flag", option="--private", slack="[--private]"),
             Field("drill", "an exercise", "flag", option="--drill", slack="[--drill]"),
             Field("triage", "not sure yet: it pages, and has no room and no announcement", "flag", option="--triage",
                   slack="[--triage]"),
             Field("fields", "own fields, such as customer=Acme", "names", option="--field", metavar="KEY=VALUE",
                   doors=("cli", "rest")),
         )),
    Verb("triage", "Not sure yet: pages as usual, without a room or an announcement, until someone accepts it.",
         "declare", about_one=False, doors=("slack",), fields=(
             Field("severity", slack="[sev1]"), Field("title", "what is happening", "words", slack="what is happening"),
         )),
    Verb("accept", "It is an incident: what was in triage gets its room, announcement and deadlines now.", "triage",
         "INC-1", ("confirm-incident",), meant=("triage",)),
    Verb("reject", "It is no incident: what was in triage stops paging, and no metric counts it.", "triage",
         "INC-1 a known test --kind known", ("not-an-incident", "no-incident", "noincident"), meant=("triage",),
         prose=True, fields=(
             Field("kind", "what it is instead", "choice", option="--kind",
                   choices=("false_alarm", "known", "feature_request", "documentation")),
             WHY,
         )),
    Verb("list", "Shows what is open now, worst first; `all` shows them all, and those that ended last.", "list",
         "--all", ("ls", "all", "mine"), about_one=False, reads=True, fields=(
             Field("all", "ended ones too", "flag", option="--all", doors=("cli", "rest")),
             Field("which", slack="[all|mine|sev1|checkout] [customer=Acme]", doors=("slack",)),
             *NARROWED,
         )),
    Verb("search", "Finds incidents, open and past, by words, severity, status, service, day, role and own fields.",
         "list", "checkout timeout --since 30d", ("find", "look-for"), about_one=False, reads=True,
         doors=("slack", "cli"), fields=(
             Field("words", "every word has to stand in it", "words",
                   slack="words [severity=sev1] [status=resolved] [service=checkout] [since=30d] [role=ic]"),
             *NARROWED,
         )),
    Verb("status", "Shows where an incident stands, or sets its status.", "status", "INC-1 monitoring",
         ("show", "state", "info"), shows_without="status", fields=(
             Field("status", "investigating, identified or monitoring", required=True,
                   slack="[investigating|identified|monitoring]"),
             Field("reason", "why; kept in the timeline", option="--reason", metavar="TEXT"),
         )),
    Verb("sev", "Changes the severity.", "sev", "INC-1 sev2", ("severity", "sevs"), prose=True, fields=(
             Field("severity", "sev1 to sev4", required=True, metavar="SEV", slack="[sev1..sev4]"),
             Field("reason", "why; kept in the timeline", option="--reason", metavar="TEXT", slack="[why]"),
             Field("because", "one of the usual reasons", "choice", option="--because", metavar="WHY",
                   choices=WHY_SEVERITY),
         )),
    Verb("classify", "Suggests a severity from what is known, with the reasons; alone it asks five questions.", "sev",
         "INC-1 --users 30 --workaround none", ("wizard",), verbatim=True, fields=(
             Field("known", "answers and metrics, such as users=30 sla=breached error_rate=12 data_loss", "words",
                   slack="[users=30 data_loss]"),
             Field("users", "how many users are affected, in percent: 30, or 20-40", option="--users", metavar="PCT"),
             Field("functionality", "what doesn't work: core, major, minor or cosmetic", option="--functionality",
                   metavar="WHAT"),
             Field("workaround", "whether there is one: none, partial or full", option="--workaround", metavar="W"),
             Field("revenue", "what it costs per hour: 500, or 500-2000", option="--revenue", metavar="SUM"),
             Field("sla", "breached, at-risk or safe", option="--sla", metavar="SLA"),
             Field("set", "make what is suggested the severity", "flag", option="--set"),
         )),
    Verb("complaint", "Says that it affects you too, or a customer; each counts once.", "complain", "INC-1 cannot pay",
         ("affected", "affects-me"), mistaken=("complaints",), prose=True, verbatim=True, fields=(
             Field("text", "what does not work", "words", slack="[what doesn't work]"),
             Field("customer", "who complains, if not you", option="--customer", metavar="NAME"),
         )),
    Verb("field", "Sets an own field of an incident, such as the customer; in Slack alone it opens a form.",
         "field", "INC-1 customer Acme", ("set-field",), prose=True, verbatim=True, any_state=True,
         meant=("open", "resolved"), fields=(
             Field("field", "which one, by its key in tocsin.yml", required=True, slack="[customer]"),
             Field("value", "what it is", "words", slack="[Acme]"),
             Field("clear", "empty it", "flag", option="--clear"),
         )),
    Verb("update", "Publishes a status update; in Slack without words it opens the form.", "update",
         "INC-1 rolling back --status identified", ("up", "updates"), prose=True, fields=(
             Field("status", "investigating, identified or monitoring", "choice", option="--status", choices=SETTABLE,
                   slack="[identified]"),
             Field("text", "where things stand", "words", required=True, slack="what changed"),
             Field("severity", "a new severity", option="--severity", metavar="SEV"),
             Field("impact", "who is affected, and how", option="--impact", metavar="TEXT"),
             Field("next_in", "when the next one comes, such as 30m", "duration", option="--next", metavar="30m"),
         )),
    Verb("note", "Adds a line to the timeline.", "note", "INC-1 restarted the gateway", ("log", "notes", "write"),
         prose=True, verbatim=True, any_state=True,
         fields=(Field("text", "what happened", "words", required=True, slack="[13:38] what happened"),)),
    Verb("room", "Opens a war room or links the existing one.", "room", "INC-1", ("channel", "warroom")),
    Verb("resolve", "Ends the incident; in Slack without words it opens the form.", "resolve",
         "INC-1 rolled back checkout 4812", ("resolved", "fixed", "end"), prose=True, fields=(
             Field("text", "what fixed it", "words", required=True, slack="[what fixed it]"),
             Field("impact", "who was affected, and how", option="--impact", metavar="TEXT"),
             Field("mitigated_at", "when the impact ended, ISO 8601 (default: now)", "moment", option="--mitigated-at",
                   metavar="T"),
             Field("fields", "own fields, such as customer=Acme", "names", option="--field", metavar="KEY=VALUE",
                   doors=("cli", "rest")),
             Field("early", "why the stability hold is left out (default: what fixed it)", option="--early",
                   metavar="WHY"),
         )),
    Verb("merge", "Merges this incident into another one, where the work goes on; in Slack a form asks first.", "merge",
         "INC-2 INC-1 the same cause", prose=True, fields=(
             Field("into", "the incident in which the work goes on", required=True, metavar="REF",
                   slack="[into another]"),
             Field("reason", "why; kept in the timeline", "words", metavar="WHY"),
         )),
    Verb("hold", "Puts it on hold until a time: no updates are due, no one is reminded, and it resumes by itself.",
         "hold", 'INC-1 "waiting for the vendor" --until 2026-11-02T09:00:00+01:00', ("on-hold",), prose=True,
         fields=(
             Field("until", "when it resumes, ISO 8601", "moment", required=True, option="--until", metavar="T",
                   doors=("cli", "rest")),
             Field("reason", "what it waits for", "words", required=True, metavar="WHY",
                   slack="[until Monday 9:00 waiting for the vendor]"),
         )),
    Verb("unhold", "Takes the incident off hold: updates are owed again.", "hold", "INC-1", ("off-hold",)),
    Verb("set-times", "Corrects when it started, was detected, acknowledged, identified, mitigated, resolved.", "times",
         "INC-1 --started 2026-11-02T13:41:00+01:00", mistaken=("times", "clocks"), prose=True, any_state=True,
         meant=("open", "resolved"), fields=(
             *(Field(one, f"when it was {one}, ISO 8601", "moment", option=f"--{one}", metavar="T",
                     doors=("cli", "rest"))
               for one in ("started", "detected", "acknowledged", "identified", "mitigated", "resolved")),
             Field("text", slack="[started 13:41, detected 13:44]", doors=("slack",)),
         )),
    Verb("tick-off", "Ticks an item of a checklist, as a program may too; in Slack alone it shows the lists.", "tick",
         "INC-1 errors", mistaken=("checklist", "checklists", "criteria"), any_state=True,
         meant=("open", "resolved"), fields=(
             Field("item", "the item, such as errors or verified", required=True, slack="[errors]"),
             Field("state", "done (default), open, or none where it doesn't apply", "choice", option="--state",
                   choices=("done", "open", "none")),
         )),
    Verb("reopen", "Opens a resolved incident again, which pages people.", "reopen", "INC-1 it is back",
         fields=(WHY,), prose=True, meant=("resolved", "closed", "cancelled")),
    Verb("close", "Closes and archives a resolved incident.", "close", "INC-1", ("closed", "archive"),
         meant=("resolved",)),
    Verb("cancel", "Cancels: false alarm, stop everything.", "cancel", "INC-1 a false alarm",
         ("cancelled", "canceled", "abort", "dismiss"), fields=(WHY,), prose=True),
    Verb("undo", "Undoes a declaration within a minute: paging stops, and the number is kept.", "undo", "INC-1"),
    Verb("timeline", "Shows what happened so far.", "timeline", "INC-1", ("history", "tl"), reads=True),
    Verb("postmortem", "Posts the postmortem draft; the command line prints it.", "postmortem", "INC-1",
         ("pm", "retro", "report-draft"), meant=("open", "resolved")),
)  # fmt: skip

HELP = (
    Verb("help", "Shows these commands.", "help", synonyms=("?", "commands", "usage", "-h", "--help"),
         about_one=False, reads=True, doors=("slack",)),
)  # fmt: skip
