"""Facts about the installation: whether its ways to reach people work, and whether its configuration is right."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class ProviderDown(Fact, name="workspace.provider_down", line=False, reaction=False):
    """`via` does not get through: `cause` is refused (credentials) or down."""

    via: str
    cause: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProviderRecovered(Fact, name="workspace.provider_recovered", line=False, reaction=False):
    """`via` gets through again; `cause` is what ailed it."""

    via: str
    cause: str


@dataclass(frozen=True, kw_only=True)
class ConfigurationRefused(Fact, name="workspace.configuration_refused", line=False, reaction=False):
    """A changed file was not taken; the one before stays in force. `problems` each begin with file and line."""

    problems: list[str]


@dataclass(frozen=True, kw_only=True)
class ConfigurationRepaired(Fact, name="workspace.configuration_repaired", line=False, reaction=False):
    """The file is right again, and in force."""

    digest: str
