"""What an import says: a sentence for every row and every reason a file, a row or a cell is refused for."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from bot.domain.members import Names
from bot.files.refusals import Problem
from bot.files.roadmap_file import Outcome, Preview, RowVerdict
from bot.i18n.markup import Phrase, Value
from bot.i18n.speech import Speech
from bot.screens.impossible_days import impossible_day

Gettext = Callable[[str], str]
Given = Mapping[str, object]

_IMPOSSIBLE_DAYS = frozenset({"impossible_solar_date", "impossible_gregorian_date"})


def row_sentences(verdict: RowVerdict, say: Speech) -> list[str]:
    """Say what becomes of a row: one sentence, or one for each problem of a row that is refused."""
    if verdict.outcome is Outcome.REFUSE:
        return [problem_sentence(problem, say) for problem in verdict.problems]
    if verdict.outcome is Outcome.IGNORE:
        return [say.label(_ignored(say.gettext)[verdict.reason])]
    return [say.label(_outcomes(say.gettext)[verdict.outcome])]


def preview_sentence(preview: Preview, say: Speech) -> str:
    """Sum a preview up."""
    return counts_sentence(preview.counts, say)


def counts_sentence(counts: Mapping[str, int], say: Speech) -> str:
    """Say how many rows have which outcome."""
    _ = say.gettext
    return say.label(
        _("To add: {added}. To change: {changed}. Unchanged: {unchanged}. Refused: {refused}. Skipped: {skipped}."),
        added=counts.get(Outcome.ADD, 0),
        changed=counts.get(Outcome.CHANGE, 0),
        unchanged=counts.get(Outcome.UNCHANGED, 0),
        refused=counts.get(Outcome.REFUSE, 0),
        skipped=counts.get(Outcome.IGNORE, 0),
    )


def problem_sentence(problem: Problem, say: Speech) -> str:
    """Say why a cell, a row or a file is refused, and what to do."""
    if problem.reason in _IMPOSSIBLE_DAYS:
        text, fields = _impossible_day(say, problem.values)
        return say.label(text, **fields)
    values: Given = {**problem.values, "heading": problem.column}
    template = _chosen(problem.reason, values, say)
    filled = {name: _value(name, value, say) for name, value in values.items()}
    return say.label(template, **filled)


def _impossible_day(say: Speech, values: Mapping[str, Any]) -> tuple[str, dict[str, Value]]:
    named = {name: values[name] for name in ("calendar", "year", "month", "day", "days")}
    return impossible_day(say, **named, is_brief=True)


def _chosen(reason: str, values: Given, say: Speech) -> str:
    _ = say.gettext
    if reason == "formula":
        if values.get("words"):
            return _("{field} holds a formula. Write the words themselves.")
        return _("{field} holds a formula. Paste its value and send the file again.")
    if reason == "text_too_long":
        return _too_long(_)[str(values["field"])]
    if reason == "not_utf8" and not values["encoding"]:
        return _("The file is not UTF-8. Save it as “CSV UTF-8” or send the XLSX; nothing was imported.")
    return (_cells(_) | _days(_) | _rows(_) | _files(_))[reason]


def _value(name: str, value: object, say: Speech) -> Value:
    if isinstance(value, Names):
        return value.for_language(say.language)
    if isinstance(value, date):
        # What is to be written into a cell is ISO; a reader of the other calendar needs theirs to know the day.
        return say.day(value, short=True) if say.reader.calendar == "persian" else Phrase(value.isoformat())
    if isinstance(value, tuple):
        return say.enumeration(str(item) for item in value)
    if name == "field":
        return column_name(str(value), say.gettext)
    if name in {"length", "limit", "size"} and isinstance(value, int):
        return say.number(value)
    return cast("Value", value)


def _outcomes(_: Gettext) -> dict[Outcome, str]:
    return {
        Outcome.ADD: _("Will be added."),
        Outcome.CHANGE: _("Will be changed."),
        Outcome.UNCHANGED: _("Is as it was."),
    }


def _ignored(_: Gettext) -> dict[str, str]:
    return {
        "title_row": _("The heading above the table is skipped."),
        "group_header": _("The second heading is skipped."),
        "header": _("The column names are in this row; case, spaces at the ends and empty columns do not matter."),
        "blank_row": _("Empty row, skipped."),
        "total_row": _("Total line without a workstream, skipped."),
    }


def column_name(column: str, _: Gettext) -> str:
    """Give what a column of a roadmap file is called; the import knows these names as headings too."""
    names = {
        "id": _("Number"),
        "workstream": _("Workstream"),
        "title": _("Title"),
        "title_en": _("Title in English"),
        "title_fa": _("Title in Persian"),
        "title_tg": _("Title in Tajik"),
        "language": _("Language"),
        "responsible": _("Responsible party"),
        "lead": _("Lead"),
        "counterpart": _("Counterpart"),
        "start": _("Start"),
        "due": _("Due"),
        "baseline_start": _("Start at adoption"),
        "baseline_due": _("Due at adoption"),
        "moved": _("Moves"),
        "added_on": _("Added on"),
        "measurable_result": _("Measurable result"),
        "percent": _("Percent"),
        "state": _("Status"),
        "evidence": _("Evidence"),
        "reason": _("Reason"),
    }
    return names[column]


def _too_long(_: Gettext) -> dict[str, str]:
    title = _("The title has {length} characters, more than fits.")
    return {
        "title": title,
        "title_en": title,
        "title_fa": title,
        "title_tg": title,
        "measurable_result": _("The measurable result has {length} characters, more than fits."),
        "evidence": _("The evidence has {length} characters, more than fits."),
        "reason": _("The reason has {length} characters, more than fits."),
    }


def _days(_: Gettext) -> dict[str, str]:
    return {
        "ambiguous_date": _("{text} can be read in several ways. Write it as {example}."),
        "number_not_a_date": _("{text} is a number, not a date. Write the date as {example}."),
        "not_a_date": _("“{text}” is not a date. Write it as {example}."),
        "due_before_start": _("Due {due} is before the start, {start}."),
        "due_missing": _("The due date is empty."),
        "move_without_reason": _(
            "The due date of {code} is {due}. The roadmap has been adopted: write why it moves in the column “reason”."
        ),
    }


def _cells(_: Gettext) -> dict[str, str]:
    return {
        "bad_id": _("“{text}” is not the number of a milestone. Write it as M-12, or leave it empty."),
        "title_missing": _("The title is empty."),
        "unknown_language": _("“{text}” is not a language of the bot. Use: {known}."),
        "percent_out_of_range": _("{percent} is not between 0 and 100."),
        "not_a_percent": _("“{text}” is not a whole percent."),
        "not_a_count": _("“{text}” is not a number of moves."),
        "unknown_state": _("“{text}” is not a state. Use: {known}."),
        "workstream_missing": _("The workstream is empty."),
        "unknown_workstream": _("This group has no workstream “{text}”. It has: {known}."),
        "unknown_party": _("This group has no party “{text}”. Use joint, or one of: {known}."),
        "unknown_member": _("Nobody in this group is called “{text}”."),
        "ambiguous_member": _("Several people in this group are called “{text}”: {known}."),
        "observer_may_not_lead": _("{name} is an observer and cannot lead a milestone."),
        "lead_missing": _("The lead is empty, and the workstream has none."),
        "same_party": _("Lead and counterpart are both of {party}; the counterpart must be of {other}."),
        "done_below_100": _("A milestone that is done stands at 100 percent, not {percent}."),
        "not_started_above_0": _("A milestone that is not started stands at 0 percent, not {percent}."),
        "evidence_missing": _("A milestone that is done needs a line of evidence."),
        "reason_missing": _("A milestone that is dropped needs a reason."),
        "milestone_dropped": _("{code} was dropped and takes no progress."),
    }


def _rows(_: Gettext) -> dict[str, str]:
    return {
        "duplicate_id": _("{code} is already in row {row} of this file."),
        "duplicate_title": _("This workstream already has that title in row {row} of this file."),
        "title_taken": _("This workstream already has that title: {code}."),
    }


def _files(_: Gettext) -> dict[str, str]:
    return {
        "not_utf8": _(
            "The file is not UTF-8 (it looks like {encoding}). "
            "Save it as “CSV UTF-8” or send the XLSX; nothing was imported."
        ),
        "file_too_big": _("The file has {size} bytes, more than the {limit} that fit."),
        "old_excel": _("The file is of an old Excel, or locked with a password. Save it as XLSX without a password."),
        "too_many_rows": _("The table has more than {limit} rows."),
        "cell_too_long": _("A cell has more than {limit} characters."),
        "empty_file": _("The file is empty."),
        "not_toml": _("The file is not TOML: {where}."),
        "not_a_table": _("The file is neither CSV nor XLSX."),
        "broken_csv": _("The file breaks off inside quotation marks, near line {line}. Save it again."),
        "broken_workbook": _("The workbook is damaged or locked. Open it, save it as XLSX and send it again."),
        "unpacks_too_big": _("The workbook unpacks to more than {limit} bytes."),
        "no_header": _("No row names the columns. Needed are: {needed}."),
        "missing_columns": _("Columns are missing: {missing}."),
        "doubled_column": _("The column “{heading}” is there twice."),
    }
