"""Time zones as people type them: a city in three scripts, an IANA name, or hours ahead of Greenwich."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files

from bot.domain.typed_values import UnknownZone
from bot.i18n import clocks
from bot.i18n.cities import ALSO_CITIES, CITIES
from bot.i18n.folding import fold

MOST = 8
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+\u2212-]) ?(\d{1,2})(?:[:.]?(\d{2}))?")
# Not places: files of old systems, and fixed offsets whose signs stand the wrong way round.
_NO_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")


def read_zone(text: str, *, now: datetime) -> tuple[str, ...]:
    """
    Give the IANA names of the zones that *text* may mean, one where it is clear, MOST at most.

    Hours ahead of Greenwich are no zone, since clocks are changed: they give the zones that have them *now*.

    Raises:
        UnknownZone: none is called so.
    """
    word = fold(text)
    ahead = _OFFSET.fullmatch(word)
    found = _with_offset(*ahead.groups(), now=now) if ahead else _called(word)
    if not found:
        raise UnknownZone(text)
    return found[:MOST]


def _called(word: str) -> tuple[str, ...]:
    known = _spellings()
    if word in known:
        return (known[word],)
    if len(word) < 3:
        return ()
    begins = dict.fromkeys(zone for spelling, zone in known.items() if spelling.startswith(word))
    return tuple(begins)


def _with_offset(sign: str, hours: str, minutes: str | None, *, now: datetime) -> tuple[str, ...]:
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0)) * (1 if sign == "+" else -1)
    return tuple(name for name in CITIES if now.astimezone(clocks.zone(name)).utcoffset() == ahead)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """Give the zone of each folded spelling; what our tables say of a city comes before what the zone's name says."""
    known: dict[str, str] = {}
    for zone, names in CITIES.items():
        for name in names.values():
            known.setdefault(fold(name), zone)
    for zone, cities in ALSO_CITIES.items():
        for name in cities.split(","):
            known.setdefault(fold(name), zone)
    # The list of the package, which needs no look into six hundred files.
    for zone in files("tzdata").joinpath("zones").read_text(encoding="ascii").split():
        if "/" in zone and not zone.startswith(_NO_PLACES):
            known.setdefault(fold(zone), zone)
            known.setdefault(fold(zone.rpartition("/")[2].replace("_", " ")), zone)
    return known
