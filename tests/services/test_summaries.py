"""Figures of a summary on the example group, counted a second time from its plain history."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.domain.errors import ButtonExpired
from bot.domain.milestones import Milestone
from bot.domain.report_parts import Part
from bot.domain.roadmap import Health, silent_since, slippage
from bot.domain.summaries import ALL, Selection, Summary
from bot.domain.working_days import Wait
from bot.services import roadmap, summaries
from bot.services.example_group import Example
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit

TODAY = date(2026, 11, 23)
MONTH_AGO = date(2026, 10, 23)


@pytest.fixture
def unit(example: tuple[Path, Example], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


def summary(unit: ExampleUnit, selection: Selection = ALL) -> Summary:
    return summaries.summary(unit.uow, unit.uow.groups.get(GROUP_ID), selection)


def due_a_month_ago(unit: ExampleUnit, milestone: Milestone) -> date:
    later = [move for move in unit.uow.milestones.moves(milestone.id) if move.at.date() > MONTH_AGO]
    return later[0].due_before if later else milestone.due_on


def test_the_counts_are_those_of_the_log(unit: ExampleUnit) -> None:
    milestones = unit.uow.milestones.of_group(GROUP_ID)
    done = [found for found in milestones if found.state.value == "done"]
    done_before = [found for found in done if found.finished_on and found.finished_on <= MONTH_AGO]
    overdue_before = [
        found.code
        for found in milestones
        if due_a_month_ago(unit, found) < MONTH_AGO
        and (found.finished_on is None or found.finished_on > MONTH_AGO)
        and found.planned_at
        and found.planned_at.date() <= MONTH_AGO
    ]

    counts = summary(unit).figures.counts

    assert (counts.now.done, counts.month_ago.done) == (len(done), len(done_before))
    assert counts.now.overdue == sum(found.is_overdue(TODAY) for found in milestones)
    assert counts.month_ago.overdue == len(overdue_before)
    assert counts.now.due_this_month == sum(
        found.due_on.replace(day=1) == date(2026, 11, 1) for found in milestones if found.state.value != "dropped"
    )


def test_a_date_that_was_moved_since_counts_a_month_ago_as_it_stood_then(unit: ExampleUnit) -> None:
    before = summary(unit).figures.counts.month_ago.overdue
    moved = next(found for found in unit.uow.milestones.open_of_group(GROUP_ID) if found.due_on < MONTH_AGO)
    unit.uow.milestones.move(
        moved,
        date(2027, 3, 1),
        reason="The furnace is late",
        member_id=moved.lead_id,
        language="en",
        way="file",
        at=unit.uow.now,
    )

    counts = summary(unit).figures.counts

    assert counts.month_ago.overdue == before
    assert counts.now.overdue == 4


def test_every_workstream_has_a_health_in_the_groups_order(unit: ExampleUnit) -> None:
    healths = {workstream.code: found.health for workstream, found in summary(unit).figures.healths}

    assert list(healths)[:3] == ["MINES", "TRAIN", "PROC"]
    assert len(healths) == 11
    assert healths["PROC"] is Health.OFF_TRACK
    assert healths["CEMENT"] is Health.ON_TRACK


def test_the_worst_obstacles_are_the_gravest_and_of_these_the_eldest(unit: ExampleUnit) -> None:
    found = summary(unit)

    assert [worst.obstacle.code for worst in found.worst] == ["O-5", "O-11", "O-6"]
    assert found.figures.obstacles == len(unit.uow.obstacles.open_of_group(GROUP_ID))
    assert (found.worst[0].age, found.worst[0].in_court) == (Wait(38, 91), Wait(33, 82))


def test_the_next_due_dates_leave_out_what_is_over_and_what_is_late(unit: ExampleUnit) -> None:
    assert [milestone.code for milestone in summary(unit).next_due] == ["M-21", "M-3", "M-13"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "all"),
        ("steel", "w7"),
        ("STEEL", "w7"),
        ("пӯлод", "w7"),
        ("فولاد", "w7"),
        ("tj", "p2"),
        ("Эрон", "p1"),
        ("تاجیکستان", "p2"),
    ],
)
def test_a_word_names_a_workstream_or_a_party_in_any_script(unit: ExampleUnit, typed: str, code: str) -> None:
    found = summaries.selections(unit.uow, unit.uow.groups.get(GROUP_ID), typed)

    assert [selection.code for selection in found] == [code]


def test_a_word_that_fits_several_or_none_is_asked_about(unit: ExampleUnit) -> None:
    group = unit.uow.groups.get(GROUP_ID)

    assert len(summaries.selections(unit.uow, group, "plants")) == 2
    assert summaries.selections(unit.uow, group, "zzz") == []


def test_a_workstreams_summary_is_about_nothing_else(unit: ExampleUnit) -> None:
    found = summary(unit, Selection(workstream_id=7))

    assert [workstream.code for workstream, _ in found.figures.healths] == ["STEEL"]
    assert {milestone.workstream_id for milestone in found.next_due} == {7}
    assert [worst.obstacle.code for worst in found.worst] == ["O-6"]
    assert {part.workstream_id for part in found.report.owed} == {7}


def test_a_partys_summary_has_what_is_its_own_or_joint(unit: ExampleUnit) -> None:
    tajikistan = summary(unit, Selection(party_id=2))

    milestones = unit.uow.milestones.of_group(GROUP_ID)
    own = [found for found in milestones if found.responsible_party_id in {None, 2}]
    assert tajikistan.figures.open == sum(found.state.is_open for found in own)
    assert {unit.uow.members.get(part.member_id).party_id for part in tajikistan.report.owed} == {2}


def test_the_selection_of_another_group_is_refused(unit: ExampleUnit) -> None:
    with pytest.raises(ButtonExpired):
        summary(unit, Selection(workstream_id=4711))


def test_slippage_silence_and_late_additions_are_those_of_the_rules(unit: ExampleUnit) -> None:
    group = unit.uow.groups.get(GROUP_ID)
    zone, after_days = group.rules.reporting.due_time_zone, group.rules.no_news_after_days
    kept = [found for found in unit.uow.milestones.of_group(GROUP_ID) if found.state.value != "dropped"]

    found = summary(unit).figures

    assert found.added == sum(one.added_on is not None for one in kept)
    for workstream, its in found.healths:
        mine = [one for one in kept if one.workstream_id == workstream.id and one.state.is_open]
        slipped = [days for one in mine if (days := slippage(one, TODAY)) is not None]
        silent = [silent_since(one, today=TODAY, time_zone=zone, after_days=after_days) for one in mine]
        assert its.slippage == max(slipped, default=None)
        assert its.silent == sum(day is not None for day in silent)
    assert found.silent == sum(its.silent for _, its in found.healths) > 0


def answer(unit: ExampleUnit, part: Part, period: str) -> None:
    unit.uow.reports.answer(
        part, group_id=GROUP_ID, period=period, words="", language="en", by_id=part.member_id, now=unit.uow.now
    )


def test_the_report_of_the_month_is_the_coming_one_until_it_ends_then_the_one_to_be_written(unit: ExampleUnit) -> None:
    coming = summary(unit).report
    unit.at(datetime.fromisoformat("2026-12-02T06:00Z"))
    due = summary(unit).report
    answer(unit, due.missing[0], "2026-11")
    unit.at(datetime.fromisoformat("2026-12-10T06:00Z"))
    late = summary(unit).report
    for part in late.missing:
        answer(unit, part, "2026-11")

    assert coming.period.key == due.period.key == late.period.key == "2026-11"
    assert len(due.missing) == len(due.owed) == 22
    assert len(late.missing) == 21
    assert summary(unit).report.period.key == "2026-12"


def test_pages_hold_every_milestone_once_workstream_by_workstream(unit: ExampleUnit) -> None:
    group = unit.uow.groups.get(GROUP_ID)
    first = roadmap.roadmap(unit.uow, group, 1)
    pages = [roadmap.roadmap(unit.uow, group, number) for number in range(1, first.page.last + 1)]
    shown = [milestone for page in pages for milestone in page.milestones]

    assert len({milestone.id for milestone in shown}) == len(shown) == len(unit.uow.milestones.of_group(GROUP_ID))
    assert [milestone.workstream_id for milestone in shown] == sorted(milestone.workstream_id for milestone in shown)
    assert roadmap.roadmap(unit.uow, group, 99).page.number == first.page.last


def test_what_waits_for_a_member_is_theirs_alone_and_runs_on_over_pages(unit: ExampleUnit) -> None:
    ramin = unit.person("shahsavarzadeh")
    unit.at(datetime.fromisoformat("2026-12-02T06:00Z"))
    first = roadmap.mine(unit.uow, ramin, 1)
    pages = [roadmap.mine(unit.uow, ramin, number) for number in range(1, first.page.last + 1)]

    assert [workstream.code for workstream in first.parts] == ["MINES", "METALS"]
    assert [aged.obstacle.code for page in pages for aged in page.obstacles] == ["O-11"]
    mine = unit.uow.milestones.open_of_member(GROUP_ID, ramin.id)
    assert [found.id for page in pages for found in page.milestones] == [milestone.id for milestone in mine]
    assert sum(len(page.parts) + len(page.obstacles) + len(page.milestones) for page in pages) == first.page.total


def test_what_was_undone_is_in_no_list(unit: ExampleUnit) -> None:
    group = unit.uow.groups.get(GROUP_ID)
    before = summary(unit)
    milestone = next(found for found in unit.uow.milestones.of_group(GROUP_ID) if found.code == "M-21")
    undone = replace(milestone, removed_at=unit.uow.now, version=milestone.version + 1)
    unit.uow.milestones.keep(undone, seen=milestone.version)

    assert summary(unit).figures.open == before.figures.open - 1
    assert "M-21" not in [found.code for found in summary(unit).next_due]
    assert roadmap.roadmap(unit.uow, group, 1).page.total == len(unit.uow.milestones.of_group(GROUP_ID))
