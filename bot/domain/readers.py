"""Who reads: the language, calendar, digits and time zone that a text is made for."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["fa", "tg", "en"]
CalendarName = Literal["persian", "gregorian"]
Digits = Literal["persian", "latin"]

LANGUAGES: tuple[Language, ...] = ("fa", "tg", "en")


@dataclass(frozen=True, slots=True)
class Reader:
    """The four choices of a reader, each independent of the others; *time_zone* is an IANA name."""

    language: Language
    calendar: CalendarName
    digits: Digits
    time_zone: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person has chosen; None means: as their party has it, and of digits: as their language has them."""

    language: Language | None = None
    calendar: CalendarName | None = None
    digits: Digits | None = None
    time_zone: str | None = None

    def reader(self, *, language: Language, calendar: CalendarName, time_zone: str) -> Reader:
        """Give how the person reads, where the party has *language*, *calendar* and *time_zone*."""
        chosen = self.language or language
        return Reader(
            language=chosen,
            calendar=self.calendar or calendar,
            digits=self.digits or default_digits(chosen),
            time_zone=self.time_zone or time_zone,
        )


def default_calendar(language: Language) -> CalendarName:
    """Give the calendar of a reader of whom only the language is known."""
    return "persian" if language == "fa" else "gregorian"


def default_digits(language: Language) -> Digits:
    """Give the digits that readers of *language* expect before they choose their own."""
    return "persian" if language == "fa" else "latin"
