"""Reminders as stories: who gets one message, when, about what, and what stops it."""

from datetime import date, datetime, time

from bot.domain.members import Absence, QuietHours, Role
from bot.domain.reminders import Postpone, Send, Withdraw, due_now, forecast, still_due
from bot.domain.report_books import ReportingBooks
from bot.domain.report_parts import Part
from tests.domain.builders_of_reports import IR, TJ, member, reporting, utc

RAMIN, SHIRIN, DILSHOD = member(1), member(2), member(3, TJ)
MINA, ZEBO = member(4, IR, Role.SECRETARY), member(5, TJ, Role.SECRETARY)
BEHROUZ, FARRUKH = member(6, IR, Role.CO_CHAIR), member(7, TJ, Role.CO_CHAIR)
EVERYBODY = [RAMIN, SHIRIN, DILSHOD, MINA, ZEBO, BEHROUZ, FARRUKH]
STEEL, PIPES = 11, 12
RAMIN_STEEL, RAMIN_PIPES, DILSHOD_STEEL = Part(1, STEEL), Part(1, PIPES), Part(3, STEEL)
PARTS = [RAMIN_STEEL, RAMIN_PIPES, DILSHOD_STEEL]

OPENS_IN_TEHRAN = utc("2026-12-01 06:00")
OPENS_IN_DUSHANBE = utc("2026-12-01 04:30")
D_MINUS_1 = utc("2026-12-08 06:00")
D = utc("2026-12-09 06:00")


def keys(books: ReportingBooks, now: datetime) -> list[str]:
    return [reminder.key for reminder in due_now(books, now)]


def test_the_period_opens_at_half_past_nine_of_each_clock_with_one_message_a_person() -> None:
    books = reporting(EVERYBODY, PARTS)

    assert keys(books, utc("2026-12-01 04:29")) == []
    assert keys(books, OPENS_IN_DUSHANBE) == ["report:2026-11:3:opens"]
    assert keys(books, OPENS_IN_TEHRAN) == ["report:2026-11:1:opens", "report:2026-11:3:opens"]


def test_the_message_names_all_that_is_missing_of_the_reader() -> None:
    reminder = due_now(reporting(EVERYBODY, PARTS), OPENS_IN_TEHRAN)[0]

    assert reminder.own == (RAMIN_STEEL, RAMIN_PIPES)
    assert reminder.stood_in == reminder.others == ()
    assert reminder.report_due_at == utc("2026-12-09 11:30")
    assert reminder.until_at == utc("2026-12-01 16:30")


def test_what_was_made_is_not_made_again() -> None:
    books = reporting(EVERYBODY, PARTS, made=frozenset({"report:2026-11:3:opens"}))

    assert keys(books, OPENS_IN_TEHRAN) == ["report:2026-11:1:opens"]


def test_answered_parts_are_not_named_and_who_has_answered_all_is_left_in_peace() -> None:
    one_left = due_now(reporting(EVERYBODY, PARTS, answered=[RAMIN_STEEL, DILSHOD_STEEL]), D_MINUS_1)

    assert [(reminder.member_id, reminder.own) for reminder in one_left] == [(1, (RAMIN_PIPES,))]
    assert due_now(reporting(EVERYBODY, PARTS, answered=PARTS), D_MINUS_1) == []


def test_a_day_late_the_secretary_of_the_side_learns_who_is_missing() -> None:
    late = {reminder.member_id: reminder for reminder in due_now(reporting(EVERYBODY, PARTS), utc("2026-12-14 06:00"))}

    assert set(late) == {RAMIN.id, DILSHOD.id, MINA.id, ZEBO.id}
    assert late[MINA.id].others == (RAMIN_STEEL, RAMIN_PIPES)
    assert late[ZEBO.id].others == (DILSHOD_STEEL,)


