"""The form in which the plan of a milestone is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.drafts import SteppedForm, place_of
from bot.domain.plans import Plan, Seen, changed, plan_read
from bot.domain.readers import LANGUAGES

TITLES = {f"title_{language}": language for language in LANGUAGES}
TYPED = frozenset({*TITLES, "start_on", "due_on", "result", "reason"})
STEPS = frozenset({*TYPED, "workstream", "party", "lead", "counterpart"})


@dataclass(frozen=True, slots=True)
class EditForm(SteppedForm):
    """A plan being changed: the milestone as it was *seen*, the *plan* to be, and the *reason* of a moved date."""

    milestone_id: int
    seen: Seen
    plan: Plan
    reason: str = ""

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that are to change."""
        return changed(self.seen.plan, self.plan)

    @property
    def is_moved(self) -> bool:
        """Tell whether the due date is to move."""
        return self.plan.due_on != self.seen.plan.due_on

    @property
    def lacks_reason(self) -> bool:
        """Tell whether the due date is to move, and nobody has said why."""
        return self.is_moved and not self.reason.strip()

    @property
    def awaits(self) -> str:
        """The field that the next typed text goes to."""
        return self.step if self.step in TYPED else ""

    def fields(self) -> dict[str, Any]:
        """Give what the draft keeps."""
        return {
            "milestone_id": self.milestone_id,
            "seen": self.seen.fields(),
            "plan": self.plan.fields(),
            "reason": self.reason,
            **self.place(),
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "EditForm":
        """Give the form that a draft kept."""
        return cls(
            milestone_id=fields["milestone_id"],
            seen=Seen.read(fields["seen"]),
            plan=plan_read(fields["plan"]),
            reason=fields["reason"],
            **place_of(fields),
        )
