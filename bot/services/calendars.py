"""The working days of a group's parties: their weekends, the public holidays of their countries, and corrections."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.domain.groups import Party, WorkingGroup
from bot.domain.working_days import PartyCalendar
from db.unit_of_work import UnitOfWork

_SCRIPT = Path(__file__).with_name("holiday_dates.py")
_TIMEOUT_SECONDS = 60


class UnknownHolidays(ValueError):
    """The public holidays of a country cannot be had: the code is not one that the holidays package knows."""


@dataclass(frozen=True)
class DaysOff:
    """A country's public holidays with a party's corrections: True adds a day off, False makes it a working day."""

    country: str
    corrections: Mapping[date, bool]

    def __contains__(self, day: object) -> bool:
        """Tell whether *day* is off; looks a country's holidays up ten years at a time."""
        if not isinstance(day, date):
            return False
        corrected = self.corrections.get(day)
        return corrected if corrected is not None else day in public_holidays(self.country, day.year // 10)


def public_holidays(country: str, decade: int) -> frozenset[date]:
    """
    Give the public holidays of ten years, such as 2020 to 2029 for 202, in a country of ISO code *country*.

    Raises:
        UnknownHolidays: the package does not know the country.
    """
    found = _asked(country, decade)
    if isinstance(found, str):
        raise UnknownHolidays(f"{country}: {found}")
    return found


@cache
def _asked(country: str, decade: int) -> frozenset[date] | str:
    """
    Ask the package, once; a text is its reason for having no answer.

    It is asked in a process of its own: it would leave 21 MiB behind, a quarter of what the idle bot may use, for the
    few hundred dates that are kept.
    """
    first = decade * 10
    asked = subprocess.run(  # noqa: S603 - our own script, and a country code as an argument
        [sys.executable, "-I", str(_SCRIPT), country, str(first), str(first + 9)],
        capture_output=True,
        text=True,
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
    return frozenset(date.fromisoformat(line) for line in asked.stdout.split())


def party_calendar(party: Party, corrections: Mapping[date, bool]) -> PartyCalendar:
    """Give the calendar of a party; *corrections* says of a day whether it is off."""
    return PartyCalendar(weekend=party.weekend, days_off=DaysOff(party.holidays_country, corrections))


def group_calendars(uow: UnitOfWork, group: WorkingGroup) -> dict[int, PartyCalendar]:
    """Give the calendars of a group's parties by the party's id."""
    return {party.id: party_calendar(party, uow.groups.holiday_corrections(party.id)) for party in group.parties}


def shared_calendars(uow: UnitOfWork, group: WorkingGroup) -> tuple[PartyCalendar, ...]:
    """Give the calendars of all parties of a group, for what is counted in shared working days."""
    return tuple(group_calendars(uow, group).values())


def warm(countries: Iterable[str], today: date) -> None:
    """Look the holidays of these years up before somebody waits for them; may take a second, so not on the loop."""
    for country in sorted(set(countries)):
        for year in (today.year - 1, today.year + 1):
            _asked(country, year // 10)
