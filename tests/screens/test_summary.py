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
from bot.screens import lists, roadmap
from bot.screens import summary as screens
from bot.screens.audience import Audience, of_chat, of_person
from bot.services import roadmap as pages
from bot.services import summaries
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


GOLDEN: dict[Language, tuple[str, ...]] = {
    "en": (
        "<b>Iran–Tajikistan Joint Mining Working Group</b>",
        "🔴 off track 6: TRAIN, PROC, TILE, STEEL, METALS and PIPES · 🟡 at risk 3: MINES, CENTRE and TRADE",
        "🟢 on track 2: CEMENT and PHARMA",
        "Done 17 (last month 16), due this month 6 (last month 3), overdue 5 (last month 1)",
        "🟥 O-5 استاندارد پوشش داخلی لوله‌ها مشخص نیست: severity critical, open for 38 shared working days; "
        "turn to act: Tajikistan, for 33",
    ),
    "fa": (
        "<b>کارگروه مشترک معدنی ایران و تاجیکستان</b>",
        "🔴 خارج از برنامه ۶: TRAIN، PROC، TILE، STEEL، METALS و PIPES · 🟡 در معرض خطر ۳: MINES، CENTRE و TRADE",
        "🟢 طبق برنامه ۲: CEMENT و PHARMA",
        "انجام‌شده ۱۷ (ماه گذشته ۱۶)، با مهلت این ماه ۶ (ماه گذشته ۳)، معوق ۵ (ماه گذشته ۱)",
        "🟥 O-5 استاندارد پوشش داخلی لوله‌ها مشخص نیست: درجه اهمیت بحرانی، ۳۸ روز کاری مشترک باز؛ "
        "نوبت اقدام: تاجیکستان، ۳۳ روز",
    ),
    "tg": (
        "<b>Гурӯҳи кории муштараки Тоҷикистону Эрон оид ба саноати маъдан</b>",
        "🔴 берун аз нақша 6: TRAIN, PROC, TILE, STEEL, METALS ва PIPES · 🟡 зери хатар 3: MINES, CENTRE ва TRADE",
        "🟢 мувофиқи нақша 2: CEMENT ва PHARMA",
        "Иҷрошуда 17 (моҳи гузашта 16), бо муҳлати ин моҳ 6 (моҳи гузашта 3), муҳлаташ гузашта 5 (моҳи гузашта 1)",
        "🟥 O-5 استاندارد پوشش داخلی لوله‌ها مشخص نیست: дараҷаи аҳамият буҳронӣ, 38 рӯзи кории муштарак кушода; "
        "навбати амал: Тоҷикистон, 33 рӯз",
    ),
}
CLOSING: dict[Language, tuple[str, ...]] = {
    "en": (
        "📅 M-13 Ore sampling and laboratory tests: 16 December 2026, 23 days left",
        "📝 Monthly report, November 2026 (10 Aban to 9 Azar 1405): due on 9 December 2026, "
        "15:00 Tehran / 16:30 Dushanbe; parts in: 0 of 22",
        "As of 23 November 2026, 09:30 Tehran / 11:00 Dushanbe",
    ),
    "fa": (
        "📅 M-13 نمونه‌برداری از کانسنگ و آزمون‌های آزمایشگاهی: ۲۵ آذر ۱۴۰۵، ۲۳ روز باقی مانده است",
        "📝 گزارش ماهانه، نوامبر ۲۰۲۶ (از ۱۰ آبان تا ۹ آذر ۱۴۰۵): مهلت ارسال ۱۸ آذر ۱۴۰۵، "
        "۱۵:۰۰ تهران / ۱۶:۳۰ دوشنبه؛ بخش‌های رسیده: ۰ از ۲۲",
        "وضعیت در ۲ آذر ۱۴۰۵، ۰۹:۳۰ تهران / ۱۱:۰۰ دوشنبه",
    ),
    "tg": (
        "📅 M-13 Намунагирии маъдан ва озмоишҳои лабораторӣ: 16 декабри соли 2026, 23 рӯз боқӣ мондааст",
        "📝 Ҳисоботи ҳармоҳа, ноябри соли 2026 (аз 10 обон то 9 озари соли 1405): муҳлати пешниҳод "
        "9 декабри соли 2026, 16:30 Душанбе / 15:00 Теҳрон; қисмҳои расида: 0 аз 22",
        "Тибқи ҳолати 23 ноябри соли 2026, 11:00 Душанбе / 09:30 Теҳрон",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_stands_in_twelve_lines(summary: Summary, language: Language) -> None:
    said = lines(of_person(reader(language)), summary)

    assert len(said) == 12
    assert tuple(said[:5]) == GOLDEN[language]
    assert tuple(said[-3:]) == CLOSING[language]


def test_a_chat_reads_both_languages_each_side_naming_itself_first(summary: Summary) -> None:
    persian, tajik = "\n".join(lines(of_chat(summary.group), summary)).split("\n\n")

    assert tuple(persian.split("\n")[:5]) == GOLDEN["fa"]
    assert tuple(tajik.split("\n")[-3:]) == CLOSING["tg"]


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
    assert "… و ۲۹۹ مهلت دیگر در پیش است" in text
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

    assert "23 November 2026, today" in text
    assert "it was due on 23 November 2026" in text
    assert "parts in: 22 of 22" in text


def test_a_group_without_obstacles_says_so(summary: Summary) -> None:
    figures = replace(summary.figures, obstacles=0)

    assert "No obstacles are open." in lines(of_person(reader("en")), replace(summary, figures=figures, worst=()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_have_a_button_for_each_item_and_one_summary_away(unit: ExampleUnit, language: Language) -> None:
    audience, group = of_person(reader(language)), unit.uow.groups.get(GROUP_ID)
    shown = [
        roadmap.workstreams(audience, pages.workstreams(unit.uow, group, 2)),
        roadmap.roadmap(audience, pages.roadmap(unit.uow, group, 2, None), may_write=True),
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
    late = ListedMilestone(1, 10, 2, "First course", names, MilestoneState.AT_RISK, 85, date(2026, 11, 18))

    line = lists.milestone_line(speech(reader("fa")), late, today=date(2026, 11, 23))

    assert bare(line) == "🟡 M-10 نخستین دوره: ۸۵ درصد، مهلت ۲۷ آبان ۱۴۰۵، با ۵ روز تأخیر"
