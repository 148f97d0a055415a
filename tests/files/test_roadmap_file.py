"""What a roadmap file does to a group: adds, changes, leaves alone, refuses."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.milestones import MilestoneState
from bot.files.refusals import FileRefused
from bot.files.roadmap_file import Outcome, Preview, RoadmapContext, RoadmapEntry
from bot.files.roadmap_reading import read_roadmap
from tests.files.conftest import EXAMPLES, HEADING, TODAY, stored

Read = Callable[..., Preview]


def _refusals(preview: Preview) -> list[str]:
    return [problem.reason for verdict in preview.verdicts for problem in verdict.problems]


def _entry(preview: Preview) -> RoadmapEntry:
    entry = preview.verdicts[1].entry
    assert entry is not None, _refusals(preview)
    return entry


def _handle(context: RoadmapContext, member_id: int | None) -> str:
    return next((member.handle for member in context.members if member.id == member_id), "")


@pytest.mark.parametrize("name", ["roadmap.csv"])
def test_the_example_roadmap_is_added_cell_by_cell(name: str, empty_roadmap: RoadmapContext) -> None:
    content = (EXAMPLES / name).read_bytes()
    typed = list(csv.DictReader(io.StringIO(content.decode())))

    preview = read_roadmap(content, empty_roadmap)

    assert preview.count(Outcome.ADD) == 46
    entries = [verdict.entry for verdict in preview.verdicts if verdict.entry]
    for row, entry in zip(typed, entries, strict=True):
        assert row == row | {
            "id": f"M-{entry.number}",
            "title": entry.title,
            "language": entry.language,
            "title_fa": entry.titles.fa,
            "title_tg": entry.titles.tg,
            "title_en": entry.titles.en,
            "lead": _handle(empty_roadmap, entry.lead_id),
            "counterpart": _handle(empty_roadmap, entry.counterpart_id),
            "start": entry.start_on.isoformat(),
            "due": entry.due_on.isoformat(),
            "baseline_start": entry.baseline_start_on.isoformat() if entry.baseline_start_on else "",
            "baseline_due": entry.baseline_due_on.isoformat() if entry.baseline_due_on else "",
            "moved": str(entry.moves),
            "added_on": entry.added_on.isoformat() if entry.added_on else "",
            "measurable_result": entry.measurable_result,
            "percent": str(entry.percent),
            "state": entry.state.value,
            "evidence": entry.evidence,
            "reason": entry.reason,
        }


def test_the_same_file_again_changes_nothing(adopted: RoadmapContext) -> None:
    preview = read_roadmap((EXAMPLES / "roadmap.csv").read_bytes(), adopted)

    assert preview.count(Outcome.UNCHANGED) == 46
    assert not preview.is_refused


def test_a_file_without_numbers_finds_its_milestones_by_their_titles(empty_roadmap: RoadmapContext) -> None:
    content = "workstream,title,due\nMINES,بازدید از معدن,2027-01-27\n".encode()
    first = read_roadmap(content, empty_roadmap)

    again = read_roadmap(content, replace(empty_roadmap, milestones=stored(first)))

    assert [verdict.outcome for verdict in first.verdicts] == [Outcome.IGNORE, Outcome.ADD]
    assert [verdict.outcome for verdict in again.verdicts] == [Outcome.IGNORE, Outcome.UNCHANGED]


def test_three_columns_are_enough(empty_roadmap: RoadmapContext) -> None:
    entry = _entry(read_roadmap(b"workstream,title,due\nTRAIN,Course,2027-01-27\n", empty_roadmap))

    assert _handle(empty_roadmap, entry.lead_id) == "uktamzoda"
    assert _handle(empty_roadmap, entry.counterpart_id) == "baharvand"
    assert entry.responsible_party_id == 2
    assert (entry.start_on, entry.due_on) == (TODAY, date(2027, 1, 27))
    assert (entry.percent, entry.state, entry.language) == (0, MilestoneState.NOT_STARTED, "en")


def test_headings_of_all_three_languages_are_known(empty_roadmap: RoadmapContext) -> None:
    persian = "محور کاری,عنوان,مهلت انجام,درصد\nآموزش مهندسان,دوره,۱۴۰۵/۱۱/۰۷,۴۰\n"
    tajik = "Самти корӣ;Марҳилаи асосӣ;Муҳлати иҷро;Фоиз\nОмӯзиши муҳандисон;Курс;27.01.2027;40 фоиз\n"

    for text in (persian, tajik):
        entry = _entry(read_roadmap(text.encode(), empty_roadmap))
        assert (entry.due_on, entry.percent) == (date(2027, 1, 27), 40)


@pytest.mark.parametrize("heading", ["ҷониби масъул", "ҳуҷҷатҳои тасдиқкунанда", "مستندات"])
def test_the_terms_that_people_are_shown_are_known_as_headings(heading: str, empty_roadmap: RoadmapContext) -> None:
    preview = read_roadmap(f"workstream,title,due,{heading}\nTRAIN,Course,2027-01-27,\n".encode(), empty_roadmap)

    assert preview.ignored_columns == ()


@pytest.mark.parametrize(
    ("percent", "state", "expected"),
    [
        ("", "", (0, MilestoneState.NOT_STARTED)),
        ("40", "", (40, MilestoneState.ON_TRACK)),
        ("", "done", (100, MilestoneState.DONE)),
        ("100", "", (100, MilestoneState.DONE)),
        ("", "at risk", (0, MilestoneState.AT_RISK)),
    ],
)
def test_percent_and_state_fill_each_other_in(
    percent: str, state: str, expected: tuple[int, MilestoneState], preview: Read
) -> None:
    entry = _entry(preview(f",MINES,One,,,,2026-12-01,2027-01-27,,{percent},{state},proof,"))

    assert (entry.percent, entry.state) == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("M-x,MINES,One,,,,,2027-01-27,,,,,", "bad_id"),
        ("O-1,MINES,One,,,,,2027-01-27,,,,,", "bad_id"),
        ("0,MINES,One,,,,,2027-01-27,,,,,", "bad_id"),
        (",,One,,,,,2027-01-27,,,,,", "workstream_missing"),
        (",MINES,One,UZ,,,,2027-01-27,,,,,", "unknown_party"),
        (",MINES,One,,,,,soon,,,,,", "not_a_date"),
        (",MINES,One,,,,,12,,,,,", "not_a_date"),
        (",MINES,One,,,,,2027-01-27,,half,,,", "not_a_percent"),
        (",MINES,One,,,,,2027-01-27,,0.6,,,", "not_a_percent"),
        (",MINES,One,,,,,2027-01-27,,40,not started,,", "not_started_above_0"),
        (",MINES,One,,,,,2027-01-27,,100,done,,", "evidence_missing"),
        (",MINES,One,,,,,2027-01-27,,40,dropped,,", "reason_missing"),
        (f",MINES,{'x' * 201},,,,,2027-01-27,,,,,", "text_too_long"),
        (",MINES,One,,,azarnia,,2027-01-27,,,,,", "same_party"),
    ],
)
def test_one_mistake_gives_one_reason(line: str, reason: str, preview: Read) -> None:
    assert _refusals(preview(line)) == [reason]


def test_every_mistake_of_a_row_is_named(preview: Read) -> None:
    refused = preview("M-1,GOLD,,XX,nobody,,2026-12-01,soon,,130,fine,,").verdicts[1]

    assert [(problem.column, problem.reason) for problem in refused.problems] == [
        ("workstream", "unknown_workstream"),
        ("title", "title_missing"),
        ("lead", "unknown_member"),
        ("responsible", "unknown_party"),
        ("due", "not_a_date"),
        ("percent", "percent_out_of_range"),
        ("state", "unknown_state"),
    ]


def test_people_are_found_by_handle_and_by_full_name_in_any_script(
    preview: Read, empty_roadmap: RoadmapContext
) -> None:
    for name in ("juraeva", "JURAEVA", "Nargis Juraeva", "Наргис Чураева", "نرگس جوره‌يوا"):
        entry = _entry(preview(f",PIPES,One,,{name},sotoudehfar,,2027-01-27,,,,,"))
        assert _handle(empty_roadmap, entry.lead_id) == "juraeva"


def _against(context: RoadmapContext, *lines: str) -> Preview:
    return read_roadmap("\n".join((HEADING, *lines)).encode(), context)


def test_empty_cells_keep_what_the_milestone_has(adopted: RoadmapContext) -> None:
    known = next(milestone for milestone in adopted.milestones if milestone.number == 12)

    preview = _against(adopted, f"M-12,PROC,{known.title},,,,,{known.due_on},,,,,")

    assert preview.verdicts[1].outcome is Outcome.UNCHANGED


def test_what_differs_is_named(adopted: RoadmapContext) -> None:
    known = next(milestone for milestone in adopted.milestones if milestone.number == 33)

    preview = _against(adopted, f"M-33,METALS,{known.title},,,,,{known.due_on},,60,at risk,,")

    verdict = preview.verdicts[1]
    assert (verdict.outcome, verdict.milestone_id, verdict.changes) == (Outcome.CHANGE, known.id, ("percent", "state"))


def test_after_adoption_a_due_date_moves_with_a_reason_only(adopted: RoadmapContext) -> None:
    known = next(milestone for milestone in adopted.milestones if milestone.number == 33)
    line = f"M-33,METALS,{known.title},,,,,2027-06-30,,,,,"

    assert _refusals(_against(adopted, line)) == ["move_without_reason"]
    moved = _entry(_against(adopted, f"{line}prices came late"))
    assert (moved.due_on, moved.move_reason, moved.reason) == (date(2027, 6, 30), "prices came late", "")


def test_a_milestone_added_after_adoption_is_marked_and_has_no_baseline(adopted: RoadmapContext) -> None:
    added = _entry(_against(adopted, ",MINES,Something new,,,,,2027-06-30,,,,,"))

    assert (added.added_on, added.baseline_due_on) == (TODAY, None)


def test_a_dropped_milestone_takes_no_progress(adopted: RoadmapContext) -> None:
    known = next(milestone for milestone in adopted.milestones if milestone.state is MilestoneState.DROPPED)
    code = next(stream.code for stream in adopted.workstreams if stream.id == known.workstream_id)

    preview = _against(adopted, f"{known.code},{code},{known.title},,,,,{known.due_on},,90,on track,,")

    assert _refusals(preview) == ["milestone_dropped"]


def test_a_title_that_another_milestone_has_is_refused(adopted: RoadmapContext) -> None:
    known = adopted.milestones[0]

    assert _refusals(_against(adopted, f"M-900,MINES,{known.title},,,,,2027-06-30,,,,,")) == ["title_taken"]


def test_columns_that_mean_nothing_are_named(empty_roadmap: RoadmapContext) -> None:
    preview = read_roadmap(b"workstream,title,due,Budget\nTRAIN,Course,2027-01-27,7\n", empty_roadmap)

    assert preview.ignored_columns == ("Budget",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b,c\n1,2,3\n", "no_header"),
        ("title,lead,state\nx,y,z\n", "missing_columns"),
        ("workstream,title,due,Due\nTRAIN,x,2027-01-27,2027-01-28\n", "doubled_column"),
    ],
)
def test_a_file_without_the_right_columns_is_refused(text: str, reason: str, empty_roadmap: RoadmapContext) -> None:
    with pytest.raises(FileRefused) as refused:
        read_roadmap(text.encode(), empty_roadmap)

    assert refused.value.problem.reason == reason
