"""Digits of three sets, and numbers with the separators of their set and language."""

from decimal import Decimal

from bot.domain.readers import Digits, Language

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
LATIN = "0123456789"
MINUS = "\N{MINUS SIGN}"

_TO_LATIN = str.maketrans(PERSIAN + ARABIC_INDIC, LATIN * 2)
_TO_PERSIAN = str.maketrans(LATIN + ARABIC_INDIC, PERSIAN * 2)

# Thousands, decimals. Babel would write the Persian separators beside Latin digits.
_PERSIAN_SEPARATORS = ("\N{ARABIC THOUSANDS SEPARATOR}", "\N{ARABIC DECIMAL SEPARATOR}")
_TAJIK_SEPARATORS = ("\N{NO-BREAK SPACE}", ",")


def normalise(text: str) -> str:
    """Turn Persian and Arabic-Indic digits into ASCII; int() would take them silently and ids would differ."""
    return text.translate(_TO_LATIN)


def in_digits(text: str, digits: Digits) -> str:
    """Write every digit of *text* in the set *digits*."""
    return text.translate(_TO_PERSIAN if digits == "persian" else _TO_LATIN)


def written(number: float | Decimal, *, language: Language, digits: Digits) -> str:
    """Write *number* with separators, a real minus and the digits of the reader."""
    plain = f"{abs(number):,}" if isinstance(number, int) else f"{abs(Decimal(str(number))):,f}"
    if digits == "persian":
        thousands, decimals = _PERSIAN_SEPARATORS
    elif language == "tg":
        thousands, decimals = _TAJIK_SEPARATORS
    else:
        thousands, decimals = ",", "."
    text = plain.translate({ord(","): thousands, ord("."): decimals})
    return in_digits((MINUS if number < 0 else "") + text, digits)
