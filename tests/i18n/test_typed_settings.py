"""Time zones and quiet hours as people type them, in three scripts and any digits."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.readers import LANGUAGES
from bot.domain.typed_values import NotHours, UnknownZone
from bot.i18n.cities import ALSO_CITIES, CITIES
from bot.i18n.typed_hours import read_hours
from bot.i18n.typed_zones import MOST, read_zone

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Душанбе", "Asia/Dushanbe"),
        ("хуҷанд", "Asia/Dushanbe"),
        ("تهران", "Asia/Tehran"),
        ("اصفهان ", "Asia/Tehran"),
        ("Машҳад", "Asia/Tehran"),
        ("islamabad", "Asia/Karachi"),
        ("Europe/Vienna", "Europe/Vienna"),
        ("europe/vienna", "Europe/Vienna"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("los angeles", "America/Los_Angeles"),
        ("پکن", "Asia/Shanghai"),
        ("ташкент", "Asia/Tashkent"),
        ("UTC", "UTC"),
    ],
)
def test_a_city_or_a_zone_is_found(typed: str, zone: str) -> None:
    assert read_zone(typed, now=NOW) == (zone,)


def test_the_beginning_of_several_names_is_asked_about() -> None:
    found = read_zone("Тош", now=NOW)

    assert found == ("Asia/Tashkent",)
    assert 1 < len(read_zone("san", now=NOW)) <= MOST


@pytest.mark.parametrize(
    ("typed", "city"), [("+3:30", "Asia/Tehran"), ("UTC+5", "Asia/Dushanbe"), ("+۵", "Asia/Dushanbe")]
)
def test_hours_ahead_of_greenwich_offer_the_cities_that_have_them_now(typed: str, city: str) -> None:
    assert city in read_zone(typed, now=NOW)


@pytest.mark.parametrize("typed", ["Нарния", "", "ду", "+25", "Etc/GMT+5"])
def test_what_is_no_place_is_refused(typed: str) -> None:
    with pytest.raises(UnknownZone):
        read_zone(typed, now=NOW)


def test_every_city_of_the_tables_has_a_zone_and_three_names() -> None:
    for zone, names in CITIES.items():
        assert ZoneInfo(zone).key == zone
        assert set(names) == set(LANGUAGES)
        assert all(names.values())
    assert set(ALSO_CITIES) <= set(CITIES)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("22:00–07:30", time(22), time(7, 30)),
        ("۲۲:۰۰ تا ۰۷:۳۰", time(22), time(7, 30)),
        ("٢٢-٧", time(22), time(7)),
        ("22 7", time(22), time(7)),
        ("аз соати 22 то 7", time(22), time(7)),
        ("از ساعت ۱۰ شب تا ۷ صبح", time(22), time(7)),
        ("аз 10-и шаб то 6-и субҳ", time(22), time(6)),
        ("from 10 pm to 7:15 am", time(22), time(7, 15)),
        ("2200-0730", time(22), time(7, 30)),
        ("1.00 - 24:00", time(1), time(0)),
        ("۱۲ شب تا ۵ صبح", time(0), time(5)),
        ("12 am – 12 pm", time(0), time(12)),
    ],
)
def test_quiet_hours_are_read(typed: str, start: time, end: time) -> None:
    hours = read_hours(typed)

    assert (hours.start, hours.end) == (start, end)


@pytest.mark.parametrize(
    "typed",
    ["22", "22:00", "25:00–07:00", "22:60–7", "22:00–22:00", "at night", "شب", "22-7-5", "13 pm - 5", "M-12 60%"],
)
def test_what_is_no_stretch_of_hours_is_refused(typed: str) -> None:
    with pytest.raises(NotHours):
        read_hours(typed)
