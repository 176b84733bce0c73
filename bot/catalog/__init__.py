"""What the user configures: strict, frozen values read from tocsin.yml over shipped defaults."""

from bot.catalog.catalog import Catalog
from bot.catalog.duration import Duration, Months, format_duration, parse_duration
from bot.catalog.loading import effective, load, load_text
from bot.catalog.problem import ConfigError, ConfigProblem, did_you_mean
from bot.catalog.sections.assistance import Specialist, Vendor
from bot.catalog.sections.company import Contact, Person, Role, Service, Team, Via
from bot.catalog.sections.decision_tree import DecisionTree, Question, TreeAnswer
from bot.catalog.sections.display import Display
from bot.catalog.sections.notifications import BusinessHours, Notifications
from bot.catalog.sections.policies import DYNAMIC_ROLES, Level, Policy, Target
from bot.catalog.sections.schedules import Layer, Schedule
from bot.catalog.sections.severities import SEVERITIES, Severity, SeverityRow
from bot.catalog.sections.war_room import Postmortem, WarRoom

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
    "load_text",
    "parse_duration",
]
