"""The records. Table models validate nothing: parse input with pydantic before it comes here."""

from storage.models.assistance import Decision, VendorCase
from storage.models.delivery import UNSETTLED, Attempt, Delivery, Timer
from storage.models.incidents import Incident, RoleAssignment, Setting, StatusUpdate, TimelineEntry
from storage.models.journal import Chain, JournalEntry, OnceKey
from storage.models.member import DoNotDisturb, Member, UserGroup
from storage.models.oncall import CalendarImport, HandoffNote, HandoffRating
from storage.models.paging import ASIDE, Escalation, Page, PageStep
from storage.models.schedules import CoverRequest, OnCallPeriod, ScheduleOverride

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
