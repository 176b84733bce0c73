"""The verbs of paging: who is asked, who has it, and whether a page would arrive."""

from bot.domain.core.verb import TERMINAL, Field, Verb

WHY = Field("reason", "why; kept in the timeline", "words", metavar="WHY", slack="[why]")

PAGING = (
    Verb("ack", "Acknowledges: you are on it, and paging stops.", "ack", "INC-1 --as ana", ("acknowledge", "acked"),
         mistaken=("take",)),
    Verb("decline", "You can't take it: the next level is paged now.", "decline", "INC-1 ill --as ana",
         ("cant", "can't", "nack"), fields=(WHY,), prose=True),
    Verb("unack", "Takes an acknowledgement back: it is paged again.", "unack", "INC-1 --as ana",
         ("un-ack", "unacknowledge", "release")),
    Verb("confirm", "You are still on it, so no one asks whether you are.", "ack", "INC-1 --as ana",
         ("still-on-it",)),
    Verb("pass", "Offers the page you hold to someone, who is paged.", "handover", "INC-1 bo --as ana",
         ("reassign", "give"),  reference_last=True,
         fields=(
             Field("person", "who is asked to take it, such as bo", required=True, slack="[@person]"),
             Field("note", "what they should know; shown on their page", "words", option="--note", metavar="NOTE",
                   doors=("cli", "rest")),
         )),
    Verb("escalate",
         "Pages the next level now, or the people you name. Repeated presses within ten seconds count once; `level 3` "
         "goes there in any case.", "escalate", "INC-1 --level 3", ("esc",), reference_last=True, fields=(
             Field("to", "a person, team, specialists or policy (default: next level)", "words", metavar="WHO",
                   slack="[level 2, @person, team or policy]"),
             Field("level", "this level of the policy, from 1", "number", option="--level", metavar="N"),
         )),
    Verb("page", "Pages someone more: a person, specialists, a team, a policy; --dry-run only says who it would be.",
         "page", "INC-1 bo", mistaken=("call",), reference_last=True, fields=(
             Field("dry_run", "say who would be paged when, and page no one; a service too", "flag",
                   option="--dry-run", slack="[--dry-run]", doors=("slack", "cli")),
             Field("confirm", "page everyone, now that you know how many they are: for all-hands", "flag",
                   option="--confirm", doors=("cli", "rest")),
             Field("to", "a person, specialists, team, schedule, user group or policy; or all-hands and why", "words",
                   required=True,
                   metavar="WHO", slack="[@person, team, specialists, policy or all-hands]"),
         )),
    Verb("pause", "Pauses paging; it resumes by itself.", "pause", "INC-1 30m", ("snooze",),
         reference_last=True, fields=(
             Field("until", "15m (default), 1h, shift, 9:00; 12h at most", "words", metavar="UNTIL",
                   slack="[15m|1h|shift|9:00]"),)),
    Verb("resume", "Ends a pause of the paging.", "pause", "INC-1", ("continue", "unpause")),
    Verb("stop", "Stops paging even though no one has acknowledged.", "stop", "INC-1 known and harmless",
         ("stop-paging",), fields=(WHY,), prose=True),
    Verb("why", "Shows who was paged and why, who was not, and what became of each try.", "why", "INC-1",
         ("explain", "reason"), reads=True, reference_last=True, meant=("open", "resolved"),
         fields=(Field("person", slack="[@person]", doors=("slack",)),)),
)  # fmt: skip

REACH = (
    Verb("test-page", "Sends you a page, so that you know it reaches you.", "test-page", "--as ana",
         ("test", "testpage", "test_page"), about_one=False),
    Verb("check", "Says whether everyone on call can be reached.", "who", "--json", about_one=False, reads=True,
         doors=TERMINAL, fields=(
             Field("config", "default: $TOCSIN_CONFIG, or tocsin.yml", "path", option="--config", metavar="FILE"),)),
)  # fmt: skip
