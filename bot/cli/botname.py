"""The bot's name for links: as the database remembers it, else as the messenger tells it."""

import asyncio
import sys
from typing import Any

from bot.clock import SystemClock
from bot.settings import Settings
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork

ASK_SECONDS = 5.0


def username(settings: Settings) -> str:
    """Give the bot's username, asked of the messenger once and then remembered; empty where it cannot be had."""
    database = Database(settings.database_url)
    try:
        migrate(database)
        bot_id = int(settings.token.reveal().partition(":")[0]) if settings.token else None
        known = database.once(lambda connection: _known(connection, bot_id))
        if known or settings.token is None:
            return known
        told = asyncio.run(_asked(settings))
        if told:
            database.once(lambda connection: _remember(connection, bot_id or 0, told))
        return told
    finally:
        database.close()


def tell_if_unknown(name: str) -> None:
    """Say what the codes are, where they could not be made links."""
    if not name:
        print(
            "The bot's name is not known yet (no token, or the messenger cannot be reached): send each person "
            "their line “/start CODE” to type in the bot's chat.",
            file=sys.stderr,
        )


def _installation(connection: Any) -> Any:
    return UnitOfWork(connection, 0, SystemClock().now()).installation


def _known(connection: Any, bot_id: int | None) -> str:
    accounts = _installation(connection).accounts()
    mine = [account for account in accounts if bot_id is None or account.bot_id == bot_id]
    return mine[0].username if mine else ""


def _remember(connection: Any, bot_id: int, name: str) -> None:
    installation = _installation(connection)
    installation.name_account(installation.account(bot_id).id, username=name, name="")


async def _asked(settings: Settings) -> str:
    # The HTTP client costs a third of a second and is seldom needed here.
    from bot.delivery.client import MessengerClient, MessengerError, NetworkFault  # noqa: PLC0415

    assert settings.token is not None
    client = MessengerClient(settings.api_url, settings.token.reveal(), proxy_url=settings.proxy_url)
    try:
        me = await client.call("getMe", {}, seconds=ASK_SECONDS)
    except (MessengerError, NetworkFault):
        return ""
    finally:
        await client.close()
    return str(me.get("username", ""))