def test_two_days_late_the_own_co_chair_three_days_late_both() -> None:
    made = frozenset(f"report:2026-11:{number}:d+1" for number in (1, 3, 4, 5))
    books = reporting(EVERYBODY, [RAMIN_STEEL], made=made)

    assert keys(books, utc("2026-12-15 06:00")) == ["report:2026-11:6:d+2"]
    assert keys(books, utc("2026-12-16 06:00")) == ["report:2026-11:6:d+3", "report:2026-11:7:d+3"]


def test_a_secretary_who_owes_a_part_gets_one_message_with_everything() -> None:
    own = Part(MINA.id, PIPES)

    [mina] = [
        found
        for found in due_now(reporting(EVERYBODY, [RAMIN_STEEL, own]), utc("2026-12-14 06:00"))
        if found.member_id == MINA.id
    ]

    assert (mina.own, mina.others) == ((own,), (RAMIN_STEEL,))


def test_a_deputy_gets_what_the_absent_lead_owes_beside_their_own() -> None:
    away = Absence(RAMIN.id, date(2026, 11, 30), date(2026, 12, 2), SHIRIN.id)
    own = Part(SHIRIN.id, STEEL)

    [shirin] = due_now(reporting(EVERYBODY, [RAMIN_STEEL, own], absences=[away]), OPENS_IN_TEHRAN)

    assert shirin.member_id == SHIRIN.id
    assert (shirin.own, shirin.stood_in) == ((own,), (RAMIN_STEEL,))


def test_nobody_gets_the_reminder_of_an_absent_lead_without_a_deputy() -> None:
    away = Absence(RAMIN.id, date(2026, 12, 1), date(2026, 12, 1))
    books = reporting(EVERYBODY, [RAMIN_STEEL], absences=[away])

    assert keys(books, OPENS_IN_TEHRAN) == []
    # Back the next day, a day of the ladder: that day's rung, and nothing of the day before.
    assert keys(books, utc("2026-12-02 06:00")) == ["report:2026-11:1:d-3"]


def test_only_members_who_are_here_and_can_be_reached_get_messages() -> None:
    parts = [Part(number, STEEL) for number in (21, 22, 23, 24)]
    people = [
        member(21, joined_at=None),
        member(22, is_reachable=False),
        member(23, removed_at=utc("2026-11-20 08:00")),
        member(24, joined_at=utc("2026-12-01 06:01")),
        MINA,
    ]
    books = reporting(people, parts)

    assert keys(books, OPENS_IN_TEHRAN) == []
    [mina] = [found for found in due_now(books, utc("2026-12-14 06:00")) if found.member_id == MINA.id]
    assert Part(21, STEEL) in mina.others


def test_after_an_outage_only_the_highest_missed_rung_goes() -> None:
    assert keys(reporting(EVERYBODY, [RAMIN_STEEL]), utc("2026-12-09 09:00")) == ["report:2026-11:1:d"]


def test_what_was_missed_does_not_go_at_night() -> None:
    books = reporting(EVERYBODY, [RAMIN_STEEL])

    # Due on Wednesday, back at nine in the evening: Thursday and Friday are off in Iran, Saturday morning it is.
    assert keys(books, utc("2026-12-09 17:30")) == []
    assert keys(books, utc("2026-12-11 08:00")) == []
    assert keys(books, utc("2026-12-12 05:59")) == []
    assert keys(books, utc("2026-12-12 06:00")) == ["report:2026-11:1:d"]


def test_the_ladder_of_a_month_dies_when_the_next_one_opens() -> None:
    books = reporting(EVERYBODY, [RAMIN_STEEL])

    # The report on December opens on Monday 4 January 2027.
    assert keys(books, utc("2027-01-03 06:00")) == [
        "report:2026-11:1:d+1",
        "report:2026-11:4:d+1",
        "report:2026-11:6:d+3",
    ]
    assert keys(books, utc("2027-01-04 06:00")) == ["report:2026-12:1:opens"]


def test_rungs_from_before_the_group_came_were_never_missed() -> None:
    books = reporting(EVERYBODY, PARTS, since=utc("2026-12-14 07:00"))

    assert keys(books, utc("2026-12-14 08:00")) == []
    assert keys(books, utc("2026-12-15 06:00")) == ["report:2026-11:6:d+2", "report:2026-11:7:d+2"]


