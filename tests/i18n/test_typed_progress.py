"""Progress as people type it, in three languages and three sets of digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.typed import read_number_code, read_percent, read_quick_progress, read_state


@pytest.mark.parametrize(
    "typed",
    ["60%", "۶۰٪", "60", "۶۰", "٦٠٪", "60 фоиз", "60 дарсад", "۶۰ درصد", "60درصد", "%60", "٪۶۰", "60 %", "60 percent"],
)
def test_sixty_percent_is_read_in_every_form(typed: str) -> None:
    assert read_percent(typed) == 60


@pytest.mark.parametrize(("typed", "percent"), [("130", 130), ("۱۲۰٪", 120), ("-5%", -5)])
def test_a_percent_out_of_range_is_read_so_that_it_can_be_refused(typed: str, percent: int) -> None:
    assert read_percent(typed) == percent


@pytest.mark.parametrize("typed", ["", "M-12", "60.5%", "1/2", "60%%", "sixty", "=0.25+0.5", "2026-10-31", "10:30"])
def test_other_texts_are_no_percent(typed: str) -> None:
    assert read_percent(typed) is None


@pytest.mark.parametrize(
    "typed", ["M-12", "m-12", "М-12", "м12", "M 12", "M–12", "M−12", "م-۱۲", "\u2068M-12\u2069", "M-۱۲", "M_12"]
)
def test_a_milestones_code_is_read_from_any_keyboard(typed: str) -> None:
    assert read_number_code(typed) == ("M", 12)


@pytest.mark.parametrize("typed", ["O-7", "о-7", "О-۷"])
def test_an_obstacles_code_is_read_from_any_keyboard(typed: str) -> None:
    assert read_number_code(typed) == ("O", 7)


@pytest.mark.parametrize("typed", ["12", "M-", "M-12/3", "MM-12", "M-12 60%", "M-1234567", ""])
def test_other_texts_are_no_code(typed: str) -> None:
    assert read_number_code(typed) is None


@pytest.mark.parametrize(
    ("state", "typed"),
    [
        ("not started", ["not started", "آغازنشده", "آغاز نشده", "оғознашуда", "Огознашуда"]),
        ("on track", ["On track", "طبق برنامه", "мувофиқи нақша", "мувофики накша", "طبق برنامه است."]),
        ("at risk", ["at risk", "در معرض خطر", "зери хатар"]),
        ("off track", ["off track", "خارج از برنامه", "عقب‌تر از برنامه", "берун аз нақша"]),
        (
            "done",
            [
                "done",
                "Done.",
                "انجام شد",
                "انجام‌شده",
                "انجام‌شد",
                "иҷро шуд",
                "Ичро шуд",
                "иҷрошуда",
                "«انجام شد»",
                "DONE!",
            ],
        ),
        ("dropped", ["dropped", "کنارگذاشته‌شده", "کنار گذاشته شد", "аз нақша хориҷшуда"]),
    ],
)
def test_a_state_is_read_in_three_languages(state: str, typed: list[str]) -> None:
    assert {read_state(text) for text in typed} == {state}


@pytest.mark.parametrize("typed", ["", "almost done", "not done", "انجام نشد", "иҷро нашуд", "60%"])
def test_other_texts_are_no_state(typed: str) -> None:
    assert read_state(typed) is None


@pytest.mark.parametrize(
    ("typed", "number", "percent", "state", "note"),
    [
        ("M-12 60% text", 12, 60, None, "text"),
        ("M-12 60 second furnace commissioned", 12, 60, None, "second furnace commissioned"),
        (
            "M-41 25 фоиз Гурӯҳи хурди корӣ: аз ҳар ҷониб 3 нафар",
            41,
            25,
            None,
            "Гурӯҳи хурди корӣ: аз ҳар ҷониб 3 нафар",
        ),
        ("M-16 ۵۰٪ هر سه محل بررسی شد؛ گزینه ۲", 16, 50, None, "هر سه محل بررسی شد؛ گزینه ۲"),
        ("М-18 ۷۵٪ ۷۶۰ تن. نبشی و ناودانی كم داریم", 18, 75, None, "۷۶۰ تن. نبشی و ناودانی كم داریم"),
        ("M-18 50 ٥٢٠ تن رسید", 18, 50, None, "٥٢٠ تن رسید"),
        ("60% text", None, 60, None, "text"),
        ("۱۰٪ برنامه سفر", None, 10, None, "برنامه سفر"),
        ("55 фоиз Корхонаи 3 ва 4 хам дида шуд", None, 55, None, "Корхонаи 3 ва 4 хам дида шуд"),
        ("60", None, 60, None, ""),
        ("done text", None, None, "done", "text"),
        ("Иҷро шуд: 24 дору, имзои ду ҷониб", None, None, "done", "24 дору, имзои ду ҷониб"),
        ("انجام شد. هر سه معدن", None, None, "done", "هر سه معدن"),
        ("M-12 done", 12, None, "done", ""),
        ("M-12 at risk 40% no crane", 12, 40, "at risk", "no crane"),
        ("M-12 40% at risk — no crane", 12, 40, "at risk", "no crane"),
        ("M-12", 12, None, None, ""),
        ("M-12 5.5 tonnes", 12, None, None, "5.5 tonnes"),
        ("M-12 60% -5% energy", 12, 60, None, "-5% energy"),
        ("5 of 9 drafted", None, None, None, "5 of 9 drafted"),
        ("Complete list sent", None, None, None, "Complete list sent"),
        ("Plant 5 done, plant 6 next week", None, None, None, "Plant 5 done, plant 6 next week"),
        ("O-7 60%", None, None, None, "O-7 60%"),
    ],
)
def test_a_quick_line_is_taken_apart(
    typed: str, number: int | None, percent: int | None, state: str | None, note: str
) -> None:
    assert read_quick_progress(typed) == (number, percent, state, note)


def test_a_note_keeps_its_own_marks_of_direction() -> None:
    found = read_quick_progress("\u200fM-12 ۶۰٪ گزارش \u200eA-4\u200e رسید")

    assert found.note == "گزارش \u200eA-4\u200e رسید"


@given(note=st.text(), percent=st.integers(0, 100))
def test_a_percent_is_found_before_any_note(note: str, percent: int) -> None:
    found = read_quick_progress(f"M-12 {percent}% {note}")

    assert (found.number, found.percent) == (12, percent)


@given(text=st.text())
def test_any_text_can_be_asked(text: str) -> None:
    read_quick_progress(text)
    read_number_code(text)
    read_state(text)
    read_percent(text)
