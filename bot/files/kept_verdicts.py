"""What became of each row of a file, as JSON that can be shown again later, in another language too."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.members import Names
from bot.domain.milestones import Milestone
from bot.files.refusals import Problem, Value
from bot.files.roadmap_file import Outcome, Preview, RowVerdict

_MOST_QUOTED = 80
# As a person wants to read them: what needs doing first.
_ORDER = (Outcome.REFUSE, Outcome.CHANGE, Outcome.ADD, Outcome.UNCHANGED, Outcome.IGNORE)


@dataclass(frozen=True, slots=True)
class KeptVerdict:
    """A verdict with what names its milestone; *number* is None for one that is to get the next free one."""

    verdict: RowVerdict
    number: int | None
    title: str


def in_reading_order(verdicts: Sequence[RowVerdict]) -> list[RowVerdict]:
    """Give the verdicts as they are shown: the refused first, then changes and additions, each by row."""
    return sorted(verdicts, key=lambda verdict: (_ORDER.index(verdict.outcome), verdict.row))


def to_json(verdict: RowVerdict) -> dict[str, Any]:
    """Give a verdict as plain JSON; long words of a cell are cut, for they are only quoted."""
    return {
        "row": verdict.row,
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "problems": [problem_to_json(problem) for problem in verdict.problems],
        "changes": list(verdict.changes),
        "number": verdict.entry.number if verdict.entry else None,
        "title": verdict.entry.title if verdict.entry else "",
    }


def from_json(kept: Mapping[str, Any]) -> KeptVerdict:
    """Read what `to_json` wrote."""
    verdict = RowVerdict(
        row=kept["row"],
        outcome=Outcome(kept["outcome"]),
        reason=kept["reason"],
        problems=tuple(problem_from_json(problem) for problem in kept["problems"]),
        changes=tuple(kept["changes"]),
    )
    return KeptVerdict(verdict, kept["number"], kept["title"])


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Give a problem as plain JSON."""
    values = {name: _packed(value) for name, value in problem.values.items()}
    return {"reason": problem.reason, "column": _cut(problem.column), "values": values}


def problem_from_json(kept: Mapping[str, Any]) -> Problem:
    """Read what `problem_to_json` wrote."""
    values = {name: _unpacked(value) for name, value in kept["values"].items()}
    return Problem(kept["reason"], kept["column"], values)


def digest(preview: Preview, milestones: Sequence[Milestone]) -> str:
    """
    Give what two previews have in common when they say the same about the same roadmap.

    Of a milestone that would be changed, what it is now counts too: the preview said what would become another.
    """
    before = {milestone.id: milestone for milestone in milestones}
    summed = hashlib.sha256()
    for verdict in preview.verdicts:
        summed.update(repr(verdict).encode("utf-8", "surrogatepass"))
        if verdict.outcome is Outcome.CHANGE and verdict.milestone_id is not None:
            known = before[verdict.milestone_id]
            summed.update(repr([getattr(known, name) for name in verdict.changes]).encode("utf-8", "surrogatepass"))
    return summed.hexdigest()


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 1]}…"


def _packed(value: Value) -> Any:
    if isinstance(value, Names):
        return {"names": [value.fa, value.tg, value.en]}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return _cut(value) if isinstance(value, str) else value


def _unpacked(value: Any) -> Value:
    if isinstance(value, dict):
        return Names(*value["names"]) if "names" in value else date.fromisoformat(value["day"])
    return tuple(value) if isinstance(value, list) else value
