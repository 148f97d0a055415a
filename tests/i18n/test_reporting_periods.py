"""Reporting periods: months of the group's own calendar."""

from datetime import date

from bot.domain.periods import Period
from bot.i18n.periods import period_after, period_before, period_named, period_of
from bot.i18n.speech import Speech

ABAN = Period(date(2026, 10, 23), date(2026, 11, 21), "1405-08")
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "2026-10")


def test_a_day_lies_in_a_month_of_either_calendar() -> None:
    assert period_of(date(2026, 10, 31), "persian") == ABAN
    assert period_of(date(2026, 10, 31), "gregorian") == OCTOBER


def test_a_period_is_found_by_its_key() -> None:
    assert period_named("1405-08", "persian") == ABAN
    assert period_named("2026-10", "gregorian") == OCTOBER


def test_periods_follow_each_other_over_new_year() -> None:
    esfand = period_named("1405-12", "persian")

    assert period_after(esfand, "persian").key == "1406-01"
    assert period_before(period_named("2027-01", "gregorian"), "gregorian").key == "2026-12"


def test_a_period_is_named_with_both_spans(persian: Speech) -> None:
    assert persian.period(OCTOBER, "gregorian") == "اکتبر ۲۰۲۶ (از ۹ مهر تا ۹ آبان ۱۴۰۵)"
    assert persian.period(ABAN, "persian") == "آبان ۱۴۰۵ (از ۲۳ اکتبر تا ۲۱ نوامبر ۲۰۲۶)"
