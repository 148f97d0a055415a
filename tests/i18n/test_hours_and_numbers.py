"""Hours with their cities, lengths of time, numbers and joined names."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.readers import Language, Reader
from bot.i18n.bidi import FSI, PDI
from bot.i18n.digits import normalise
from bot.i18n.speech import Speech, speech

TEN_IN_TEHRAN = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
BOTH_CITIES = ("Asia/Tehran", "Asia/Dushanbe")


def test_an_hour_names_its_city(persian: Speech, tajik: Speech, english: Speech) -> None:
    assert persian.clock(TEN_IN_TEHRAN, "Asia/Tehran") == "ساعت ۱۰:۰۰ به وقت تهران"
    assert tajik.clock(TEN_IN_TEHRAN, "Asia/Dushanbe") == "соати 11:30 бо вақти Душанбе"
    assert english.clock(TEN_IN_TEHRAN, "Asia/Tehran") == "10:00 Tehran"


def test_what_is_shared_has_both_clocks(persian: Speech, tajik: Speech, english: Speech) -> None:
    assert persian.clocks(TEN_IN_TEHRAN, BOTH_CITIES) == "۱۰:۰۰ تهران / ۱۱:۳۰ دوشنبه"
    assert tajik.clocks(TEN_IN_TEHRAN, BOTH_CITIES) == "10:00 Теҳрон / 11:30 Душанбе"
    assert english.clocks(TEN_IN_TEHRAN, BOTH_CITIES) == "10:00 Tehran / 11:30 Dushanbe"


def test_the_second_clock_says_its_day_when_midnight_lies_between(english: Speech) -> None:
    late = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)

    assert english.clocks(late, BOTH_CITIES) == "23:00 Tehran / 00:30 Dushanbe (24 November 2026)"


def test_a_moment_is_told_in_the_readers_own_zone(persian: Speech, tajik: Speech) -> None:
    assert persian.moment(TEN_IN_TEHRAN) == "۲ آذر ۱۴۰۵، ساعت ۱۰:۰۰ به وقت تهران"
    assert tajik.moment(TEN_IN_TEHRAN) == "23 ноябри соли 2026, соати 11:30 бо вақти Душанбе"


def test_summer_time_is_the_zones_own_matter(english: Speech) -> None:
    summer_of_2021 = datetime(2021, 7, 1, 6, 30, tzinfo=UTC)

    assert english.clock(summer_of_2021, "Asia/Tehran") == "11:00 Tehran"


def test_an_hour_without_a_zone_is_refused(english: Speech) -> None:
    with pytest.raises(ValueError, match="naive"):
        english.clock(TEN_IN_TEHRAN.replace(tzinfo=None), "Asia/Tehran")


def test_an_unknown_city_is_taken_from_the_name_of_its_zone(tajik: Speech) -> None:
    assert tajik.city("America/Los_Angeles") == "Los Angeles"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(days=2, hours=3, minutes=9), ("۲ روز و ۳ ساعت", "2 рӯз ва 3 соат", "2 days and 3 hours")),
        (timedelta(days=1), ("۱ روز", "1 рӯз", "1 day")),
        (timedelta(hours=1, minutes=1), ("۱ ساعت و ۱ دقیقه", "1 соат ва 1 дақиқа", "1 hour and 1 minute")),
        (timedelta(days=3, minutes=5), ("۳ روز", "3 рӯз", "3 days")),
        (timedelta(seconds=20), ("کمتر از یک دقیقه", "камтар аз як дақиқа", "less than a minute")),
        (-timedelta(minutes=30), ("۳۰ دقیقه", "30 дақиқа", "30 minutes")),
    ],
)
def test_a_length_of_time_has_two_units_at_most(
    length: timedelta, said: tuple[str, str, str], persian: Speech, tajik: Speech, english: Speech
) -> None:
    assert (persian.duration(length), tajik.duration(length), english.duration(length)) == said


def test_what_is_past_is_said_to_be(persian: Speech, tajik: Speech, english: Speech) -> None:
    three_days = timedelta(days=3)

    assert persian.ago(three_days) == "۳ روز پیش"
    assert tajik.ago(three_days) == "3 рӯз пеш"
    assert english.ago(three_days) == "3 days ago"


def test_numbers_have_their_own_separators(persian: Speech, tajik: Speech, english: Speech) -> None:
    assert persian.number(1234567.8) == "۱٬۲۳۴٬۵۶۷٫۸"
    assert tajik.number(1234567.8) == "1\u00a0234\u00a0567,8"
    assert english.number(1234567.8) == "1,234,567.8"


def test_a_negative_number_has_a_real_minus(english: Speech) -> None:
    assert english.number(-5) == "\N{MINUS SIGN}5"


def test_percents_are_words_where_the_sign_would_wander(persian: Speech, tajik: Speech, english: Speech) -> None:
    assert (persian.percent(42), tajik.percent(42), english.percent(42)) == ("۴۲ درصد", "42 фоиз", "42%")


@pytest.mark.parametrize(("percent", "bar"), [(0, "░" * 10), (42, "████░░░░░░"), (100, "█" * 10), (130, "█" * 10)])
def test_a_bar_has_ten_cells(percent: int, bar: str, english: Speech) -> None:
    assert english.bar(percent) == bar


@pytest.mark.parametrize(("language", "joined"), [("fa", "a، b و c"), ("tg", "a, b ва c"), ("en", "a, b and c")])
def test_names_are_joined_by_the_words_of_the_language(language: Language, joined: str) -> None:
    say = speech(Reader(language, "gregorian", "latin", "UTC"))

    names = say.listing(["a", "b", "c"])

    assert names.translate({ord(FSI): None, ord(PDI): None}) == joined
    assert names.count(FSI) == names.count(PDI) == 3


def test_one_name_is_joined_to_nothing(english: Speech) -> None:
    assert english.listing(["a"]) == f"{FSI}a{PDI}"
    assert english.listing([]) == ""


def test_digits_of_three_sets_are_one() -> None:
    assert normalise("۱۲۳ ٤٥٦ 789") == "123 456 789"
