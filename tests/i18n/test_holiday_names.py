"""Every public holiday of both countries has its name in all three languages."""

import re

import pytest

from bot.domain.readers import LANGUAGES, Language
from bot.i18n.holiday_names import holiday_name, is_named
from bot.services.calendars import public_holidays

YEARS = range(2024, 2031)
LETTERS: dict[Language, str] = {"fa": "[\u0600-\u06ff]", "tg": "[а-яёғӣқӯҳҷ]", "en": "[a-z]"}
LOOKALIKES = re.compile("[يكїќўњљѓ]")


def names(country: str) -> set[str]:
    """Give the package's names of the holidays of these years."""
    return {
        holiday.name
        for decade in sorted({year // 10 for year in YEARS})
        for day, holidays in public_holidays(country, decade).items()
        if day.year in YEARS
        for holiday in holidays
    }


@pytest.mark.parametrize("country", ["IR", "TJ"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_holiday_is_named_in_its_own_letters(country: str, language: Language) -> None:
    nameless = {name for name in names(country) if not is_named(name)}
    foreign = {
        holiday_name(name, language)
        for name in names(country)
        for other in LANGUAGES
        if other != language and re.search(LETTERS[other], holiday_name(name, language), re.IGNORECASE)
    }

    assert len(names(country)) > 8
    assert nameless == set()
    assert foreign == set()


def test_names_are_written_with_the_letters_of_the_language() -> None:
    for country in ("IR", "TJ"):
        for name in names(country):
            assert not LOOKALIKES.search(holiday_name(name, "fa") + holiday_name(name, "tg"))


def test_holidays_are_called_as_officials_call_them() -> None:
    assert holiday_name("Nowruz", "fa") == "نوروز"
    assert holiday_name("Nowruz", "tg") == "Наврӯз"
    assert holiday_name("Independence Day", "tg") == "Рӯзи Истиқлолияти давлатии Ҷумҳурии Тоҷикистон"


def test_a_holiday_of_another_country_keeps_the_name_that_there_is() -> None:
    assert holiday_name("Day of Memory and Honor", "tg") == "Day of Memory and Honor"
