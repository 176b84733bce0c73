"""Refusals about schedules, overrides and cover requests; each docstring is the sentence the user reads."""

from bot.domain.core.errors import DomainError


class UnknownSchedule(DomainError):
    """There is no schedule "{text}". Schedules: {choices}."""


class NoSuchOverride(DomainError):
    """There is no override {number}. `/oncall override` makes one, `tocsin oncall override list` shows them."""


class OverrideIsOver(DomainError):
    """Override {number} is already {state}; nothing was changed."""


class EmptyWindow(DomainError):
    """The end must come after the start: {start} to {end} is no time at all."""


class WindowIsPast(DomainError):
    """{end} is over: what has been can't be changed. Choose an end that is still to come."""


class WindowIsLong(DomainError):
    """An override lasts at most {days} days; for longer, change the schedule in tocsin.yml."""


class NobodyNamed(DomainError):
    """{what} needs someone: choose who it is about."""


class OneselfAsSubstitute(DomainError):
    """{person} can't take over from {person}: choose someone else."""


class NotOnCallThen(DomainError):
    """{person} is not on call for {schedule} {when}, so there is nothing to {what}.

    Nothing was changed.
    """


class OnCallAnyway(DomainError):
    """{person} is already on call for {schedule} {when}. Nothing was changed."""


class Overlaps(DomainError):
    """Override {number} already changes {person} on {schedule} {when}.

    Cancel it first, or choose another time.
    """


class PersonIsGone(DomainError):
    """{person} can't be put on call: {why}."""


class AnotherCalendar(DomainError):
    """Nothing imported earlier from the calendar "{source}" is in this one, so {what} would end. Nothing was changed.

    If it is a different calendar, give it a name of its own with `--source`; if it is the same one, give that name.
    """


class NoSuchCover(DomainError):
    """There is no request for cover {number}. `/oncall swap` asks for one."""


class CoverIsSettled(DomainError):
    """{what} Nothing was changed."""


class OwnCover(DomainError):
    """You can't take your own shift: someone else must take it, or you take the request back."""


class NotYourCover(DomainError):
    """Only {person} or an admin can take this request back."""


class NotAskedOfYou(DomainError):
    """Only {person} was asked for this. Nothing was changed."""


class SwapWithOneself(DomainError):
    """You can't swap shifts with yourself: choose someone else."""


class SwapOverlaps(DomainError):
    """These shifts of yours and of {partner} are at the same time: there is nothing to swap."""


class NothingToGive(DomainError):
    """{person} is not on call for {schedule} {when}, so there is no shift to swap."""


class AskedAlready(DomainError):
    """You are asking for cover for this time already (request {number}): take it back first, or wait for an answer."""
