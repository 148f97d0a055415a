"""What people type: kept, corrected, folded, and found across scripts."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.readers import Language
from bot.i18n.folding import correct_title, fold, keep, skeleton

PERSIAN_WORDS = st.lists(
    st.text(alphabet="آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئ", min_size=1, max_size=8), min_size=1, max_size=5
)
TAJIK_WORDS = st.lists(
    st.text(alphabet="абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюяАҒҚӮҲҶӢ", min_size=1, max_size=8), min_size=1, max_size=5
)
ARABIC_KEYBOARD = str.maketrans("یک", "يك")
SOVIET_FONT = str.maketrans("ӣқӯҳҷғӢҚӮҲҶҒ", "їќўњљѓЇЌЎЊЉЃ")
RUSSIAN_KEYBOARD = str.maketrans("ӣқӯҳҷғӢҚӮҲҶҒ", "икухчгИКУХЧГ")
PERSIAN_DIGITS, ARABIC_DIGITS = (str.maketrans("0123456789", digits) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"))
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e"
CONTROLS = f"{OVERRIDES}\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
# What people and their keyboards mix: both scripts, look-alikes, marks, joiners, controls, digits of three sets.
MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(f"یيىکكهة\u0640\u064e\u200cآاабҳњһқќїӣіәA1۱١ .\n\t\u0304\x00{CONTROLS}"), st.characters()
    )
)


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("كارخانه‌هاي سيمان", "کارخانه‌های سیمان"),
        ("كيوان فرهمندي", "کیوان فرهمندی"),
        ("Рўйхати таљњизоти\nпармакунї", "Рӯйхати таҷҳизоти пармакунӣ"),
        ("Стандарти рўйпўш: љавоби вазорат њанўз нест", "Стандарти рӯйпӯш: ҷавоби вазорат ҳанӯз нест"),
        ("Рұйхат тасдиқ шуд, рақамикунонӣ оғоз", "Рӯйхат тасдиқ шуд, рақамикунонӣ оғоз"),
        ("ЎЗБЕК Ќ Ї Њ Љ Ѓ", "ӮЗБЕК Қ Ӣ Ҳ Ҷ Ғ"),
        ("и\u0304 у\u0304", "ӣ ӯ"),
        ("\u200fتحویل گزارش \u202bمعدن پنجم\u202c", "تحویل گزارش معدن پنجم"),
        ("Kiln seals \u202efdp.lanif\u202c", "Kiln seals fdp.lanif"),
        ("بازدید  از\tمعدن ", "بازدید از معدن"),
        ("a\x00b", "ab"),
    ],
)
def test_a_title_gets_its_letters_corrected(typed: str, corrected: str) -> None:
    assert correct_title(typed) == corrected


@pytest.mark.parametrize(("text", "language"), [("Қазақстан әдіс ұн", None), ("ұн", "en")])
def test_a_kazakh_title_is_left_alone(text: str, language: Language | None) -> None:
    assert correct_title(text, language) == text


def test_a_note_is_kept_as_typed() -> None:
    assert keep("نسخه نهايی\u202e\x00\r\n\u200eA\u200e ") == "نسخه نهايی\n\u200eA\u200e"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كارخانه‌هاي سيمان", "کارخانه های سیمان"),
        ("Нархи иҷора муҳокима", "Нархи ичора мухокима"),
        ("љавоби вазорат њанўз", "ҷавоби вазорат ҳанӯз"),
        ("Рұйхат", "рӯйхат"),
        ("مُحَمَّد", "محمد"),
        ("ســرب", "سرب"),
        ("رؤسا", "روسا"),
        ("M-۱۲", "m-12"),
        ("M-١٢", "m-12"),
        ("  Steel  PLANT ", "steel plant"),
        ("ﻛﺎﺭ", "کار"),
        ("корӣ", "кори"),
    ],
)
def test_search_makes_no_difference_between(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("кон", "кони"), ("معدن", "معادن"), ("май", "маи")])
def test_search_keeps_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(text=st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.text())
def test_correcting_twice_changes_nothing_more(text: str) -> None:
    assert correct_title(correct_title(text)) == correct_title(text)


@pytest.mark.parametrize(
    ("persian", "other"),
    [
        ("معدن", "маъдан"), ("مس", "мис"), ("نقشه", "нақша"), ("آموزش مهندسان", "омӯзиши муҳандисон"),
        ("دولت", "давлат"), ("راه", "роҳ"), ("تجهیزات", "таҷҳизот"), ("طلا", "тилло"), ("نامه‌ها", "номаҳо"),
        ("شهسوارزاده", "Шаҳсуворзода"), ("شهسوارزاده", "Shahsavarzadeh"), ("رامین", "Ramin"), ("مسئول", "масъул"),
        ("قطعه", "қитъа"), ("سُرب", "сурб"), ("زغال‌سنگ", "zoghalsang"), ("كوره ۱۲", "кӯра 12"),
        ("معدن", "маъдани"), ("غنی", "ғанӣ"),
    ],
)  # fmt: skip
def test_a_word_is_found_in_another_script(persian: str, other: str) -> None:
    assert skeleton(persian) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("معدن", "кон"), ("سیمان", "пӯлод"), ("12", "13")])
def test_other_words_are_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(text=MIXED)
def test_a_note_differs_from_what_was_typed_only_in_what_cannot_be_kept(text: str) -> None:
    kept = keep(text)

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    left = "".join(sign for sign in lines if sign not in OVERRIDES and not _is_unstorable(sign))
    assert kept == unicodedata.normalize("NFC", left).strip()
    assert keep(kept) == kept


def _is_unstorable(sign: str) -> bool:
    is_control = unicodedata.category(sign) == "Cc" and sign not in "\n\t" and ord(sign) < 0x80
    return is_control or unicodedata.category(sign) == "Cs" or sign in "\ufffe\uffff"


@given(text=MIXED)
def test_a_title_is_one_line_that_turns_nothing(text: str) -> None:
    title = correct_title(text)

    assert not set(title) & set(CONTROLS)
    assert re.sub(r"\s+", " ", title).strip() == title
    assert unicodedata.is_normalized("NFC", title)


@given(text=MIXED)
def test_a_title_and_what_was_typed_for_it_are_found_by_the_same_words(text: str) -> None:
    assert fold(correct_title(text, "tg")) == fold(text)


@given(words=PERSIAN_WORDS)
def test_persian_from_an_arabic_keyboard_is_the_same_text(words: list[str]) -> None:
    text = " ".join(words)
    typed = text.translate(ARABIC_KEYBOARD)

    assert correct_title(typed) == text
    assert keep(typed) == typed
    assert (fold(typed), skeleton(typed)) == (fold(text), skeleton(text))


@given(words=PERSIAN_WORDS)
def test_a_space_is_as_good_as_a_joiner_and_vowel_signs_do_not_count(words: list[str]) -> None:
    joined = "\u200c".join(words)

    assert fold(joined) == fold(" ".join(words))
    assert fold("\u064e".join(joined) + "\u0640") == fold(joined)


@given(words=TAJIK_WORDS)
def test_tajik_in_a_soviet_font_is_the_same_text(words: list[str]) -> None:
    text = " ".join(words)
    typed = text.translate(SOVIET_FONT)

    assert correct_title(typed) == text
    assert keep(typed) == typed
    assert (fold(typed), skeleton(typed)) == (fold(text), skeleton(text))


@given(words=TAJIK_WORDS)
def test_tajik_from_a_russian_keyboard_is_found(words: list[str]) -> None:
    text = " ".join(words)

    assert fold(text.translate(RUSSIAN_KEYBOARD)) == fold(text)
    assert fold(text.upper()) == fold(text)


@given(words=TAJIK_WORDS)
def test_a_macron_of_its_own_is_joined_to_its_letter(words: list[str]) -> None:
    text = " ".join(words)
    apart = unicodedata.normalize("NFD", text)

    assert correct_title(apart) == text
    assert keep(apart) == text


@given(number=st.integers(min_value=0), text=st.sampled_from(["M-{}", "{} тонна", "{} تن"]))
def test_digits_of_three_sets_are_one_number(number: int, text: str) -> None:
    written = text.format(number)

    assert fold(written.translate(PERSIAN_DIGITS)) == fold(written.translate(ARABIC_DIGITS)) == fold(written)


def test_a_letter_and_its_accent_are_one_also_across_a_mark_of_direction() -> None:
    assert correct_title("ма\u0456\u200f\u0308дан") == "маӣдан"


@pytest.mark.parametrize("unseen", ["\u200b", " \u2800 ", "\ufeff\u2060", "\u200f\u2067\u2069", "\u3164", "\ufe0f"])
def test_of_what_nobody_can_see_nothing_is_kept(unseen: str) -> None:
    assert keep(unseen) == ""
    assert correct_title(unseen) == ""
    assert keep(f"a{unseen}b") != ""
