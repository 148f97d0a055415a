"""One unit of work: a transaction's repositories, what came out of it, and the messages it owes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, bindparam, insert, select

from bot.domain.errors import DomainError
from db.models import ChangeRow
from db.repositories.adoptions import Adoptions
from db.repositories.attachments import Attachments
from db.repositories.changes import Changes
from db.repositories.chats import Chats
from db.repositories.drafts import Drafts
from db.repositories.errands import Errands
from db.repositories.floods import Floods
from db.repositories.groups import Groups
from db.repositories.histories import Histories
from db.repositories.holidays import Holidays
from db.repositories.inbox import Inbox
from db.repositories.installation import Installation
from db.repositories.invitations import Invitations
from db.repositories.members import Members
from db.repositories.milestones import Milestones
from db.repositories.obstacles import Obstacles
from db.repositories.outbox import Outbox, Outgoing
from db.repositories.progress import ProgressEntries
from db.repositories.reports import Reports
from db.repositories.screens import Screens
from db.repositories.searches import Searches
from db.repositories.summaries import Summaries
from db.repositories.workstreams import Workstreams

_RECORD = insert(ChangeRow)
_RECORD_ONE = _RECORD.returning(ChangeRow.id)

# The subject's id, and what it was before and after.
Changed = tuple[int, dict[str, object] | None, dict[str, object] | None]
_RECORDED_BY = (
    select(ChangeRow.member_id)
    .where(
        ChangeRow.subject == bindparam("of"),
        ChangeRow.subject_id == bindparam("number"),
        ChangeRow.act == bindparam("did"),
    )
    .order_by(ChangeRow.id.desc())
    .limit(1)
)


@dataclass(eq=False)
class UnitOfWork:
    """
    The change that one update, tick or command makes.

    It lives inside a transaction that somebody else opened and will end: it never commits. *now* is an
    aware UTC instant. *outcome* names what a callback did; without one, or with an *error*, nothing may be kept.
    *has_errand*: something was begun that is done outside any update.
    """

    connection: Connection
    account_id: int
    now: datetime
    owner: int | None = None
    update_id: int | None = None
    outcome: str | None = None
    error: BaseException | None = None
    has_errand: bool = False
    born: list[Outgoing] = field(default_factory=list)

    @cached_property
    def inbox(self) -> Inbox:
        """Updates that arrived."""
        return Inbox(self.connection)

    @cached_property
    def floods(self) -> Floods:
        """Messages that were not taken."""
        return Floods(self.connection, self.account_id)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages that are owed."""
        return Outbox(self.connection, self.account_id)

    @cached_property
    def chats(self) -> Chats:
        """Chats of the bot account."""
        return Chats(self.connection, self.account_id)

    @cached_property
    def screens(self) -> Screens:
        """Messages that are edited in place."""
        return Screens(self.connection)

    @cached_property
    def installation(self) -> Installation:
        """What the installation remembers of itself."""
        return Installation(self.connection)

    @cached_property
    def members(self) -> Members:
        """People and their membership."""
        return Members(self.connection)

    @cached_property
    def invitations(self) -> Invitations:
        """Ways into groups that wait to be used."""
        return Invitations(self.connection)

    @cached_property
    def groups(self) -> Groups:
        """Working groups, parties and workstreams."""
        return Groups(self.connection)

    @cached_property
    def workstreams(self) -> Workstreams:
        """Changes of workstreams."""
        return Workstreams(self.connection, self.groups)

    @cached_property
    def adoptions(self) -> Adoptions:
        """Adoptions of the roadmaps."""
        return Adoptions(self.connection, self.groups)

    @cached_property
    def holidays(self) -> Holidays:
        """What parties have corrected in their calendars."""
        return Holidays(self.connection)

    @cached_property
    def drafts(self) -> Drafts:
        """Forms that somebody is filling."""
        return Drafts(self.connection, self.now)

    @cached_property
    def errands(self) -> Errands:
        """Files that are fetched and read outside any update."""
        return Errands(self.connection, self.account_id, self.now)

    @cached_property
    def milestones(self) -> Milestones:
        """Milestones of the roadmaps."""
        return Milestones(self.connection)

    @cached_property
    def progress(self) -> ProgressEntries:
        """What was logged on milestones."""
        return ProgressEntries(self.connection, self.milestones)

    @cached_property
    def attachments(self) -> Attachments:
        """Files that came with entries and items."""
        return Attachments(self.connection)

    @cached_property
    def reports(self) -> Reports:
        """Parts and reminders of the monthly reports."""
        return Reports(self.connection)

    @cached_property
    def obstacles(self) -> Obstacles:
        """Obstacles and their threads."""
        return Obstacles(self.connection)

    @cached_property
    def summaries(self) -> Summaries:
        """Counts and lists of milestones and obstacles."""
        return Summaries(self.connection)

    @cached_property
    def histories(self) -> Histories:
        """What became of single items."""
        return Histories(self.connection)

    @cached_property
    def searches(self) -> Searches:
        """Milestones and obstacles by what people remember of them."""
        return Searches(self.connection)

    @cached_property
    def changes(self) -> Changes:
        """The record of changes."""
        return Changes(self.connection)

    def refuse(self, refusal: DomainError) -> None:
        """Note that the act was refused; the unit is then rolled back and a fresh one answers."""
        self.error = refusal

    def record(
        self,
        act: str,
        subject: str,
        subject_id: int,
        *,
        group_id: int | None,
        member_id: int | None,
        before: dict[str, object] | None = None,
        after: dict[str, object] | None = None,
    ) -> int:
        """Add to the record of changes: who, when, what before and after; give the number of the change."""
        row = self._change(act, subject, (subject_id, before, after), group_id=group_id, member_id=member_id)
        number: int = self.connection.execute(_RECORD_ONE, row).scalar_one()
        return number

    def record_each(
        self,
        act: str,
        subject: str,
        changes: Iterable[Changed],
        *,
        group_id: int | None,
        member_id: int | None,
    ) -> None:
        """Add what one act changed of many: the id of each with what it was before and after."""
        rows = [self._change(act, subject, changed, group_id=group_id, member_id=member_id) for changed in changes]
        if rows:
            self.connection.execute(_RECORD, rows)

    def _change(
        self, act: str, subject: str, changed: Changed, *, group_id: int | None, member_id: int | None
    ) -> dict[str, object]:
        subject_id, before, after = changed
        return {
            "group_id": group_id,
            "member_id": member_id,
            "at": self.now,
            "act": act,
            "subject": subject,
            "subject_id": subject_id,
            "before": before,
            "after": after,
            "update_id": self.update_id,
        }

    def recorded_by(self, act: str, subject: str, subject_id: int) -> int | None:
        """Give the member who last did *act*, who need not be the one it is credited to."""
        found: int | None = self.connection.execute(
            _RECORDED_BY, {"of": subject, "number": subject_id, "did": act}
        ).scalar()
        return found
