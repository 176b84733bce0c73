"""Refusals about tickets."""

from bot.domain.core.errors import DomainError


class NoTracker(DomainError):
    """No ticket was created, because none can be from here: an admin sets `integrations: tickets` in tocsin.yml
    (Jira, GitHub or GitLab).
    """


class ReadableThere(DomainError):
    """{ref} is private, and a ticket of it can be read by {readers}, so none was created. If they may read its title
    and severity, say so: `--readable`.
    """
