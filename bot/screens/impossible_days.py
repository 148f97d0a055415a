"""Why a day that somebody typed does not exist: its month is too short, or its year is no leap year."""

from bot.domain.readers import CalendarName
from bot.domain.typed_values import ImpossibleDate
from bot.i18n.speech import Speech, Value

Sentence = tuple[str, dict[str, Value]]
# Month and day that only leap years have.
_LEAP_DAYS: dict[CalendarName, tuple[int, int]] = {"persian": (12, 30), "gregorian": (2, 29)}


def impossible_day(
    say: Speech, *, calendar: CalendarName, year: int, month: int, day: int, days: int, is_brief: bool = False
) -> Sentence:
    """Give the sentence and its values; *days* is the length of that month, *is_brief* leaves leap years out."""
    _ = say.gettext
    leap_month = _LEAP_DAYS[calendar][0]
    if (month, day) == _LEAP_DAYS[calendar] and not is_brief:
        text = _("{date} does not exist: {year} is not a leap year, and {month} has {days} days.")
    elif month == leap_month:
        text = _("{date} does not exist: {month} of {year} has {days} days.")
    else:
        text = _("{date} does not exist: {month} has {days} days.")
    values: dict[str, Value] = {
        "date": say.named_day(year=year, month=month, day=day, calendar=calendar),
        "year": say.year(year),
        "month": say.month_name(month, calendar),
        "days": days,
    }
    return text, values


def impossible_date(say: Speech, refusal: ImpossibleDate) -> Sentence:
    """Refuse what was typed in chat: why there is no such day, and what to do."""
    why, values = impossible_day(
        say, calendar=refusal.calendar, year=refusal.year, month=refusal.month, day=refusal.day, days=refusal.days
    )
    lines = (why, say.gettext("Please choose or type another date."))
    return "\n".join(lines), values
