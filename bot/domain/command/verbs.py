"""The verbs of command: who commands, who has which role, and how command moves from one to the other."""

from bot.domain.core.verb import Field, Verb

COMMAND = (
    Verb("ic", "Makes you (or @person) incident commander; where someone commands already, command is offered.",
         "role", "INC-1 ana", ("commander",), mistaken=("lead", "take"), reference_last=True, fields=(
             Field("person", "a name from tocsin.yml, or a Slack id (default: you)", slack="[@person]"),)),
    Verb("handoff", "Hands over command of the incident: offered with a brief, moved when the other accepts.",
         "command", "INC-1 dee --as ana", ("hand-off", "handover", "hand-over"), reference_last=True, fields=(
             Field("person", "who to offer it to, such as dee; or accept, decline, later or none about an offer",
                   slack="[@person|accept|decline|later|none]"),
             Field("worry", "what you are worried about", option="--worry", metavar="TEXT"),
             Field("reason", "why you decline", option="--reason", metavar="TEXT"),
             Field("sure", "command is meant, though you hold a page and don't command", "flag",
                   option="--command", doors=("cli", "rest")),
         )),
    Verb("take-command", "Takes command from a commander who doesn't answer, with the reason.", "command",
         "INC-1 Ana is not answering --as bo", ("takecommand", "takeover", "take-over"), prose=True,
         fields=(
             Field("reason", "why; kept in the timeline", "words", required=True, metavar="WHY", slack="why"),)),
    Verb("role", "Gives a role to someone, or to you; in Slack without words it opens the form.", "role",
         "INC-1 comms li", ("roles", "assign"), mistaken=("lead",), reference_last=True, fields=(
             Field("role", "ic, tech, comms, scribe, sme, observer, support, exec or service-lead", required=True,
                   slack="[tech|comms|scribe|sme|observer|ic]"),
             Field("person", "a name from tocsin.yml, or a Slack id (default: you); none empties it",
                   slack="[@person|none]"),
         )),
)  # fmt: skip

KEEPING = (
    Verb("decision", "Keeps a decision (D1), open to strong objections; `pending ...` leaves it for later.", "decision",
         "INC-1 roll back now --as ana", ("decide", "decisions"), prose=True, form=("Decision", "Decide"), fields=(
             Field("text", "what is decided; or D1 and proceed, object why, drop", "words", required=True,
                   slack="[pending] what is decided [in 30m]", label="What is decided?",
                   hint="It stands unless someone objects strongly. Begin with “pending” to leave it for later."),
             Field("within", "leave it open for so long, such as 30m", "duration", option="--within", metavar="30m"),
             Field("condition", "leave it open until this happens", option="--if", metavar="TEXT"),
         )),
    Verb("action", "Gives someone something to do (A1) within a time-box; `A1 +10` gives more time.", "action",
         "INC-1 @bo restart the pool 10m --as ana", ("actions",), prose=True, form=("Action", "Add"),
         fields=(
             Field("text", "who, what and for how long; or A1 and done, drop, +10, got", "words", required=True,
                   slack="[@person] what [10m]", label="Who does what, and for how long?",
                   hint="For example “@bo restart the pool 10m”. Without a name it is yours."),
             Field("owner", "who does it (default: you)", option="--owner", metavar="PERSON"),
             Field("within", "its time-box, such as 10m (default: 15m)", "duration", option="--within", metavar="10m"),
         )),
    Verb("done", "Ticks an action (A1); it never ends the incident.", "action", "INC-1 A1 --as bo", ("tick",),
         prose=True, any_state=True,
         fields=(Field("action", "which one, such as A1", "words", slack="A1"),)),
    Verb("mitigation", "Keeps what is tried against the impact (M1), and what became of it.", "mitigation",
         "INC-1 roll back checkout 4812 --rollback 'deploy it again' --as bo", ("mitigations", "mitigate", "try"),
         prose=True, form=("Mitigation", "Add"), fields=(
             Field("text", "what is tried; or M1 and worked, partly, failed", "words", required=True,
                   slack="what is tried", label="What is tried?",
                   hint="Say later what became of it: M1 worked."),
             Field("rollback", "how to take it back", option="--rollback", metavar="TEXT"),
             Field("kind", "such as rollback, flag-off, scale-up, hotfix", option="--kind", metavar="KIND"),
             Field("owner", "who does it (default: you)", option="--owner", metavar="PERSON"),
         )),
)  # fmt: skip

CATCHUP = (
    Verb("catchup", "Says in five lines where it stands: what, impact, tried, deciding, who; each with its facts.",
         "timeline", "INC-1", ("catch-up",), any_state=True, reads=True),
)  # fmt: skip
