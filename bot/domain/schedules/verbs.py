"""The verbs of the schedules: who is on call, and what changes that at short notice."""

from bot.domain.core.verb import ACTOR, TERMINAL, Field, Verb

CONFIG = Field("config", "default: $TOCSIN_CONFIG, or tocsin.yml", "path", option="--config", metavar="FILE",
               doors=TERMINAL)  # fmt: skip
_LOCAL = "ISO 8601; without an offset it is the schedule's local time"
_SINCE = Field("since", "ISO 8601 (default: now)", option="--from", metavar="A", doors=("cli", "rest"))
_UNTIL = Field("until", "ISO 8601 (default: four weeks later)", option="--to", metavar="B", doors=("cli", "rest"))
_NOTE = Field(
    "note", "why; the people it concerns read it", option="--note", metavar="TEXT", doors=TERMINAL, default=""
)  # fmt: skip
_WINDOW = (
    Field("since", _LOCAL, option="--from", metavar="A", doors=TERMINAL),
    Field("until", _LOCAL, option="--to", metavar="B", doors=TERMINAL),
    _NOTE,
)


def _schedule(help_text: str, slack: str = "", *, required: bool = False) -> Field:
    return Field("schedule", help_text, option="--schedule", metavar="S", slack=slack, required=required)


def _instead(*words: str) -> tuple[Field, ...]:
    """`override cancel 3`: a word and a number instead of making one."""
    return (
        Field("what", "instead of making one", "choice", choices=words, doors=TERMINAL),
        Field("number", "which one", "number", metavar="N", doors=TERMINAL),
    )


SCHEDULES = (
    Verb("who", "Shows who is on call now.", "who", "--schedule primary-oncall --at 2026-12-24T18:00",
         ("now", "list", "whos", ""), about_one=False, reads=True, fields=(
             _schedule("default: all of them", "[schedule]"),
             Field("at", _LOCAL, option="--at", metavar="T", doors=("cli", "rest")),
             CONFIG,
         )),
    Verb("me", "Shows your shifts of the next four weeks, in your time.", "who", "--as ana", ("mine", "my"),
         about_one=False, reads=True, fields=(ACTOR, CONFIG)),
    Verb("next", "Shows who takes over next.", "who", about_one=False, reads=True, fields=(CONFIG,)),
    Verb("schedule", "Shows a schedule's coming two weeks and its overrides; Slack adds a picture.", "who",
         "--schedule primary-oncall", ("rota", "plan", "week"), about_one=False, reads=True,
         fields=(_schedule("default: the first one", "[name]"), CONFIG)),
    Verb("shifts", "Shows who is on call when.", "who", "--schedule primary-oncall --from 2026-12-01 --to 2027-01-01",
         about_one=False, reads=True, doors=("cli", "rest"), fields=(
             _schedule("which one", required=True), _SINCE, _UNTIL, CONFIG,
             Field("history", "who really was on call, as the bot recorded it", "flag", option="--history",
                   doors=TERMINAL),
         )),
    Verb("gaps", "Shows when no one is on call.", "who", about_one=False, reads=True, doors=("cli", "rest"),
         fields=(_schedule("default: all of them"), _SINCE, _UNTIL, CONFIG)),
    Verb("picture", "Draws two weeks of a schedule into a file.", "who", "--schedule primary-oncall -o primary.png",
         about_one=False, reads=True, doors=TERMINAL, fields=(
             _schedule("which one", required=True),
             Field("output", "the PNG file to write", "path", required=True, option="-o --output", metavar="FILE"),
             Field("since", "ISO 8601; its day is the first of the two weeks (now)", option="--from", metavar="A"),
             Field("zone", "whose clock it shows, such as Europe/Madrid (the schedule's)", option="--zone",
                   metavar="ZONE"),
             CONFIG,
         )),
    Verb("override", "Puts someone else on call for a while; lists or cancels that.", "override",
         '--schedule primary-oncall --from 2026-12-24T09:00 --to 2026-12-25T09:00 --replace ana --with bo '
         '--note "a family day"', ("overrides",), about_one=False, fields=(
             *_instead("list", "cancel"), _schedule("where", "[schedule]"), *_WINDOW,
             Field("add", "on call together with the others", option="--add", metavar="P", group="change",
                   doors=TERMINAL),
             Field("remove", "not on call, without a substitute", option="--remove", metavar="P", group="change",
                   doors=TERMINAL),
             Field("replace", "not on call; say with --with who is", option="--replace", metavar="P",
                   group="change", doors=TERMINAL),
             Field("only", "a temporary schedule: these people and no one else", "names", option="--only",
                   metavar="P", group="change", doors=TERMINAL),
             Field("substitute", "who takes over from --replace", option="--with", metavar="Q", doors=TERMINAL),
             Field("all", "list also what is over or cancelled", "flag", option="--all", doors=TERMINAL),
         )),
    Verb("swap", "Asks your team to cover a shift of yours, or one person to swap shifts with you.", "swap",
         "--schedule primary-oncall --from 2026-12-24 --to 2026-12-25 --with bo --back-from 2026-12-31 "
         "--back-to 2027-01-01 --as ana", ("cover",), about_one=False, fields=(
             *_instead("list", "take", "decline", "cancel"), _schedule("where", "[schedule]"), *_WINDOW,
             Field("partner", "swap with this person, who must accept", option="--with", metavar="Q",
                   slack="[@person]"),
             Field("back_since", "the shift of theirs that you take instead", option="--back-from", metavar="C",
                   doors=TERMINAL),
             Field("back_until", "its end", option="--back-to", metavar="D", doors=TERMINAL),
         )),
    Verb("ics", "Prints a calendar of shifts, or its address.", "who", "--schedule primary-oncall -o oncall.ics",
         about_one=False, reads=True, doors=TERMINAL, fields=(
             Field("schedule", "everyone's shifts on a schedule", option="--schedule", metavar="S", group="whose",
                   required=True),
             Field("person", "one person's shifts on all schedules, with reminders", option="--person",
                   metavar="PERSON", group="whose", required=True),
             Field("url", "print the address to subscribe to instead of the calendar", "flag", option="--url"),
             CONFIG,
             Field("output", "write to FILE instead of standard output", "path", option="-o --output",
                   metavar="FILE"),
         )),
    Verb("import", "Brings in overrides or time off from a calendar file.", "override",
         "holidays.ics --schedule primary-oncall --kind time-off --dry-run", about_one=False, doors=TERMINAL, fields=(
             Field("file", "an iCalendar file (.ics)", "path", required=True, metavar="FILE"),
             _schedule("where", required=True),
             Field("kind", "override: those named are on call; time-off: they are away", "choice", option="--kind",
                   choices=("override", "time-off"), default="override"),
             Field("source", "which calendar it is; default: its own name, else the file's", option="--source",
                   metavar="NAME"),
             Field("dry_run", "say what would be changed, and change nothing", "flag", option="--dry-run"),
         )),
)  # fmt: skip

