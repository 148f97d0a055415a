"""What is said when the plan of a milestone may not be changed in the way that was asked."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain import milestones, plans
from bot.domain.errors import DomainError
from bot.i18n.speech import Speech
from bot.screens.impossible_days import Sentence

Table = Mapping[type[DomainError], Callable[[Speech, Any], Sentence]]


def _reopening_reason_missing(say: Speech, refusal: milestones.ReopeningReasonMissing) -> Sentence:
    text = say.gettext("{code} is reopened only with a reason.\nPlease send it with a line that says why.")
    return text, {"code": f"M-{refusal.number}"}


def _start_after_due(say: Speech, refusal: plans.StartAfterDue) -> Sentence:
    text = say.gettext("The start, {start}, would be after the due date, {due}.\nPlease change the other date first.")
    return text, {"start": say.day(refusal.start_on), "due": say.day(refusal.due_on)}


def _move_reason_missing(say: Speech, refusal: plans.MoveReasonMissing) -> Sentence:
    text = say.gettext("The due date of {code} moves only with a reason.\nPlease press “Reason” and type it.")
    return text, {"code": f"M-{refusal.number}"}


def _due_date_settled(say: Speech, refusal: plans.DueDateSettled) -> Sentence:
    text = say.gettext(
        "{code} is done, and its due date does not move any more.\nTo go on with it, log progress first."
    )
    return text, {"code": f"M-{refusal.number}"}


def _milestone_closed(say: Speech, refusal: milestones.MilestoneClosed) -> Sentence:
    text = say.gettext("{code} was dropped and takes no changes.\nIf the work goes on, reopen it on its card.")
    return text, {"code": f"M-{refusal.number}"}


PLAN_SENTENCES: Table = {
    milestones.ReopeningReasonMissing: _reopening_reason_missing,
    milestones.MilestoneClosed: _milestone_closed,
    plans.StartAfterDue: _start_after_due,
    plans.MoveReasonMissing: _move_reason_missing,
    plans.DueDateSettled: _due_date_settled,
}
