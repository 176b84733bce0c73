"""What the user configures: strict, frozen values read from tocsin.yml over shipped defaults."""

from bot.catalog.catalog import BusinessHours, Catalog, Notifications, Postmortem, WarRoom
from bot.catalog.company import Contact, Person, Role, Service, Team, Via
from bot.catalog.decision_tree import DecisionTree, Question, TreeAnswer
from bot.catalog.display import Display
from bot.catalog.duration import Duration, Months, format_duration, parse_duration
from bot.catalog.expertise import Specialist, Vendor
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
    "DecisionTree",
    "Display",
    "Duration",
    "Layer",
    "Level",
    "Months",
    "Notifications",
    "Person",
    "Policy",
    "Postmortem",
    "Question",
    "Role",
    "Schedule",
    "Service",
    "Severity",
    "SeverityRow",
    "Specialist",
    "Target",
    "Team",
    "TreeAnswer",
    "Vendor",
    "Via",
    "WarRoom",
    "did_you_mean",
    "effective",
    "format_duration",
    "load",
    "parse_duration",
]