_WHERE = Field("schedule", required=True)
_FROM_TO = (Field("start", kind="moment", required=True), Field("end", kind="moment", required=True))
_NUMBER = (Field("number", kind="number", required=True),)

CHANGES = (
    Verb("override", "Puts someone on call for a while; `only` takes `people` and no one else.", "override",
         about_one=False, doors=("rest",), fields=(
             _WHERE, Field("kind", kind="choice", required=True, choices=("add", "remove", "replace", "only")),
             *_FROM_TO, Field("person"), Field("substitute"), Field("people", kind="names"), Field("note"),
         )),
    Verb("cancel-override", "Takes an override back.", "override", about_one=False, doors=("rest",), fields=_NUMBER),
    Verb("ask-cover", "Asks the team to cover a shift.", "swap", about_one=False, doors=("rest",),
         fields=(_WHERE, *_FROM_TO, Field("note"))),
    Verb("take-cover", "Takes the shift that someone asked cover for.", "swap", about_one=False, doors=("rest",),
         fields=_NUMBER),
    Verb("ask-swap", "Offers one person your shifts for theirs.", "swap", about_one=False, doors=("rest",), fields=(
             _WHERE, *_FROM_TO, Field("note"), Field("partner", required=True),
             Field("back_start", kind="moment", required=True), Field("back_end", kind="moment", required=True),
         )),
    Verb("decline-cover", "Says no to a swap.", "swap", about_one=False, doors=("rest",), fields=_NUMBER),
    Verb("withdraw-cover", "Takes a request back.", "swap", about_one=False, doors=("rest",), fields=_NUMBER),
)  # fmt: skip
"""What programs change of the schedules, below /api/v1/schedules."""
