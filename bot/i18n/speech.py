"""How a screen speaks to one reader: sentences, days, hours and numbers in their language and script."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations

from bot.domain.periods import Period
from bot.domain.readers import CalendarName, Language, Reader
from bot.i18n import bidi, catalogue, clocks, days, digits, markup, tables
from bot.i18n.markup import Html, Phrase, Value

__all__ = ["Html", "Phrase", "Speech", "Value", "speech"]

_BAR_CELLS = 10


@lru_cache(maxsize=512)
def speech(reader: Reader) -> "Speech":
    """Give the way to speak to *reader*; readers with the same four choices share it."""
    return Speech(reader, catalogue.translations(reader.language))


class Speech:
    """Everything a screen says passes here. What it returns may be put into any sentence by `line` and `label`."""

    __slots__ = ("_catalogue", "language", "reader")

    def __init__(self, reader: Reader, translations: NullTranslations) -> None:
        """Bind a reader to a catalogue."""
        self.reader = reader
        self.language: Language = reader.language
        self._catalogue = translations

    # Words

    def gettext(self, message: str) -> str:
        """Translate a sentence; screens write ``_ = say.gettext``."""
        return self._catalogue.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Translate a sentence that counts."""
        return self._catalogue.ngettext(one, many, count)

    def pgettext(self, context: str, message: str) -> str:
        """Translate a word whose sense hangs on *context*."""
        return self._catalogue.pgettext(context, message)

    def line(self, template: str, /, **values: Value) -> Html:
        """Fill a translated sentence, which may hold tags of ours, for a message."""
        return markup.filled_html(template, values, language=self.language, digit_set=self.reader.digits)

    def label(self, template: str, /, **values: Value) -> str:
        """Fill a translated sentence for a button, a menu or a toast, which know no HTML."""
        return markup.filled_text(template, values, language=self.language, digit_set=self.reader.digits)

    def page(self, lines: Iterable[str | None]) -> str:
        """Join lines into a message, each with its own direction and balanced; None is left out."""
        return "\n".join(
            bidi.directed(line, self.language)
            for paragraph in lines
            if paragraph is not None
            for line in paragraph.split("\n")
        )

    def listing(self, items: Iterable[Value]) -> Phrase | Html:
        """Join names: ``a, b and c``. It is HTML when one of the items is."""
        return self._joined(items, tables.LIST_AND[self.language])

    def enumeration(self, items: Iterable[Value]) -> Phrase | Html:
        """Join what one can choose from: ``a, b, c``."""
        return self._joined(items, tables.LIST_COMMA[self.language])

    def _joined(self, items: Iterable[Value], before_last: str) -> Phrase | Html:
        names = {f"item{index}": value for index, value in enumerate(items)}
        *fields, last = [f"{{{name}}}" for name in names] or [""]
        template = tables.LIST_COMMA[self.language].join(fields) + (before_last if fields else "") + last
        values = names.values()
        if any(isinstance(value, Html) for value in values):
            return self.line(template, **names)
        return Phrase(self.label(template, **names))

    def quote(self, text: str) -> Phrase:
        """Put what a person wrote between the quotation marks of the reader's language."""
        opening, closing = tables.QUOTES[self.language]
        return Phrase(self.label(opening + "{text}" + closing, text=text))

    def capitalised(self, phrase: Phrase) -> Phrase:
        """Begin a heading with a capital: Tajik writes months and weekdays small within a sentence."""
        return Phrase(phrase[:1].upper() + phrase[1:])

    @property
    def arrow(self) -> str:
        """The arrow that points onwards in the reader's direction."""
        return tables.ARROWS[self.language]

    @property
    def back_arrow(self) -> str:
        """The arrow that points to where the reader's line begins."""
        return tables.BACK_ARROWS[self.language]

    # Numbers

    def digits(self, text: str) -> Phrase:
        """Write the digits of our own *text* in the reader's set."""
        return Phrase(digits.in_digits(text, self.reader.digits))

    def number(self, number: float | Decimal) -> Phrase:
        """Write a number with its separators."""
        return Phrase(digits.written(number, language=self.language, digits=self.reader.digits))

    def percent(self, percent: float | Decimal) -> Phrase:
        """Write ``42%``; in Persian and Tajik in words, since the sign lands on either side there."""
        return Phrase(tables.PERCENT[self.language].format(number=self.number(percent)))

    def bar(self, percent: int) -> Phrase:
        """Draw ten cells; they fill from the side where the reader's line begins."""
        full = max(0, min(100, percent)) * _BAR_CELLS // 100
        return Phrase("█" * full + "░" * (_BAR_CELLS - full))

    # Days

    def day(self, day: date, *, weekday: bool = False, both: bool = False, short: bool = False) -> Phrase:
        """
        Write a day in the reader's calendar, ``۲ آذر ۱۴۰۵``.

        Args:
            day: the day itself, not an instant.
            weekday: put the name of the weekday first.
            both: add the other calendar in parentheses, for what the other party reads too.
            short: digits only where the language has such a form.

        """
        write = days.short_day if short else days.long_day
        text = write(day, self.language, self.reader.calendar)
        if weekday:
            text = tables.WEEKDAY_FIRST[self.language].format(weekday=self.weekday(day), day=text)
        if both:
            text = f"{text} ({write(day, self.language, days.other(self.reader.calendar))})"
        return self.digits(text)

    def named_day(self, *, year: int, month: int, day: int, calendar: CalendarName) -> Phrase:
        """Write the fields of a day that does not exist, such as 30 Esfand of a common year."""
        return self.digits(days.named_day(year=year, month=month, day=day, language=self.language, calendar=calendar))

    def day_of_month(self, day: date) -> Phrase:
        """Write the number that a day has in its month in the reader's calendar."""
        return self.digits(str(days.fields(day, self.reader.calendar)[2]))

    def shared_day(self, day: date) -> Phrase:
        """Write a day that people of several parties read: weekday and both calendars."""
        return self.day(day, weekday=True, both=True)

    def weekday(self, day: date) -> Phrase:
        """Name the weekday."""
        return self.weekday_name(day.weekday())

    def weekday_name(self, number: int, *, short: bool = False) -> Phrase:
        """Name a weekday by its number, 0 for Monday; *short* for the head of a calendar's column."""
        names = tables.SHORT_WEEKDAYS if short else tables.WEEKDAYS
        return Phrase(names[self.language][number])

    def month(self, year: int, month: int, calendar: CalendarName = "gregorian", *, both: bool = False) -> Phrase:
        """Name a month of *calendar*; *both* adds its span in the other one."""
        text = days.month_name(year, month, language=self.language, calendar=calendar)
        if both:
            first, last = days.month_span(year, month, calendar)
            text += f" ({days.span(first, last, language=self.language, calendar=days.other(calendar))})"
        return self.digits(text)

    def month_of(self, day: date, *, both: bool = False) -> Phrase:
        """Name the month of the reader's calendar that *day* lies in, with its year."""
        year, month, _ = days.fields(day, self.reader.calendar)
        return self.month(year, month, self.reader.calendar, both=both)

    def year(self, year: int) -> Phrase:
        """Write a year, which has no separators."""
        return self.digits(str(year))

    def period(self, period: Period, calendar: CalendarName) -> Phrase:
        """Name a reporting period, which is a month of the group's *calendar*, with both spans."""
        year, month, _ = days.fields(period.first_on, calendar)
        return self.month(year, month, calendar, both=True)

    def month_name(self, month: int, calendar: CalendarName) -> Phrase:
        """Name a month without its year."""
        return Phrase(tables.MONTHS[calendar, self.language][month - 1])

    def span(self, first: date, last: date) -> Phrase:
        """Write a range of days in words, in the reader's calendar."""
        return self.digits(days.span(first, last, language=self.language, calendar=self.reader.calendar))

    # Hours

    def hour(self, hour: time) -> Phrase:
        """Write an hour of a day on the reader's own clock, which needs no city."""
        return self.digits(f"{hour:%H:%M}")

    def clock(self, instant: datetime, zone: str, *, city: bool = True) -> Phrase:
        """Write the hour of *instant* (aware) in *zone*, an IANA name, with its city."""
        template = (tables.CLOCK if city else tables.CLOCK_ALONE)[self.language]
        hour = f"{clocks.local(instant, zone):%H:%M}"
        return self.digits(template.format(hour=hour, city=self.city(zone)))

    def clocks(self, instant: datetime, zones: Sequence[str]) -> Phrase:
        """Write the hour of *instant* in each of *zones*, with the day where it is not the first one's."""
        if len(zones) == 1:
            return self.clock(instant, zones[0])
        first_on = clocks.local(instant, zones[0]).date()
        parts: list[str] = []
        for zone in zones:
            there = clocks.local(instant, zone)
            part = tables.CLOCK_OF_CITY.format(hour=f"{there:%H:%M}", city=self.city(zone))
            if there.date() != first_on:
                part += f" ({days.long_day(there.date(), self.language, self.reader.calendar)})"
            parts.append(part)
        return self.digits(" / ".join(parts))

    def moment(self, instant: datetime, *, weekday: bool = False) -> Phrase:
        """Write day, hour and city of *instant* in the reader's own zone."""
        zone = self.reader.time_zone
        day = self.day(clocks.local(instant, zone).date(), weekday=weekday)
        return Phrase(tables.MOMENT[self.language].format(day=day, clock=self.clock(instant, zone)))

    def shared_moment(self, instant: datetime, zones: Sequence[str]) -> Phrase:
        """Write an instant that people of several parties read: weekday, both calendars and the hour in each zone."""
        day = self.shared_day(clocks.local(instant, zones[0]).date())
        return Phrase(tables.MOMENT[self.language].format(day=day, clock=self.clocks(instant, zones)))

    def city(self, zone: str) -> Phrase:
        """Name the city of a time zone."""
        return Phrase(clocks.city(zone, self.language))

    def duration(self, length: timedelta) -> Phrase:
        """Write how long something takes, two units at most."""
        return self.digits(clocks.duration(length, self.language))

    def ago(self, length: timedelta) -> Phrase:
        """Write how long something is past."""
        return Phrase(tables.AGO[self.language].format(duration=self.duration(length)))

    def days(self, count: int) -> Phrase:
        """Write a number of days."""
        return self.digits(clocks.counted(count, "day", self.language))
