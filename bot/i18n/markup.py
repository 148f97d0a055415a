"""Sentences with values put in: escaped, isolated, and safe whatever a person has typed."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from html import escape, unescape
from string import Formatter
from typing import NamedTuple

from bot.domain.readers import Digits, Language
from bot.i18n import bidi, digits

_TAG = re.compile(r"<[^<>]*>")
_OPEN_CODE = re.compile(r"<(/?)(?:code|pre)\b")
# Digits of one number: they keep their order in either direction.
_ONE_NUMBER = re.compile(f"[0-9{digits.PERSIAN}{digits.ARABIC_INDIC}]*")
# What our formatters write without a letter: numbers, hours, short days, bars. A bar takes its line's direction.
_OWN_NEUTRAL = re.compile(f"[0-9{digits.PERSIAN}٬٫.,/:%\N{NO-BREAK SPACE}█░]*")


class Html(str):
    """Text that is HTML of the messenger already: escaped, and isolated where it holds what a person wrote."""

    __slots__ = ()


class Phrase(str):
    """Plain text of our own making, such as a day or a list of names; its isolates are ours and stay."""

    __slots__ = ()


Value = str | int | float | Decimal


class _Piece(NamedTuple):
    literal: str
    field: str | None
    is_code: bool
    is_attribute: bool


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[_Piece, ...]:
    """Cut a template at its fields and tell where each stands; ``.format``'s own conversions are refused."""
    pieces: list[_Piece] = []
    before = ""
    code_depth = 0
    for literal, field, spec, conversion in Formatter().parse(template):
        before += literal
        for slash in _OPEN_CODE.findall(literal):
            code_depth += -1 if slash else 1
        if field is not None and (spec or conversion or not field.isidentifier()):
            raise ValueError(f"a field of a sentence is a plain name: {template!r}")
        pieces.append(_Piece(literal, field, code_depth > 0, before.rfind("<") > before.rfind(">")))
    return tuple(pieces)


def filled_html(template: str, values: Mapping[str, Value], *, language: Language, digit_set: Digits) -> Html:
    """Fill *template*, which is HTML of our own, with values of anybody's."""
    parts: list[str] = []
    for literal, field, is_code, is_attribute in _pieces(template):
        parts.append(literal)
        if field is None:
            continue
        value = values[field]
        if is_attribute:
            parts.append(escape(bidi.without_controls(str(value)), quote=True))
        elif isinstance(value, Html):
            parts.append(value if is_code or not _TAG.sub("", value) else bidi.isolated_own(value, language))
        else:
            text = plain(value, language=language, digit_set=digit_set, isolate=not is_code)
            parts.append(escape(text, quote=False))
    return Html("".join(parts))


def filled_text(template: str, values: Mapping[str, Value], *, language: Language, digit_set: Digits) -> str:
    """Fill *template*, which is plain text, with values of anybody's."""
    parts: list[str] = []
    for literal, field, _, _ in _pieces(template):
        parts.append(literal)
        if field is not None:
            parts.append(plain(values[field], language=language, digit_set=digit_set, isolate=True))
    return "".join(parts)


def plain(value: Value, *, language: Language, digit_set: Digits, isolate: bool) -> str:
    """Give *value* as plain text with the reader's digits; the text of a person loses its own bidi controls."""
    if isinstance(value, Phrase):
        text = str(value)
        if not isolate:
            return bidi.without_controls(text)
        return text if _OWN_NEUTRAL.fullmatch(text) else bidi.isolated_own(text, language)
    if isinstance(value, Html):
        text = unescape(_TAG.sub("", value))
        return bidi.isolated_own(text, language) if isolate and text else text
    if isinstance(value, str):
        text = bidi.without_controls(value)
    elif isinstance(value, int):
        text = digits.in_digits(str(value).replace("-", digits.MINUS), digit_set)
    else:
        text = digits.written(value, language=language, digits=digit_set)
    if not isolate or not text or _ONE_NUMBER.fullmatch(text):
        return text
    return bidi.isolated(text)
