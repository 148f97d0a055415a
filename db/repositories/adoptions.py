"""Adoptions of the roadmap: who has adopted which content, and the baseline that all of them fix."""

from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.domain.adoptions import Adoption, PlannedMilestone
from bot.domain.milestones import MilestoneState
from db.models import AdoptionRow, GroupRow, MilestoneRow, WorkstreamRow
from db.repositories.groups import Groups

_OF_GROUP = (
    select(AdoptionRow.party_id, AdoptionRow.member_id, AdoptionRow.at, AdoptionRow.content_hash)
    .where(AdoptionRow.group_id == bindparam("group"))
    .order_by(AdoptionRow.id)
)
_PLAN = (
    select(
        MilestoneRow.id,
        MilestoneRow.number,
        MilestoneRow.title,
        WorkstreamRow.code.label("workstream"),
        MilestoneRow.responsible_party_id,
        MilestoneRow.lead_id,
        MilestoneRow.counterpart_id,
        MilestoneRow.start_on,
        MilestoneRow.due_on,
        MilestoneRow.measurable_result,
        MilestoneRow.state,
    )
    .join(WorkstreamRow, WorkstreamRow.id == MilestoneRow.workstream_id)
    .where(MilestoneRow.group_id == bindparam("group"), MilestoneRow.removed_at.is_(None))
    .order_by(MilestoneRow.number)
)


class Adoptions:
    """Looks adoptions up and keeps them; *groups* reads what they settle."""

    def __init__(self, connection: Connection, groups: Groups) -> None:
        self._connection = connection
        self._groups = groups

    def of_group(self, group_id: int) -> list[Adoption]:
        """Give the adoption of each party that has adopted, the eldest first."""
        return [Adoption(*row) for row in self._connection.execute(_OF_GROUP, {"group": group_id})]

    def plan(self, group_id: int) -> list[PlannedMilestone]:
        """Give what of the group's milestones is adopted; those whose planning was undone are left out."""
        rows = self._connection.execute(_PLAN, {"group": group_id})
        return [PlannedMilestone(**{**row, "state": MilestoneState(row["state"])}) for row in rows.mappings()]

    def add(self, adoption: Adoption, *, group_id: int) -> None:
        """Keep an adoption in place of the party's earlier one."""
        self.remove(group_id, adoption.party_id)
        self._connection.execute(
            insert(AdoptionRow),
            {
                "group_id": group_id,
                "party_id": adoption.party_id,
                "member_id": adoption.member_id,
                "at": adoption.at,
                "content_hash": adoption.content_hash,
            },
        )

    def remove(self, group_id: int, party_id: int) -> None:
        """Take a party's adoption back."""
        self._connection.execute(
            delete(AdoptionRow).where(AdoptionRow.group_id == group_id, AdoptionRow.party_id == party_id)
        )

    def fix_baseline(self, group_id: int, adopted_on: date) -> int:
        """Make the dates of every milestone its baseline, in one statement; give how many there are."""
        found = self._connection.execute(
            update(MilestoneRow)
            .where(MilestoneRow.group_id == group_id, MilestoneRow.removed_at.is_(None))
            .values(
                baseline_start_on=MilestoneRow.start_on,
                baseline_due_on=MilestoneRow.due_on,
                added_on=None,
                version=MilestoneRow.version + 1,
            )
        )
        self._connection.execute(update(GroupRow).where(GroupRow.id == group_id).values(roadmap_adopted_on=adopted_on))
        self._groups.forget(group_id)
        return found.rowcount
