"""The commands that run until they are stopped: the bot, and the demo."""

import argparse
import asyncio
import gc
import os
import signal
import sys
from pathlib import Path

from bot.cli.refusing import USAGE, Refused
from bot.settings import Settings


def run(_: argparse.Namespace) -> int:
    """Run the bot until it is told to stop."""
    settings = Settings.read(os.environ, Path(".env"))
    if settings.token is None:
        sentence = (
            "HAMROH_TOKEN is not set. Ask @BotFather in Telegram for a token and write HAMROH_TOKEN=… into .env; "
            "to try Hamroh without a token: hamroh demo"
        )
        raise Refused(sentence, USAGE)
    # Only `run` needs the library and the servers; the other commands start in a quarter of the time without.
    from bot.log import configure  # noqa: PLC0415

    gc.disable()
    from bot.app import running  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415

    # What is loaded now stays: the collector need not look at it again.
    gc.freeze()
    gc.enable()
    configure(settings.log_level, settings.log_format, (settings.token, settings.webhook_secret))

    async def until_told() -> None:
        told = asyncio.Event()
        for signal_ in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signal_, told.set)
        async with running(settings, clock=SystemClock(), announce=_announce):
            await told.wait()

    asyncio.run(until_told())
    return 0


def _announce(link: str) -> None:
    """Show the owner's invitation on the terminal; it is a key, and so never goes to the log."""
    print(f"Nobody owns this installation yet. Open this link to own it (valid for 7 days):\n{link}", flush=True)


def demo(options: argparse.Namespace) -> int:
    """Run the local messenger and the bot beside it."""
    # The demo is a program of its own size; nothing else needs it.
    from bot.demo import demo as run_demo  # noqa: PLC0415

    try:
        asyncio.run(run_demo(port=options.port))
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return 0
