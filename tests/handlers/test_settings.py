"""Settings are a person's own: in every group of theirs, in every role, in private, and for nobody outside."""

from datetime import time

from sqlalchemy import Connection

from bot.domain.members import Names, QuietHours, Role
from db.repositories.members import Members
from tests.handlers.conftest import JOINED_AT, unit
from tests.people import Stage, Visitor, bare


def memberships(stage: Stage, user_id: int) -> dict[str, tuple[str, QuietHours | None]]:
    """Give calendar and quiet hours of an account by the code of the group."""

    def read(connection: Connection) -> dict[str, tuple[str, QuietHours | None]]:
        uow = unit(stage, connection)
        return {
            uow.groups.get(member.group_id).code: (member.reader.calendar, member.quiet_hours)
            for member in uow.members.with_user(user_id)
        }

    return stage.house.database.once(read)


async def test_a_choice_holds_in_every_group_of_the_person(stage: Stage, ramin: Visitor) -> None:
    def join_another(connection: Connection) -> None:
        uow = unit(stage, connection)
        group, person = uow.groups.find("WATER"), uow.members.person(ramin.user_id)
        assert group is not None
        assert person is not None
        party_id = group.parties[1].id
        uow.members.add(
            group_id=group.id,
            person_id=person.id,
            party_id=party_id,
            handle="ramin",
            role=Role.MEMBER,
            joined_at=JOINED_AT,
        )

    stage.house.database.once(join_another)
    assert memberships(stage, ramin.user_id) == {"MINING": ("persian", None), "WATER": ("gregorian", None)}

    await ramin.says("/settings")
    await ramin.taps("Calendar")
    await ramin.taps("Gregorian calendar")
    await ramin.taps("Quiet hours")
    await ramin.taps("From 22:00 to 07:00")

    night = QuietHours(time(22), time(7))
    assert memberships(stage, ramin.user_id) == {"MINING": ("gregorian", night), "WATER": ("gregorian", night)}


async def test_an_observer_chooses_too(nozir: Visitor) -> None:
    await nozir.says("/settings")
    await nozir.taps("Digits")
    await nozir.taps("۰۱۲۳۴۵۶۷۸۹")

    assert "Digits: ۰۱۲۳۴۵۶۷۸۹\n" in nozir.sees.text


async def test_a_stranger_learns_nothing(stranger: Visitor) -> None:
    for words in ("/settings", "/holidays", "/calendar"):
        await stranger.says(words)

    said = [bare(message.text) for message in stranger.messages() if message.sender.id == stranger.stage.bot_id]
    assert len(said) == 3
    assert all("This service is for members of the working group." in text for text in said)


async def test_settings_belong_to_private_chats(stage: Stage, zarina: Visitor) -> None:
    chat = stage.world.create_group(zarina.user_id, "Room", members=[stage.bot_id]).id
    await stage.settled()
    await zarina.says("/settings", chat=chat)

    assert zarina.sees_in(chat).text == "Please open this in a private chat with the bot."


async def test_who_has_chosen_nothing_reads_as_the_party_does(stage: Stage) -> None:
    def read(connection: Connection) -> tuple[str, str, str, str]:
        members = Members(connection)
        person_id = members.add_person(user_id=7007, names=Names(en="New"), language=None)
        group = unit(stage, connection).groups.find("MINING")
        assert group is not None
        member_id = members.add(
            group_id=group.id,
            person_id=person_id,
            party_id=group.parties[0].id,
            handle="new",
            role=Role.MEMBER,
            joined_at=None,
        )
        reader = members.get(member_id).reader
        return reader.language, reader.calendar, reader.digits, reader.time_zone

    assert stage.house.database.once(read) == ("fa", "persian", "persian", "Asia/Tehran")
