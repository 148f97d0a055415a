"""Due dates as an iCalendar file (RFC 5545): one all-day event a milestone, the same event whenever it is read anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_MOST_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class DueEvent:
    """
    A due date as calendars take it.

    *uid* stays the same as long as the milestone lives; *sequence* grows when it changes, so that the newer one wins.
    """

    uid: str
    sequence: int
    day: date
    summary: str
    description: str


def write_due_calendar(title: str, events: Iterable[DueEvent], *, at: datetime) -> bytes:
    """Write the file as of *at* (aware)."""
    lines = (folded for line in _lines(title, events, at) for folded in _folded(line))
    return "".join(f"{line}\r\n" for line in lines).encode()


def _lines(title: str, events: Iterable[DueEvent], at: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hamroh//Hamroh//EN", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(title)}")
    for event in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{_escaped(event.uid)}"
        yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"SEQUENCE:{event.sequence}"
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_escaped(event.summary)}"
        if event.description:
            yield f"DESCRIPTION:{_escaped(event.description)}"
        # A due date takes nobody's day: people stay free for meetings.
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Fold a line after at most 75 octets, never inside a character; what goes on begins with a space."""
    begun, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > _MOST_OCTETS:
            yield begun
            begun, octets = " ", 1
        begun += character
        octets += size
    yield begun
