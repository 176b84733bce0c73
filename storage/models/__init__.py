"""The records. Table models validate nothing: parse input with pydantic before it comes here."""

from storage.models.assistance import CaseState, Decision, VendorCase
from storage.models.delivery import Attempt, AttemptOutcome, Delivery, DeliveryState, Timer
from storage.models.incidents import (
    ChecklistTick,
    Complaint,
    FormerRoom,
    Incident,
    IncidentStatus,
    RoleAssignment,
    RoomState,
    Setting,
    StatusUpdate,
    TimelineEntry,
)
from storage.models.journal import Chain, JournalEntry, OnceKey
from storage.models.member import DoNotDisturb, Member, UserGroup
from storage.models.oncall import CalendarImport, HandoffNote, HandoffRating
from storage.models.paging import Escalation, EscalationKind, EscalationState, Page, PageState, PageStep, StepState
from storage.models.schedules import CoverRequest, CoverState, OnCallPeriod, ScheduleOverride

__all__ = [
    "Attempt",
    "AttemptOutcome",
    "CalendarImport",
    "CaseState",
    "Chain",
    "ChecklistTick",
    "Complaint",
    "CoverRequest",
    "CoverState",
    "Decision",
    "Delivery",
    "DeliveryState",
    "DoNotDisturb",
    "Escalation",
    "EscalationKind",
    "EscalationState",
    "FormerRoom",
    "HandoffNote",
    "HandoffRating",
    "Incident",
    "IncidentStatus",
    "JournalEntry",
    "Member",
    "OnCallPeriod",
    "OnceKey",
    "Page",
    "PageState",
    "PageStep",
    "RoleAssignment",
    "RoomState",
    "ScheduleOverride",
    "Setting",
    "StatusUpdate",
    "StepState",
    "TimelineEntry",
    "Timer",
    "UserGroup",
    "VendorCase",
]  # fmt: skip
