"""Promises of the ladder over all zones and the years 2024 to 2030, with outages, answers and absences."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.members import Absence, Member, QuietHours, Role
from bot.domain.periods import Period
from bot.domain.reminders import Reminder, Send, Withdraw, due_now, forecast, still_due
from bot.domain.report_books import ReportingBooks, period_books
from bot.domain.report_parts import Part, stand_in
from tests.domain.builders_of_reports import CALENDARS, IR, NIGHT, RULES, TJ, member, month

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
QUIET = st.sampled_from(
    [QuietHours(time(20), time(8)), QuietHours(time(19), time(11)), QuietHours(time(23, 30), time(6))]
)
ROLES = (Role.MEMBER, Role.MEMBER, Role.SECRETARY, Role.CO_CHAIR, Role.MEMBER, Role.SECRETARY, Role.CO_CHAIR)
PARTIES = (IR, IR, IR, IR, TJ, TJ, TJ)


@st.composite
def people(draw: st.DrawFn) -> list[Member]:
    return [
        member(number, party_id, role, zone=draw(st.sampled_from(ZONES)), quiet_hours=draw(QUIET))
        for number, (party_id, role) in enumerate(zip(PARTIES, ROLES, strict=True), start=1)
    ]


@st.composite
def books_of_a_month(draw: st.DrawFn) -> ReportingBooks:
    first = month(f"{draw(st.integers(2024, 2030))}-{draw(st.integers(1, 12))}")
    periods = [first, month_after := month_following(first), month_following(month_after)]
    members = draw(people())
    parts = tuple(Part(number, 11) for number in draw(st.sets(st.integers(1, 7), min_size=1)))
    away_from = first.day_after + timedelta(days=draw(st.integers(0, 20)))
    away = Absence(
        draw(st.integers(1, 7)),
        away_from,
        away_from + timedelta(days=draw(st.integers(0, 9))),
        draw(st.none() | st.integers(1, 7)),
    )
    return ReportingBooks(
        group_id=7,
        rules=RULES,
        quiet_hours=NIGHT,
        since=datetime(2023, 1, 1, tzinfo=ZoneInfo("UTC")),
        calendars=CALENDARS,
        members={
            person.id: replace(person, joined_at=datetime(2023, 1, 1, tzinfo=ZoneInfo("UTC"))) for person in members
        },
        absences=(away,),
        periods=tuple(
            period_books(period, owed=parts, answered=frozenset(), rules=RULES, calendars=CALENDARS)
            for period in periods
        ),
    )


def month_following(period: Period) -> Period:
    day = period.day_after
    return month(f"{day.year}-{day.month}")


@dataclass
class Ticking:
    """A month of ticks at odd times; remembers what went, as the database would."""

    books: ReportingBooks
    sent: list[tuple[datetime, Reminder]] = field(default_factory=list)

    def tick(self, now: datetime) -> None:
        for reminder in due_now(self.books, now):
            self.sent.append((now, reminder))
            self.books = replace(self.books, made=self.books.made | {reminder.key})

    def answer(self, part: Part) -> None:
        first, *others = self.books.periods
        self.books = replace(self.books, periods=(replace(first, answered=first.answered | {part}), *others))


@given(
    books=books_of_a_month(),
    pauses=st.lists(st.integers(1, 4000), min_size=20, max_size=60),
    answers=st.dictionaries(st.integers(0, 50), st.integers(1, 7), max_size=4),
)
def test_whatever_the_ticks_a_rung_goes_once_by_day_on_a_working_day_and_never_after_the_answer(
    books: ReportingBooks, pauses: list[int], answers: dict[int, int]
) -> None:
    ticking = Ticking(books)
    now = datetime.combine(books.periods[0].period.last_on, time(0), ZoneInfo("UTC"))
    for number, minutes in enumerate(pauses):
        now += timedelta(minutes=minutes)
        ticking.tick(now)
        if number in answers:
            ticking.answer(Part(answers[number], 11))

    keys = [reminder.key for _, reminder in ticking.sent]
    assert len(keys) == len(set(keys))
    per_day = set()
    for at, reminder in ticking.sent:
        receiver = books.members[reminder.member_id]
        local = at.astimezone(ZoneInfo(receiver.reader.time_zone))
        assert local.time() >= time(9, 30)
        assert not (receiver.quiet_hours or NIGHT).covers(local.time())
        assert CALENDARS[receiver.party_id].is_working(local.date())
        assert stand_in(receiver.id, local.date(), books.absences) == receiver.id
        assert reminder.own or reminder.stood_in or reminder.others
        assert (reminder.member_id, local.date()) not in per_day
        per_day.add((reminder.member_id, local.date()))


@given(books=books_of_a_month(), answered=st.sets(st.integers(1, 7)), hours=st.integers(0, 24 * 25))
def test_an_answered_part_is_never_named(books: ReportingBooks, answered: set[int], hours: int) -> None:
    ticking = Ticking(books)
    for number in answered:
        ticking.answer(Part(number, 11))
    ticking.books = replace(ticking.books, periods=ticking.books.periods[:1])

    ticking.tick(datetime.combine(books.periods[0].period.last_on, time(0), ZoneInfo("UTC")) + timedelta(hours=hours))

    for _, reminder in ticking.sent:
        assert not {part.member_id for part in (*reminder.own, *reminder.stood_in, *reminder.others)} & answered


@given(books=books_of_a_month())
def test_the_forecast_is_what_the_ticks_then_send(books: ReportingBooks) -> None:
    begin = datetime.combine(books.periods[0].period.day_after, time(0), ZoneInfo("UTC")) - timedelta(days=1)
    end = begin + timedelta(days=21)
    coming = forecast(books, begin, end)

    ticking = Ticking(books)
    for reminder in coming:
        ticking.tick(reminder.due_at)

    assert [(reminder.due_at, reminder.key) for reminder in coming] == [
        (at, reminder.key) for at, reminder in sorted(ticking.sent, key=lambda sent: (sent[0], sent[1].member_id))
    ]


@given(books=books_of_a_month(), late=st.integers(0, 60 * 24 * 5))
def test_what_is_asked_about_again_is_sent_by_day_put_off_or_withdrawn(books: ReportingBooks, late: int) -> None:
    for reminder in forecast(books, books.since, books.since + timedelta(days=3000))[:5]:
        now = reminder.due_at + timedelta(minutes=late)

        match still_due(replace(books, made=books.made | {reminder.key}), reminder.key, now):
            case Send(again):
                local = now.astimezone(ZoneInfo(books.members[reminder.member_id].reader.time_zone))
                assert local.time() >= time(9, 30)
                assert again.key == reminder.key
            case Withdraw():
                assert late
            case postponed:
                assert postponed.until > now
