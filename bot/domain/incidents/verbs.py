"""The verbs of an incident's life: declared, staffed, told about, resolved, looked back at."""

from bot.domain.core.verb import Field, Verb

WHY = Field("reason", "why; kept in the timeline", "words", metavar="WHY", slack="[why]")
SETTABLE = ("investigating", "identified", "monitoring")
"""The states that a person sets; the others have verbs of their own."""

LIFE = (
    Verb("declare", "Declares an incident, which pages people; in Slack without a title it opens the form.", "declare",
         '"Checkout returns 5xx" --severity sev1 --service checkout', ("new", "open", "start", "create", "report"),
         about_one=False, fields=(
             Field("severity", "sev1 to sev4 (default: sev3)", option="--severity", metavar="SEV", slack="[sev1]"),
             Field("title", "what is happening", "words", required=True, slack="[title]"),
             Field("service", "what is broken, by its name in tocsin.yml", option="--service", metavar="S",
                   slack="[--service S]"),
             Field("description", "what is known so far", option="--description", metavar="TEXT"),
             Field("private", "only invited people see it", "flag", option="--private", slack="[--private]"),
             Field("drill", "an exercise", "flag", option="--drill", slack="[--drill]"),
         )),
    Verb("list", "Shows what is open now, worst first; `all` shows them all, and those that ended last.", "list",
         "--all", ("ls", "all", "mine"), about_one=False, reads=True, fields=(
             Field("all", "ended ones too", "flag", option="--all", doors=("cli", "rest")),
             Field("which", slack="[all|mine]", doors=("slack",)),
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
    Verb("ic", "Makes you (or @person) incident commander.", "role", "INC-1 ana", ("commander",),
         mistaken=("lead", "take"), reference_last=True, fields=(
             Field("person", "a name from tocsin.yml, or a Slack id (default: you)", slack="[@person]"),)),
    Verb("role", "Gives a role to someone, or to you; in Slack without words it opens the form.", "role",
         "INC-1 comms li", ("roles", "assign"), mistaken=("lead",), reference_last=True, fields=(
             Field("role", "ic, tech, comms or scribe", required=True, slack="[tech|comms|scribe|ic]"),
             Field("person", "a name from tocsin.yml, or a Slack id (default: you)", slack="[@person]"),
         )),
    Verb("room", "Opens a war room or links the existing one.", "room", "INC-1", ("channel", "warroom")),
    Verb("resolve", "Ends the incident; in Slack without words it opens the form.", "resolve",
         "INC-1 rolled back checkout 4812", ("resolved", "fixed", "end"), mistaken=("done",), prose=True, fields=(
             Field("text", "what fixed it", "words", required=True, slack="[what fixed it]"),
             Field("impact", "who was affected, and how", option="--impact", metavar="TEXT"),
             Field("mitigated_at", "when the impact ended, ISO 8601 (default: now)", "moment", option="--mitigated-at",
                   metavar="T"),
         )),
    Verb("reopen", "Opens a resolved incident again, which pages people.", "reopen", "INC-1 it is back",
         fields=(WHY,), prose=True, meant=("resolved", "closed", "cancelled")),
    Verb("close", "Closes and archives a resolved incident.", "close", "INC-1", ("closed", "archive"),
         mistaken=("done",), meant=("resolved",)),
    Verb("cancel", "Cancels: false alarm, stop everything.", "cancel", "INC-1 a false alarm",
         ("cancelled", "canceled", "abort", "dismiss"), fields=(WHY,), prose=True),
    Verb("undo", "Undoes a declaration within a minute: paging stops, and the number is kept.", "cancel", "INC-1"),
    Verb("timeline", "Shows what happened so far.", "timeline", "INC-1", ("history", "tl"), reads=True),
    Verb("postmortem", "Posts the postmortem draft; the command line prints it.", "postmortem", "INC-1",
         ("pm", "retro", "report-draft"), meant=("open", "resolved")),
)  # fmt: skip

HELP = (
    Verb("help", "Shows these commands.", "help", synonyms=("?", "commands", "usage", "-h", "--help"),
         about_one=False, reads=True, doors=("slack",)),
)  # fmt: skip
