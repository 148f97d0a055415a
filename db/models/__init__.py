"""The tables, one module for each part of the product."""

from db.models.base import Base
from db.models.errands import ErrandLineRow, ErrandRow
from db.models.groups import AdoptionRow, GroupRow, HolidayCorrectionRow, PartyRow, WorkstreamPersonRow, WorkstreamRow
from db.models.messages import (
    AccountRow,
    ChatRow,
    FloodRow,
    InboxRow,
    InboxState,
    Lane,
    OutboxRow,
    OutboxState,
    PollRow,
    ProcessRow,
    ScreenRow,
    SettingRow,
)
from db.models.people import AbsenceRow, InvitationRow, MemberRow, PersonRow
from db.models.roadmap import (
    AttachmentRow,
    DueMoveRow,
    MilestoneRow,
    ObstacleEntryRow,
    ObstacleOwnerRow,
    ObstacleRow,
    ProgressRow,
)
from db.models.work import ChangeRow, DraftRow, ReminderRow, ReportPartRow

__all__ = [
    "AbsenceRow",
    "AccountRow",
    "AdoptionRow",
    "AttachmentRow",
    "Base",
    "ChangeRow",
    "ChatRow",
    "DraftRow",
    "DueMoveRow",
    "ErrandLineRow",
    "ErrandRow",
    "FloodRow",
    "GroupRow",
    "HolidayCorrectionRow",
    "InboxRow",
    "InboxState",
    "InvitationRow",
    "Lane",
    "MemberRow",
    "MilestoneRow",
    "ObstacleEntryRow",
    "ObstacleOwnerRow",
    "ObstacleRow",
    "OutboxRow",
    "OutboxState",
    "PartyRow",
    "PersonRow",
    "PollRow",
    "ProcessRow",
    "ProgressRow",
    "ReminderRow",
    "ReportPartRow",
    "ScreenRow",
    "SettingRow",
    "WorkstreamPersonRow",
    "WorkstreamRow",
]
