"""What an entry makes of a milestone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import TextMissing, TextTooLong
from bot.domain.milestones import (
    DueDateInPast,
    EvidenceMissing,
    LessUnexplained,
    Milestone,
    MilestoneClosed,
    MilestoneState,
    PercentOutOfRange,
    ReasonMissing,
    checked_due,
    logged,
    planned,
    progress,
    rescheduled,
    words_wanted,
)
from bot.domain.texts import NOTE_LIMIT, TITLE_LIMIT, checked_note, checked_title
from bot.i18n.cutting import cut_title

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)
STATES = st.sampled_from(MilestoneState)


def milestone(percent: int = 0, state: MilestoneState = MilestoneState.NOT_STARTED) -> Milestone:
    fresh = planned(
        group_id=1,
        number=12,
        title="Second furnace",
        language="en",
        workstream_id=1,
        responsible_party_id=1,
        lead_id=1,
        counterpart_id=2,
        start_on=TODAY,
        due_on=date(2026, 12, 30),
        at=AT,
        by_id=1,
        added_on=None,
    )
    return replace(fresh, percent=percent, state=state)


def test_a_first_percent_starts_the_work() -> None:
    entry = progress(milestone(), percent=10, state=None, note="")

    assert (entry.percent, entry.state) == (10, MilestoneState.ON_TRACK)


def test_a_percent_keeps_the_state_of_work_under_way() -> None:
    entry = progress(milestone(40, MilestoneState.AT_RISK), percent=60, state=None, note="")

    assert entry.state is MilestoneState.AT_RISK


def test_a_hundred_percent_is_done() -> None:
    entry = progress(milestone(40, MilestoneState.AT_RISK), percent=100, state=None, note="both have signed")

    assert entry.state is MilestoneState.DONE


def test_done_is_a_hundred_percent() -> None:
    entry = progress(milestone(40, MilestoneState.ON_TRACK), percent=None, state=MilestoneState.DONE, note="signed")

    assert entry.percent == 100


def test_sixty_percent_done_is_not_done() -> None:
    entry = progress(milestone(40, MilestoneState.ON_TRACK), percent=60, state=MilestoneState.DONE, note="")

    assert (entry.percent, entry.state) == (60, MilestoneState.ON_TRACK)


def test_a_lower_percent_reopens_what_was_done() -> None:
    entry = progress(milestone(100, MilestoneState.DONE), percent=90, state=None, note="one drill failed")

    assert (entry.percent, entry.state) == (90, MilestoneState.ON_TRACK)


def test_a_comment_on_what_is_done_needs_no_evidence_again() -> None:
    entry = progress(milestone(100, MilestoneState.DONE), percent=None, state=None, note="")

    assert (entry.percent, entry.state) == (100, MilestoneState.DONE)


def test_what_is_lacking_is_refused() -> None:
    with pytest.raises(EvidenceMissing):
        progress(milestone(), percent=100, state=None, note=" ")
    with pytest.raises(ReasonMissing):
        progress(milestone(), percent=None, state=MilestoneState.DROPPED, note="")
    with pytest.raises(LessUnexplained):
        progress(milestone(40, MilestoneState.ON_TRACK), percent=39, state=None, note=" ")
    with pytest.raises(LessUnexplained):
        progress(milestone(100, MilestoneState.DONE), percent=None, state=MilestoneState.AT_RISK, note="")
    with pytest.raises(PercentOutOfRange):
        progress(milestone(), percent=101, state=None, note="")
    with pytest.raises(MilestoneClosed):
        progress(milestone(10, MilestoneState.DROPPED), percent=20, state=None, note="")
    with pytest.raises(TextTooLong):
        progress(milestone(), percent=20, state=None, note="x" * (NOTE_LIMIT + 1))


@given(
    before=st.integers(0, 100),
    was=STATES.filter(lambda state: state is not MilestoneState.DROPPED),
    percent=st.none() | st.integers(0, 100),
    state=st.none() | STATES,
)
def test_done_and_a_hundred_percent_always_go_together(
    before: int, was: MilestoneState, percent: int | None, state: MilestoneState | None
) -> None:
    start = 100 if was is MilestoneState.DONE else min(before, 99)
    found = milestone(0 if was is MilestoneState.NOT_STARTED else start, was)

    entry = progress(found, percent=percent, state=state, note="signed")

    assert 0 <= entry.percent <= 100
    if entry.state is not MilestoneState.DROPPED:
        assert (entry.percent == 100) == (entry.state is MilestoneState.DONE)
    if entry.state is MilestoneState.NOT_STARTED:
        assert entry.percent == 0


@given(
    was=STATES.filter(lambda state: state is not MilestoneState.DROPPED),
    percent=st.none() | st.integers(0, 100),
    state=st.none() | STATES,
)
def test_words_are_wanted_exactly_where_an_entry_without_them_is_refused(
    was: MilestoneState, percent: int | None, state: MilestoneState | None
) -> None:
    found = milestone({MilestoneState.NOT_STARTED: 0, MilestoneState.DONE: 100}.get(was, 50), was)
    wanted = words_wanted(found, percent=percent, state=state)

    assert progress(found, percent=percent, state=state, note="signed").note == "signed"
    if wanted is None:
        assert progress(found, percent=percent, state=state, note="").percent >= found.percent
    else:
        with pytest.raises(type(wanted)):
            progress(found, percent=percent, state=state, note="")


def test_an_entry_moves_the_milestone_one_version_on() -> None:
    before = milestone(40, MilestoneState.ON_TRACK)
    after = logged(before, progress(before, percent=100, state=None, note="signed"), at=AT, on=TODAY)

    assert (after.version, after.evidence, after.finished_on, after.last_entry_at) == (2, "signed", TODAY, AT)


def test_a_moved_date_is_counted() -> None:
    moved = rescheduled(milestone(), date(2027, 1, 31))

    assert (moved.due_on, moved.moves, moved.version) == (date(2027, 1, 31), 1, 2)


def test_a_due_date_may_be_today_but_not_before() -> None:
    assert checked_due(TODAY, today=TODAY) == TODAY
    with pytest.raises(DueDateInPast):
        checked_due(date(2026, 11, 22), today=TODAY)


def test_titles_and_notes_are_counted_as_the_messenger_counts() -> None:
    assert checked_title("😀" * (TITLE_LIMIT // 2))
    with pytest.raises(TextTooLong) as refused:
        checked_title("😀" * (TITLE_LIMIT // 2 + 1))
    assert refused.value.length == TITLE_LIMIT + 2
    with pytest.raises(TextMissing):
        checked_title("  ")
    assert checked_note("") == ""


@given(st.text(max_size=400))
def test_a_cut_title_always_fits(text: str) -> None:
    assert len(cut_title(text).encode("utf-16-le", "surrogatepass")) // 2 <= TITLE_LIMIT
