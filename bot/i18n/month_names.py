"""Every spelling of a month, a weekday or today that people type, folded."""

import re

from bot.domain.readers import CalendarName
from bot.i18n import tables
from bot.i18n.folding import fold

# Beside the names of tables.py and their Tajik ezafe; a line is a month. Russian genitives and short forms included.
_ALSO: dict[CalendarName, tuple[str, ...]] = {
    "gregorian": (
        "jan январь января янв ژانویه‌ی",
        "feb февраль февраля фев فوریه‌ی",
        "mar марта мар",
        "apr апрель апреля апр اپریل",
        "мая می",
        "jun июнь июня جون ژون",
        "jul июль июля جولای ژولای ژوییه",
        "aug августа авг آگوست اگست",
        "sep sept сентябрь сентября сен сент",
        "oct октябрь октября окт اکتوبر",
        "nov ноябрь ноября ноя нояб",
        "dec декабрь декабря дек",
    ),
    "persian": (
        "farvardeen фарвардина",
        "ordibehest урдибехишт ордибиҳишт ордибехешт",
        "xordad хордод хордад",
        "",
        "amordad امرداد амурдод мордад мордод",
        "shahrivar sharivar шаҳревар шахривар",
        "мехр",
        "aaban абан",
        "азар",
        "dei дей",
        "бахман",
        "espand эсфанд исфанд",
    ),
}


def _months() -> dict[str, tuple[CalendarName, int]]:
    known: dict[str, tuple[CalendarName, int]] = {}
    for (calendar, language), names in tables.MONTHS.items():
        for number, name in enumerate(names, start=1):
            spellings = [name, *_ALSO[calendar][number - 1].split()]
            if language == "tg":
                spellings.append(name + "и")
            for spelling in spellings:
                known[fold(spelling)] = (calendar, number)
    return known


MONTHS = _months()

# A line is a set of spellings from Monday to Sunday.
_OTHER_WEEKDAYS = (
    ("2شنبه", "سهشنبه|3شنبه", "چهار‌شنبه|4شنبه", "پنج‌شنبه|5شنبه", "جمعه", "شنبه", "یک‌شنبه|1شنبه"),
    ("mon", "tue|tues", "wed", "thu|thur|thurs", "fri", "sat", "sun"),
    ("душанбе", "сешанбе", "чаҳоршанбе", "панчшанбе", "ҷума|чумъа", "шанбе", "якшанбе"),
    ("понедельник", "вторник", "среда|среду", "четверг", "пятница|пятницу", "суббота|субботу", "воскресенье"),
)
# Folded name to its number; «۵شنبه» is a usual way to write Thursday.
WEEKDAYS = {
    fold(name): number
    for names in (*tables.WEEKDAYS.values(), *_OTHER_WEEKDAYS)
    for number, spellings in enumerate(names)
    for name in spellings.split("|")
}
WEEKDAY = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})(?!\w)")

_FILLERS = """
    соли сол с года год г моҳи рӯзи санаи ум уми юм юми мелодӣ шамсӣ ҳиҷрии ҳиҷрӣ ҳ ҳш ш м
    سال ماه روز م ه ق ش میلادی شمسی هجری خورشیدی of the on st nd rd th
"""
FILLERS = {fold(word) for word in _FILLERS.split()}

_FROM_TODAY = (("today", "امروز", "имрӯз", "сегодня"), ("tomorrow", "فردا", "фардо", "завтра"), ("پس‌فردا", "пасфардо"))
DAYS_FROM_TODAY = {fold(word): days for days, words in enumerate(_FROM_TODAY) for word in words}
