"""The verbs of a life on call: handing over a shift, what it costs, what is owed for it."""

from bot.domain.core.verb import TERMINAL, Field, Verb

MODELS = ("fixed_stipend", "incident_based", "time_based", "comp_time")
CONFIG = Field("config", "default: $TOCSIN_CONFIG, or tocsin.yml", "path", option="--config", metavar="FILE",
               doors=TERMINAL)  # fmt: skip
SCHEDULE = Field("schedule", "one schedule", option="--schedule", metavar="S", slack="[schedule]")
_WEEKS = Field(
    "weeks", "how far to look back (default: 4)", "number", option="--weeks", metavar="N", doors=("cli", "rest"),
    default=4,
)  # fmt: skip

LIFE_ON_CALL = (
    Verb("handoff", "Shows the hand-off note: what is open, what paged, what comes.", "who",
         "--schedule primary-oncall", ("hand-off",), mistaken=("handover",), about_one=False, reads=True,
         fields=(SCHEDULE, CONFIG)),
    Verb("health", "Shows what being on call costs: pages, nights, false alarms, who carries how much.", "who",
         "--weeks 8", ("load", "fairness"), about_one=False, reads=True, fields=(_WEEKS, SCHEDULE, CONFIG)),
    Verb("compensation", "Shows what is owed for being on call, by one of four models.", "who",
         "--from 2026-11-01 --to 2026-12-01 --model fixed_stipend --rate 50", about_one=False, reads=True,
         doors=TERMINAL, fields=(
             Field("since", "ISO 8601, local to the display zone", option="--from", metavar="A", required=True),
             Field("until", "ISO 8601; not part of the window", option="--to", metavar="B", required=True),
             Field("model", "how being on call is paid", "choice", option="--model", choices=MODELS, required=True),
             Field("rate", "per day, per incident or per hour (default: from tocsin.yml)", option="--rate",
                   metavar="AMOUNT"),
             Field("csv", "print a table for a spreadsheet", "flag", option="--csv"),
             CONFIG,
         )),
)  # fmt: skip
