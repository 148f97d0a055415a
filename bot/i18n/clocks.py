"""Hours with their cities, and how long something takes or is past."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.readers import Language
from bot.i18n import tables
from bot.i18n.cities import CITIES

_MINUTES = {"day": 24 * 60, "hour": 60, "minute": 1}


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Give the time zone of an IANA name."""
    return ZoneInfo(name)


def local(instant: datetime, zone_name: str) -> datetime:
    """
    Give *instant* as the clocks of the zone show it.

    Raises:
        ValueError: *instant* is naive; nobody can say what hour it means.

    """
    if instant.tzinfo is None:
        raise ValueError("naive instant")
    return instant.astimezone(zone(zone_name))


def city(zone_name: str, language: Language) -> str:
    """Name the city that gives a time zone its name."""
    known = CITIES.get(zone_name)
    return known[language] if known else zone_name.rpartition("/")[2].replace("_", " ")


def counted(count: int, unit: str, language: Language) -> str:
    """Write a count with its unit, in Latin digits: ``3 рӯз``."""
    one, many = tables.UNITS[language][unit]
    return f"{count} {one if count == 1 else many}"


def duration(length: timedelta, language: Language) -> str:
    """Write the two largest units of *length*, without its sign, in Latin digits."""
    minutes = round(abs(length).total_seconds()) // 60
    parts: list[str] = []
    for unit, size in _MINUTES.items():
        count, minutes = divmod(minutes, size)
        if count:
            parts.append(counted(count, unit, language))
        elif parts:
            break  # 2 days and 5 minutes is more than anybody wants to know
    if not parts:
        return tables.UNDER_A_MINUTE[language]
    return tables.LIST_AND[language].join(parts[:2])
