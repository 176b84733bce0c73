"""Expected refusals. The docstring of each class is the sentence the user reads; fields fill its braces."""

from difflib import get_close_matches
from typing import Any, ClassVar


class DomainError(Exception):
    """That is not possible."""

    known: ClassVar[str] = ""
    """What {text} could have been, in a row, where the raiser does not say it as {choices}."""

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The plain sentence for the user, with this error's values in it, and the word that was probably meant."""
        template = " ".join((type(self).__doc__ or "").split())
        return template.format(**self.values) + self._nearest()

    def _nearest(self) -> str:
        """A question with the choice that {text} is close to; empty when none is."""
        text = str(self.values.get("text", "")).lower()
        names = {one.lower(): one for one in str(self.values.get("choices", self.known)).split(", ")}
        close = get_close_matches(text, list(names), n=1, cutoff=0.72) if text not in names else []
        return f' Did you mean "{names[close[0]]}"?' if close else ""


class OfANewerRelease(DomainError):
    """Another version of Tocsin is at work on this, and this one doesn't know {what}, so nothing was changed.
    Try again in a minute.
    """


class EmptyTitle(DomainError):
    """An incident needs a title in words: say what is happening, for example
    `/incident declare sev1 checkout returns 5xx`.
    """


class EmptyText(DomainError):
    """There is no text to {what}: write it after the command, for example `{example}`."""


class UndoIsOver(DomainError):
    """A declaration can be undone for a minute, and {ref} is older, so nothing was changed.

    `/incident cancel {ref} false alarm` ends it; `/incident sev {ref}` changes its severity.
    """


class NotDeclaredByYou(DomainError):
    """{ref} was declared by {declarer}, so nothing was undone. `/incident unack {ref}` gives an acknowledgement back;

    `/incident cancel {ref} false alarm` ends the incident.
    """


class UnknownSeverity(DomainError):
    """There is no severity "{text}". Use one of {choices}."""


class UnknownStatus(DomainError):
    """I don't know the status "{text}". Use investigating, identified or monitoring; `/incident resolve` ends it."""

    known = "investigating, identified, monitoring"


class UnknownService(DomainError):
    """There is no service "{text}" in tocsin.yml. Known services: {choices}."""


class UnknownRole(DomainError):
    """I don't know the role "{text}". Roles: {choices}."""


class UnknownPerson(DomainError):
    """I can't tell who "{text}" is: mention a person of this workspace, or use a name from tocsin.yml."""


class UnknownPolicy(DomainError):
    """I don't know who "{text}" is, so no one was paged. {near}You can name: {choices}."""


class NoSuchIncident(DomainError):
    """There is no incident {ref}. `/incident list` shows the open ones."""


class WhichIncident(DomainError):
    """Which incident? Say its number, for example `/incident {verb} {example}`, or use the command in its war room."""


class BadReference(DomainError):
    """ "{text}" is not an incident reference: use a number such as {example}."""


class NotOpen(DomainError):
    """{ref} is {status}: {what} needs an open incident. `/incident reopen {ref}` opens it again."""


class NotResolved(DomainError):
    """{ref} is {status}: only a resolved incident can be closed. `/incident resolve {ref}` comes first."""


class AlreadyThat(DomainError):
    """{ref} is already {what}; nothing was changed."""


class NotAllowed(DomainError):
    """{sentence}"""


class NothingToAcknowledge(DomainError):
    """No one is being paged for {ref} now{state}. Nothing was changed."""


class NotPaged(DomainError):
    """You have no open page for {ref}, so there is nothing to hand on.

    `/incident escalate {ref}` pages the next level.
    """


class NoRoomHere(DomainError):
    """{ref} has no war room. `/incident room {ref}` opens one."""


class NoRoomAtThisSeverity(DomainError):
    """{severity} incidents get no war room here (`war_room: never`): work goes on in the announcement's thread.

    `/incident sev {ref} sev2` raises the severity if it needs more people.
    """


class OrderOfTimes(DomainError):
    """{later} can't be before {earlier}: check the times."""


class Unreachable(DomainError):
    """{who} has no Slack account that I can reach: add `slack:` to this person in tocsin.yml."""


class NoSuchLevel(DomainError):
    """The policy of {ref} has {count} levels, so there is no level {level}. Nothing was changed."""


class NotHeld(DomainError):
    """No one has acknowledged {ref}, so there is nothing to {what}. `/incident ack {ref}` takes it."""


class NotYours(DomainError):
    """{ref} is held by {holder}, not by you: only they can hand it over. `/incident unack {ref}` pages again."""


class NothingIsPaging(DomainError):
    """No paging is under way for {ref}, so there is nothing to {what}."""


class UnknownLength(DomainError):
    """I don't know how long "{text}" is. Write a length such as 15m or 1h, `shift`, or `9:00`."""


class TimeIsOver(DomainError):
    """{text} is over, so paging goes on as before. Write how long to pause, such as 15m, or a time to come."""


class NotOnShift(DomainError):
    """You are not on call now, so there is no end of your shift. Write a length such as 15m or 1h, or `9:00`."""


class AlreadyHolds(DomainError):
    """{who} already has {ref}; nothing was changed."""
