"""Expected refusals of commanding. The docstring of each class is the sentence the user reads."""

from bot.domain.core.errors import DomainError


class OfferIsPending(DomainError):
    """Command of {ref} has been offered to {who} already. `/incident handoff {ref} none` withdraws that offer."""


class NoOffer(DomainError):
    """No one is offering command of {ref} to you, so nothing was changed."""


class NothingToWithdraw(DomainError):
    """Command of {ref} isn't being offered to anyone, so nothing was changed."""


class NoCommander(DomainError):
    """{ref} has no commander, so there is nothing to hand over. `/incident ic {ref} {who}` fills the chair at once."""


class PageOrCommand(DomainError):
    """You hold the page of {ref} and aren't its commander. `pass` passes your page on; `handoff --command` starts a
    hand-off of command. Nothing was changed.
    """


class WhyTake(DomainError):
    """Say why you take command of {ref}, for example `/incident take-command {ref} Ana isn't answering`."""


class AskThem(DomainError):
    """{who} commands {ref}, so nothing was changed. Ask them to hand over to you; if they don't answer, write
    `/incident take-command {ref} why`.
    """


class TakenMeanwhile(DomainError):
    """{who} took command of {ref} while this form was open, so nothing was changed. Close it, and ask them first."""


class OnlyTheCommander(DomainError):
    """Only {who} can leave command of {ref}, so nothing was changed. If they don't answer, write
    `/incident take-command {ref} why`.
    """


class GiverOnly(DomainError):
    """Only {giver}, or the person who made the offer, can withdraw it. Nothing was changed."""


class AskedForTime(DomainError):
    """You have asked for more time once already: please accept or decline."""


class NothingSaid(DomainError):
    """Say what to {what}, for example `{example}`."""


class NoSuchItem(DomainError):
    """{ref} has no {name}, so nothing was changed. `/incident {verb} {ref} ...` adds one."""


class NotUnderstood(DomainError):
    """I can't tell what "{words}" says about {name}, so nothing was changed. Write {choices}."""


class WhichItem(DomainError):
    """Which one? Nothing was changed. Write the number with it, for example `{example}`.{open}"""


class Undecided(DomainError):
    """ "{text}" doesn't sound decided, so nothing was recorded. What is decided:
    `/incident decision {ref} roll back now`; what is still to be decided: `/incident decision {ref} pending {text}`.
    """


class OneDoesIt(DomainError):
    """An action is for one person, so nothing was given. Write one for each, for example
    `/incident action {ref} {who} what to do`.
    """


class DoneWithWhat(DomainError):
    """Done with what? `/incident done {ref} A1` ticks an action; `/incident resolve {ref} what fixed it` ends the
    incident. Nothing was changed.
    """


class OfThePostmortem(DomainError):
    """{name} is an action item of a postmortem, and this is about the actions of a running incident, such as A1.
    Nothing was changed.
    """


class NotObjectable(DomainError):
    """D{number} is no longer open to objections. Say what to do instead with a new decision."""


class YesOrNoInstead(DomainError):
    """A yes or a no answers a question: write `/incident answer {ref} yes`. A decision says what is done, for example
    `/incident decision {ref} roll back now`.
    """


class NotYoursToSettle(DomainError):
    """D{number} is {who}'s decision: they or the commander say how it goes on. *Strong objection* says why not."""
