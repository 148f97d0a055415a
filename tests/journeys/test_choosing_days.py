"""A day is chosen from a calendar in the reader's own months, with the working days of both parties in it."""

from datetime import timedelta

from tests.people import Stage, Visitor, bare


def keyboard(visitor: Visitor) -> list[list[str]]:
    return [[bare(button["text"]) for button in row] for row in visitor.sees.message.buttons]


def bot_messages(visitor: Visitor) -> int:
    return sum(message.sender.id == visitor.stage.bot_id for message in visitor.messages())


async def open_calendar(visitor: Visitor) -> None:
    await visitor.says("/newmilestone Sign the water protocol")
    await visitor.taps("Due date")
    await visitor.taps("Calendar")


async def test_an_english_reader_sees_the_month_from_monday_on(keyvan: Visitor) -> None:
    await open_calendar(keyvan)

    assert "December 2026 (10 Azar to 10 Dey 1405)" in keyvan.sees.lines
    assert keyboard(keyvan)[:3] == [
        ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        ["–", "1*", "2*", "3", "4", "5", "6"],
        ["7*", "8*", "9*", "10", "11", "12", "13"],
    ]
    assert keyboard(keyvan)[-3:] == [["← November", "January →"], ["2027 →"], ["Back", "Cancel"]]


async def test_a_persian_reader_sees_the_month_from_saturday_on_and_from_the_right(ramin: Visitor) -> None:
    await ramin.says("/newmilestone توافق‌نامه آب")
    await ramin.taps("مهلت انجام")
    await ramin.taps("تقویم")

    assert "دی ۱۴۰۵ (از ۲۲ دسامبر ۲۰۲۶ تا ۲۰ ژانویه ۲۰۲۷)" in ramin.sees.lines
    assert keyboard(ramin)[:3] == [
        ["ج", "پ", "چ", "س", "د", "ی", "ش"],
        ["۴", "۳", "۲", "۱*", "–", "–", "–"],
        # The tenth of Dey is a Thursday, the eleventh New Year's Day and a Friday: nobody works.
        ["۱۱×", "۱۰", "۹*", "۸*", "۷*", "۶", "۵"],
    ]
    assert keyboard(ramin)[-3:] == [["بهمن ←", "→ آذر"], ["۱۴۰۶ ←"], ["انصراف", "بازگشت"]]


async def test_a_tajik_reader_chooses_the_day_by_which_help_is_needed(dilshod: Visitor) -> None:
    await dilshod.says("/newobstacle Харитаҳо нестанд")
    await dilshod.taps("Зарур то")
    await dilshod.taps("Тақвим")
    first_row = keyboard(dilshod)[0]
    await dilshod.taps("декабр")
    await dilshod.taps("15*")

    assert first_row == ["Дш", "Сш", "Чш", "Пш", "Ҷм", "Шб", "Яш"]
    assert "Зарур то: сешанбе, 15 декабри соли 2026 (24 озари соли 1405)" in dilshod.sees.lines
    assert "Харитаҳо нестанд" in dilshod.sees.text


async def test_the_calendar_is_paged_in_place_and_never_into_the_past(keyvan: Visitor) -> None:
    await open_calendar(keyvan)
    before = bot_messages(keyvan)
    await keyvan.taps("November")
    november = keyboard(keyvan)
    await keyvan.taps("2027")
    next_year = keyvan.sees.lines

    assert bot_messages(keyvan) == before
    assert november[1:3] == [["23*", "24*", "25*", "26", "27", "28", "29"], ["30*", "–", "–", "–", "–", "–", "–"]]
    assert november[3] == ["December →"]
    assert any(line.startswith("November 2027") for line in next_year)


async def test_back_leads_to_the_question_and_to_the_form_with_what_was_typed(keyvan: Visitor) -> None:
    await open_calendar(keyvan)
    await keyvan.taps("Back")
    question, offered = keyvan.sees.lines, keyvan.sees.buttons
    await keyvan.taps("Back")

    assert "You may also type the date, for example 23 Nov 2026." in question
    assert "Calendar" in offered
    assert "New milestone: Sign the water protocol" in keyvan.sees.lines
    assert "Save" in keyvan.sees.buttons


async def test_a_day_can_be_typed_while_the_calendar_is_open(keyvan: Visitor) -> None:
    await open_calendar(keyvan)
    await keyvan.says("Friday")

    assert any("Due: Friday 27 November 2026" in bare(message.text) for message in keyvan.messages())


async def test_an_unclear_day_shows_its_readings_and_back_asks_again(keyvan: Visitor) -> None:
    await open_calendar(keyvan)
    await keyvan.says("05/06/2027")
    readings = keyvan.sees.buttons
    await keyvan.taps("Back")

    assert readings[:2] == ["Thursday 6 May 2027 (16 Ordibehesht 1406)", "Saturday 5 June 2027 (15 Khordad 1406)"]
    assert "Calendar" in keyvan.sees.buttons


async def test_what_is_no_day_says_what_it_is(keyvan: Visitor) -> None:
    await open_calendar(keyvan)
    await keyvan.taps("–")
    nothing = keyvan.toast
    await keyvan.taps("We")

    assert nothing == "Please choose one of the numbered days."
    assert keyvan.toast == "Wednesday"


async def test_a_calendar_left_open_refuses_a_day_that_has_passed_meanwhile(stage: Stage, keyvan: Visitor) -> None:
    await open_calendar(keyvan)
    await stage.pass_time(timedelta(days=12))
    await keyvan.taps("1*")

    assert "has already passed" in keyvan.toast


async def test_the_open_calendar_changes_with_the_language(keyvan: Visitor) -> None:
    await open_calendar(keyvan)
    await keyvan.says("/language")
    await keyvan.taps("Тоҷикӣ")

    [form] = [message for message in keyvan.messages() if "\nДекабри соли 2026" in bare(message.text)]
    assert [bare(button["text"]) for button in form.buttons[0]] == ["Дш", "Сш", "Чш", "Пш", "Ҷм", "Шб", "Яш"]


async def test_a_day_that_does_not_exist_says_why(keyvan: Visitor) -> None:
    await open_calendar(keyvan)
    said = []
    for typed in ("30 Esfand 1406", "31 Mehr 1406", "30.02.2027", "29.02.2027", "31 Nov 2026"):
        await keyvan.says(typed)
        said.append(keyvan.sees.lines)

    assert [lines[0] for lines in said] == [
        "30 Esfand 1406 does not exist: 1406 is not a leap year, and Esfand has 29 days.",
        "31 Mehr 1406 does not exist: Mehr has 30 days.",
        "30 February 2027 does not exist: February of 2027 has 28 days.",
        "29 February 2027 does not exist: 2027 is not a leap year, and February has 28 days.",
        "31 November 2026 does not exist: November has 30 days.",
    ]
    assert {lines[1] for lines in said} == {"Please choose or type another date."}


async def test_a_day_off_is_chosen_from_the_calendar_too(zebo: Visitor) -> None:
    await zebo.says("/holidays")
    await zebo.taps("Ислоҳ кардани рӯз")
    await zebo.taps("Тақвим")
    november = keyboard(zebo)
    await zebo.taps("26")

    # What has passed can be corrected for a while.
    assert november[1][-1] == "1"
    assert "панҷшанбе, 26 ноябри соли 2026 (5 озари соли 1405)" in zebo.sees.lines
