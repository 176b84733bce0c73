"""The records. Table models validate nothing: parse input with pydantic before it comes here."""

from storage.models.asking import Decision, VendorCase
from storage.models.delivery import UNSETTLED, Attempt, Delivery
from storage.models.escalation import ASIDE, Escalation, Page
from storage.models.handoff import CalendarImport, HandoffNote, HandoffRating
from storage.models.incident import Incident, RoleAssignment, Setting, StatusUpdate, TimelineEntry
from storage.models.journal import Chain, JournalEntry, OnceKey
from storage.models.member import DoNotDisturb, Member
from storage.models.override import CoverRequest, OnCallPeriod, ScheduleOverride
from storage.models.page_step import PageStep
from storage.models.timer import Timer
from storage.models.usergroup import UserGroup

__all__ = [
    "ASIDE",
    "UNSETTLED",
    "Attempt",
    "CalendarImport",
    "Chain",
    "CoverRequest",
    "Decision",
    "Delivery",
    "DoNotDisturb",
    "Escalation",
    "HandoffNote",
    "HandoffRating",
    "Incident",
    "JournalEntry",
    "Member",
    "OnCallPeriod",
    "OnceKey",
    "Page",
    "PageStep",
    "RoleAssignment",
    "ScheduleOverride",
    "Setting",
    "StatusUpdate",
    "TimelineEntry",
    "Timer",
    "UserGroup",
    "VendorCase",
]  # fmt: skip
