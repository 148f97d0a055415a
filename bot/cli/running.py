"""`run`, `migrate` and `demo`: the processes that stay, and what prepares them."""

import asyncio
import gc
import signal
import sys
from argparse import Namespace
from typing import Any

from bot import log
from bot.cli.endings import CommandError, Ending, note
from bot.cli.opening import migrated, settings
from bot.clock import Clock, SystemClock
from bot.settings import Settings
from db.database import Database
from db.faults import UNUSABLE, words
from db.locking import AlreadyRunning
from db.migrating import NewerSchema

_STOPS = (signal.SIGINT, signal.SIGTERM)
_TOKENLESS = """\
HAMROH_TOKEN is not set. Ask the messenger for a bot (at Telegram, @BotFather), put its token into .env:
    HAMROH_TOKEN=123456:ABC-DEF
and start again. To try Hamroh without a token and without a network: hamroh demo"""


def run(_: Namespace) -> None:
    """Run the bot until it is told to stop."""
    chosen = settings()
    if chosen.token is None:
        raise CommandError(_TOKENLESS, Ending.USAGE)
    log.configure(chosen.log_level, chosen.log_format, chosen.secrets)
    try:
        asyncio.run(serve(chosen, SystemClock()))
    except AlreadyRunning:
        raise CommandError("Hamroh is running on this database already.", Ending.RUNNING) from None
    except NewerSchema as error:
        raise CommandError(f"The database is of a newer version of Hamroh ({error}).") from None
    except UNUSABLE as error:
        raise CommandError(f"The database cannot be used: {words(error)}.") from error
    except OSError as error:
        raise CommandError(f"Hamroh cannot start: {error}.") from error


async def serve(chosen: Settings, clock: Clock) -> None:
    """
    Run the bot until a signal tells it to stop.

    Raises:
        CommandError: a part of it has failed.
    """
    running = _loaded()
    loop = asyncio.get_running_loop()
    told: list[signal.Signals] = []

    def stop(by: signal.Signals) -> None:
        told.append(by)
        for each in _STOPS:  # a second Ctrl-C ends at once
            loop.remove_signal_handler(each)
        serving.cancel()

    for each in _STOPS:
        loop.add_signal_handler(each, stop, each)

    async def stay() -> None:
        async with running(chosen, clock=clock, announce=_announce) as house:
            note(f"Hamroh is running as @{house.account.username}. Stop it with Ctrl-C.")
            await asyncio.Event().wait()

    serving = asyncio.create_task(stay(), name="serving")
    try:
        await serving
    except asyncio.CancelledError:
        if not told:
            raise CommandError("A part of Hamroh has failed and the rest has stopped; the log says which.") from None
    note("Hamroh has stopped.")


def _loaded() -> Any:
    """Load the whole bot: the messenger's library and all handlers, which the other commands start without."""
    # Collecting garbage while modules load only costs time: what is loaded now stays.
    gc.disable()
    from bot.app import running  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    return running


def _announce(link: str) -> None:
    print(
        f"Nobody owns this installation yet. Open this link to become its owner (one use, 7 days):\n{link}", flush=True
    )


def migrate(_: Namespace) -> None:
    """Bring the database's schema to this version."""
    chosen = settings()
    try:
        database = Database(chosen.database_url)
    except (OSError, ValueError) as error:
        raise CommandError(f"The database cannot be opened: {error}.", Ending.USAGE) from None
    try:
        note(f"Migrating {database.name}")
        before, after = migrated(database)
    except UNUSABLE as error:
        raise CommandError(f"The database {database.name} cannot be used: {words(error)}.") from error
    finally:
        database.close()
    was = "as before" if before == after else f"it was {f'at {before}' if before else 'empty'}"
    print(f"The schema is at {after} ({was}).")


def demo(arguments: Namespace) -> None:
    """Run the bot beside a local messenger in the browser, with the example group."""
    # The local messenger and the whole bot: the other commands start without them.
    from bot.demo import demo as run_demo  # noqa: PLC0415

    try:
        asyncio.run(run_demo(port=arguments.port))
    except KeyboardInterrupt:
        print(file=sys.stderr)
