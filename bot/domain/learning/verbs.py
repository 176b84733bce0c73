"""The verbs of problems."""

from bot.domain.core.verb import Field, Verb

PROBLEMS = (
    Verb("problem", "Keeps what has to be fixed for good (PRB-1), or links the incident to one that is kept.",
         "problem", 'INC-1 "the pool has no limit" --owner ana --due 2026-12-24',
         ("known-error", "permanent-fix"), prose=True, any_state=True, meant=("open", "resolved"),
         reference_last=True, fields=(
             Field("text", "what has to be fixed; or PRB-1 and fixed, workaround, owner, due, unlink", "words",
                   required=True, slack="[what|PRB-1 fixed ...|list]"),
             Field("owner", "who sees to it", option="--owner", metavar="PERSON"),
             Field("due", "until when, such as 2026-12-24", option="--due", metavar="DATE"),
             Field("workaround", "what helps until it is fixed", option="--workaround", metavar="TEXT"),
         )),
    Verb("problems", "Shows what has to be fixed for good, and the incidents that come from it.", "list", "",
         ("list-problems",), about_one=False, reads=True, fields=(
             Field("all", "fixed ones too", "flag", option="--all", doors=("cli", "rest")),
             Field("which", slack="[all]", doors=("slack",)),
         )),
)  # fmt: skip
