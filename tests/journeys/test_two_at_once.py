"""Two people change the same milestone at once in their chats: the second is shown what happened and decides."""

from datetime import timedelta

from tests.journeys.test_editing import milestone, opens_form
from tests.people import Stage, Visitor, bare, buttons_of


async def makes_joint(keyvan: Visitor) -> None:
    await opens_form(keyvan)
    await keyvan.taps("Responsible party")
    await keyvan.taps("Joint")


async def writes_result(stage: Stage, dilshod: Visitor) -> None:
    await stage.pass_time(timedelta(minutes=34))
    await opens_form(dilshod)
    await dilshod.taps("Натиҷаи ченшаванда")
    await dilshod.says("Ду имзо")
    await dilshod.taps("Нигоҳ доштан")


async def test_the_second_reads_who_was_first_and_applies_theirs_with_one_button(
    stage: Stage, keyvan: Visitor, dilshod: Visitor
) -> None:
    await makes_joint(keyvan)
    await writes_result(stage, dilshod)
    await keyvan.taps("Save")

    assert keyvan.sees.lines == [
        "M-3 Concept design for the first pilot mine",
        "Dilshod Ghayurov has changed it meanwhile (10:04 Tehran):",
        "Measurable result: “طرح مفهومی با برآورد هزینه، تأییدشده در کارگروه” → “Ду имзо”",
        "Nothing of yours was saved yet, and all that you typed is kept.",
    ]
    assert keyvan.sees.buttons == ["Apply mine on top", "Milestone card", "Back", "Cancel"]
    assert milestone(stage).responsible_party_id is not None
    await keyvan.taps("Apply mine on top")
    assert keyvan.sees.lines[0] == "Saved."
    assert (milestone(stage).responsible_party_id, milestone(stage).measurable_result) == (None, "Ду имзо")


async def test_who_goes_back_finds_their_own_over_what_is_new(stage: Stage, keyvan: Visitor, dilshod: Visitor) -> None:
    await makes_joint(keyvan)
    await writes_result(stage, dilshod)
    await keyvan.taps("Save")
    await keyvan.taps("Back")

    assert "Responsible party: Iran → joint" in keyvan.sees.lines
    assert "Measurable result: “Ду имзо”" in keyvan.sees.lines
    await keyvan.taps("Save")
    assert keyvan.sees.lines[0] == "Saved."


async def test_a_second_tap_on_save_does_not_pass_over_what_was_shown(
    stage: Stage, keyvan: Visitor, dilshod: Visitor
) -> None:
    await makes_joint(keyvan)
    await writes_result(stage, dilshod)
    form = next(message for message in keyvan.messages() if any(bare(b["text"]) == "Save" for b in buttons_of(message)))
    save = next(button for button in buttons_of(form) if bare(button["text"]) == "Save")
    for _ in range(2):
        stage.world.press(keyvan.user_id, keyvan.chat, form.id, save["callback_data"])
    await stage.settled()

    assert "Apply mine on top" in keyvan.sees.buttons
    assert milestone(stage).responsible_party_id is not None


async def test_a_form_of_progress_obeys_the_same_in_persian(stage: Stage, ramin: Visitor, dilshod: Visitor) -> None:
    await ramin.says("/progress M-3")
    await ramin.taps("۷۵")
    await ramin.says("نسخه دوم آماده شد")
    await stage.pass_time(timedelta(minutes=34))
    await dilshod.says("M-3 70% харитаҳо омаданд")
    await ramin.taps("ذخیره")

    assert ramin.sees.lines == [
        "M-3 طرح مفهومی بازسازی معدن آزمایشی اول",
        "در این فاصله دلشاد غیوروف آن را تغییر داده است (ساعت ۱۰:۰۴ به وقت تهران):",
        "۶۵ درصد ← ۷۰ درصد",
        "هنوز چیزی از تغییرات شما ذخیره نشده است و همه آنچه نوشته‌اید محفوظ است.",
    ]
    assert milestone(stage).percent == 70
    await ramin.taps("اعمال تغییرات من")
    assert "۷۰ درصد ← ۷۵ درصد ███████░░░" in ramin.sees.lines
    assert "«نسخه دوم آماده شد»" in ramin.sees.lines
    assert milestone(stage).percent == 75


async def test_a_typed_line_applies_as_it_stands(stage: Stage, keyvan: Visitor, dilshod: Visitor) -> None:
    await keyvan.says("M-3")
    await writes_result(stage, dilshod)
    await keyvan.says("M-3 70% second version")

    assert keyvan.sees.lines[0] == "Saved."
    assert (milestone(stage).percent, milestone(stage).measurable_result) == (70, "Ду имзо")


async def test_the_conflict_is_read_in_tajik(stage: Stage, keyvan: Visitor, dilshod: Visitor) -> None:
    await opens_form(dilshod)
    await dilshod.taps("Натиҷаи ченшаванда")
    await dilshod.says("Ду имзо")
    await makes_joint(keyvan)
    await keyvan.taps("Save")
    await dilshod.taps("Нигоҳ доштан")

    assert dilshod.sees.lines[1].startswith("Дар ин миён Кайвон Фараҳмандӣ онро тағйир дод (соати 11:00")
    assert dilshod.sees.lines[2:] == [
        "Ҷониби масъул: Эрон → муштарак",
        "Ҳанӯз чизе аз тағйироти Шумо нигоҳ дошта нашудааст, вале ҳамаи навиштаҳоятон маҳфузанд.",
    ]
    await dilshod.taps("Тағйироти маро татбиқ кардан")
    assert (milestone(stage).responsible_party_id, milestone(stage).measurable_result) == (None, "Ду имзо")


async def test_another_language_shows_the_form_which_warns_again(
    stage: Stage, keyvan: Visitor, dilshod: Visitor
) -> None:
    await makes_joint(keyvan)
    await writes_result(stage, dilshod)
    await keyvan.taps("Save")
    await keyvan.says("/language")
    await keyvan.taps("فارسی")
    await keyvan.taps("ذخیره")

    assert milestone(stage).responsible_party_id is not None
    assert any(
        "اعمال تغییرات من" in bare(button["text"]) for message in keyvan.messages() for button in buttons_of(message)
    )
