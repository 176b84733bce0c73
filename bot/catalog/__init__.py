"""What the user configures: strict, frozen values read from tocsin.yml over shipped defaults."""

from bot.catalog.catalog import BusinessHours, Catalog, Notifications, Postmortem, WarRoom
from bot.catalog.company import Contact, Person, Role, Service, Team, Via
from bot.catalog.display import Display
from bot.catalog.duration import Duration, Months, format_duration, parse_duration
from bot.catalog.loading import effective, load
from bot.catalog.policy import DYNAMIC_ROLES, Level, Policy, Target
from bot.catalog.problem import ConfigError, ConfigProblem, did_you_mean
from bot.catalog.schedule import Layer, Schedule
from bot.catalog.severity import SEVERITIES, Severity, SeverityRow

__all__ = [
    "DYNAMIC_ROLES",
    "SEVERITIES",
    "BusinessHours",
    "Catalog",
    "ConfigError",
    "ConfigProblem",
    "Contact",
    "Display",
    "Duration",
    "Layer",
    "Level",
    "Months",
    "Notifications",
    "Person",
    "Policy",
    "Postmortem",
    "Role",
    "Schedule",
    "Service",
    "Severity",
    "SeverityRow",
    "Target",
    "Team",
    "Via",
    "WarRoom",
    "did_you_mean",
    "effective",
    "format_duration",
    "load",
    "parse_duration",
]
