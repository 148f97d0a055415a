"""`import`, `export` and `schedule`: the roadmap that a file brings or takes, and the reminders that are to come."""

from argparse import Namespace
from datetime import UTC
from functools import partial

from bot.cli.endings import CommandError, Ending, note
from bot.cli.groups import ENGLISH, refusal
from bot.cli.opening import Office, content_of, group_of, office, settings
from bot.domain.readers import Reader, default_calendar, default_digits
from bot.files.refusals import FileRefused
from bot.files.roadmap_file import Outcome, Preview, RoadmapContext, RowVerdict
from bot.i18n.bidi import without_controls
from bot.screens.imports import preview_sentence, row_sentences
from bot.services import exports, imports, reminders
from bot.services.reminders import Foretold
from db.unit_of_work import UnitOfWork

FORMS = ("xlsx", "csv", "ics")
_MOST_TRIES = 3


def read_roadmap(arguments: Namespace) -> None:
    """Hold a roadmap file against the group; without --dry-run make it the roadmap, if every row is good."""
    content = content_of(arguments.file)
    with office(settings()) as opened:
        note(f"Reading {arguments.file}")
        try:
            preview = _done(opened, arguments, content)
        except FileRefused as error:
            raise refusal(arguments.file, error) from None
    for verdict in preview.verdicts:
        if arguments.dry_run or verdict.outcome is Outcome.REFUSE:
            print(_line(verdict))
    if preview.ignored_columns:
        note(f"Columns that mean nothing here: {', '.join(preview.ignored_columns)}.")
    summary = without_controls(preview_sentence(preview, ENGLISH))
    if preview.is_refused:
        raise CommandError(f"{summary}\nNothing was imported: mend the refused rows and import the file again.")
    print(summary)
    if arguments.dry_run:
        note("Nothing was changed; without --dry-run the file is imported.")


def _done(opened: Office, arguments: Namespace, content: bytes) -> Preview:
    """
    Judge the rows outside of any transaction, for a long file takes seconds; then do what was judged.

    Where the group has changed in between, the file is judged again.
    """

    def context(uow: UnitOfWork) -> RoadmapContext:
        return imports.context(uow, group_of(uow, arguments.group))

    for _ in range(_MOST_TRIES):
        seen = opened.act(context)
        preview = imports.judged(content, seen)
        if arguments.dry_run or preview.is_refused:
            return preview
        count = preview.count(Outcome.ADD) + preview.count(Outcome.CHANGE)
        note(f"Writing {count} of {len(preview.verdicts)} rows")
        if opened.act(partial(imports.carry_out_as_seen, seen=seen, preview=preview)):
            return preview
    raise CommandError("The roadmap is being changed by others at this moment; import the file again.")


def _line(verdict: RowVerdict) -> str:
    entry = verdict.entry
    named = ""
    if entry is not None:
        number = f"M-{entry.number}" if entry.number else "new"
        changes = f" ({', '.join(verdict.changes)})" if verdict.changes else ""
        named = f"{number} {entry.title}{changes}"
    if verdict.outcome is Outcome.REFUSE:
        said = "; ".join(
            f"{problem.column}: {sentence}" if problem.column else sentence
            for problem, sentence in zip(verdict.problems, row_sentences(verdict, ENGLISH), strict=True)
        )
    else:
        said = " ".join(row_sentences(verdict, ENGLISH))
    return "\t".join(
        part for part in (f"row {verdict.row}", verdict.outcome.value, named, without_controls(said)) if part
    )


def write_roadmap(arguments: Namespace) -> None:
    """Write the roadmap into a file, whose ending says in which form."""
    form = arguments.file.suffix.casefold().removeprefix(".")
    if form not in FORMS:
        raise CommandError(f"{arguments.file} must end in {', '.join(f'.{one}' for one in FORMS)}.", Ending.USAGE)
    language = arguments.language
    calendar = arguments.calendar or default_calendar(language)

    def prepared(uow: UnitOfWork) -> exports.Make:
        group = group_of(uow, arguments.group)
        reader = Reader(language, calendar, default_digits(language), group.rules.reporting.due_time_zone)
        return exports.roadmap(uow, group, reader, form)

    with office(settings()) as opened:
        make = opened.act(prepared)
    try:
        arguments.file.write_bytes(make().content)
    except OSError as error:
        raise CommandError(f"{arguments.file} cannot be written: {error.strerror or error}.") from None
    note(f"Written: {arguments.file}")


def schedule(arguments: Namespace) -> None:
    """Print the reminders of the coming days, one a line; send nothing."""
    with office(settings()) as opened:
        at = arguments.at or opened.clock.now()
        lines = opened.act(lambda uow: [_foretold(uow, item) for item in reminders.forecast(uow, at, arguments.days)])
        absent = opened.act(_not_joined)
    for line in lines:
        print(line)
    if not lines:
        note(f"Nothing is to be sent in the {arguments.days} days from {at:%Y-%m-%dT%H:%M:%SZ}.")
    if absent:
        note(f"Not joined yet, and so sent nothing: {', '.join(absent)}.")


def _not_joined(uow: UnitOfWork) -> list[str]:
    people = [member for group in uow.groups.all() for member in uow.members.of_group(group.id)]
    return [member.handle for member in people if member.may_write and not member.has_joined]


def _foretold(uow: UnitOfWork, item: Foretold) -> str:
    """Write instant, rung, person, both clocks, and the workstreams whose parts are missing."""
    reminder = item.reminder
    codes = {workstream.id: workstream.code for workstream in uow.groups.workstreams(item.group.id)}
    handles = {member.id: member.handle for member in uow.members.of_group(item.group.id)}
    parts = (*reminder.own, *reminder.stood_in, *reminder.others)
    mine = [codes[part.workstream_id] for part in parts if part.member_id == item.member.id]
    theirs = [
        f"{codes[part.workstream_id]} of {handles[part.member_id]}"
        for part in parts
        if part.member_id != item.member.id
    ]
    clocks = without_controls(ENGLISH.clocks(reminder.due_at, item.group.time_zones))
    at = reminder.due_at.astimezone(UTC)
    return "\t".join(
        (
            f"{at:%Y-%m-%dT%H:%M:%SZ}",
            item.rung,
            f"{item.member.name_for('en')} ({item.member.handle})",
            clocks,
            f"report {reminder.period.key}: {', '.join(mine + theirs)}",
        )
    )
