"""The calendar of seven years as an administrator prints it; run this file to write its golden files anew."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest

from bot.domain.readers import LANGUAGES, Language
from bot.services.calendars import public_holidays
from bot.services.example_group import FOLDER
from tests.cli.conftest import CODE, Run

GOLDEN = Path(__file__).parent / "golden"
SEVEN_YEARS = ("calendar", "--group", CODE, "--from", "2024-01", "--to", "2030-12", "--language")
SHARED_WEEKDAYS = {0, 1, 2}


def written_down(language: Language) -> list[str]:
    return (GOLDEN / f"calendar.{language}.tsv").read_text(encoding="utf-8").splitlines()


def english() -> dict[str, list[str]]:
    """Give the columns of the English file by month."""
    return {line.split("\t")[0]: line.split("\t") for line in written_down("en")[1:]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_seven_years_are_as_written_down(with_group: Run, language: Language) -> None:
    printed = with_group(*SEVEN_YEARS, language)

    assert (printed.code, printed.err) == (0, "")
    assert printed.lines == written_down(language)


def test_the_shared_days_written_down_are_those_of_a_plain_count() -> None:
    counted: dict[str, int] = {}
    for number in range(date(2024, 1, 1).toordinal(), date(2031, 1, 1).toordinal()):
        day = date.fromordinal(number)
        month = f"{day:%Y-%m}"
        off = any(day in public_holidays(country, day.year // 10) for country in ("IR", "TJ"))
        counted[month] = counted.get(month, 0) + (day.weekday() in SHARED_WEEKDAYS and not off)

    assert {month: int(columns[1]) for month, columns in english().items()} == counted


def test_reports_written_down_fall_due_on_known_days() -> None:
    due = {month: columns[2] for month, columns in english().items()}

    assert due["2026-09"] == "Tuesday 13 October 2026 (21 Mehr 1405), 15:00 Tehran / 16:30 Dushanbe"
    assert due["2026-10"].startswith("Tuesday 10 November 2026 ")
    assert due["2026-11"].startswith("Wednesday 9 December 2026 ")


def test_without_bounds_it_is_the_year_ahead(with_group: Run) -> None:
    printed = with_group("calendar", "--group", CODE)

    assert len(printed.lines) == 13


@pytest.mark.parametrize(
    "bounds",
    [("--from", "2026-13"), ("--from", "november"), ("--from", "1405-09"), ("--from", "2027-01", "--to", "2026-01")],
)
def test_bounds_that_are_no_months_are_refused(with_group: Run, bounds: tuple[str, ...]) -> None:
    refused = with_group("calendar", "--group", CODE, *bounds)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err


def _write_anew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

        def hamroh(*typed: str) -> str:
            command = [sys.executable, "-m", "bot", *typed]
            return subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True, text=True).stdout

        hamroh("group", "create", str(FOLDER / "working_group.toml"))
        for language in LANGUAGES:
            (GOLDEN / f"calendar.{language}.tsv").write_text(hamroh(*SEVEN_YEARS, language), encoding="utf-8")


if __name__ == "__main__":
    _write_anew()
