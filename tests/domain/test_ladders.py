"""The days of a report's ladder, worked out by hand for the example group."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.groups import ReportRung
from bot.domain.ladders import ladder, rung_code
from bot.domain.periods import gregorian_month
from bot.domain.working_days import is_shared, shared_days_between
from tests.domain.builders_of_reports import RULES, SHARED, month, utc


def test_the_report_on_october_2026_was_due_on_10_november_at_three_in_tehran() -> None:
    days = ladder(month("2026-10"), RULES, SHARED)

    assert days.due_at == utc("2026-11-10 11:30")
    assert {rung.code: rung.day.isoformat() for rung in days.rungs} == {
        "opens": "2026-11-02",
        "d-3": "2026-11-03",
        "d-1": "2026-11-09",
        "d": "2026-11-10",
        "d+1": "2026-11-11",
        "d+2": "2026-11-16",
        "d+3": "2026-11-17",
    }


def test_the_report_on_november_2026_is_due_on_9_december() -> None:
    days = ladder(month("2026-11"), RULES, SHARED)

    assert (days.opens_on, days.due_on) == (date(2026, 12, 1), date(2026, 12, 9))
    assert [rung.day.day for rung in days.rungs] == [1, 2, 8, 9, 14, 15, 16]


def test_rungs_that_meet_on_a_day_become_the_higher_one_for_all() -> None:
    # Due on the fourth shared day: D-3 is the opening day.
    rules = replace(
        RULES, due_shared_working_day=4, rungs=(*RULES.rungs[:1], ReportRung("D-3", -3, ("own_secretary",)))
    )

    [rung] = ladder(month("2026-11"), rules, SHARED).rungs

    assert rung.code == "d-3"
    assert rung.to == {"lead", "own_secretary"}


def test_a_rung_never_falls_into_the_period_itself() -> None:
    days = ladder(month("2026-11"), replace(RULES, due_shared_working_day=2), SHARED)

    assert [rung.code for rung in days.rungs] == ["d-1", "d", "d+1", "d+2", "d+3"]


def test_the_groups_words_for_rungs_are_not_in_the_keys() -> None:
    assert [rung_code(offset) for offset in (None, -3, 0, 2)] == ["opens", "d-3", "d", "d+2"]


@given(day=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_every_rung_is_a_shared_day_at_its_distance_from_the_due_day(day: date) -> None:
    period = gregorian_month(day)
    days = ladder(period, RULES, SHARED)

    assert shared_days_between(period.last_on, days.due_on, SHARED) == 5
    assert [rung.day for rung in days.rungs] == sorted({rung.day for rung in days.rungs})
    for rung in days.rungs:
        assert is_shared(rung.day, SHARED)
        assert rung.day > period.last_on
        if rung.offset is not None and rung.offset > 0:
            assert shared_days_between(days.due_on, rung.day, SHARED) == rung.offset
