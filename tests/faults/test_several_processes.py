"""Several processes on one database: one polls, all work and send, none does what another has done."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import delete, func, select

from bot.app import House
from bot.intake.leading import Leading
from bot.intake.webhook import SECRET_HEADER
from bot.screens.screen import Screen
from bot.services import posting
from db.database import Connection
from db.faults import LeadershipLost
from db.models import InboxRow, OutboxRow, OutboxState, ProcessRow
from db.repositories.outbox import Settlement
from db.repositories.processes import Processes
from db.unit_of_work import UnitOfWork
from tests.databases import Kind
from tests.faults.leases import let_polling_age
from tests.faults.neighbours import Neighbours, neighbours
from tests.houses import STARTS_AT
from tests.ports import free_port

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)

KEYVAN, DILSHOD = 1005, 1011
WITHIN = 15.0
# A process of which nothing is left but what it has leased.
GONE = 4711


def turn_of(house: House) -> Leading:
    assert isinstance(house.intake, Leading)
    return house.intake


async def leader(*houses: House) -> House:
    """Wait until one of the houses polls."""
    async with asyncio.timeout(WITHIN):
        while True:
            for house in houses:
                if turn_of(house).epoch is not None:
                    return house
            await asyncio.sleep(0.01)


async def other_leader(houses: list[House], former: House) -> House:
    return await leader(*(house for house in houses if house is not former))


async def test_one_polls_and_when_it_stops_the_other_one_does(kind: Kind, tmp_path: Path) -> None:
    async with neighbours(kind, tmp_path, {}, {}) as both:
        first = await leader(*both.houses)
        both.world.say(KEYVAN, KEYVAN, "M-14 61% the first one polls")
        await both.settled()
        leading = [house for house in both.houses if turn_of(house).epoch is not None]

        await both.stops(first)
        second = await other_leader(both.houses, first)
        both.world.say(KEYVAN, KEYVAN, "M-14 62% the second one polls")
        await both.settled()

        assert leading == [first]
        assert second is not first
        assert both.progress("the first one polls") == [(60, 61)]
        assert both.progress("the second one polls") == [(61, 62)]


async def test_one_that_was_silent_for_less_than_half_a_minute_goes_on(kind: Kind, tmp_path: Path) -> None:
    async with neighbours(kind, tmp_path, {}, {}) as both:
        first = await leader(*both.houses)
        epoch = turn_of(first).epoch

        let_polling_age(both.database, by=timedelta(seconds=20))
        [other] = [house for house in both.houses if house is not first]
        taken = await turn_of(other)._taken()

        assert taken is None
        assert turn_of(first).epoch == epoch


async def test_one_that_was_silent_for_longer_is_ended_and_keeps_nothing_when_it_thaws(
    kind: Kind, tmp_path: Path
) -> None:
    async with neighbours(kind, tmp_path, {}, {}) as both:
        first = await leader(*both.houses)
        former = turn_of(first).epoch
        fetched = both.arrival(KEYVAN, "M-14 61% fetched before it froze")

        let_polling_age(both.database, by=timedelta(seconds=31))
        second = await other_leader(both.houses, first)
        with pytest.raises(LeadershipLost):
            await first.worker.keep([fetched], epoch=former)

        assert turn_of(second).epoch == (former or 0) + 1
        assert both.once(lambda c: c.execute(select(func.count()).select_from(InboxRow)).scalar_one()) == 0


async def test_what_a_process_has_leased_is_its_own_until_its_lease_ends(kind: Kind, tmp_path: Path) -> None:
    async with neighbours(kind, tmp_path, {}) as alone:
        [house] = alone.houses
        number = alone.once(lambda connection: _owed_by_another(connection, alone))

        before = await house.dispatcher._scan(), alone.heard_by(KEYVAN)
        alone.once(lambda c: c.execute(delete(ProcessRow).where(ProcessRow.owner == GONE)))
        await alone.settled()

        assert before == (False, [])
        assert alone.heard_by(KEYVAN) == ["Left behind."]
        assert _settled_by_the_thawed(alone, number) is False
        assert alone.once(lambda c: c.execute(select(OutboxRow.state).where(OutboxRow.id == number)).scalar()) == (
            OutboxState.SENT
        )


def _owed_by_another(connection: Connection, alone: Neighbours) -> int:
    account = alone.houses[0].account.id
    Processes(connection).enter(GONE, account)
    uow = UnitOfWork(connection, account, STARTS_AT, owner=GONE)
    posting.show(uow, uow.chats.at(KEYVAN), Screen("Left behind."))
    [born] = uow.born
    return born.id


def _settled_by_the_thawed(alone: Neighbours, number: int) -> bool:
    """Let the process that was thought dead say that its message failed."""
    account = alone.houses[0].account.id
    said = Settlement(number, GONE, OutboxState.FAILED)
    return not alone.once(lambda c: UnitOfWork(c, account, STARTS_AT).outbox.settle([said], now=STARTS_AT))


async def test_a_chat_keeps_its_order_whoever_takes_its_messages_in(kind: Kind, tmp_path: Path) -> None:
    lines = [f"line {number}" for number in range(20)]
    async with neighbours(kind, tmp_path, {}, {}) as both:
        for number, line in enumerate(lines):
            house = both.houses[number % 2]
            await house.worker.keep([both.arrival(KEYVAN, f"M-14 {61 + number}% {line}")])
        await both.settled()

        answers = both.heard_by(KEYVAN)
        assert [line for answer in answers for line in lines if f"{line}\u2069" in answer] == lines
        assert [both.progress(line) for line in lines] == [[(60 + number, 61 + number)] for number in range(20)]


async def test_two_people_log_on_one_milestone_at_the_same_instant(kind: Kind, tmp_path: Path) -> None:
    async with neighbours(kind, tmp_path, {}, {}) as both:
        for number in range(10):
            of_keyvan = both.arrival(KEYVAN, f"M-14 {10 + number}% from Iran {number}")
            of_dilshod = both.arrival(DILSHOD, f"M-14 {50 + number}% from Tajikistan {number}")
            await asyncio.gather(both.houses[0].worker.keep([of_keyvan]), both.houses[1].worker.keep([of_dilshod]))
        await both.settled()

        entries = [both.progress(f"from {where} {number}") for number in range(10) for where in ("Iran", "Tajikistan")]
        assert [len(entry) for entry in entries] == [1] * 20
        assert len(both.heard_by(KEYVAN)) >= 10
        assert len(both.heard_by(DILSHOD)) >= 10


async def test_an_update_that_comes_to_both_webhooks_counts_once(kind: Kind, tmp_path: Path) -> None:
    secret = "secret-of-the-test"
    ports = free_port(), free_port()
    hooks = [
        {"WEBHOOK_URL": "https://bot.example.org/hook", "WEBHOOK_SECRET": secret, "LISTEN": f"127.0.0.1:{port}"}
        for port in ports
    ]
    async with neighbours(kind, tmp_path, *hooks) as both, aiohttp.ClientSession() as session:
        update = both.update(KEYVAN, "M-14 61% to both"), both.update(DILSHOD, "M-14 62% to the second")
        sent = [(ports[0], update[0]), (ports[1], update[0]), (ports[1], update[1])]
        statuses = []
        for port, body in sent:
            headers = {SECRET_HEADER: secret}
            async with session.post(f"http://127.0.0.1:{port}/hook", json=body, headers=headers) as answer:
                statuses.append(answer.status)
        await both.settled()

        assert statuses == [200, 200, 200]
        assert len(both.progress("to both")) == 1
        assert len(both.progress("to the second")) == 1


async def test_the_limits_are_kept_by_all_together(kind: Kind, tmp_path: Path) -> None:
    rate, messages = 5, 20
    async with neighbours(kind, tmp_path, {"SEND_RATE": "5"}, {"SEND_RATE": "5"}) as both:
        await both.settled()
        both.world.limits.is_on = True
        people = [person.sandbox_user_id or 0 for person, _ in both.example.people.values()]
        began = time.monotonic()
        for number in range(messages):
            house = both.houses[number % 2]
            await house.worker.keep([both.arrival(people[number % len(people)], "/help")])
        await both.settled()
        spent = time.monotonic() - began

        assert sum(len(both.heard_by(person)) for person in people) >= messages
        assert both.world.limits.refusals == 0
        # The first ones may leave at once, the others one after another.
        assert spent >= (messages - rate) / rate - 1
