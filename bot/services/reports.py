"""Parts of the monthly report: answered from a reminder, one line each or nothing to report, or put off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import snoozing
from bot.domain.errors import ButtonExpired, NotAllowed, TextMissing
from bot.domain.instants import local_day
from bot.domain.ladders import RungDay
from bot.domain.members import Member
from bot.domain.reminders import Reminder, Withdraw, still_due
from bot.domain.report_books import PeriodBooks, ReportingBooks
from bot.domain.report_parts import Part, PartAnswered, check_may_answer
from bot.domain.texts import checked_note
from bot.i18n.folding import keep
from bot.i18n.written import written_in
from bot.screens.reminders import Said
from bot.services import reminders
from bot.services.report_books import reporting_books
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.repositories.reports import MadeReminder
from db.unit_of_work import UnitOfWork

FORM = "part"
_AWAITS = "text"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A reminder that its receiver, *by*, acts on: what it is about now, and the parts still theirs to answer."""

    made: MadeReminder
    by: Member
    said: Said
    books: ReportingBooks

    @property
    def open(self) -> tuple[Part, ...]:
        """The reader's parts without an answer, their own first."""
        return (*self.said.own, *self.said.stood_in)


@dataclass(frozen=True, slots=True)
class Question:
    """The part that the form asks about now, and how many come after it."""

    draft: Draft
    part: Part
    left: int


def inquire(uow: UnitOfWork, reminder_id: int, *, by: Member) -> Inquiry:
    """
    Give a reminder as it stands now, without what has been answered since.

    Raises:
        ButtonExpired: there is none, or its period is over.
        NotAllowed: it was made for another person.
    """
    made = uow.reports.reminder(reminder_id)
    if made is None:
        raise ButtonExpired
    # Commands may act on another group just now; the reminder is of its own.
    mine = uow.members.of_person(by.person_id)
    receiver = next((member for member in mine if member.id == made.member_id), None)
    if receiver is None:
        raise NotAllowed
    group = uow.groups.get(made.group_id)
    books = reporting_books(uow, group, from_at=uow.now, until_at=uow.now)
    period = books.of_period(made.period)
    if period is None:
        raise ButtonExpired
    said = reminders.said(uow, group, books, _as_it_stands(made, period), number=made.id)
    return Inquiry(made, receiver, said, books)


def _as_it_stands(made: MadeReminder, period: PeriodBooks) -> Reminder:
    missing = frozenset(period.missing)
    rung = next((rung for rung in period.ladder.rungs if rung.code == made.rung), None)
    return Reminder(
        key=made.key,
        group_id=made.group_id,
        period=period.period,
        rung=rung or RungDay(made.rung, None, period.ladder.opens_on, frozenset()),
        member_id=made.member_id,
        due_at=made.due_at,
        until_at=made.due_at,
        report_due_at=period.ladder.due_at,
        own=tuple(part for part in made.own if part in missing),
        stood_in=tuple(part for part in made.stood_in if part in missing),
        others=tuple(part for part in made.others if part in missing),
    )


def report_nothing(uow: UnitOfWork, inquiry: Inquiry) -> Sequence[Part]:
    """
    Answer all open parts of a reminder with nothing to report; give them.

    Raises:
        PartAnswered: none is open.
        NotAllowed: the reader stands in for their owner no longer.
    """
    if not inquiry.open:
        raise PartAnswered
    for part in inquiry.open:
        _answer(uow, inquiry, part, "")
    reminders.withdraw_settled(uow, uow.groups.get(inquiry.made.group_id))
    return inquiry.open


