"""A newcomer is asked once for their name in both scripts; what is proposed is kept only when they confirm it."""

import pytest
from sqlalchemy import Connection, select

from bot.domain.members import Names, Role
from bot.services import invitations
from db.models.work import ChangeRow
from tests.handlers.conftest import invitation, unit
from tests.people import Stage, Visitor

PROPOSED = "(proposed automatically; may contain mistakes)"


async def newcomer(
    stage: Stage, name: str, *, language: str = "English", role: Role = Role.MEMBER, party: str = "TJ"
) -> Visitor:
    """Let somebody in whom the messenger calls *name*."""
    stage.world.add_person(9100, name, language_code="en")
    visitor = stage.visitor(9100)
    await visitor.opens(invitation(stage, role=role, party=party))
    await visitor.taps(language)
    return visitor


def names_of(stage: Stage, visitor: Visitor) -> Names:
    def look(connection: Connection) -> Names:
        person = unit(stage, connection).members.person(visitor.user_id)
        assert person is not None
        return person.names

    return stage.house.database.once(look)


async def test_the_other_script_is_proposed_and_said_to_be_a_proposal(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар Раҳимзода")

    assert anvar.sees.lines == [
        "Your name",
        "In Latin script: not known yet",
        f"In Persian script: انور رحیم‌زاده {PROPOSED}",
        "In Tajik script: Анвар Раҳимзода",
        "",
        "Colleagues see your name in their own script where it is known.",
        "The proposed spelling is kept only if you confirm it.",
    ]


async def test_the_welcome_stands_above_the_question(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар Раҳимзода", language="Тоҷикӣ")

    [welcome, question] = [message.text for message in anvar.messages()[-2:]]
    assert "Гурӯҳи кории маъдан" in welcome
    assert "Ному насаби Шумо" in question


async def test_nothing_is_kept_before_it_is_confirmed(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар Раҳимзода")

    assert names_of(stage, anvar) == Names(tg="Анвар Раҳимзода")


async def test_one_button_confirms(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар Раҳимзода")
    await anvar.taps("Confirm")

    assert anvar.sees.lines[0] == "Saved. Thank you."
    assert names_of(stage, anvar) == Names(fa="انور رحیم‌زاده", tg="Анвар Раҳимзода")


async def test_each_reader_then_sees_the_name_in_their_own_script(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар Раҳимзода", language="Тоҷикӣ")
    await anvar.taps("Тасдиқ кардан")
    await anvar.says("/start")
    in_tajik = anvar.sees.text
    await anvar.says("/language")
    await anvar.taps("فارسی")
    await anvar.says("/start")

    assert "Анвар Раҳимзода" in in_tajik
    assert "انور رحیم‌زاده" in anvar.sees.text


async def test_a_spelling_is_edited_by_typing_it(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар Раҳимзода")
    await anvar.taps("Edit in Persian script")
    question = anvar.sees.text
    await anvar.says("انور رحيمي")
    await anvar.taps("Confirm")

    assert "Please type your given name and surname in Persian script." in question
    assert names_of(stage, anvar) == Names(fa="انور رحیمی", tg="Анвар Раҳимзода")


async def test_who_has_a_latin_name_types_one_script_and_gets_the_other_proposed(stage: Stage) -> None:
    sina = await newcomer(stage, "Sina Karimi", party="IR")
    assert "Confirm" not in sina.sees.buttons
    await sina.taps("Edit in Tajik script")
    await sina.says("سینا کریمی")

    assert "In Persian script: سینا کریمی" in sina.sees.lines
    assert f"In Tajik script: Сино Каримӣ {PROPOSED}" in sina.sees.lines
    await sina.taps("Confirm")
    assert names_of(stage, sina) == Names(fa="سینا کریمی", tg="Сино Каримӣ", en="Sina Karimi")


async def test_a_corrected_name_gets_its_proposal_anew(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар")
    await anvar.taps("Edit in Tajik script")
    await anvar.says("Анвар Саидов")

    assert f"In Persian script: انور سعیدوف {PROPOSED}" in anvar.sees.lines


async def test_back_returns_to_the_card_with_what_was_typed(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар")
    await anvar.taps("Edit in Tajik script")
    await anvar.says("Анвар Саидов")
    await anvar.taps("Edit in Persian script")
    await anvar.taps("Back")

    assert "In Tajik script: Анвар Саидов" in anvar.sees.lines


async def test_the_question_can_be_skipped(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар")
    await anvar.taps("Skip")

    assert anvar.sees.text == "Nothing was changed. To give your name later, send: /name"
    assert names_of(stage, anvar) == Names(tg="Анвар")


async def test_the_question_holds_up_nothing_else(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар")
    await anvar.says("/start")
    main = anvar.sees.text
    await anvar.says("Саидов")

    assert main.startswith("Hello, Анвар.")
    assert anvar.sees.lines[0] == "This text was not understood, and nothing was saved."
    assert names_of(stage, anvar) == Names(tg="Анвар")


async def test_two_taps_on_a_language_ask_once(stage: Stage) -> None:
    stage.world.add_person(9100, "Анвар", language_code="en")
    anvar = stage.visitor(9100)
    await anvar.opens(invitation(stage))
    message, button = anvar._button("English", None)
    for _ in range(2):
        stage.world.press(anvar.user_id, anvar.chat, message.id, button["callback_data"])
    await stage.settled()

    assert sum(one.text.startswith("Your name") for one in anvar.messages()) == 1


async def enrolled(stage: Stage, names: Names) -> Visitor:
    """Let in somebody whom a secretary's file has named."""

    def invite(connection: Connection) -> str:
        uow = unit(stage, connection)
        group = uow.groups.find("MINING")
        assert group is not None
        member_id = uow.members.add(
            group_id=group.id,
            person_id=uow.members.add_person(user_id=None, names=names, language="fa"),
            party_id=group.parties[0].id,
            handle="azarnia",
            role=Role.CO_CHAIR,
            joined_at=None,
        )
        return invitations.invite(
            uow, group_id=group.id, party_id=group.parties[0].id, role=Role.CO_CHAIR, member_id=member_id
        )

    stage.world.add_person(9100, "whoever", language_code="en")
    visitor = stage.visitor(9100)
    await visitor.opens(stage.house.database.once(invite))
    await visitor.taps("English")
    return visitor


async def test_who_is_known_in_both_scripts_is_not_asked(stage: Stage) -> None:
    behrouz = await enrolled(stage, Names(fa="بهروز آذرنیا", tg="Беҳрӯз Озарниё"))

    assert behrouz.sees.lines[0] == "Welcome to Mining Working Group."


async def test_of_what_a_file_has_given_only_the_missing_script_is_proposed(stage: Stage) -> None:
    behrouz = await enrolled(stage, Names(fa="بهروز آذرنیا", en="Behrouz Azarnia"))
    shown = behrouz.sees.lines[1:4]
    await behrouz.taps("Confirm")

    assert shown == [
        "In Latin script: Behrouz Azarnia",
        "In Persian script: بهروز آذرنیا",
        f"In Tajik script: Беҳрӯз Озарниё {PROPOSED}",
    ]
    assert names_of(stage, behrouz) == Names(fa="بهروز آذرنیا", tg="Беҳрӯз Озарниё", en="Behrouz Azarnia")


async def test_an_observer_is_not_asked(stage: Stage) -> None:
    observer = await newcomer(stage, "Анвар", role=Role.OBSERVER)

    assert observer.sees.lines[0] == "Welcome to Mining Working Group."


async def test_a_member_of_one_group_is_not_asked_again_in_another(stage: Stage, ramin: Visitor) -> None:
    def invite(connection: Connection) -> str:
        uow = unit(stage, connection)
        group = uow.groups.find("WATER")
        assert group is not None
        return invitations.invite(uow, group_id=group.id, party_id=group.parties[0].id, role=Role.MEMBER)

    await ramin.opens(stage.house.database.once(invite))

    assert ramin.sees.lines[0] == "Welcome to Water Working Group."


async def test_a_name_is_changed_at_any_time(stage: Stage, daler: Visitor) -> None:
    await daler.says("/name")
    await daler.taps("Таҳрир бо хати тоҷикӣ")
    await daler.says("Далери Саид")
    await daler.taps("Тасдиқ кардан")

    assert names_of(stage, daler).tg == "Далери Саид"
    assert names_of(stage, daler).en == "Daler"


async def test_leaving_the_form_changes_nothing(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/name")
    await ramin.taps("Edit in Persian script")
    await ramin.says("رامین")
    await ramin.taps("Cancel")

    assert names_of(stage, ramin) == Names(en="Ramin")


async def test_an_unfinished_name_is_offered_before_another_form(ramin: Visitor) -> None:
    await ramin.says("/name")
    await ramin.taps("Edit in Persian script")
    await ramin.says("رامین")
    await ramin.says("/name")
    offer = ramin.sees.text
    await ramin.taps("Continue")

    assert offer == "You have an unfinished draft: your name. Would you like to continue?"
    assert "In Persian script: رامین" in ramin.sees.lines


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Рамин کریمی", ["This name has letters of two scripts.", "Please type it in one script."]),
        ("M-12 60%", ["A name has no digits and no signs.", "Please type the name in letters only."]),
        ("名", ["There are no words in this text.", "Please type at least one."]),
        ("ر" * 101, ["The text is too long: 101 characters, at most 100 fit.",
                     "Please send a shorter one; your draft is kept."]),
    ],
)  # fmt: skip
async def test_what_is_no_name_is_refused_and_asked_again(ramin: Visitor, typed: str, answer: list[str]) -> None:
    await ramin.says("/name")
    await ramin.taps("Edit in Persian script")
    await ramin.says(typed)
    refusal = ramin.sees.lines
    await ramin.says("رامین")

    assert refusal == answer
    assert any("In Persian script: رامین" in message.text.replace("\u2068", "") for message in ramin.messages())


async def test_the_open_question_follows_the_language(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар Раҳимзода")
    await anvar.says("/language")
    await anvar.taps("فارسی")

    [question] = [one.text for one in anvar.messages() if "پیشنهاد خودکار" in one.text]
    assert "انور رحیم‌زاده" in question


async def test_the_record_says_which_scripts_and_not_the_name(stage: Stage) -> None:
    anvar = await newcomer(stage, "Анвар Раҳимзода")
    await anvar.taps("Confirm")

    given = select(ChangeRow.before, ChangeRow.after).where(ChangeRow.act == "name given")
    recorded = stage.house.database.once(lambda connection: connection.execute(given).one())
    assert tuple(recorded) == ({"scripts": ["tg"]}, {"scripts": ["fa", "tg"]})
