"""The grammar that catalogues cannot hold: months, weekdays, cities, units and small joining words."""

from bot.domain.readers import CalendarName, Language

# Oracle: ICU 72 for Persian; Tajik by the rules of the written language, months take the ezafe -и before a year.
MONTHS: dict[tuple[CalendarName, Language], tuple[str, ...]] = {
    ("gregorian", "fa"): (
        "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن",
        "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
    ),
    ("gregorian", "tg"): (
        "январ", "феврал", "март", "апрел", "май", "июн",
        "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
    ),
    ("gregorian", "en"): (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    ("persian", "fa"): (
        "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
        "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
    ),
    ("persian", "tg"): (
        "фарвардин", "урдибиҳишт", "хурдод", "тир", "мурдод", "шаҳривар",
        "меҳр", "обон", "озар", "дай", "баҳман", "исфанд",
    ),
    ("persian", "en"): (
        "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
        "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
    ),
}  # fmt: skip

# Index 0 is Monday, as date.weekday() counts.
WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "tg": ("душанбе", "сешанбе", "чоршанбе", "панҷшанбе", "ҷумъа", "шанбе", "якшанбе"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

# Heads of a calendar's columns, of which seven share the width of a phone: two letters at most.
SHORT_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fa": ("د", "س", "چ", "پ", "ج", "ش", "ی"),
    "tg": ("Дш", "Сш", "Чш", "Пш", "Ҷм", "Шб", "Яш"),
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
}
# The week begins as it does where the language is at home; English is at home nowhere here, so its calendar decides.
FIRST_WEEKDAY: dict[tuple[CalendarName, Language], int] = {
    ("persian", "fa"): 5,
    ("gregorian", "fa"): 5,
    ("persian", "tg"): 0,
    ("gregorian", "tg"): 0,
    ("persian", "en"): 5,
    ("gregorian", "en"): 0,
}

WEEKDAY_FIRST: dict[Language, str] = {"fa": "{weekday} {day}", "tg": "{weekday}, {day}", "en": "{weekday} {day}"}

LONG_DAY: dict[Language, str] = {
    "fa": "{day} {month} {year}",
    "tg": "{day} {month}и соли {year}",
    "en": "{day} {month} {year}",
}
# A day whose year is said by the other end of its span.
DAY_OF_MONTH: dict[Language, str] = {"fa": "{day} {month}", "tg": "{day} {month}", "en": "{day} {month}"}
MONTH_OF_YEAR: dict[Language, str] = {"fa": "{month} {year}", "tg": "{month}и соли {year}", "en": "{month} {year}"}
SPAN: dict[Language, str] = {"fa": "از {first} تا {last}", "tg": "аз {first} то {last}", "en": "{first} to {last}"}

SHORT_DAY: dict[tuple[CalendarName, Language], str] = {
    ("gregorian", "fa"): "{year}/{month:02}/{day:02}",
    ("gregorian", "tg"): "{day:02}.{month:02}.{year}",
    ("gregorian", "en"): "{day} {name:.3} {year}",
    ("persian", "fa"): "{year}/{month:02}/{day:02}",
    ("persian", "tg"): "{year}/{month:02}/{day:02}",
    ("persian", "en"): "{year}/{month:02}/{day:02}",
}

CLOCK: dict[Language, str] = {
    "fa": "ساعت {hour} به وقت {city}",
    "tg": "соати {hour} бо вақти {city}",
    "en": "{hour} {city}",
}
CLOCK_ALONE: dict[Language, str] = {"fa": "ساعت {hour}", "tg": "соати {hour}", "en": "{hour}"}
# Two clocks stand side by side, so the neighbour tells that دوشنبه is the city.
CLOCK_OF_CITY = "{hour} {city}"
MOMENT: dict[Language, str] = {"fa": "{day}، {clock}", "tg": "{day}, {clock}", "en": "{day}, {clock}"}

PERCENT: dict[Language, str] = {"fa": "{number} درصد", "tg": "{number} фоиз", "en": "{number}%"}
QUOTES: dict[Language, tuple[str, str]] = {"fa": ("«", "»"), "tg": ("«", "»"), "en": ("“", "”")}
ARROWS: dict[Language, str] = {"fa": "←", "tg": "→", "en": "→"}
BACK_ARROWS: dict[Language, str] = {"fa": "→", "tg": "←", "en": "←"}

LIST_COMMA: dict[Language, str] = {"fa": "، ", "tg": ", ", "en": ", "}
LIST_AND: dict[Language, str] = {"fa": " و ", "tg": " ва ", "en": " and "}

# Singular, then what follows any other number; Persian and Tajik leave the noun as it is.
UNITS: dict[Language, dict[str, tuple[str, str]]] = {
    "fa": {
        "day": ("روز", "روز"),
        "hour": ("ساعت", "ساعت"),
        "minute": ("دقیقه", "دقیقه"),
    },
    "tg": {
        "day": ("рӯз", "рӯз"),
        "hour": ("соат", "соат"),
        "minute": ("дақиқа", "дақиқа"),
    },
    "en": {
        "day": ("day", "days"),
        "hour": ("hour", "hours"),
        "minute": ("minute", "minutes"),
    },
}
UNDER_A_MINUTE: dict[Language, str] = {
    "fa": "کمتر از یک دقیقه",
    "tg": "камтар аз як дақиқа",
    "en": "less than a minute",
}
AGO: dict[Language, str] = {"fa": "{duration} پیش", "tg": "{duration} пеш", "en": "{duration} ago"}
