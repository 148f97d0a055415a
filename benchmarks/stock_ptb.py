"""A stock python-telegram-bot bot: writes a row and says the same; the library as documented, and no promise kept."""

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.stock_rows import rows


def main() -> None:
    """Poll the messenger at the address and with the token given; write to the database given."""
    url, token, database_url = sys.argv[1:4]
    kept = rows(database_url)

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None and update.message.from_user is not None and update.message.text is not None:
            await kept.add(update.message.from_user.id, update.message.text)
            await update.message.reply_text(update.message.text)

    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{url}/bot")
        .concurrent_updates(256)
        .connection_pool_size(256)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
