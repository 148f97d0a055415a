"""When an entry repeats the one before, and when it may be undone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.milestones import MilestoneState, Progress
from bot.domain.progress import AlreadyUndone, LoggedSince, ProgressEntry, UndoTooLate, check_undo, repeats

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
SAID = Progress(percent=60, state=MilestoneState.ON_TRACK, note="second furnace")
ENTRY = ProgressEntry(
    id=1,
    group_id=1,
    milestone_id=1,
    member_id=7,
    at=AT,
    percent_before=40,
    percent_after=60,
    state_before=MilestoneState.ON_TRACK,
    state_after=MilestoneState.ON_TRACK,
    evidence_before="",
    reason_before="",
    note="second furnace",
    language="en",
    way="private",
)


def test_the_same_by_the_same_person_within_a_minute_is_a_repeat() -> None:
    minute_later = AT + timedelta(minutes=1)

    assert repeats(ENTRY, SAID, member_id=7, at=minute_later)
    assert not repeats(ENTRY, SAID, member_id=8, at=AT)
    assert not repeats(ENTRY, SAID, member_id=7, at=minute_later + timedelta(seconds=1))
    assert not repeats(ENTRY, replace(SAID, note="third furnace"), member_id=7, at=AT)
    assert not repeats(None, SAID, member_id=7, at=AT)
    # Said again a while later, on a clock that was set back.
    assert not repeats(ENTRY, SAID, member_id=7, at=AT - timedelta(minutes=50))


def test_undo_is_for_ten_minutes_sharp() -> None:
    check_undo(at=AT, now=AT + timedelta(minutes=10), minutes=10, undone=False, logged_since_by=None)
    with pytest.raises(UndoTooLate):
        check_undo(at=AT, now=AT + timedelta(minutes=10, seconds=1), minutes=10, undone=False, logged_since_by=None)


def test_undo_is_once_and_not_behind_anothers_back() -> None:
    with pytest.raises(AlreadyUndone):
        check_undo(at=AT, now=AT, minutes=10, undone=True, logged_since_by=None)
    with pytest.raises(LoggedSince) as refused:
        check_undo(at=AT, now=AT, minutes=10, undone=False, logged_since_by="Ramin")
    assert refused.value.by == "Ramin"


def test_a_clock_that_was_set_back_takes_nobody_the_time_for_undo() -> None:
    check_undo(at=AT, now=AT - timedelta(hours=3), minutes=10, undone=False, logged_since_by=None)