def begin_writing(uow: UnitOfWork, inquiry: Inquiry, *, by: Member, chat: Chat, screen_id: int) -> Question:
    """
    Open the form that asks for one line on each open part; another form that is open in the chat waits behind it.

    Raises:
        PartAnswered: none is open.
    """
    if not inquiry.open:
        raise PartAnswered
    on_top = uow.drafts.open_one(by.id, chat.id)
    if on_top is not None and on_top.kind == FORM:
        uow.drafts.close(on_top)
    # Not touched: it holds nothing that would be lost, so nobody is asked whether to go on with it.
    draft = uow.drafts.begin(
        member_id=by.id,
        chat_id=chat.id,
        kind=FORM,
        fields={"reminder": inquiry.made.id, "touched": False},
        awaits=_AWAITS,
    )
    return Question(uow.drafts.change(draft, screen_id=screen_id), inquiry.open[0], len(inquiry.open) - 1)


def asked(uow: UnitOfWork, draft: Draft, *, by: Member) -> Inquiry:
    """
    Give the reminder that a form is about.

    Raises:
        ButtonExpired: the form is closed or another's.
    """
    if not draft.is_open or draft.kind != FORM or draft.member_id != by.id:
        raise ButtonExpired
    return inquire(uow, draft.fields["reminder"], by=by)


def write(uow: UnitOfWork, inquiry: Inquiry, words: str, *, part: Part | None = None) -> Part:
    """
    Answer *part*, or the part that is asked about, with one line; no words are nothing to report.

    Raises:
        PartAnswered: it was answered meanwhile.
        TextTooLong: more than a note may have.
    """
    part = part or next(iter(inquiry.open), None)
    if part is None or part not in inquiry.open:
        raise PartAnswered
    _answer(uow, inquiry, part, checked_note(words))
    reminders.withdraw_settled(uow, uow.groups.get(inquiry.made.group_id))
    return part


def cleaned(typed: str) -> str:
    """Give a typed line as it is kept; raises TextMissing where it has no words."""
    words = keep(typed)
    if not words:
        raise TextMissing
    return words


def next_question(uow: UnitOfWork, draft: Draft, inquiry: Inquiry) -> Question | None:
    """Give what the form asks next, or close it when nothing is left."""
    if not inquiry.open:
        uow.drafts.close(draft)
        return None
    return Question(draft, inquiry.open[0], len(inquiry.open) - 1)


def ask_below(uow: UnitOfWork, draft: Draft, *, screen_id: int) -> None:
    """Note on which screen the form asks from now on."""
    uow.drafts.change(draft, screen_id=screen_id)


def put_off(uow: UnitOfWork, inquiry: Inquiry, *, until_tomorrow: bool) -> datetime:
    """
    Let a member's newest reminder of the period come back later today or tomorrow; give the instant (UTC).

    Raises:
        PartAnswered: nothing is missing any more.
        TooLateToSnooze: the report is due before that.
    """
    books, period, by = inquiry.books, inquiry.made.period, inquiry.by
    # The button may stand on an older message; what comes back is the newest rung that the member has had.
    newest = uow.reports.latest(group_id=books.group_id, period=period, member_id=by.id) or inquiry.made
    choose = snoozing.tomorrow if until_tomorrow else snoozing.later_today
    at = choose(books.hours(by), uow.now, report_due_at=inquiry.said.report_due_at)
    if isinstance(still_due(books, newest.key, uow.now), Withdraw):
        raise PartAnswered
    uow.outbox.withdraw(newest.key, uow.now)
    uow.reports.wait(newest.id, at)
    return at


def _answer(uow: UnitOfWork, inquiry: Inquiry, part: Part, words: str) -> None:
    by = inquiry.by
    owner = inquiry.books.members[part.member_id]
    check_may_answer(
        part,
        by=by,
        owner=owner,
        absences=inquiry.books.absences,
        today=local_day(uow.now, owner.reader.time_zone),
    )
    number = uow.reports.answer(
        part,
        group_id=inquiry.made.group_id,
        period=inquiry.made.period,
        words=words,
        language=written_in(words, by.reader.language),
        by_id=by.id,
        now=uow.now,
    )
    uow.record(
        "answered",
        "part",
        number,
        group_id=inquiry.made.group_id,
        member_id=by.id,
        after={"period": inquiry.made.period, "owner": part.member_id, "workstream": part.workstream_id, "text": words},
    )
