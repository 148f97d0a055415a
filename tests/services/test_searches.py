"""Finding things: across scripts, by code, person, state and day, with words that narrow each other."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.domain.milestones import MilestoneState
from bot.domain.searches import FoundPage
from bot.domain.summaries import PAGE
from bot.services import searches
from bot.services.example_group import Example
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Example], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def found(unit: ExampleUnit, words: str, number: int = 1) -> FoundPage:
    return searches.found(unit.uow, unit.uow.groups.get(GROUP_ID), words, number)


def milestones(unit: ExampleUnit, words: str) -> set[int]:
    last = found(unit, words).page.last
    return {one.number for number in range(1, last + 1) for one in found(unit, words, number).milestones}


def with_title(unit: ExampleUnit, title: str) -> int:
    """Give the number of a milestone that has *title*, in one script only."""
    milestone = unit.uow.milestones.find(GROUP_ID, 5)
    assert milestone is not None
    values = {**{name: getattr(milestone, name) for name in milestone.__slots__}, "number": 900, "title": title}
    return unit.uow.milestones.add(type(milestone)(**{**values, "titles": type(milestone.titles)()})).number


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("کارخانه ذوب مس", "мис"),
        ("Заводи мис", "مس"),
        ("استخراج معدن نو", "маъдан"),
        ("Маъдани нав", "معدن"),
        ("كارخانه", "کارخانه"),
        ("Қарордоди нав", "карордод"),
        ("نقشه‌برداری", "نقشه برداری"),
        ("Furnace no. 5", "FURNACE"),
        ("100% of _it_", "100%"),
    ],
)
def test_a_word_is_found_whatever_its_script_and_keyboard(unit: ExampleUnit, title: str, words: str) -> None:
    number = with_title(unit, title)

    assert number in milestones(unit, words)


def test_a_word_that_only_sounds_alike_in_the_same_script_is_not_found(unit: ExampleUnit) -> None:
    number = with_title(unit, "Мост")

    assert number not in milestones(unit, "мис")
    assert number not in milestones(unit, "маст")


@pytest.mark.parametrize("words", ["M-12", "м-12", "م-۱۲", "m12"])
def test_a_code_finds_its_milestone_in_any_script(unit: ExampleUnit, words: str) -> None:
    assert milestones(unit, words) == {12}


def test_a_code_finds_its_obstacle(unit: ExampleUnit) -> None:
    page = found(unit, "О-۷")

    assert [one.code for one in page.obstacles] == ["O-7"]
    assert not page.milestones


@pytest.mark.parametrize("name", ["Шаҳсуворзода", "شهسوارزاده", "Shahsavarzadeh", "шахсуворзода"])
def test_a_person_is_found_with_what_is_theirs(unit: ExampleUnit, name: str) -> None:
    ramin = unit.person("shahsavarzadeh")
    own = {
        one.number for one in unit.uow.milestones.of_group(GROUP_ID) if ramin.id in {one.lead_id, one.counterpart_id}
    }

    assert [one.id for one in found(unit, name).people] == [ramin.id]
    assert milestones(unit, name) == own


@pytest.mark.parametrize("words", ["at risk", "در معرض خطر", "зери хатар"])
def test_a_state_is_found_in_any_language(unit: ExampleUnit, words: str) -> None:
    wanted = {one.number for one in unit.uow.milestones.of_group(GROUP_ID) if one.state is MilestoneState.AT_RISK}

    assert wanted
    assert milestones(unit, words) == wanted


@pytest.mark.parametrize("words", ["overdue", "معوق", "муҳлаташ гузашта"])
def test_what_is_overdue_is_found(unit: ExampleUnit, words: str) -> None:
    late = {one.number for one in unit.uow.milestones.open_of_group(GROUP_ID) if one.due_on < date(2026, 11, 23)}

    assert milestones(unit, words) == late


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-12-09", date(2026, 12, 9), date(2026, 12, 9)),
        ("09.12.2026", date(2026, 12, 9), date(2026, 12, 9)),
        ("۱۸ آذر ۱۴۰۵", date(2026, 12, 9), date(2026, 12, 9)),
        ("9 декабри 2026", date(2026, 12, 9), date(2026, 12, 9)),
        ("Dec 2026", date(2026, 12, 1), date(2026, 12, 31)),
        ("декабр", date(2026, 12, 1), date(2026, 12, 31)),
        ("آذر", date(2026, 11, 22), date(2026, 12, 21)),
        ("آذر ۱۴۰۵", date(2026, 11, 22), date(2026, 12, 21)),
    ],
)
def test_days_and_months_find_what_is_due_then(unit: ExampleUnit, words: str, first: date, last: date) -> None:
    due = {one.number for one in unit.uow.milestones.of_group(GROUP_ID) if first <= one.due_on <= last}

    assert due
    assert milestones(unit, words) == due


def test_words_narrow_each_other(unit: ExampleUnit) -> None:
    both = milestones(unit, "Farahmandi Dec 2026")

    assert both == milestones(unit, "Farahmandi") & milestones(unit, "Dec 2026")
    assert both


def test_pages_hold_all_that_was_counted_once(unit: ExampleUnit) -> None:
    first = found(unit, "mine")
    pages = [found(unit, "mine", number) for number in range(1, first.page.last + 1)]
    shown = [
        *(workstream.code for page in pages for workstream in page.workstreams),
        *(milestone.code for page in pages for milestone in page.milestones),
        *(obstacle.code for page in pages for obstacle in page.obstacles),
        *(person.handle for page in pages for person in page.people),
    ]

    assert first.page.total == first.milestone_count + first.obstacle_count + first.other_count > PAGE
    assert len(shown) == len(set(shown)) == first.page.total


def test_what_nothing_fits_and_what_says_nothing_find_nothing(unit: ExampleUnit) -> None:
    assert found(unit, "zzzz").page.total == 0
    assert found(unit, "").terms == ()
    assert found(unit, "!!! -- ؟").page.total == 0
    assert found(unit, "\x00 " + "zqzq " * 3000).page.total == 0


def test_what_was_undone_is_not_found(unit: ExampleUnit) -> None:
    unit.uow.connection.exec_driver_sql("UPDATE milestones SET removed_at = planned_at WHERE number = 12")

    assert milestones(unit, "M-12") == set()
