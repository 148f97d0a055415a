"""Reminders as they read: whole, short enough, and nothing of another language, in each of the three."""

import re
from datetime import datetime, time, timedelta

import pytest

from bot.domain.groups import GroupRules, Party, WorkingGroup, Workstream
from bot.domain.members import Names
from bot.domain.readers import LANGUAGES, Language, Reader, default_digits
from bot.domain.report_parts import Part
from bot.domain.working_days import Wait
from bot.screens import reminders as screens
from tests.domain.builders_of_reports import FRIDAYS, IR, RULES, SUNDAYS, TJ, member, month, utc
from tests.people import bare

OFFICE = time(8), time(16)
PARTIES = (
    Party(IR, 7, "IR", Names(), Names(), "Asia/Tehran", "persian", FRIDAYS, "IR", *OFFICE, "fa"),
    Party(TJ, 7, "TJ", Names(), Names(), "Asia/Dushanbe", "gregorian", SUNDAYS, "TJ", *OFFICE, "tg"),
)
GROUP = WorkingGroup(7, "G", Names("کارگروه", "Гурӯҳ", "Group"), GroupRules(RULES), PARTIES)
STEEL = Workstream(11, 7, "STEEL", Names("فولاد", "Пӯлод", "Steel"), 1, IR)
PIPES = Workstream(12, 7, "PIPES", Names("لوله", "Қубур", "Pipes"), 2, TJ)
RAMIN = member(1, names=Names("رامین", "Ромин", "Ramin"))
ZEBO = member(2, TJ, names=Names("زیبا", "Зебо", "Zebo"), joined_at=None)
OPENS = utc("2026-12-01 06:00")
DUE = utc("2026-12-09 11:30")
AHEAD = Wait(shared_days=4, calendar_days=8)


def reader(language: Language) -> Reader:
    calendar, zone = ("persian", "Asia/Tehran") if language == "fa" else ("gregorian", "Asia/Dushanbe")
    return Reader(language, calendar, default_digits(language), zone)  # type: ignore[arg-type]


def said(*, now: datetime = OPENS, crowd: int = 0, distance: Wait = AHEAD) -> screens.Said:
    many = {number: member(number, names=RAMIN.names) for number in range(100, 100 + crowd)}
    return screens.Said(
        number=5,
        period=month("2026-11"),
        report_due_at=DUE,
        now=now,
        distance=distance,
        own=(Part(1, 11), Part(1, 12)),
        stood_in=(Part(2, 11),),
        others=(Part(2, 12), *(Part(number, 11) for number in many)),
        group=GROUP,
        members={1: RAMIN, 2: ZEBO, **many},
        workstreams={11: STEEL, 12: PIPES},
        may_wait_today=True,
        may_wait_until_tomorrow=True,
    )


def test_a_reminder_names_what_is_missing_and_the_time_left_in_both_clocks() -> None:
    screen = screens.reminder(reader("en"), said())

    assert bare(screen.text).split("\n") == [
        "<b>Monthly report: November 2026 (10 Aban to 9 Azar 1405)</b>",
        "Your part of the monthly report is still missing: Steel and Pipes.",
        "You stand in for Zebo. Still missing: Steel.",
        "Parts that others have not sent:",
        "• Zebo (has not joined yet): Pipes",
        "Time left: 4 shared working days (8 calendar days).",
        "The report is due on Wednesday 9 December 2026 (18 Azar 1405), 16:30 Dushanbe / 15:00 Tehran.",
    ]


def test_after_the_due_instant_it_says_since_when() -> None:
    late = said(now=DUE + timedelta(days=1), distance=Wait(0, 1))

    lines = bare(screens.reminder(reader("en"), late).text).split("\n")

    assert lines[-2].startswith("The report was due on Wednesday 9 December 2026")
    assert not any("Time left" in line for line in lines)
    assert lines[-1] == "It is late by 0 shared working days (1 calendar day)."


def test_on_the_due_day_the_hours_that_are_left_are_told() -> None:
    text = bare(screens.reminder(reader("en"), said(now=DUE - timedelta(hours=5), distance=Wait(0, 0))).text)

    assert "Time left: 5 hours." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_balanced_and_fits(language: Language) -> None:
    about = said(crowd=80)
    part = about.own[0]
    drawn = [
        screens.reminder(reader(language), about),
        screens.put_off(reader(language), about, utc("2026-12-02 06:00")),
        screens.question(reader(language), about, part, draft_id=3, left=2),
        screens.answered(reader(language), about, [(part, "۶۰٪ <done>"), (part, "")]),
        screens.settled(reader(language), about),
    ]

    for screen in drawn:
        assert len(screen.text.encode("utf-16-le")) // 2 <= 4096
        for line in screen.text.split("\n"):
            assert len(re.findall("[\u2066-\u2068]", line)) == line.count("\u2069")
        assert "<done>" not in screen.text
        if language != "en":
            assert not re.search("[A-Za-z]", re.sub(r"</?b>|&lt;done&gt;", "", screen.text))


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    text = bare(screens.reminder(reader("en"), said(crowd=80)).text)

    assert "… and 66 more people" in text
