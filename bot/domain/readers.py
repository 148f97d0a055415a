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


def default_digits(language: Language) -> Digits:
    """Give the digits that readers of *language* expect before they choose their own."""
    return "persian" if language == "fa" else "latin"
