"""Logging in a bound group chat, where many hands reach the same buttons."""

from bot.domain.obstacles import Obstacle
from db.unit_of_work import UnitOfWork
from tests.houses import STARTS_AT
from tests.people import Stage, Visitor


async def bound_room(stage: Stage, zebo: Visitor, *others: Visitor) -> int:
    chat = stage.world.create_group(zebo.user_id, "Room", members=[stage.bot_id, *(other.user_id for other in others)])
    await stage.settled()
    await zebo.taps("Пайваст кардани ин чат", chat=chat.id)
    return chat.id


def obstacle(stage: Stage, number: int) -> Obstacle | None:
    return stage.house.database.once(lambda c: UnitOfWork(c, 1, STARTS_AT).obstacles.find(1, number))


async def test_a_form_belongs_to_who_began_it(stage: Stage, zebo: Visitor, keyvan: Visitor, ramin: Visitor) -> None:
    room = await bound_room(stage, zebo, keyvan, ramin)
    await keyvan.says("/newobstacle No laboratory", chat=room)
    await ramin.taps("Save", chat=room)

    assert obstacle(stage, 15) is None
    assert "اختیارات" in ramin.toast


async def test_an_obstacle_raised_on_a_card_is_about_that_milestone(
    stage: Stage, zebo: Visitor, keyvan: Visitor
) -> None:
    room = await bound_room(stage, zebo, keyvan)
    await keyvan.says("/progress M-21 85", chat=room)
    card = keyvan.sees_in(room).message
    await keyvan.says("/newobstacle The plan waits for a signature", chat=room, reply_to=card.id)
    await keyvan.taps("Save", chat=room)

    raised = obstacle(stage, 15)
    assert raised is not None
    assert raised.milestone_id is not None
    assert "Holds up: M-21" in keyvan.sees_in(room).text


async def test_undo_belongs_to_the_author(stage: Stage, zebo: Visitor, keyvan: Visitor, dilshod: Visitor) -> None:
    room = await bound_room(stage, zebo, keyvan, dilshod)
    await keyvan.says("/progress M-21 85", chat=room)
    await dilshod.taps("Undo", chat=room)

    assert "иҷозат" in dilshod.toast
