"""The working days of a group's parties: their weekends, the public holidays of their countries, and corrections."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.domain.groups import Party, WorkingGroup
from bot.domain.holidays import REACH_AHEAD, Holiday, worked_days
from bot.domain.working_days import PartyCalendar
from db.unit_of_work import UnitOfWork

_SCRIPT = Path(__file__).with_name("holiday_dates.py")
_TIMEOUT_SECONDS = 60
# So many decades of countries are remembered, far more than groups that live today ask for.
_MOST_ANSWERS = 256


class UnknownHolidays(ValueError):
    """The public holidays of a country cannot be had: the code is not one that the holidays package knows."""


HolidaysOf = Mapping[date, tuple[Holiday, ...]]


@dataclass(frozen=True)
class DaysOff:
    """A country's public holidays and the days off that a party has added to them."""

    country: str
    added: frozenset[date]

    def __contains__(self, day: object) -> bool:
        """Tell whether *day* is off; looks a country's holidays up ten years at a time."""
        return isinstance(day, date) and (day in self.added or bool(holidays_on(day, self.country)))


def holidays_on(day: date, country: str) -> tuple[Holiday, ...]:
    """Name the public holidays of a day; raises UnknownHolidays."""
    return public_holidays(country, day.year // 10).get(day, ())


def public_holidays(country: str, decade: int) -> HolidaysOf:
    """
    Give the public holidays of ten years, such as 2020 to 2029 for 202, in a country of ISO code *country*.

    Raises:
        UnknownHolidays: the package does not know the country.
    """
    found = _asked(country, decade)
    if isinstance(found, str):
        raise UnknownHolidays(f"{country}: {found}")
    return found


@lru_cache(maxsize=_MOST_ANSWERS)
def _asked(country: str, decade: int) -> HolidaysOf | str:
    """
    Ask the package, once; a text is its reason for having no answer.

    It is asked in a process of its own: it would leave 21 MiB behind, a quarter of what the idle bot may use, for the
    few hundred days that are kept.
    """
    first = decade * 10
    asked = subprocess.run(  # noqa: S603 - our own script, and a country code as an argument
        [sys.executable, "-I", "-X", "utf8", str(_SCRIPT), country, str(first), str(first + 9)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        process_group=0,  # a Ctrl-C on the terminal is for the bot, which ends when this has been told,
        timeout=_TIMEOUT_SECONDS,
    )
    if asked.returncode < 0:
        # Ended from outside: no answer, and so nothing to remember; the next one who asks may have more luck.
        message = f"{country}: ended by signal {-asked.returncode}"
        raise UnknownHolidays(message)
    if asked.returncode:
        return (asked.stderr.strip().splitlines() or [f"exit {asked.returncode}"])[-1]
    found: dict[date, tuple[Holiday, ...]] = {}
    for line in asked.stdout.splitlines():
        day, estimated, name = line.split("\t")
        on = date.fromisoformat(day)
        # The same few names come back every year.
        found[on] = (*found.get(on, ()), Holiday(sys.intern(name), is_estimated=bool(estimated)))
    return found


def party_calendar(party: Party, corrections: Mapping[date, bool]) -> PartyCalendar:
    """Give the calendar of a party; *corrections* says of a day whether it is off, weekend or not."""
    added = frozenset(day for day, is_off in corrections.items() if is_off)
    return PartyCalendar(
        weekend=party.weekend, days_off=DaysOff(party.holidays_country, added), worked=worked_days(corrections)
    )


def group_calendars(uow: UnitOfWork, group: WorkingGroup) -> dict[int, PartyCalendar]:
    """Give the calendars of a group's parties by the party's id."""
    corrected = uow.holidays.corrected_days([party.id for party in group.parties])
    return {party.id: party_calendar(party, corrected[party.id]) for party in group.parties}


def shared_calendars(uow: UnitOfWork, group: WorkingGroup) -> tuple[PartyCalendar, ...]:
    """Give the calendars of all parties of a group, for what is counted in shared working days."""
    return tuple(group_calendars(uow, group).values())


def warm(countries: Iterable[str], today: date) -> None:
    """Look the holidays of these years up before somebody waits for them; may take a second, so not on the loop."""
    years = range(today.year - 1, (today + REACH_AHEAD).year + 1)
    for country in sorted(set(countries)):
        for decade in sorted({year // 10 for year in years}):
            _asked(country, decade)
