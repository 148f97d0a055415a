"""The mistakes of real offices get exactly the answers that were written down for them."""

import csv
import re
from pathlib import Path

import pytest

from bot.domain.readers import LANGUAGES, Reader
from bot.files.refusals import FileRefused
from bot.files.roadmap_file import Outcome, RoadmapContext, RowVerdict
from bot.files.roadmap_reading import read_roadmap
from bot.i18n.bidi import without_controls
from bot.i18n.speech import speech
from bot.screens import imports

DATA = Path(__file__).parent / "data"
FILES = Path(imports.__file__).parents[1] / "files"
ENGLISH = speech(Reader("en", "gregorian", "latin", "UTC"))

with (DATA / "bad_roadmap.expected.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = list(csv.DictReader(file))
ROWS = [row for row in EXPECTED if row["file"] == "bad_roadmap"]


def _as_expected(verdict: RowVerdict) -> dict[str, str]:
    accepted = verdict.outcome in {Outcome.ADD, Outcome.CHANGE, Outcome.UNCHANGED}
    return {
        "row": str(verdict.row),
        "expect": "accept" if accepted else verdict.outcome.value,
        "column": " ".join(problem.column for problem in verdict.problems),
        "reason": verdict.reason or " ".join(problem.reason for problem in verdict.problems),
        "normalised": "; ".join(f"{column}={text}" for column, text in verdict.normalised.items()),
        "says": without_controls(" ".join(imports.row_sentences(verdict, ENGLISH))),
    }


@pytest.mark.parametrize("name", ["bad_roadmap.csv", "bad_roadmap.xlsx"])
def test_every_row_gets_the_answer_written_down_for_it(name: str, empty_roadmap: RoadmapContext) -> None:
    preview = read_roadmap((DATA / name).read_bytes(), empty_roadmap)

    assert [_as_expected(verdict) for verdict in preview.verdicts] == [
        {column: row[column] for column in ("row", "expect", "column", "reason", "normalised", "says")} for row in ROWS
    ]


def test_a_file_that_is_not_utf_8_is_refused_with_a_guess_at_what_it_is(empty_roadmap: RoadmapContext) -> None:
    expected = next(row for row in EXPECTED if row["file"] == "bad_encoding.csv")

    with pytest.raises(FileRefused) as refused:
        read_roadmap((DATA / "bad_encoding.csv").read_bytes(), empty_roadmap)

    assert refused.value.problem.reason == expected["reason"]
    assert without_controls(imports.problem_sentence(refused.value.problem, ENGLISH)) == expected["says"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_can_be_given_in_every_language(language: str, empty_roadmap: RoadmapContext) -> None:
    preview = read_roadmap((DATA / "bad_roadmap.csv").read_bytes(), empty_roadmap)
    reader = Reader("fa" if language == "fa" else "tg" if language == "tg" else "en", "persian", "persian", "UTC")

    for verdict in preview.verdicts:
        assert all(imports.row_sentences(verdict, speech(reader)))


def test_no_reason_is_without_its_sentence() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in FILES.glob("*.py"))
    given = re.findall(r'(?:Problem|CellRefused|_refused)\(\s*"(\w+)"', sources)
    given += re.findall(r'\.refuse\(\s*"?\w+"?,\s*"(\w+)"', sources)
    tables = (imports._cells, imports._days, imports._rows, imports._files)
    known = {reason for table in tables for reason in table(ENGLISH.gettext)} | {"formula", "text_too_long"}

    assert len(set(given)) > 30
    assert set(given) <= known
