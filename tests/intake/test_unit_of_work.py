"""One update, one transaction: what is kept, what is thrown away, and what is said."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from telegram import Update
from telegram.ext import ApplicationHandlerStop, MessageHandler, TypeHandler, filters

from bot.context import Context
from bot.domain.errors import NotAllowed
from bot.intake.driving import LibraryApplication, Waited, drive
from bot.screens.screen import Screen
from db.models import InboxRow, OutboxRow
from db.repositories.inbox import Arrival, Inbox
from tests.intake.small_house import SmallHouse, small_house


def message(update_id: int, text: str, chat: int = 1) -> Arrival:
    raw = {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1,
            "chat": {"id": chat, "type": "private"},
            "from": {"id": chat, "is_bot": False, "first_name": "Z"},
            "text": text,
        },
    }
    return Arrival(update_id=update_id, chat_id=chat, raw=json.dumps(raw))


def answering(callback: Any) -> Any:
    """Register one callback for all messages, and an error handler as the house has it."""

    def register(application: LibraryApplication) -> None:
        async def note(_: object, context: Context) -> None:
            context.uow.error = context.error
            raise ApplicationHandlerStop

        application.add_handler(MessageHandler(filters.TEXT, callback))
        application.add_error_handler(note)

    return register


async def echo(_: Update, context: Context) -> None:
    context.show(Screen(context.message.text or ""))


def said(house: SmallHouse) -> list[str]:
    chat = house.world.chat_of(1, 7001)
    return [found.text for found in house.world.visible(chat) if found.sender.id == 7001]


def states(house: SmallHouse) -> list[tuple[int, int]]:
    return house.database.once(
        lambda connection: [(row[0], row[1]) for row in connection.execute(select(InboxRow.update_id, InboxRow.state))]
    )


async def test_a_message_is_answered_once_however_often_it_arrives(tmp_path: Path) -> None:
    async with small_house(tmp_path, answering(echo)) as house:
        await house.worker.keep([message(10, "salom"), message(10, "salom")])
        await house.worker.keep([message(10, "salom")])
        await house.rested()

        assert said(house) == ["salom"]


async def test_updates_of_a_chat_are_answered_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    async with small_house(tmp_path, answering(echo)) as house:
        await house.worker.keep([message(number, str(number)) for number in (12, 11, 10, 13)])
        await house.rested()

        assert said(house) == ["12", "11", "10", "13"]


async def test_a_refusal_keeps_nothing_of_the_act_and_answers(tmp_path: Path) -> None:
    async def refuse(_: Update, context: Context) -> None:
        context.show(Screen("half done"))
        raise NotAllowed

    async with small_house(tmp_path, answering(refuse)) as house:
        await house.worker.keep([message(10, "x")])
        await house.rested()

        assert said(house) == ["refused NotAllowed"]
        assert states(house) == [(10, 1)]


async def test_an_update_that_fails_five_times_is_dead_and_the_chat_goes_on(tmp_path: Path) -> None:
    async def break_on_x(update: Update, context: Context) -> None:
        if context.message.text == "x":
            raise ZeroDivisionError
        await echo(update, context)

    async with small_house(tmp_path, answering(break_on_x)) as house:
        await house.worker.keep([message(10, "x"), message(11, "y")])
        while not house.worker.is_idle:
            house.clock.advance(timedelta(seconds=10))
            house.worker.wake([1])
            await house.database.read(lambda _: None)
        await house.rested()

        assert said(house) == ["failed", "y"]
        assert states(house) == [(10, 2), (11, 1)]


async def test_a_callback_that_waits_fails_loudly(tmp_path: Path) -> None:
    async def wait(_: Update, context: Context) -> None:
        context.show(Screen("too early"))
        await asyncio.sleep(0)

    async with small_house(tmp_path, answering(wait)) as house:
        with pytest.raises(RuntimeError, match="database thread"):
            drive(asyncio.sleep(0))
        with pytest.raises(Waited):
            await house.database.write(lambda _: drive(asyncio.sleep(0)))


async def test_returning_without_an_outcome_keeps_nothing(tmp_path: Path) -> None:
    async def forget(_: Update, context: Context) -> None:
        context.uow.installation.remember("half", "done")

    async with small_house(tmp_path, answering(forget)) as house:
        await house.worker.keep([message(10, "x")])
        await asyncio.sleep(0)
        kept = await house.database.read(lambda connection: connection.execute(select(OutboxRow.id)).all())
        assert kept == []


async def test_a_gate_that_breaks_lets_nobody_pass(tmp_path: Path) -> None:
    def register(application: LibraryApplication) -> None:
        async def gate(_: Update, context: Context) -> None:
            raise NotAllowed

        answering(echo)(application)
        application.add_handler(TypeHandler(Update, gate), group=-1)

    async with small_house(tmp_path, register) as house:
        await house.worker.keep([message(10, "secret")])
        await house.rested()

        assert said(house) == ["refused NotAllowed"]


async def test_an_update_that_the_library_cannot_read_is_dead_at_once(tmp_path: Path) -> None:
    async with small_house(tmp_path, answering(echo)) as house:
        broken = Arrival(update_id=9, chat_id=1, raw='{"update_id": 9, "message": {"chat": 5}}')
        await house.worker.keep([broken, message(10, "after")])
        await house.rested()

        assert said(house) == ["after"]
        assert states(house) == [(9, 2), (10, 1)]


async def test_an_update_waits_no_longer_for_its_next_try_because_the_clock_was_set_back(tmp_path: Path) -> None:
    async with small_house(tmp_path, answering(echo)) as house:
        # As a process has left it that tried and failed while the clock was a day ahead.
        a_day_ahead = house.clock() + timedelta(days=1)

        def leave(connection: Any) -> None:
            Inbox(connection).keep(1, [message(10, "salom")], a_day_ahead)
            connection.execute(update(InboxRow).values(tries=2, next_try_at=a_day_ahead + timedelta(seconds=4)))

        await house.database.write(leave)
        await house.worker.start()
        async with asyncio.timeout(10):
            await house.rested()

        assert said(house) == ["salom"]
