"""The monthly report's parts and reminders: who answered what, which rung was made for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, literal_column, select, text, update

from bot.domain.readers import Language
from bot.domain.reminders import Reminder
from bot.domain.report_parts import MilestoneLead, Part
from db.models import GroupRow, MilestoneRow, OutboxRow, ReminderRow, ReportPartRow

QUEUED = "queued"
WAITING = "waiting"
WITHDRAWN = "withdrawn"

_TAKE = text("SELECT pg_try_advisory_xact_lock(4208, :group)")
_GROUPS = select(GroupRow.id).order_by(GroupRow.id)
_SINCE = select(GroupRow.created_at).where(GroupRow.id == bindparam("group"))
# The predicate of the partial index, word for word.
_LEADS = (
    select(
        MilestoneRow.workstream_id,
        MilestoneRow.lead_id,
        func.min(MilestoneRow.planned_at, type_=MilestoneRow.planned_at.type),
    )
    .where(
        text("milestones.state NOT IN ('done', 'dropped')"),
        MilestoneRow.group_id == bindparam("group"),
        MilestoneRow.removed_at.is_(None),
    )
    .group_by(MilestoneRow.workstream_id, MilestoneRow.lead_id)
)
_ANSWERED = select(ReportPartRow.period, ReportPartRow.member_id, ReportPartRow.workstream_id).where(
    ReportPartRow.group_id == bindparam("group"), ReportPartRow.period.in_(bindparam("periods", expanding=True))
)
_COLUMNS = (
    ReminderRow.id,
    ReminderRow.key,
    ReminderRow.group_id,
    ReminderRow.period,
    ReminderRow.rung,
    ReminderRow.member_id,
    ReminderRow.due_at,
    ReminderRow.state,
    ReminderRow.detail,
)
_REMINDERS = select(*_COLUMNS).where(
    ReminderRow.group_id == bindparam("group"), ReminderRow.period.in_(bindparam("periods", expanding=True))
)
_BY_ID = select(*_COLUMNS).where(ReminderRow.id == bindparam("id"))
_BY_KEY = select(*_COLUMNS).where(ReminderRow.key == bindparam("key"))
_LATEST = (
    select(*_COLUMNS)
    .where(
        ReminderRow.group_id == bindparam("group"),
        ReminderRow.period == bindparam("period"),
        ReminderRow.member_id == bindparam("member"),
    )
    .order_by(ReminderRow.id.desc())
    .limit(1)
)
_UNSENT = (
    select(OutboxRow.key)
    .where(OutboxRow.state == literal_column("0"), OutboxRow.key.in_(bindparam("keys", expanding=True)))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class MadeReminder:
    """
    A reminder that was made: queued for sending, waiting (snoozed) until *due_at* (UTC), or withdrawn unsaid.

    *own* and *stood_in* are the parts that its buttons answer, *others* those that it only names.
    """

    id: int
    key: str
    group_id: int
    period: str
    rung: str
    member_id: int
    due_at: datetime
    state: str
    own: tuple[Part, ...]
    stood_in: tuple[Part, ...]
    others: tuple[Part, ...]

    def names_the_same(self, reminder: Reminder) -> bool:
        """Tell whether *reminder* has the same to say."""
        return (self.own, self.stood_in, self.others) == (reminder.own, reminder.stood_in, reminder.others)


class Reports:
    """Looks parts and reminders up and keeps them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def group_ids(self) -> list[int]:
        """Give the ids of all groups."""
        return list(self._connection.execute(_GROUPS).scalars())

    def take(self, group_id: int) -> bool:
        """Keep other processes from making a group's reminders until this transaction ends; False when one is at it."""
        if self._connection.dialect.name != "postgresql":
            return True  # SQLite has one writer
        found: bool = self._connection.execute(_TAKE, {"group": group_id}).scalar_one()
        return found

    def since(self, group_id: int) -> datetime:
        """Give when a group came to the service (UTC)."""
        found: datetime = self._connection.execute(_SINCE, {"group": group_id}).scalar_one()
        return found

    def milestone_leads(self, group_id: int) -> list[MilestoneLead]:
        """Give who leads an open milestone in which workstream, with the eldest one's day of planning."""
        return [MilestoneLead(*row) for row in self._connection.execute(_LEADS, {"group": group_id})]

    # Parts

    def answered(self, group_id: int, periods: Sequence[str]) -> dict[str, frozenset[Part]]:
        """Give the answered parts of each of *periods*."""
        found: dict[str, set[Part]] = {period: set() for period in periods}
        for period, member_id, workstream_id in self._connection.execute(
            _ANSWERED, {"group": group_id, "periods": list(periods)}
        ):
            found[period].add(Part(member_id, workstream_id))
        return {period: frozenset(parts) for period, parts in found.items()}

    def answer(
        self,
        part: Part,
        *,
        group_id: int,
        period: str,
        words: str,
        language: Language,
        by_id: int,
        now: datetime,
    ) -> int:
        """Keep what was answered for a part, no *words* meaning nothing to report; give its id."""
        number: int = self._connection.execute(
            insert(ReportPartRow).returning(ReportPartRow.id),
            {
                "group_id": group_id,
                "period": period,
                "member_id": part.member_id,
                "workstream_id": part.workstream_id,
                "is_empty": not words,
                "text": words,
                "language": language,
                "answered_by_id": by_id,
                "answered_at": now,
            },
        ).scalar_one()
        return number

    # Reminders

    def reminders(self, group_id: int, periods: Sequence[str]) -> list[MadeReminder]:
        """Give what was made for *periods*."""
        rows = self._connection.execute(_REMINDERS, {"group": group_id, "periods": list(periods)})
        return [_made(row) for row in rows]

    def reminder(self, reminder_id: int) -> MadeReminder | None:
        """Find a reminder by id."""
        row = self._connection.execute(_BY_ID, {"id": reminder_id}).one_or_none()
        return _made(row) if row else None

    def with_key(self, key: str) -> MadeReminder | None:
        """Find a reminder by its key."""
        row = self._connection.execute(_BY_KEY, {"key": key}).one_or_none()
        return _made(row) if row else None

    def latest(self, *, group_id: int, period: str, member_id: int) -> MadeReminder | None:
        """Give the reminder that was made last for a member in a period."""
        row = self._connection.execute(
            _LATEST, {"group": group_id, "period": period, "member": member_id}
        ).one_or_none()
        return _made(row) if row else None

    def make(self, reminder: Reminder, now: datetime) -> int:
        """
        Keep that a reminder goes now, made anew or woken from waiting; give its id.

        Two processes cannot both make one: the key is unique.
        """
        values = {
            "due_at": reminder.due_at,
            "until_at": reminder.until_at,
            "state": QUEUED,
            "detail": _detail(reminder),
        }
        made = self.with_key(reminder.key)
        if made is not None:
            self._connection.execute(update(ReminderRow).where(ReminderRow.id == made.id).values(**values))
            return made.id
        number: int = self._connection.execute(
            insert(ReminderRow).returning(ReminderRow.id),
            {
                "key": reminder.key,
                "group_id": reminder.group_id,
                "period": reminder.period.key,
                "rung": reminder.rung.code,
                "member_id": reminder.member_id,
                "made_at": now,
                **values,
            },
        ).scalar_one()
        return number

    def wait(self, reminder_id: int, until: datetime) -> None:
        """Let a reminder wait until *until* (UTC), as its reader has asked."""
        self._connection.execute(
            update(ReminderRow).where(ReminderRow.id == reminder_id).values(state=WAITING, due_at=until)
        )

    def withdraw(self, reminder_id: int) -> None:
        """Note that a reminder is not to be said now."""
        self._connection.execute(update(ReminderRow).where(ReminderRow.id == reminder_id).values(state=WITHDRAWN))

    def unsent(self, keys: Iterable[str]) -> frozenset[str]:
        """Give those of *keys* whose message is owed and has not left."""
        wanted = list(keys)
        found = self._connection.execute(_UNSENT, {"keys": wanted}).scalars() if wanted else ()
        return frozenset(key for key in found if key is not None)


def _detail(reminder: Reminder) -> dict[str, Any]:
    return {
        name: [[part.member_id, part.workstream_id] for part in parts]
        for name, parts in (("own", reminder.own), ("stood_in", reminder.stood_in), ("others", reminder.others))
    }


def _made(row: Row[Any]) -> MadeReminder:
    parts = {name: tuple(Part(*part) for part in found) for name, found in row.detail.items()}
    return MadeReminder(
        id=row.id,
        key=row.key,
        group_id=row.group_id,
        period=row.period,
        rung=row.rung,
        member_id=row.member_id,
        due_at=row.due_at,
        state=row.state,
        own=parts["own"],
        stood_in=parts["stood_in"],
        others=parts["others"],
    )
