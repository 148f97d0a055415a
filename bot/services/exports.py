"""Files that somebody asked for: owed as what they are to be made of, and made anew at the instant they are sent."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.domain.groups import WorkingGroup
from bot.domain.instants import local_day
from bot.domain.members import Member
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.readers import Reader
from bot.files import tables
from bot.files.documents import Document, Sheet, SheetFormat
from bot.files.due_calendar import write_due_calendar
from bot.files.kept_verdicts import from_json
from bot.files.roadmap_columns import find_columns
from bot.files.roadmap_file import Outcome, RowVerdict
from bot.files.roadmap_sheet import roadmap_sheet
from bot.i18n.bidi import without_controls
from bot.i18n.speech import speech
from bot.screens import exports as screens
from bot.screens.imports import problem_sentence
from bot.services import posting
from db.models import Lane
from db.repositories.chats import Chat
from db.unit_of_work import UnitOfWork

# Takes no database: it is called on a thread of its own, since a long sheet takes seconds.
Make = Callable[[], Document]

ROADMAP = "roadmap"
MILESTONE = "milestone"
REFUSED_ROWS = "refused rows"
_METHOD = "document"


def owe_roadmap(uow: UnitOfWork, chat: Chat, member: Member, group: WorkingGroup, form: str) -> None:
    """Owe the roadmap to a member as ``xlsx``, ``csv`` or ``ics``."""
    today = local_day(uow.now, member.reader.time_zone)
    _owe(uow, chat, member, screens.caption(member.reader, group, today), what=ROADMAP, form=form)


def owe_due_date(uow: UnitOfWork, chat: Chat, member: Member, milestone: Milestone) -> None:
    """Owe the due date of one milestone to a member, for their calendar."""
    caption = screens.milestone_caption(member.reader, milestone)
    _owe(uow, chat, member, caption, what=MILESTONE, milestone=milestone.id)


def owe_refused_rows(uow: UnitOfWork, chat: Chat, member: Member, errand_id: int, name: str) -> None:
    """Owe the rows of a file that were refused, with the reasons, to who sent it."""
    _owe(uow, chat, member, screens.refused_caption(member.reader, name), what=REFUSED_ROWS, errand=errand_id)


def _owe(uow: UnitOfWork, chat: Chat, member: Member, caption: str, **recipe: int | str) -> None:
    payload: dict[str, Any] = {"caption": caption, "member": member.id, **recipe}
    posting.owe(uow, _METHOD, payload, chat=chat, lane=Lane.REPLY)


def prepared(uow: UnitOfWork, recipe: Mapping[str, Any]) -> Make | None:
    """Read what a file is made of; None where the member may not have it any more, or it is gone."""
    member = uow.members.get(recipe["member"])
    if not member.may_export:
        return None
    if recipe["what"] == REFUSED_ROWS:
        return _refused_rows(uow, member, recipe["errand"])
    group = uow.groups.get(member.group_id)
    if recipe["what"] == MILESTONE:
        milestone = uow.milestones.get(recipe["milestone"])
        is_there = milestone.group_id == group.id and milestone.removed_at is None
        return due_dates(uow, group, member.reader, [milestone], milestone.code) if is_there else None
    return roadmap(uow, group, member.reader, recipe["form"])


def roadmap(uow: UnitOfWork, group: WorkingGroup, reader: Reader, form: str) -> Make:
    """Read the roadmap of a group for a reader; *form* is ``xlsx``, ``csv`` or ``ics``."""
    milestones = uow.milestones.of_group(group.id)
    if form == "ics":
        wanted = [milestone for milestone in milestones if milestone.state is not MilestoneState.DROPPED]
        return due_dates(uow, group, reader, wanted, "roadmap")
    written: SheetFormat = "csv" if form == "csv" else "xlsx"
    sheet = roadmap_sheet(
        milestones,
        parties=group.parties,
        workstreams=uow.groups.workstreams(group.id),
        members=uow.members.of_group(group.id),
        words=screens.sheet_words(reader),
    )
    name = f"roadmap-{group.code}-{local_day(uow.now, reader.time_zone)}.{written}"
    return lambda: Document(name, sheet.encoded(written))


def due_dates(uow: UnitOfWork, group: WorkingGroup, reader: Reader, milestones: Sequence[Milestone], name: str) -> Make:
    """Read due dates for a calendar."""
    workstreams = {workstream.id: workstream for workstream in uow.groups.workstreams(group.id)}
    title, at = screens.calendar_title(reader, group), uow.now

    def make() -> Document:
        events = (
            screens.due_event(reader, group, milestone, workstreams[milestone.workstream_id])
            for milestone in milestones
        )
        return Document(f"{name}-{group.code}.ics", write_due_calendar(title, events, at=at))

    return make


def _refused_rows(uow: UnitOfWork, member: Member, errand_id: int) -> Make | None:
    errand, content = uow.errands.find(errand_id), uow.errands.content(errand_id)
    if errand is None or content is None or errand.member_id != member.id:
        return None
    kept = uow.errands.lines(errand_id, first=0, most=errand.counts.get(Outcome.REFUSE, 0))
    verdicts = [from_json(line).verdict for line in kept]
    return lambda: _document_of_refused(content, verdicts, errand.name, member.reader)


def _document_of_refused(content: bytes, verdicts: Sequence[RowVerdict], name: str, reader: Reader) -> Document:
    rows = {row.number: row for row in tables.read(content)}
    header = rows[find_columns(list(rows.values())).header_row]
    width = max(len(header.cells), *(len(rows[verdict.row].cells) for verdict in verdicts))
    form: SheetFormat = "xlsx" if tables.is_workbook(content) else "csv"

    def padded(number: int) -> list[str]:
        return [rows[number].cell(place).text for place in range(width)]

    sheet = Sheet(
        screens.reasons_heading(reader),
        [*padded(header.number), screens.reasons_heading(reader)],
        ([*padded(verdict.row), _reasons(verdict, reader)] for verdict in verdicts),
        is_right_to_left=reader.language == "fa",
    )
    return Document(f"refused-{name.rpartition('.')[0] or 'rows'}.{form}", sheet.encoded(form))


def _reasons(verdict: RowVerdict, reader: Reader) -> str:
    say = speech(reader)
    return "\n".join(without_controls(problem_sentence(problem, say)) for problem in verdict.problems)
