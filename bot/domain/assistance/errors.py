"""Expected refusals of asking further. The docstring of each class is the sentence the user reads."""

from bot.domain.core.errors import DomainError


class NobodyToAsk(DomainError):
    """No one could be found for {what} of {ref}{tried}. {fix}"""


class UnknownSpecialist(DomainError):
    """There is no specialist "{text}" in tocsin.yml. Known are: {choices}."""


class UnknownVendor(DomainError):
    """There is no vendor "{text}" in tocsin.yml. Known are: {choices}."""


class UnknownTeam(DomainError):
    """There is no team "{text}" in tocsin.yml. Known are: {choices}."""


class NoQuestion(DomainError):
    """No decision is pending on {ref}. `/incident ask-manager {ref} may we ...?` asks for one."""


class NotAsked(DomainError):
    """This was not put to you but to {people}: only they, or an admin, can answer it."""


class QuestionWithdrawn(DomainError):
    """The question was withdrawn, because {ref} is {status}. Nothing was decided."""


class YesOrNo(DomainError):
    """Say yes or no first, for example `/incident answer {ref} yes, the risk is small`."""


class NoCase(DomainError):
    """No case with {vendor} is known for {ref}."""


class TreeChanged(DomainError):
    """The questions were changed in tocsin.yml meanwhile, so nothing was done. Start again from the beginning."""


class NoSuchAnswer(DomainError):
    """ "{ask}" has {count} answers: say the number of one, from 1."""


class AtTheEnd(DomainError):
    """The questions end after {count} answers: say no more than those."""


class WhoIsNeeded(DomainError):
    """Choose {whom} first."""


class AnswerInstead(DomainError):
    """Acknowledging doesn't answer the question on {ref}.

    Use `/incident answer {ref} yes` or `/incident answer {ref} no`, with the reason after it.
    """