def test_who_can_be_reached_again_gets_the_highest_rung_at_once() -> None:
    made = frozenset({"report:2026-11:1:opens"})

    assert keys(reporting([RAMIN], [RAMIN_STEEL], made=made), utc("2026-12-02 10:00")) == ["report:2026-11:1:d-3"]


def test_a_snoozed_reminder_comes_back_at_its_hour() -> None:
    key = "report:2026-11:1:d-1"
    books = reporting(EVERYBODY, [RAMIN_STEEL], waiting={key: utc("2026-12-08 09:10")})

    assert keys(books, utc("2026-12-08 09:09")) == []
    assert keys(books, utc("2026-12-08 09:10")) == [key]


def test_a_snoozed_reminder_gives_way_to_the_next_rung() -> None:
    books = reporting(EVERYBODY, [RAMIN_STEEL], waiting={"report:2026-11:1:d-1": D})

    assert keys(books, D) == ["report:2026-11:1:d"]


def test_the_forecast_holds_what_will_come_and_nothing_twice() -> None:
    coming = forecast(reporting(EVERYBODY, [RAMIN_STEEL]), utc("2026-11-23 08:00"), utc("2026-12-20 00:00"))

    assert [(reminder.due_at.isoformat()[:16], reminder.key[15:]) for reminder in coming] == [
        ("2026-12-01T06:00", "1:opens"),
        ("2026-12-02T06:00", "1:d-3"),
        ("2026-12-08T06:00", "1:d-1"),
        ("2026-12-09T06:00", "1:d"),
        ("2026-12-14T06:00", "1:d+1"),
        ("2026-12-14T06:00", "4:d+1"),
        ("2026-12-15T06:00", "6:d+2"),
        ("2026-12-16T04:30", "7:d+3"),
        ("2026-12-16T06:00", "6:d+3"),
    ]


def test_just_before_it_is_sent_a_reminder_is_withdrawn_when_the_part_has_come() -> None:
    key = "report:2026-11:1:opens"
    made = frozenset({key})

    assert isinstance(still_due(reporting(EVERYBODY, PARTS, made=made), key, OPENS_IN_TEHRAN), Send)
    assert still_due(reporting(EVERYBODY, PARTS, answered=PARTS, made=made), key, OPENS_IN_TEHRAN) == Withdraw()


def test_just_before_it_is_sent_it_names_only_what_is_missing_now() -> None:
    books = reporting(EVERYBODY, PARTS, answered=[RAMIN_STEEL])

    verdict = still_due(books, "report:2026-11:1:opens", OPENS_IN_TEHRAN)

    assert isinstance(verdict, Send)
    assert verdict.reminder.own == (RAMIN_PIPES,)


def test_a_reminder_that_is_late_is_put_off_to_the_next_morning() -> None:
    verdict = still_due(reporting(EVERYBODY, [RAMIN_STEEL]), "report:2026-11:1:d-3", utc("2026-12-02 17:00"))

    assert verdict == Postpone(utc("2026-12-05 06:00"))


def test_a_late_reminder_is_withdrawn_when_the_next_rung_comes_that_morning() -> None:
    books = reporting(EVERYBODY, [RAMIN_STEEL])

    assert still_due(books, "report:2026-11:1:opens", utc("2026-12-01 17:00")) == Withdraw()
    assert still_due(books, "report:2026-11:1:opens", utc("2026-12-02 08:00")) == Withdraw()


def test_who_has_no_quiet_hours_of_their_own_rests_in_those_of_the_group() -> None:
    late_riser = QuietHours(time(18), time(11))
    books = reporting([member(1, quiet_hours=None), member(2)], [Part(1, 11), Part(2, 11)], quiet_hours=late_riser)

    due = {
        reminder.member_id: reminder.due_at
        for reminder in forecast(books, utc("2026-12-01 00:00"), utc("2026-12-02 00:00"))
    }

    assert due == {1: utc("2026-12-01 07:30"), 2: utc("2026-12-01 06:00")}
