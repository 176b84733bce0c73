"""Refusals about problems. The docstring of each class is the sentence the user reads."""

from bot.domain.core.errors import DomainError


class NoSuchProblem(DomainError):
    """There is no {name}, so nothing was changed. `/incident problem list` shows the problems."""


class WhatProblem(DomainError):
    """Say what has to be fixed for good, for example `/incident problem {ref} the pool has no limit`, or name a problem
    that is there: `/incident problem {ref} PRB-1`.
    """


class StaysPrivate(DomainError):
    """{name} was begun in a private incident and stays with that one, so {ref} was not linked. Write a problem of its
    own: `/incident problem {ref} ...`.
    """


class WhatWorkaround(DomainError):
    """Say what helps until it is fixed, for example `/incident problem {name} workaround restart the pool`."""


class NoDate(DomainError):
    """ "{text}" is no date, so nothing was changed. Write it as 2026-12-24."""
