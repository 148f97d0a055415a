"""An invitation opens the door once; what comes behind it is in the language that was chosen."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.domain.members import Role
from bot.services import invitations
from tests.handlers.conftest import invitation, unit
from tests.people import Sight, Stage, Visitor

INVALID = "This invitation is no longer valid. Please ask your secretary for a new one."


async def test_three_languages_each_in_its_own_script(stage: Stage, stranger: Visitor) -> None:
    await stranger.opens(invitation(stage))

    assert sorted(stranger.sees.buttons) == ["English", "Тоҷикӣ", "فارسی"]


async def test_a_russian_phone_puts_tajik_first(stage: Stage, stranger: Visitor) -> None:
    await stranger.opens(invitation(stage))

    assert stranger.sees.buttons[0] == "Тоҷикӣ"


async def test_after_the_choice_comes_the_welcome_in_that_language(stage: Stage, stranger: Visitor) -> None:
    await stranger.opens(invitation(stage))
    await stranger.taps("English")

    welcome = Sight(stranger.messages()[-2])
    assert welcome.lines[0] == "Welcome to Mining Working Group."
    assert "/help" in welcome.text


async def test_the_menu_of_the_chat_follows_the_choice(stage: Stage, stranger: Visitor) -> None:
    await stranger.opens(invitation(stage))
    await stranger.taps("English")

    menu = stage.world.bots[stage.bot_id].commands[f"chat:{stranger.user_id}", ""]
    assert "language" in [command["command"] for command in menu]


async def test_an_invitation_works_once(stage: Stage, stranger: Visitor) -> None:
    code = invitation(stage)
    await stranger.opens(code)
    stage.world.add_person(9010, "Late", language_code="en")
    late = stage.visitor(9010)

    await late.opens(code)

    assert INVALID in late.sees.lines


async def test_used_expired_and_unknown_are_answered_alike(stage: Stage, stranger: Visitor) -> None:
    expired = invitation(stage)
    stage.clock.advance(timedelta(days=8))
    await stranger.opens(expired)
    first = stranger.sees.raw
    await stranger.opens("AAAAAAAAAAAAAAAAAAAAAA")

    assert stranger.sees.raw == first


async def test_the_secretaries_of_the_party_are_told_and_so_is_the_maker(
    stage: Stage, zarina: Visitor, ramin: Visitor, mina: Visitor, stranger: Visitor
) -> None:
    await stranger.opens(invitation(stage, made_by=ramin.user_id))

    told = "Nobody (Tajikistan) has used the invitation and joined Mining Working Group as a member."
    assert zarina.sees.text == told
    assert ramin.sees.text == told
    assert "Nobody" not in mina.sees.text


async def test_who_has_joined_already_is_told_so(stage: Stage, ramin: Visitor) -> None:
    await ramin.opens(invitation(stage))

    assert ramin.sees.lines[0] == "You have joined already; no invitation is needed."
    assert "Welcome to Mining Working Group." in ramin.sees.text


async def test_an_observer_is_welcomed_to_reading(stage: Stage, stranger: Visitor) -> None:
    await stranger.opens(invitation(stage, role=Role.OBSERVER))
    await stranger.taps("English")

    assert stranger.sees.lines[1] == "Here you read its summary and its signed reports."


async def test_an_owner_is_told_how_to_create_a_group(stage: Stage, stranger: Visitor) -> None:
    def invite(connection: Connection) -> str:
        uow = unit(stage, connection)
        return invitations.invite_owner(uow)

    await stranger.opens(stage.house.database.once(invite))
    await stranger.taps("English")

    assert stranger.sees.lines[0] == "You are now the owner of this installation."
    assert "hamroh group create FILE.toml" in stranger.sees.text


async def test_who_returns_gets_the_main_screen(ramin: Visitor) -> None:
    await ramin.says("/start")

    assert ramin.sees.lines == ["Hello, Ramin.", "You are in Mining Working Group. What would you like to do?"]
