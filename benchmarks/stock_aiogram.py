"""A stock aiogram bot: writes a row and says the same; the library as documented, and no promise kept."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from benchmarks.stock_rows import rows


async def main() -> None:
    """Poll the messenger at the address and with the token given; write to the database given."""
    url, token, database_url = sys.argv[1:4]
    kept = rows(database_url)

    async def echo(message: Message) -> None:
        await kept.add(message.chat.id, message.text or "")
        await message.answer(message.text or "")

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
