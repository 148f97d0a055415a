"""`run`, `migrate` and `demo`: the processes that stay, and what prepares them."""

import asyncio
import contextlib
import signal
from argparse import Namespace

from bot import log
from bot.cli.endings import CommandError, Ending, note
from bot.cli.opening import migrated, settings
from bot.clock import SystemClock
from bot.settings import Settings
from db.database import Database
from db.faults import UNUSABLE, words
from db.locking import AlreadyRunning
from db.migrating import NewerSchema

_NO_TOKEN = """\
HAMROH_TOKEN is not set. Ask the messenger for a bot (at Telegram, @BotFather), put its token into .env:
    HAMROH_TOKEN=123456:ABC-DEF
and start again. To try Hamroh without a token and without a network: hamroh demo"""


def run(_: Namespace) -> None:
    """Run the bot until it is told to stop."""
    chosen = settings()
    if chosen.token is None:
        raise CommandError(_NO_TOKEN, Ending.USAGE)
    log.configure(chosen.log_level, chosen.log_format, (chosen.token, chosen.webhook_secret))
    try:
        asyncio.run(_run(chosen))
    except AlreadyRunning:
        raise CommandError("Hamroh is running on this database already.", Ending.RUNNING) from None
    except NewerSchema as error:
        raise CommandError(f"The database is of a newer version of Hamroh ({error}).") from None
    except UNUSABLE as error:
        raise CommandError(f"The database cannot be used: {words(error)}.") from error
    except OSError as error:
        raise CommandError(f"Hamroh cannot start: {error}.") from error


async def _run(chosen: Settings) -> None:
    # The library of the messenger and all handlers: other commands start without them.
    from bot.app import running  # noqa: PLC0415

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, stop.set)
    stopping = asyncio.create_task(stop.wait())
    serving = asyncio.create_task(_serve(running, chosen))
    await asyncio.wait((stopping, serving), return_when=asyncio.FIRST_COMPLETED)
    serving.cancel()
    stopping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving
