"""The monthly reminder: made when it is due, asked about once more before it is sent, put off, foretold."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import snoozing
from bot.domain.groups import WorkingGroup
from bot.domain.instants import local_day
from bot.domain.members import Member
from bot.domain.reminders import Reminder, Send, Withdraw, due_now, still_due
from bot.domain.reminders import forecast as foretold
from bot.domain.report_books import ReportingBooks
from bot.domain.working_days import waited
from bot.screens import reminders as screens
from bot.services import posting
from bot.services.report_books import reporting_books
from bot.steps import reach
from db.models import Lane
from db.repositories.outbox import Outgoing
from db.repositories.reports import QUEUED, WAITING
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Foretold:
    """A reminder that will go if nobody answers: when, in which group, to whom."""

    reminder: Reminder
    group: WorkingGroup
    member: Member

    @property
    def rung(self) -> str:
        """The group's own word for the rung, such as ``D-1``."""
        rungs = self.group.rules.reporting.rungs
        return next(rung.rung for rung in rungs if rung.offset == self.reminder.rung.offset)


def tick(uow: UnitOfWork, group_id: int) -> int:
    """
    Make the reminders of a group that are due now; give how many.

    Any number of ticks in any number of processes, after any outage, makes each once. While another process is at it
    there is nothing to do.
    """
    if not uow.reports.take(group_id):
        return 0
    group = uow.groups.get(group_id)
    books = reporting_books(uow, group, from_at=uow.now, until_at=uow.now)
    due = due_now(books, uow.now)
    for reminder in due:
        _queue(uow, group, books, reminder)
        reach("reminder.queued")
    return len(due)


def recheck(uow: UnitOfWork, outgoing: Outgoing) -> bool:
    """
    Tell, just before *outgoing* is sent, whether it still says what is missing, and may go at this hour.

    What has lost its sense is withdrawn; what is late waits for the next morning; what has changed goes in new words.
    """
    made = uow.reports.with_key(outgoing.key) if outgoing.key else None
    if made is None:
        return True
    group = uow.groups.get(made.group_id)
    # The clock may have been set back since, to before the period.
    books = reporting_books(uow, group, from_at=uow.now, until_at=max(uow.now, made.due_at))
    verdict = still_due(books, made.key, uow.now)
    if isinstance(verdict, Send) and made.names_the_same(verdict.reminder):
        return True
    uow.outbox.withdraw(made.key, uow.now)
    if isinstance(verdict, Send):
        _queue(uow, group, books, verdict.reminder)
    else:
        # What is put off is made again by the tick of its hour, whatever the clock shows until then.
        uow.reports.withdraw(made.id)
    return False


def withdraw_settled(uow: UnitOfWork, group: WorkingGroup) -> None:
    """Withdraw what has not left and has lost its sense; part of the act that answers."""
    books = reporting_books(uow, group, from_at=uow.now, until_at=uow.now)
    made = uow.reports.reminders(group.id, [period.period.key for period in books.periods])
    unsent = uow.reports.unsent(reminder.key for reminder in made if reminder.state == QUEUED)
    for reminder in made:
        is_open = reminder.key in unsent or reminder.state == WAITING
        if is_open and isinstance(still_due(books, reminder.key, uow.now), Withdraw):
            uow.outbox.withdraw(reminder.key, uow.now)
            uow.reports.withdraw(reminder.id)


def forecast(uow: UnitOfWork, at: datetime, days: int) -> list[Foretold]:
    """
    Give what will go in the *days* days from *at* (UTC) on if nobody answers, in order of time; sends nothing.

    What is due between now and *at* is taken as sent by then. For days gone by, it is what the ladder had for them.
    """
    found = []
    until_at = at + timedelta(days=days)
    for group_id in uow.reports.group_ids():
        group = uow.groups.get(group_id)
        begin = min(at, uow.now)
        books = reporting_books(uow, group, from_at=begin, until_at=until_at)
        if at < uow.now:
            books = replace(books, made=frozenset(), waiting={})
        found += [
            Foretold(reminder, group, books.members[reminder.member_id])
            for reminder in foretold(books, begin, until_at)
            if reminder.due_at >= at
        ]
    return sorted(found, key=lambda item: (item.reminder.due_at, item.reminder.member_id))


def said(
    uow: UnitOfWork, group: WorkingGroup, books: ReportingBooks, reminder: Reminder, *, number: int
) -> screens.Said:
    """Give what the screens of a reminder are made of; *number* is our own number of it."""
    receiver = books.members[reminder.member_id]
    hours = books.hours(receiver)
    zone = group.rules.reporting.due_time_zone
    earlier, later = sorted((local_day(uow.now, zone), local_day(reminder.report_due_at, zone)))
    return screens.Said(
        number=number,
        period=reminder.period,
        report_due_at=reminder.report_due_at,
        now=uow.now,
        distance=waited(earlier, later, tuple(books.calendars.values())),
        own=reminder.own,
        stood_in=reminder.stood_in,
        others=reminder.others,
        group=group,
        members=books.members,
        workstreams={workstream.id: workstream for workstream in uow.groups.workstreams(group.id)},
        may_wait_today=snoozing.may(snoozing.later_today, hours, uow.now, report_due_at=reminder.report_due_at),
        may_wait_until_tomorrow=snoozing.may(snoozing.tomorrow, hours, uow.now, report_due_at=reminder.report_due_at),
    )


def _queue(uow: UnitOfWork, group: WorkingGroup, books: ReportingBooks, reminder: Reminder) -> None:
    """Keep the reminder and owe its message, in one transaction."""
    number = uow.reports.make(reminder, uow.now)
    about = said(uow, group, books, reminder, number=number)
    posting.notify(
        uow,
        books.members[reminder.member_id],
        lambda reader: screens.reminder(reader, about),
        key=reminder.key,
        lane=Lane.REMINDER,
    )
