"""The summary as a reader sees it: twelve lines in each language, both sides in a chat, and never too long."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.members import Names
from bot.domain.milestones import MilestoneState
from bot.domain.readers import LANGUAGES, Language, Reader, default_digits
from bot.domain.roadmap import Comparison, Counts, Health, WorkstreamHealth
from bot.domain.summaries import Figures, ListedMilestone, ReportStatus, Summary
from bot.i18n.speech import speech
from bot.screens import lists, roadmap, workstreams
from bot.screens import summary as screens
from bot.screens.audience import Audience, of_chat, of_person
from bot.services import roadmap as pages
from bot.services import summaries
from bot.services import workstreams as streams
from bot.services.example_group import Example
from tests.people import bare
from tests.services.example_unit import GROUP_ID, ExampleUnit, example_unit


@pytest.fixture
def unit(example: tuple[Path, Example], tmp_path: Path) -> Iterator[ExampleUnit]:
    with example_unit(example[0], tmp_path) as opened:
        yield opened


@pytest.fixture
def summary(unit: ExampleUnit) -> Summary:
    return summaries.summary(unit.uow, unit.uow.groups.get(GROUP_ID))


def reader(language: Language) -> Reader:
    zone = "Asia/Dushanbe" if language == "tg" else "Asia/Tehran"
    return Reader(language, "persian" if language == "fa" else "gregorian", default_digits(language), zone)


def lines(audience: Audience, found: Summary) -> list[str]:
    return bare(screens.summary(audience, found, may_write=True, has_items=True).text).split("\n")


ENGLISH = """\
<b>Iran–Tajikistan Joint Mining Working Group</b>
🔴 off track 6: TRAIN (+26 days), PROC (+77 days), TILE (+12 days), STEEL (+68 days), METALS (+77 days) and \
PIPES (+75 days) · 🟡 at risk 3: MINES (+42 days), CENTRE and TRADE (+98 days)
🟢 on track 2: CEMENT and PHARMA
Done 17 (last month 16), due this month 6 (last month 3), overdue 5 (last month 1) · Without news: 1 · \
Added after adoption: 3
🟥 O-5 استاندارد پوشش داخلی لوله‌ها مشخص نیست: severity critical, open for 38 shared working days \
(91 calendar days); {turn} 33 shared working days (82 calendar days)
🟥 O-11 بند ۶ درباره مالکیت داده‌های اکتشاف توافق نشده: severity critical, open for 9 shared working \
days (21 calendar days); {turn} 8 shared working days (20 calendar days)
🟧 O-6 تعرفه حمل ریلی برای سه سناریو نداریم: severity high, open for 32 shared working days \
(77 calendar days); {turn} 27 shared working days (63 calendar days)
📅 M-21 Energy-saving plan for the first cement plant: Monday 30 November 2026 (9 Azar 1405), 7 days left
📅 M-3 Concept design for the first pilot mine: Wednesday 9 December 2026 (18 Azar 1405), 16 days left
📅 M-13 Ore sampling and laboratory tests: Wednesday 16 December 2026 (25 Azar 1405), 23 days left
📝 Monthly report, November 2026 (10 Aban to 9 Azar 1405): due on {due}
As of Monday 23 November 2026 (2 Azar 1405), 09:30 Tehran / 11:00 Dushanbe""".format(
    turn="turn to act: Tajikistan, for",
    due="Wednesday 9 December 2026 (18 Azar 1405), 15:00 Tehran / 16:30 Dushanbe; parts in: 0 of 22",
)
# What every line must hold, whatever words a translator chooses around it.
HELD: dict[Language, tuple[tuple[str, ...], ...]] = {
    "fa": (
        ("کارگروه مشترک معدنی ایران و تاجیکستان",),
        ("🔴 خارج از برنامه", "۶", "TRAIN", "🟡 در معرض خطر", "۳", "CENTRE"),
        ("🟢 طبق برنامه", "۲", "CEMENT"),
        ("انجام‌شده", "۱۷", "۱۶", "۶", "۳", "معوق", "۵", "۱"),
        ("🟥 O-5", "بحرانی", "۳۸", "تاجیکستان", "۳۳ روز کاری مشترک (۸۲ روز تقویمی)"),
        ("🟥 O-11", "بحرانی", "۹", "تاجیکستان", "۸ روز کاری مشترک (۲۰ روز تقویمی)"),
        ("🟧 O-6", "بالا", "۳۲", "تاجیکستان", "۲۷ روز کاری مشترک (۶۳ روز تقویمی)"),
        ("📅 M-21", "صرفه‌جویی انرژی", "۹ آذر ۱۴۰۵", "۷ روز"),
        ("📅 M-3", "طرح مفهومی", "۱۸ آذر ۱۴۰۵", "۱۶ روز"),
        ("📅 M-13", "نمونه‌برداری", "۲۵ آذر ۱۴۰۵", "۲۳ روز"),
        (
            "📝",
            "نوامبر ۲۰۲۶ (از ۱۰ آبان تا ۹ آذر ۱۴۰۵)",
            "چهارشنبه ۱۸ آذر ۱۴۰۵ (۹ دسامبر ۲۰۲۶)، ۱۵:۰۰ تهران / ۱۶:۳۰ دوشنبه",
            "۰",
            "۲۲",
        ),
        ("دوشنبه ۲ آذر ۱۴۰۵ (۲۳ نوامبر ۲۰۲۶)، ۰۹:۳۰ تهران / ۱۱:۰۰ دوشنبه",),
    ),
    "tg": (
        ("Гурӯҳи кории муштараки Тоҷикистону Эрон",),
        ("🔴 берун аз нақша", "6", "TRAIN", "🟡 зери хатар", "3", "CENTRE"),
        ("🟢 мувофиқи нақша", "2", "CEMENT"),
        ("Иҷрошуда", "17", "16", "6", "3", "муҳлаташ гузашта", "5", "1"),
        ("🟥 O-5", "буҳронӣ", "38", "Тоҷикистон", "33 рӯзи кории муштарак (82 рӯзи тақвимӣ)"),
        ("🟥 O-11", "буҳронӣ", "9", "Тоҷикистон", "8 рӯзи кории муштарак (20 рӯзи тақвимӣ)"),
        ("🟧 O-6", "баланд", "32", "Тоҷикистон", "27 рӯзи кории муштарак (63 рӯзи тақвимӣ)"),
        ("📅 M-21", "сарфаи энергия", "30 ноябри соли 2026", "7 рӯз"),
        ("📅 M-3", "Тарҳи консептуалии", "9 декабри соли 2026", "16 рӯз"),
        ("📅 M-13", "Намунагирии маъдан", "16 декабри соли 2026", "23 рӯз"),
        (
            "📝",
            "ноябри соли 2026",
            "чоршанбе, 9 декабри соли 2026 (18 озари соли 1405), 16:30 Душанбе / 15:00 Теҳрон",
            "0",
            "22",
        ),
        ("душанбе, 23 ноябри соли 2026 (2 озари соли 1405), 11:00 Душанбе / 09:30 Теҳрон",),
    ),
}


def holds(said: list[str], expected: tuple[tuple[str, ...], ...]) -> list[tuple[str, str]]:
    """Give what is missing, with the line that should hold it."""
    assert len(said) == len(expected)
    return [(word, line) for line, words in zip(said, expected, strict=True) for word in words if word not in line]


def test_everything_stands_in_twelve_lines(summary: Summary) -> None:
    assert "\n".join(lines(of_person(reader("en")), summary)) == ENGLISH


@pytest.mark.parametrize("language", HELD)
def test_the_twelve_lines_are_there_in_each_language(summary: Summary, language: Language) -> None:
    assert holds(lines(of_person(reader(language)), summary), HELD[language]) == []


def test_a_chat_reads_both_languages_each_side_naming_itself_first(summary: Summary) -> None:
    persian, tajik = "\n".join(lines(of_chat(summary.group), summary)).split("\n\n")

    assert holds(persian.split("\n"), HELD["fa"]) == []
    assert holds(tajik.split("\n"), HELD["tg"]) == []


def test_a_chats_message_carries_its_languages_on(summary: Summary) -> None:
    together = screens.summary(of_chat(summary.group), summary, may_write=True, has_items=False)
    tajik = screens.summary(of_chat(summary.group, "tg"), summary, may_write=True, has_items=False)

    assert together.view == ("summary", "all", "all")
    assert {button.args[-1] for row in together.rows for button in row if button.act == "sum.lang"} == set(LANGUAGES)
    assert tajik.view == ("summary", "all", "tg")
    assert [button.label for button in tajik.rows[-1]] == ["فارسی", "English", "فارسی · Тоҷикӣ"]


def crowded(summary: Summary) -> Summary:
    """Give a summary with as many workstreams, and as long titles, as anybody will ever have."""
    workstream, _ = summary.figures.healths[0]
    long = "Ж" * 200
    healths = tuple(
        (
            replace(workstream, id=number, code=f"WORKSTREAM_{number}"),
            WorkstreamHealth(number, health, open=9, done=9, overdue=9, obstacles=9),
        )
        for number, health in enumerate(list(Health) * 40)
    )
    counts = Counts(done=123456, due_this_month=123456, overdue=100)
    figures = Figures(healths, Comparison(counts, counts), open=400, obstacles=345)
    worst = tuple(replace(aged, obstacle=replace(aged.obstacle, title=long)) for aged in summary.worst)
    next_due = tuple(replace(found, title=long, titles=Names(long, long, long)) for found in summary.next_due)
    return replace(summary, figures=figures, worst=worst, next_due=next_due)


def test_a_crowded_summary_drops_whole_lines_the_least_important_first(summary: Summary) -> None:
    screen = screens.summary(of_chat(summary.group), crowded(summary), may_write=True, has_items=False)
    text = bare(screen.text)

    assert screens.visible_units(screen.text) <= 4096
    assert "۳۰۰" in text  # due dates ahead that are not named
    assert text.count("Ж" * 200) == text.count("Ж" * 200 + ":")  # no title was cut
    assert "O-5" in text
    assert text.count("📝") == 2


def test_names_of_any_length_leave_room_for_the_counts(summary: Summary) -> None:
    huge = crowded(summary)
    group = replace(huge.group, names=Names("گ" * 900, "г" * 900, "g" * 900))

    screen = screens.summary(of_chat(group), replace(huge, group=group), may_write=True, has_items=False)

    assert screens.visible_units(screen.text) <= 4096
    assert "📝" in screen.text


@pytest.mark.parametrize("may_write", [True, False])
def test_an_empty_roadmap_says_what_to_do_next_to_those_who_may(summary: Summary, *, may_write: bool) -> None:
    zero = Counts(0, 0, 0)
    empty = replace(summary, figures=Figures((), Comparison(zero, zero), 0, 0), worst=(), next_due=())
    text = screens.summary(of_person(reader("en")), empty, may_write=may_write, has_items=may_write).text

    assert "The roadmap is empty." in text
    assert ("/newmilestone" in text) is may_write


def test_what_is_due_today_says_so_and_a_late_report_too(summary: Summary) -> None:
    today = replace(summary.next_due[0], due_on=date(2026, 11, 23))
    report = ReportStatus(summary.report.period, summary.now, summary.report.owed, ())
    text = "\n".join(lines(of_person(reader("en")), replace(summary, next_due=(today,), report=report)))

    assert "Monday 23 November 2026 (2 Azar 1405), today" in text
    assert "it was due on Monday 23 November 2026" in text
    assert "parts in: 22 of 22" in text


def test_a_group_without_obstacles_says_so(summary: Summary) -> None:
    figures = replace(summary.figures, obstacles=0)

    assert "No obstacles are open." in lines(of_person(reader("en")), replace(summary, figures=figures, worst=()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_have_a_button_for_each_item_and_one_summary_away(unit: ExampleUnit, language: Language) -> None:
    audience, group = of_person(reader(language)), unit.uow.groups.get(GROUP_ID)
    shown = [
        workstreams.workstreams(audience, streams.listed(unit.uow, group, 2)),
        roadmap.roadmap(audience, pages.roadmap(unit.uow, group, 2), may_write=True),
        lists.obstacles(audience, pages.obstacles(unit.uow, group, 1), may_write=True),
        lists.mine(audience, pages.mine(unit.uow, unit.person("shahsavarzadeh"), 1)),
    ]

    for screen in shown:
        acts = [button.act for row in screen.rows for button in row]
        items = [act for act in acts if act in {"ms.card", "ob.card"}] or [act for act in acts if act == "rm.show"]
        assert len(items) == 5
        assert "sum.show" in acts


def test_a_line_of_the_roadmap_says_how_late_it_is() -> None:
    names = Names(fa="نخستین دوره")
    late = ListedMilestone(
        1, 10, 2, "First course", names, MilestoneState.AT_RISK, 85, date(2026, 11, 18), date(2026, 3, 1)
    )

    line = lists.milestone_line(speech(reader("fa")), late, today=date(2026, 11, 23))

    for held in ("🟡 M-10 نخستین دوره", "۸۵ درصد", "۲۷ آبان ۱۴۰۵", "۵ روز"):
        assert held in bare(line)
