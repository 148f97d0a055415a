"""How a milestone lies in its table, and back."""

from collections.abc import Sequence
from typing import Any, cast

from bot.domain.members import Names
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.readers import Language
from bot.i18n.folding import fold
from bot.i18n.sounds import sounds
from db.models import MilestoneRow

# The columns by position: a result row is a tuple, which is cheaper than names where every update passes.
COLUMNS = (
    MilestoneRow.id,
    MilestoneRow.group_id,
    MilestoneRow.number,
    MilestoneRow.title,
    MilestoneRow.language,
    MilestoneRow.title_fa,
    MilestoneRow.title_tg,
    MilestoneRow.title_en,
    MilestoneRow.workstream_id,
    MilestoneRow.responsible_party_id,
    MilestoneRow.lead_id,
    MilestoneRow.counterpart_id,
    MilestoneRow.start_on,
    MilestoneRow.due_on,
    MilestoneRow.baseline_start_on,
    MilestoneRow.baseline_due_on,
    MilestoneRow.added_on,
    MilestoneRow.measurable_result,
    MilestoneRow.state,
    MilestoneRow.percent,
    MilestoneRow.moves,
    MilestoneRow.evidence,
    MilestoneRow.reason,
    MilestoneRow.version,
    MilestoneRow.last_entry_at,
    MilestoneRow.planned_by_id,
    MilestoneRow.planned_at,
    MilestoneRow.removed_at,
    MilestoneRow.finished_on,
)


def values_of(milestone: Milestone) -> dict[str, Any]:
    """Give what the columns hold for a milestone, but for its id."""
    titles = milestone.titles
    searched = tuple(dict.fromkeys(filter(None, (milestone.title, titles.fa, titles.tg, titles.en))))
    return {
        "group_id": milestone.group_id,
        "number": milestone.number,
        "title": milestone.title,
        "language": milestone.language,
        "title_fa": titles.fa,
        "title_tg": titles.tg,
        "title_en": titles.en,
        "workstream_id": milestone.workstream_id,
        "responsible_party_id": milestone.responsible_party_id,
        "lead_id": milestone.lead_id,
        "counterpart_id": milestone.counterpart_id,
        "start_on": milestone.start_on,
        "due_on": milestone.due_on,
        "baseline_start_on": milestone.baseline_start_on,
        "baseline_due_on": milestone.baseline_due_on,
        "added_on": milestone.added_on,
        "measurable_result": milestone.measurable_result,
        "state": milestone.state.value,
        "percent": milestone.percent,
        "moves": milestone.moves,
        "evidence": milestone.evidence,
        "reason": milestone.reason,
        "version": milestone.version,
        "last_entry_at": milestone.last_entry_at,
        "planned_by_id": milestone.planned_by_id,
        "planned_at": milestone.planned_at,
        "removed_at": milestone.removed_at,
        "finished_on": milestone.finished_on,
        "folded": fold(" ".join(searched)),
        "sounds": sounds(*searched),
    }


def milestone_of(row: Sequence[Any]) -> Milestone:
    """Give the milestone of a row of COLUMNS."""
    (
        id_, group_id, number, title, language, title_fa, title_tg, title_en,
        workstream_id, responsible_party_id, lead_id, counterpart_id,
        start_on, due_on, baseline_start_on, baseline_due_on, added_on, measurable_result,
        state, percent, moves, evidence, reason, version, last_entry_at,
        planned_by_id, planned_at, removed_at, finished_on,
    ) = row  # fmt: skip
    return Milestone(
        id=id_,
        group_id=group_id,
        number=number,
        title=title,
        language=cast("Language", language),
        titles=Names(title_fa, title_tg, title_en),
        workstream_id=workstream_id,
        responsible_party_id=responsible_party_id,
        lead_id=lead_id,
        counterpart_id=counterpart_id,
        start_on=start_on,
        due_on=due_on,
        baseline_start_on=baseline_start_on,
        baseline_due_on=baseline_due_on,
        added_on=added_on,
        measurable_result=measurable_result,
        state=MilestoneState(state),
        percent=percent,
        moves=moves,
        evidence=evidence,
        reason=reason,
        version=version,
        last_entry_at=last_entry_at,
        planned_by_id=planned_by_id,
        planned_at=planned_at,
        removed_at=removed_at,
        finished_on=finished_on,
    )
