"""The composition root: makes a running bot of settings, a clock, a database and a messenger."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.context import BotName
from bot.delivery.client import Messenger, MessengerClient, MessengerError, NetworkFault
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.making import Making
from bot.delivery.patience import PATIENCE, Patience
from bot.delivery.presence import Presence
from bot.intake.announcing import Announcing
from bot.intake.driving import library_application
from bot.intake.errands import Errands
from bot.intake.leading import Leading
from bot.intake.polling import Polling
from bot.intake.units import Units
from bot.intake.worker import Worker
from bot.schedule import Schedule
from bot.services import alarms, exports, invitations, reachability, reminders
from bot.settings import Settings
from bot.steps import reach
from db.database import Database
from db.faults import DatabaseFault
from db.leadership import Leadership
from db.locking import RunLock
from db.migrating import migrate
from db.repositories.inbox import Arrival
from db.repositories.installation import Account
from db.unit_of_work import UnitOfWork
from handlers.answers import HandlerAnswers
from handlers.registry import present, register

log = logging.getLogger(__name__)

ASK_NAME_SECONDS = 5.0


@dataclass(slots=True)
class House:
    """A bot that runs: what tests and the demo look at from outside."""

    database: Database
    account: Account
    worker: Worker
    errands: Errands
    dispatcher: Dispatcher
    schedule: Schedule
    intake: Polling | Leading | Announcing
    presence: Presence
    clock: Clock

    @property
    def is_idle(self) -> bool:
        """Tell whether no update and no errand is in work and no message on its way."""
        return self.worker.is_idle and self.errands.is_idle and self.dispatcher.waiting == 0

    async def rested(self) -> None:
        """Wait until that is so."""
        while not self.is_idle:
            await self.worker.rested()
            await self.errands.rested()
            await self.dispatcher.rested()

    def unit_of_work(self, connection: Any) -> UnitOfWork:
        """Open a unit of work on a connection of the database."""
        return UnitOfWork(connection, self.account.id, self.clock.now(), owner=None)


Announce = Callable[[str], None]


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock,
    messenger: Messenger | None = None,
    announce: Announce | None = None,
    patience: Patience = PATIENCE,
) -> AsyncIterator[House]:
    """
    Run the bot while the context lasts; *announce* is told the owner's invitation while nobody owns the installation.

    Raises:
        AlreadyRunning: another process runs the bot on this database.
        NewerSchema: the database is of a newer version of the program.
    """
    if settings.token is None:
        message = "a bot needs a token"
        raise ValueError(message)
    token = settings.token.reveal()
    async with AsyncExitStack() as stack:
        database = await _opened(settings, stack)
        reach("start.migrated")
        if messenger is None:
            messenger = MessengerClient(settings.api_url, token, proxy_url=settings.proxy_url)
            stack.push_async_callback(messenger.close)
        account = await _account(database, messenger, bot_id=int(token.partition(":")[0]), clock=clock)
        application = await library_application(BotName(account.bot_id, account.username))
        register(application)
        stack.push_async_callback(application.shutdown)
        presence = Presence(database, account.id)
        await presence.enter()
        reach("start.entered")
        heavy = asyncio.Semaphore(1)
        making = Making(database=database, account_id=account.id, clock=clock, prepare=exports.prepared, heavy=heavy)
        dispatcher = Dispatcher(
            database=database,
            messenger=messenger,
            clock=clock,
            account_id=account.id,
            presence=presence,
            rate=settings.send_rate,
            in_flight=settings.in_flight,
            recheck=reminders.recheck,
            unreachable=reachability.mark,
            documents=making.made,
            patience=patience,
        )
        units = Units(
            application=application,
            clock=clock,
            account_id=account.id,
            presence=presence,
            answers=HandlerAnswers(settings.operators_chat),
        )
        worker = Worker(database=database, clock=clock, account_id=account.id, units=units, offer=dispatcher.offer)

        async def act(change: Callable[[UnitOfWork], Any]) -> Any:
            """Make a change outside any update: one transaction, then its messages."""

            def work(connection: Any) -> tuple[Any, list[Any]]:
                uow = UnitOfWork(connection, account.id, clock.now(), owner=presence.owner)
                result = change(uow)
                return result, uow.born

            result, born = await database.write(work)
            dispatcher.offer(born)
            return result

        errands = Errands(
            database=database,
            messenger=messenger,
            clock=clock,
            account_id=account.id,
            presence=presence,
            act=act,
            wake=worker.wake,
            heavy=heavy,
            patience=patience,
        )
        worker.when_errand(errands.wake)
        schedule = Schedule(act=act)
        alarm = partial(_alarm, act, settings.operators_chat)
        intake = _intake(
            settings,
            messenger=messenger,
            account_id=account.id,
            database=database,
            worker=worker,
            alarm=alarm,
            patience=patience,
        )
        house = House(database, account, worker, errands, dispatcher, schedule, intake, presence, clock)
        if settings.webhook_url is not None or settings.health_listen is not None:
            # A server costs 4 MiB and a tenth of a second, which a bot that polls without health pages need not pay.
            from bot.intake.health import Readiness  # noqa: PLC0415
            from bot.intake.serving import serve  # noqa: PLC0415

            ready = Readiness(intake=intake.trouble, database=database, account_id=account.id, clock=clock)
            await serve(stack, settings, keep=worker.keep, reasons=ready.reasons)
        async with _tasks(house):
            await act(present)
            reach("start.presented")
            if announce is not None:
                link = await act(invitations.fresh_owner_link)
                if link is not None:
                    announce(link)
            yield house


async def _opened(settings: Settings, stack: AsyncExitStack) -> Database:
    """Open the database, of this version and for this process alone where it is a file; leaving *stack* closes it."""
    database = Database(settings.database_url, direct_url=settings.database_direct_url)
    if database.path is not None:
        lock = RunLock(database.path)
        lock.take()
        stack.callback(lock.free)
    stack.callback(database.close)
    await asyncio.to_thread(migrate, database)
    database.start()
    return database


@asynccontextmanager
async def _tasks(house: House) -> AsyncIterator[None]:
    """Run the loops; they end in the order in which nothing is lost: intake, work, delivery."""
    delivery = asyncio.create_task(house.dispatcher.run(), name="delivery")
    intake = asyncio.create_task(house.intake.run(), name="intake")
    presence = asyncio.create_task(house.presence.run(), name="presence")
    errands = asyncio.create_task(house.errands.run(), name="errands")
    await house.worker.start()
    await house.schedule.start()
    owner = asyncio.current_task()
    for task in (delivery, intake, presence, errands):
        task.add_done_callback(lambda ended: _stop_if_broken(ended, owner))
    try:
        yield
    finally:
        intake.cancel()
        await asyncio.gather(intake, return_exceptions=True)
        await house.schedule.stop()
        errands.cancel()
        await asyncio.gather(errands, return_exceptions=True)
        await house.worker.close()
        for task in (delivery, presence):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        with suppress(DatabaseFault):
            await house.presence.leave()


def _intake(
    settings: Settings,
    *,
    messenger: Messenger,
    account_id: int,
    database: Database,
    worker: Worker,
    alarm: Callable[[str], Awaitable[None]],
    patience: Patience,
) -> Polling | Leading | Announcing:
    """Choose how updates come in: pushed to a webhook, or polled; beside other processes, in turn with them."""
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        secret = settings.webhook_secret.reveal()
        return Announcing(messenger=messenger, url=settings.webhook_url, secret=secret, patience=patience)
    if not database.is_shared:
        return Polling(messenger=messenger, keep=worker.keep, alarm=alarm, patience=patience)

    async def keep(found: list[Arrival]) -> None:
        await worker.keep(found, epoch=leading.epoch)

    polling = Polling(messenger=messenger, keep=keep, alarm=alarm, patience=patience)
    leading = Leading(Leadership(database.direct_url, account_id), polling)
    return leading


async def _alarm(act: Callable[..., Awaitable[Any]], operators_chat: int | None, what: str) -> None:
    await act(lambda uow: alarms.raise_alarm(uow, operators_chat, what))


def _stop_if_broken(ended: "asyncio.Task[None]", owner: "asyncio.Task[Any] | None") -> None:
    """A loop that must never end has ended by an error: the process stops rather than limp."""
    if ended.cancelled() or (error := ended.exception()) is None:
        return
    log.critical("the %s loop has ended", ended.get_name(), exc_info=error)
    if owner is not None:
        owner.cancel()


async def _account(database: Database, messenger: Messenger, *, bot_id: int, clock: Clock) -> Account:
    """Give the bot account with its name, asking the messenger the first time until it answers."""

    def known(connection: Any) -> Account:
        return UnitOfWork(connection, 0, clock.now()).installation.account(bot_id)

    account = await database.write(known)
    while not account.username:
        try:
            me = await messenger.call("getMe", {})
        except (MessengerError, NetworkFault) as error:
            log.warning("the messenger has not told the bot's name (%s), again in %s s", error, ASK_NAME_SECONDS)
            await asyncio.sleep(ASK_NAME_SECONDS)
            continue

        def name(connection: Any, me: Any = me, account_id: int = account.id) -> Account:
            installation = UnitOfWork(connection, account_id, clock.now()).installation
            installation.name_account(account_id, username=me["username"], name=me.get("first_name", ""))
            return installation.account(bot_id)

        account = await database.write(name)
    return account
