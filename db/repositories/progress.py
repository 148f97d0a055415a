"""Progress entries: added with what they make of the milestone, never edited, marked when undone."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection, bindparam, insert, select, text, update

from bot.domain.milestones import Milestone, MilestoneState, Progress, logged
from bot.domain.progress import Attachment, ProgressEntry
from bot.domain.readers import Language
from db.models import ProgressRow
from db.repositories.attachments import PROGRESS, Attachments
from db.repositories.milestones import Milestones

_COLUMNS = (
    ProgressRow.id,
    ProgressRow.group_id,
    ProgressRow.milestone_id,
    ProgressRow.member_id,
    ProgressRow.at,
    ProgressRow.percent_before,
    ProgressRow.percent_after,
    ProgressRow.state_before,
    ProgressRow.state_after,
    ProgressRow.evidence_before,
    ProgressRow.reason_before,
    ProgressRow.note,
    ProgressRow.language,
    ProgressRow.way,
    ProgressRow.undone_at,
)
_ENTRY = select(*_COLUMNS)
_BY_ID = _ENTRY.where(ProgressRow.id == bindparam("id"))
_OF_MILESTONE = _ENTRY.where(ProgressRow.milestone_id == bindparam("milestone"), ProgressRow.undone_at.is_(None))
_LATEST = _OF_MILESTONE.order_by(ProgressRow.id.desc()).limit(1)
_BEFORE = _OF_MILESTONE.where(ProgressRow.id < bindparam("before")).order_by(ProgressRow.id.desc()).limit(1)
_FINISHING = (
    _OF_MILESTONE.where(
        ProgressRow.id < bindparam("before"),
        text("progress_entries.state_after IN ('done', 'dropped')"),
        ProgressRow.state_before != ProgressRow.state_after,
    )
    .order_by(ProgressRow.id.desc())
    .limit(1)
)
_OF_GROUP = _ENTRY.where(
    ProgressRow.group_id == bindparam("group"),
    ProgressRow.at >= bindparam("since"),
    ProgressRow.at < bindparam("until"),
    ProgressRow.undone_at.is_(None),
).order_by(ProgressRow.id)
_OF_MEMBER = (
    select(ProgressRow.milestone_id)
    .where(ProgressRow.group_id == bindparam("group"), ProgressRow.member_id == bindparam("member"))
    .where(ProgressRow.undone_at.is_(None))
    .order_by(ProgressRow.at.desc())
    .limit(1)
)
_ADD = insert(ProgressRow).returning(ProgressRow.id)
_UNDO = update(ProgressRow).where(ProgressRow.id == bindparam("row")).values(undone_at=bindparam("undone"))


class ProgressEntries:
    """Keeps the log of the milestones. Entries that were undone are found by id only."""

    def __init__(self, connection: Connection, milestones: Milestones) -> None:
        self._connection = connection
        self._milestones = milestones
        self._attachments = Attachments(connection)

    def get(self, entry_id: int) -> ProgressEntry | None:
        """Find an entry by id, an undone one too."""
        return _first(self._connection.execute(_BY_ID, {"id": entry_id}).one_or_none())

    def latest(self, milestone_id: int) -> ProgressEntry | None:
        """Give the last entry of a milestone."""
        return _first(self._connection.execute(_LATEST, {"milestone": milestone_id}).one_or_none())

    def before(self, entry: ProgressEntry) -> ProgressEntry | None:
        """Give the entry of the same milestone before *entry*."""
        values = {"milestone": entry.milestone_id, "before": entry.id}
        return _first(self._connection.execute(_BEFORE, values).one_or_none())

    def finishing(self, entry: ProgressEntry) -> ProgressEntry | None:
        """Give the last entry before *entry* by which the milestone became done or dropped."""
        values = {"milestone": entry.milestone_id, "before": entry.id}
        return _first(self._connection.execute(_FINISHING, values).one_or_none())

    def of_milestone(self, milestone_id: int) -> list[ProgressEntry]:
        """Give the entries of a milestone, the eldest first."""
        rows = self._connection.execute(_OF_MILESTONE.order_by(ProgressRow.id), {"milestone": milestone_id})
        return [_entry(row) for row in rows]

    def of_group(self, group_id: int, *, since: datetime, until: datetime) -> list[ProgressEntry]:
        """Give the entries of a group from *since* to before *until* (UTC), the eldest first."""
        rows = self._connection.execute(_OF_GROUP, {"group": group_id, "since": since, "until": until})
        return [_entry(row) for row in rows]

    def last_milestone_of(self, group_id: int, member_id: int) -> int | None:
        """Give the milestone on which a member logged last."""
        found: int | None = self._connection.execute(_OF_MEMBER, {"group": group_id, "member": member_id}).scalar()
        return found

    def log(
        self,
        milestone: Milestone,
        progress: Progress,
        *,
        member_id: int,
        language: Language,
        way: str,
        at: datetime,
        on: date,
        attachments: Iterable[Attachment] = (),
    ) -> tuple[ProgressEntry, Milestone]:
        """
        Add an entry at *at* (UTC) and bring the milestone to where it leads.

        *on* is that instant's day in the responsible party's zone.
        """
        after = logged(milestone, progress, at=at, on=on)
        self._milestones.advance(after, seen=milestone.version)
        values: dict[str, Any] = {
            "group_id": milestone.group_id,
            "milestone_id": milestone.id,
            "member_id": member_id,
            "at": at,
            "percent_before": milestone.percent,
            "percent_after": after.percent,
            "state_before": milestone.state,
            "state_after": after.state,
            "evidence_before": milestone.evidence,
            "reason_before": milestone.reason,
            "note": progress.note,
            "language": language,
            "way": way,
        }
        kept = {**values, "state_before": milestone.state.value, "state_after": after.state.value}
        entry = ProgressEntry(id=self._connection.execute(_ADD, kept).scalar_one(), **values)
        self._attachments.add(PROGRESS, entry.id, attachments, at=at)
        return entry, after

    def attachments(self, entry_id: int) -> list[Attachment]:
        """Give the files of an entry in the order they came."""
        return self._attachments.of(PROGRESS, entry_id)

    def attach(self, entry_id: int, attachment: Attachment, *, at: datetime) -> None:
        """Add a file that followed its entry at *at* (UTC), as the rest of an album does."""
        self._attachments.add(PROGRESS, entry_id, [attachment], at=at)

    def undo(self, entry: ProgressEntry, milestone: Milestone, *, seen: int, at: datetime) -> None:
        """Mark an entry as undone and bring the milestone, which was at version *seen*, back."""
        self._milestones.advance(milestone, seen=seen)
        self._connection.execute(_UNDO, {"row": entry.id, "undone": at})


def _first(row: Sequence[Any] | None) -> ProgressEntry | None:
    return _entry(row) if row is not None else None


def _entry(row: Sequence[Any]) -> ProgressEntry:
    (
        id_, group_id, milestone_id, member_id, at, percent_before, percent_after, state_before, state_after,
        evidence_before, reason_before, note, language, way, undone_at,
    ) = row  # fmt: skip
    return ProgressEntry(
        id=id_,
        group_id=group_id,
        milestone_id=milestone_id,
        member_id=member_id,
        at=at,
        percent_before=percent_before,
        percent_after=percent_after,
        state_before=MilestoneState(state_before),
        state_after=MilestoneState(state_after),
        evidence_before=evidence_before,
        reason_before=reason_before,
        note=note,
        language=cast("Language", language),
        way=way,
        undone_at=undone_at,
    )
