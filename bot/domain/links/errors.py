"""Expected refusals about links. The docstring of each class is the sentence the user reads."""

from bot.domain.core.errors import DomainError


class NoAddressInIt(DomainError):
    """There is no web address in that, so nothing was kept. For example `/incident link ticket
    https://jira.example.com/browse/OPS-1`.
    """


class NotAnAddress(DomainError):
    """ "{text}" is not a web address that starts with http or https, so nothing was kept."""


class WithPassword(DomainError):
    """That address has a user name or a password in it, and everyone here would read it. Nothing was kept: send it
    without.
    """


class TooLong(DomainError):
    """That address is longer than {most} characters, so nothing was kept. A short link to it would do."""


class TooManyLinks(DomainError):
    """{ref} has {most} links already, so nothing was kept. `/incident links {ref}` shows them and can remove some."""


class UnknownKind(DomainError):
    """There is no kind of link called "{text}". The kinds are {choices}."""


class NoSuchLink(DomainError):
    """{ref} has no link "{text}", so nothing was removed. `/incident links {ref}` shows those it has."""


class SeveralLinks(DomainError):
    """{ref} has {count} links like that, so nothing was removed: write the address of the one you mean."""


class NoCallConfigured(DomainError):
    """No call is set up for {ref}. Send its address: `/incident bridge {ref} https://meet.example.com/...`. To have one
    for every incident, set `war_room: bridge` in tocsin.yml.
    """


class NoCallIsMeant(DomainError):
    """`call` is about the call of {ref}, and "{text}" is not a web address, so nothing was changed. To page someone:
    `/incident page {ref} ...`.
    """
