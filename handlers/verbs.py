"""The verbs of `/incident` and `/oncall` in one table: help, parsing, permissions and docs/commands.md come from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

EXAMPLE = 42


@dataclass(frozen=True)
class Verb:
    """`takes` is what follows the verb: "reference" when it is about one incident, "" when it is about none.

    `prose` marks verbs whose words are free text, `action` the row of the permission table.
    """

    name: str
    usage: str
    says: str
    action: str
    synonyms: tuple[str, ...] = ()
    about_one: bool = True
    prose: bool = False

    @property
    def takes_words(self) -> bool:
        """Whether its usage names anything beside the reference."""
        return len(self.usage.replace(f"[INC-{EXAMPLE}]", "").split()) > 1


INCIDENT: tuple[Verb, ...] = (
    Verb("declare", "declare [sev1] [title] [--service S] [--private] [--drill]",
         "Declares an incident; without a title it opens the form.", "declare",
         ("new", "open", "start", "create", "report"), about_one=False),
    Verb("list", "list", "Shows what is open now.", "list", ("ls", "all", "mine"), about_one=False),
    Verb("status", "status [INC-42] [investigating|identified|monitoring]",
         "Shows where an incident stands, or sets its status.", "status", ("show", "state", "info")),
    Verb("ack", "ack [INC-42]", "Acknowledges: you are on it, and the paging stops.", "ack", ("acknowledge", "acked")),
    Verb("decline", "decline [INC-42] [why]", "You cannot take it: the next level is paged now.", "decline",
         ("cant", "can't", "pass", "nack"), prose=True),
    Verb("unack", "unack [INC-42]", "Takes an acknowledgement back: it is paged anew.", "unack",
         ("un-ack", "unacknowledge", "release")),
    Verb("handover", "handover [INC-42] [@person]", "Offers what you hold to somebody, who is paged.", "handover",
         ("hand-over", "give", "reassign")),
    Verb("escalate", "escalate [INC-42] [level 2, @person, team or policy]",
         "Pages the next level now, or whom you name. Several people within ten seconds mean one step; `level 3` goes "
         "there in any case.", "escalate", ("esc",)),
    Verb("pause", "pause [INC-42] [15m|1h|shift|9:00]", "Lets the paging wait; it goes on by itself.", "pause",
         ("snooze", "hold")),
    Verb("resume", "resume [INC-42]", "Ends a pause of the paging.", "pause", ("continue", "unpause")),
    Verb("stop", "stop [INC-42] [why]", "Stops the paging although nobody has it.", "stop", ("stop-paging",),
         prose=True),
    Verb("page", "page [INC-42] [--dry-run] [@person, team, specialists or policy]",
         "Pages whom you name now; --dry-run shows who would be paged, by a service too.", "page", ("call",)),
    Verb("ask-manager", "ask-manager [INC-42] [question]",
         "Pages the manager on call, who decides yes or no; without words it opens the form.", "ask",
         ("ask", "askmanager", "manager"), prose=True),
    Verb("answer", "answer [INC-42] yes|no [why]", "Decides what you were asked.", "answer", ("decide",), prose=True),
    Verb("vendor", "vendor [INC-42] [name] [ticket]",
         "Shows how to reach a vendor's support and keeps its ticket; without words it opens the list.", "vendor",
         ("vendors", "support")),
    Verb("sev", "sev [INC-42] [sev1..sev4] [why]", "Changes the severity.", "sev", ("severity", "sevs"), prose=True),
    Verb("resolve", "resolve [INC-42] [what fixed it]", "Ends the incident; without words it opens the form.",
         "resolve", ("resolved", "fixed", "done", "end"), prose=True),
    Verb("reopen", "reopen [INC-42] [why]", "Opens a resolved incident again.", "reopen", prose=True),
    Verb("close", "close [INC-42]", "Files a resolved incident away.", "close", ("closed", "archive")),
    Verb("cancel", "cancel [INC-42] [why]", "It was no incident: everything stops.", "cancel",
         ("cancelled", "canceled", "abort", "dismiss"), prose=True),
    Verb("room", "room [INC-42]", "Opens a war room, or names the one there is.", "room", ("channel", "warroom")),
    Verb("ic", "ic [INC-42] [@person]", "Makes somebody, or you, the incident commander.", "role",
         ("commander", "lead", "take")),
    Verb("role", "role [INC-42] [tech|comms|scribe|ic] [@person]",
         "Gives a role to somebody, or to you; without words it opens the form.", "role", ("roles", "assign")),
    Verb("note", "note [INC-42] [13:38] what happened", "Adds a line to the timeline.", "note",
         ("log", "notes", "write"), prose=True),
    Verb("update", "update [INC-42] [identified] what changed",
         "Publishes a status update; without words it opens the form.", "update", ("up", "updates"), prose=True),
    Verb("timeline", "timeline [INC-42]", "Shows what happened so far.", "timeline", ("history", "tl")),
    Verb("why", "why [INC-42] [@person]", "Shows who was paged and why, who was not, and what became of each try.",
         "why", ("explain", "reason")),
    Verb("postmortem", "postmortem [INC-42]", "Brings the draft of the postmortem.", "postmortem",
         ("pm", "retro", "report-draft")),
    Verb("help", "help", "Shows these commands.", "help", ("?", "commands", "usage", "-h", "--help"), about_one=False),
)  # fmt: skip

ONCALL: tuple[Verb, ...] = (
    Verb("who", "who [schedule]", "Shows who is on call now.", "who", ("now", "list", ""), about_one=False),
    Verb("me", "me", "Shows your shifts of the next four weeks, in your time.", "who", ("mine", "my"),
         about_one=False),
    Verb("next", "next", "Shows who takes over next.", "who", about_one=False),
    Verb("schedule", "schedule [name]",
         "Shows a schedule's coming two weeks and its overrides, as a table and a picture.", "who",
         ("rota", "plan", "week"), about_one=False),
    Verb("override", "override [schedule]", "Opens the form that puts somebody else on call for a while.", "override",
         ("overrides",), about_one=False),
    Verb("swap", "swap [schedule] [@person]",
         "Asks your team to cover a shift of yours, or one person to swap shifts with you.", "swap", ("cover",),
         about_one=False),
    Verb("handoff", "handoff [schedule]", "Shows the hand-off note: what is open, what paged, what comes.", "handoff",
         ("hand-off", "handover"), about_one=False),
    Verb("health", "health [schedule]", "Shows what being on call cost in the last four weeks.", "handoff",
         ("load", "fairness"), about_one=False),
    Verb("test-page", "test-page", "Sends you a page, so that you know it reaches you.", "test-page",
         ("test", "testpage", "test_page"), about_one=False),
    Verb("help", "help", "Shows these commands.", "help", ("?", "commands", "usage", "-h", "--help"), about_one=False),
)  # fmt: skip

COMMANDS: dict[str, tuple[Verb, ...]] = {"/incident": INCIDENT, "/oncall": ONCALL}


def find(command: str, word: str) -> Verb | None:
    """The verb that this word means, by name or synonym, whatever its case."""
    lower = word.lower()
    return next((verb for verb in COMMANDS[command] if lower == verb.name or lower in verb.synonyms), None)


def spelled(usage: str, reference: str, severities: Sequence[str]) -> str:
    """A usage in the installation's own spelling: its references, and its severities from the worst to the mildest."""
    worst, mildest = (one.lower().replace("-", "") for one in (severities[0], severities[-1]))
    return usage.replace(f"INC-{EXAMPLE}", reference).replace("sev1", worst).replace("sev4", mildest)


def nearest(command: str, word: str) -> str | None:
    """The verb that was probably meant by a word we do not know."""
    words = {name: verb.name for verb in COMMANDS[command] for name in (verb.name, *verb.synonyms) if name}
    close = get_close_matches(word.lower(), list(words), n=1, cutoff=0.7)
    return words[close[0]] if close else None


def markdown() -> str:
    """docs/commands.md: every command with its usage, its synonyms and one sentence."""
    lines = [
        "# Commands",
        "",
        "Written from the table in `handlers/verbs.py`; a test compares the two.",
        "",
        "Inside a war room no reference is needed. Anywhere else write `INC-42` or `42`; without one, the only open",
        "incident is meant, and with several open you are asked which.",
    ]
    for command, verbs in COMMANDS.items():
        lines += ["", f"## {command}", "", "| Command | Does | Also |", "|---|---|---|"]
        lines += [_row(command, verb) for verb in verbs]
    return "\n".join(lines) + "\n"


def _row(command: str, verb: Verb) -> str:
    usage = f"{command} {verb.usage}".replace("|", "\\|")
    also = ", ".join(f"`{word}`" for word in verb.synonyms if word)
    return f"| `{usage}` | {verb.says} | {also} |"
