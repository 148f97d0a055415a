"""What is planned of a milestone: who changes it, what a moved date asks for, who is told, and what two make of it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.editing import EditForm
from bot.domain.errors import NotAllowed, TextMissing, TextTooLong
from bot.domain.members import Member, Names, Role
from bot.domain.milestones import DueDateInPast, Milestone, MilestoneClosed, MilestoneState, planned
from bot.domain.plans import (
    DueDateSettled,
    MoveReasonMissing,
    News,
    Plan,
    Seen,
    StartAfterDue,
    changed,
    check_may_edit,
    edited,
    may_edit,
    plan_read,
    rebased,
    told,
)
from bot.domain.readers import LANGUAGES, Reader
from bot.domain.texts import NOTE_LIMIT, TITLE_LIMIT

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DUE, LATER = date(2026, 12, 30), date(2027, 1, 31)
WORDS = st.text(min_size=1, max_size=8)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
PLANS = st.builds(
    Plan,
    title=WORDS,
    titles=st.builds(Names, fa=WORDS, tg=WORDS, en=WORDS),
    workstream_id=st.integers(1, 3),
    responsible_party_id=st.none() | st.integers(1, 2),
    lead_id=st.integers(1, 4),
    counterpart_id=st.none() | st.integers(1, 4),
    start_on=DAYS,
    due_on=DAYS,
    measurable_result=WORDS,
)


def milestone(state: MilestoneState = MilestoneState.ON_TRACK) -> Milestone:
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
        due_on=DUE,
        at=AT,
        by_id=1,
        added_on=None,
    )
    return replace(fresh, state=state)


def member(role: Role) -> Member:
    reader = Reader("en", "gregorian", "latin", "UTC")
    return Member(9, 1, 9, 1, "x", role, Names(), reader, quiet_hours=None, joined_at=AT)


def with_plan(**changes: object) -> Plan:
    return replace(Plan.of(milestone()), **changes)  # type: ignore[arg-type]  # names of its own fields


def test_who_may_plan_may_change_any_plan_and_an_observer_none() -> None:
    for role in Role:
        assert may_edit(milestone(), member(role)) is (role is not Role.OBSERVER)
    with pytest.raises(NotAllowed):
        check_may_edit(milestone(), member(Role.OBSERVER))


def test_what_was_dropped_takes_no_changes() -> None:
    dropped = milestone(MilestoneState.DROPPED)

    assert not may_edit(dropped, member(Role.CO_CHAIR))
    with pytest.raises(MilestoneClosed):
        check_may_edit(dropped, member(Role.CO_CHAIR))


def test_a_moved_date_is_counted_and_needs_a_reason() -> None:
    after = edited(milestone(), with_plan(due_on=LATER, title="Third furnace"), today=TODAY, reason="no crane")

    assert (after.due_on, after.moves, after.title, after.version) == (LATER, 1, "Third furnace", 2)
    with pytest.raises(MoveReasonMissing):
        edited(milestone(), with_plan(due_on=LATER), today=TODAY, reason=" ")


def test_other_fields_change_without_a_reason_and_are_no_move() -> None:
    after = edited(milestone(), with_plan(lead_id=3, responsible_party_id=None), today=TODAY, reason="")

    assert (after.lead_id, after.responsible_party_id, after.moves, after.version) == (3, None, 0, 2)


def test_what_may_not_be_is_refused() -> None:
    with pytest.raises(DueDateInPast):
        edited(milestone(), with_plan(start_on=date(2026, 1, 1), due_on=date(2026, 11, 22)), today=TODAY, reason="x")
    with pytest.raises(StartAfterDue):
        edited(milestone(), with_plan(start_on=LATER), today=TODAY, reason="")
    with pytest.raises(TextMissing):
        edited(milestone(), with_plan(title=" "), today=TODAY, reason="")
    with pytest.raises(TextTooLong):
        edited(milestone(), with_plan(title="x" * (TITLE_LIMIT + 1)), today=TODAY, reason="")
    with pytest.raises(TextTooLong):
        edited(milestone(), with_plan(measurable_result="x" * (NOTE_LIMIT + 1)), today=TODAY, reason="")


def test_what_is_done_keeps_its_date_while_a_title_may_still_be_mended() -> None:
    done = milestone(MilestoneState.DONE)

    assert edited(done, with_plan(title="Third furnace"), today=LATER, reason="").title == "Third furnace"
    with pytest.raises(DueDateSettled):
        edited(done, with_plan(due_on=LATER), today=TODAY, reason="no crane")


def test_the_first_title_and_the_confirmed_one_in_its_language_go_together() -> None:
    confirmed = with_plan(titles=Names(en="Second furnace", fa="کوره دوم"))

    english = confirmed.titled("en", "Third furnace", own="en")
    persian = confirmed.titled("fa", "کوره سوم", own="en")

    assert (english.title, english.titles) == ("Third furnace", Names(en="Third furnace", fa="کوره دوم"))
    assert (persian.title, persian.titles) == ("Second furnace", Names(en="Second furnace", fa="کوره سوم"))
    assert with_plan().titled("en", "Third furnace", own="en").titles == Names()
    assert [with_plan().title_in(language, own="en") for language in LANGUAGES] == [
        "Second furnace" if language == "en" else "" for language in LANGUAGES
    ]


def test_of_a_moved_date_both_are_told_but_for_who_moves_it() -> None:
    before, after = with_plan(), with_plan(due_on=LATER)

    assert told(before, after, by_id=9) == {1: News(is_moved=True), 2: News(is_moved=True)}
    assert told(before, after, by_id=1) == {2: News(is_moved=True)}


def test_who_newly_has_a_place_is_told_and_nobody_else() -> None:
    before = with_plan()

    assert told(before, with_plan(lead_id=3), by_id=9) == {3: News(place="lead")}
    assert told(before, with_plan(counterpart_id=3), by_id=9) == {3: News(place="counterpart")}
    assert told(before, with_plan(lead_id=3), by_id=3) == {}
    assert told(before, with_plan(counterpart_id=None, title="x"), by_id=9) == {}
    assert told(before, with_plan(lead_id=3, due_on=LATER), by_id=9)[3] == News(is_moved=True, place="lead")


@given(seen=PLANS, mine=PLANS, now=PLANS)
def test_mine_on_top_changes_what_i_changed_and_nothing_of_the_others(seen: Plan, mine: Plan, now: Plan) -> None:
    after = rebased(mine, seen=seen, now=now)

    for name in set(changed(seen, mine)) - {"titles"}:
        assert getattr(after, name) == getattr(mine, name)
    for name in set(changed(now, after)) - {"titles"}:
        assert name in changed(seen, mine)
    for language in LANGUAGES:
        is_mine = getattr(mine.titles, language) != getattr(seen.titles, language)
        assert getattr(after.titles, language) == getattr((mine if is_mine else now).titles, language)


@given(seen=PLANS, mine=PLANS, reason=WORDS, readings=st.lists(DAYS, max_size=2), month=st.none() | DAYS)
def test_a_form_comes_back_from_its_draft_as_it_was(
    seen: Plan, mine: Plan, reason: str, readings: list[date], month: date | None
) -> None:
    form = EditForm(
        milestone_id=3,
        seen=Seen(4, 17, seen, 60, MilestoneState.AT_RISK),
        plan=mine,
        reason=reason,
        step="due_on",
        page=2,
        readings=tuple(readings),
        month=month,
    )

    assert EditForm.of(json.loads(json.dumps(form.fields()))) == form
    assert plan_read(mine.fields()) == mine
