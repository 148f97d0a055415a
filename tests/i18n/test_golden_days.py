"""Every form of a day, over eleven Solar years, as a translator can read them; run this file to write them anew."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from bot.domain.readers import CalendarName, Language, Reader, default_digits
from bot.i18n import days
from bot.i18n.speech import Speech, speech

GOLDEN = Path(__file__).parent / "golden" / "days.txt"
LANGUAGES: tuple[Language, ...] = ("fa", "tg", "en")
CALENDARS: tuple[CalendarName, ...] = ("persian", "gregorian")


def forms(say: Speech, day: date) -> Iterator[str]:
    yield say.day(day)
    yield say.day(day, short=True)
    yield say.day(day, weekday=True)
    yield say.day(day, both=True)


def written() -> str:
    lines: list[str] = []
    for year, month in product(range(1400, 1411), range(1, 13)):
        first, last = days.month_span(year, month, "persian")
        lines.append(f"{first} to {last}")
        for language, calendar in product(LANGUAGES, CALENDARS):
            say = speech(Reader(language, calendar, default_digits(language), "UTC"))
            lines.append("  " + " | ".join([*forms(say, first), say.day(last)]))
    return "\n".join(lines) + "\n"


def test_the_forms_of_eleven_years_are_as_written_down() -> None:
    expected = GOLDEN.read_text(encoding="utf-8").splitlines()

    actual = written().splitlines()

    assert actual == expected


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")
