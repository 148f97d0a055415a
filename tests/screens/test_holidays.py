"""The list of days off fits into one message, however long the names are that secretaries have typed."""

from datetime import date, timedelta

import pytest

from bot.domain.groups import GroupRules, WorkingGroup
from bot.domain.holidays import Correction, DayOfParty, Holiday
from bot.domain.members import Names
from bot.domain.readers import LANGUAGES, Language, Reader, default_calendar, default_digits
from bot.domain.summaries import page_of
from bot.domain.texts import TITLE_LIMIT
from bot.i18n.holiday_names import holiday_name
from bot.screens import holidays as screens
from bot.screens.screen import Button
from bot.screens.summary import visible_units
from bot.services.holidays import PAGE
from tests.domain.builders_of_reports import IR, RULES, TJ
from tests.screens.test_reminders import PARTIES

FIRST_ON = date(2027, 3, 1)
GROUP = WorkingGroup(7, "G", Names("کارگروه", "Гурӯҳ", "Group"), GroupRules(RULES), PARTIES)
LONGEST = "Death of Prophet Muhammad and Martyrdom of Hasan ibn Ali"


def crowded() -> screens.HolidayPage:
    """Give a page of days that have two estimated holidays each and were corrected with the longest name."""
    holidays = (Holiday(LONGEST, is_estimated=True), Holiday("Birthday of Muhammad and Imam Ja'far al-Sadiq"))
    days = tuple(
        DayOfParty(
            FIRST_ON + timedelta(days=number),
            IR,
            is_weekend=False,
            holidays=holidays,
            correction=Correction(FIRST_ON + timedelta(days=number), is_off=False, name="Ж" * TITLE_LIMIT),
        )
        for number in range(PAGE)
    )
    return screens.HolidayPage(GROUP, page_of(1, 90, PAGE), FIRST_ON, FIRST_ON + timedelta(days=89), days, IR)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crowded_page_fits_and_offers_every_correction(language: Language) -> None:
    reader = Reader(language, default_calendar(language), default_digits(language), "Asia/Tehran")

    screen = screens.holidays(reader, crowded())

    buttons: list[Button] = [button for row in screen.rows for button in row]
    assert holiday_name(LONGEST, language) in screen.text
    assert visible_units(screen.text) <= 4096
    assert len([button for button in buttons if button.act == "hd.day"]) == PAGE


def test_the_other_partys_corrections_are_not_offered() -> None:
    reader = Reader("en", "gregorian", "latin", "Asia/Dushanbe")
    page = crowded()
    seen_by_tajikistan = screens.HolidayPage(page.group, page.page, page.first_on, page.last_on, page.days, TJ)

    screen = screens.holidays(reader, seen_by_tajikistan)

    assert not [button for row in screen.rows for button in row if button.act == "hd.day"]
