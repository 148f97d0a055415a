"""The months to come fit into one message, whatever the calendar holds and whatever a secretary has corrected."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.holidays import Correction
from bot.domain.readers import CalendarName
from bot.screens import forecasts as screens
from bot.screens.audience import Audience, of_chat, of_person
from bot.screens.forecasts import Forecast
from bot.screens.summary import visible_units
from bot.services import forecasts
from bot.services.example_group import Example
from tests.people import bare
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit

CALENDARS: tuple[CalendarName, ...] = ("persian", "gregorian")


@pytest.fixture
def unit(example: tuple[Path, Example], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def drawn(unit: ExampleUnit, audience: Audience, months: int) -> str:
    group = unit.uow.groups.get(GROUP_ID)
    found = Forecast(
        group=group,
        months={calendar: forecasts.months(unit.uow, group, calendar, months) for calendar in CALENDARS},
        reports=forecasts.next_reports(unit.uow, group),
    )
    return screens.forecast(audience, found, lists_holidays=False).text


@pytest.mark.parametrize("year", range(2024, 2030))
def test_every_year_fits_in_private_and_in_a_chat(unit: ExampleUnit, year: int) -> None:
    readers = [unit.person(handle).reader for handle in ("kavehpour", "qalandarzoda", "farahmandi")]
    for month in (1, 4, 7, 10):
        unit.at(datetime(year, month, 1, 6, tzinfo=UTC))
        texts = [drawn(unit, of_person(reader), 12) for reader in readers]
        texts.append(drawn(unit, of_chat(unit.uow.groups.get(GROUP_ID)), 6))

        assert max(visible_units(text) for text in texts) <= 4096


def test_a_year_of_corrections_with_long_names_still_fits_and_names_the_months(unit: ExampleUnit) -> None:
    zebo = unit.person("qalandarzoda")
    for number in range(400):
        day = date(2026, 11, 23) + timedelta(days=number)
        correction = Correction(day, is_off=True, name=f"{number} " + "Ж" * 190)
        unit.uow.holidays.correct(zebo.party_id, correction)
    group = unit.uow.groups.get(GROUP_ID)
    months = forecasts.months(unit.uow, group, "gregorian", 12)
    text = screens.forecast(
        of_person(zebo.reader), Forecast(group, {"gregorian": months}, reports=()), lists_holidays=False
    ).text

    assert visible_units(text) <= 4096
    assert bare(text).count("танҳо 0 рӯзи кории муштарак") == 12
