"""What people type: kept, corrected, folded, and found across scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.readers import Language
from bot.i18n.folding import correct_title, fold, keep, skeleton


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
