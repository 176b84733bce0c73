"""The verbs that bring more people to an incident: a manager's decision, a vendor's support, the questions."""

from bot.domain.core.verb import Field, Verb

ASSISTANCE = (
    Verb("ask-manager", "Pages the manager on call, who decides yes or no; in Slack without words it opens the form.",
         "ask", "INC-1 may we fail over to Dublin?", ("ask", "askmanager", "manager"), prose=True,
         form=("Ask the manager", "Ask now"), fields=(
             Field("text", "what to decide", "words", required=True, slack="[question]", label="What is to be decided?",
                   hint="The manager on call is paged and answers yes or no."),)),
    Verb("answer", "Decides what you were asked.", "answer", "INC-1 yes the replica is in step --as dee",
         prose=True, fields=(
             Field("answer", "yes or no", "choice", required=True, choices=("yes", "no"), slack="yes|no"),
             Field("reason", "why; kept in the timeline", "words", metavar="WHY", slack="[why]"),
             Field("question", "which one; `status --json` has the numbers", "number", option="--question",
                   metavar="N"),
         )),
    Verb("vendor", "Shows how to reach a vendor's support and keeps the case; without a name it shows all of them.",
         "vendor", "INC-1 aws CASE-7", ("vendors", "support"), shows_without="vendor", fields=(
             Field("vendor", "its name in tocsin.yml", required=True, slack="[name]"),
             Field("ticket", "the case's number there, now or later", slack="[ticket]"),
             Field("then", "what became of a case that is kept already", "choice",
                   choices=("answered", "escalated"), switches=(
                       ("answered", "they have answered: no one is reminded any more"),
                       ("escalated", "taken further there: their promise starts again"),
                   )),
         )),
    Verb("tree", "Asks who else is needed, one question at a time, and does what the answers lead to.", "page",
         "INC-1 1 2", ("who-else", "whoelse"), shows_without="mark", fields=(
             Field("answers", "the answers so far, by number", "numbers", required=True, metavar="N",
                   doors=("cli", "rest")),
             Field("mark", "do what they lead to; the questions print the mark", required=True, option="--do",
                   metavar="MARK", doors=("cli", "rest")),
             Field("who", "which specialists or team, where it is asked", option="--who", metavar="WHO",
                   doors=("cli", "rest")),
             Field("words", "the question or the message, where it is asked", option="--words", metavar="TEXT",
                   doors=("cli", "rest")),
         )),
)  # fmt: skip
