"""
The forms of days over eleven Solar years, as a translator can read them; run this file to write them anew.

golden/days-*.txt has every day, a file for each language, which its reader can read without the others. golden/days.txt
has every form, for the first and the last day of each month.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.domain.readers import LANGUAGES, CalendarName, Language, Reader, default_digits
from bot.i18n import days
from bot.i18n.speech import Speech, speech
from bot.i18n.typed import read_day

FOLDER = Path(__file__).parent / "golden"
FORMS = FOLDER / "days.txt"
CALENDARS: tuple[CalendarName, ...] = ("persian", "gregorian")
OWN_CALENDAR: dict[Language, CalendarName] = {"fa": "persian", "tg": "gregorian", "en": "gregorian"}
YEARS = range(1400, 1411)
FIRST_ON, LAST_ON = date(2021, 3, 21), date(2032, 3, 19)


def every_day(language: Language) -> Path:
    return FOLDER / f"days-{language}.txt"


def reader_of(language: Language, calendar: CalendarName) -> Speech:
    return speech(Reader(language, calendar, default_digits(language), "UTC"))


def forms(say: Speech, first: date, last: date) -> Iterator[str]:
    for short, weekday, both in product((False, True), repeat=3):
        yield say.day(first, short=short, weekday=weekday, both=both)
    yield say.day(last)
    yield say.month_of(first, both=True)
    yield say.span(first, last)


def written_forms() -> str:
    lines: list[str] = []
    for year, month in product(YEARS, range(1, 13)):
        first, last = days.month_span(year, month, "persian")
        lines.append(f"{first} to {last}")
        for language, calendar in product(LANGUAGES, CALENDARS):
            lines.append("  " + " | ".join(forms(reader_of(language, calendar), first, last)))
    return "\n".join(lines) + "\n"


def written_days(language: Language) -> str:
    say = reader_of(language, OWN_CALENDAR[language])
    count = (LAST_ON - FIRST_ON).days + 1
    lines = [say.day(FIRST_ON + timedelta(days=n), weekday=True, both=True) for n in range(count)]
    return "\n".join(lines) + "\n"


def test_the_forms_of_eleven_years_are_as_written_down() -> None:
    expected = FORMS.read_text(encoding="utf-8").splitlines()

    assert written_forms().splitlines() == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_eleven_years_is_as_written_down(language: Language) -> None:
    expected = every_day(language).read_text(encoding="utf-8").splitlines()

    assert written_days(language).splitlines() == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_that_is_written_down_can_be_typed(language: Language) -> None:
    lines = every_day(language).read_text(encoding="utf-8").splitlines()

    read = [read_day(line, today=date(2026, 11, 23)) for line in lines]

    assert read == [FIRST_ON + timedelta(days=n) for n in range(4017)]


if __name__ == "__main__":
    FORMS.write_text(written_forms(), encoding="utf-8")
    for each in LANGUAGES:
        every_day(each).write_text(written_days(each), encoding="utf-8")
