"""Who is in a group, which parts of its reports they have answered, and since when it is here: one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select

from bot.domain.members import Member
from bot.domain.report_parts import Part
from db.models import GroupRow, MemberRow, ReportPartRow
from db.repositories.members import MEMBER, member_of

_GROUP = select(GroupRow.created_at).where(GroupRow.id == bindparam("group")).scalar_subquery()
_STANDING = (
    MEMBER.add_columns(
        _GROUP.label("since"), ReportPartRow.period.label("period"), ReportPartRow.workstream_id.label("of_workstream")
    )
    .outerjoin(
        ReportPartRow,
        and_(
            ReportPartRow.member_id == MemberRow.id,
            ReportPartRow.group_id == MemberRow.group_id,
            ReportPartRow.period.in_(bindparam("periods", expanding=True)),
        ),
    )
    .where(MemberRow.group_id == bindparam("group"), MemberRow.removed_at.is_(None))
    .order_by(MemberRow.id)
)


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """The members by id, the parts they answered of each period, and when the group came (None without members)."""

    members: dict[int, Member]
    answered: dict[str, frozenset[Part]]
    since: datetime | None


def report_standing(connection: Connection, group_id: int, periods: Sequence[str]) -> ReportStanding:
    """Read how the reports of *periods* stand in a group."""
    members: dict[int, Member] = {}
    answered: dict[str, set[Part]] = {period: set() for period in periods}
    since = None
    for row in connection.execute(_STANDING, {"group": group_id, "periods": list(periods)}):
        since = row.since
        if row.id not in members:
            members[row.id] = member_of(row)
        if row.period is not None:
            answered[row.period].add(Part(row.id, row.of_workstream))
    return ReportStanding(members, {period: frozenset(parts) for period, parts in answered.items()}, since)
