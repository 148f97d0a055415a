"""Telling the messenger where the webhook is, until it has taken it."""

import asyncio
import logging

from bot.delivery.client import Messenger, MessengerError, NetworkFault
from bot.intake.arrivals import ALLOWED_UPDATES
from bot.settings import Settings

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5.0
CONNECTIONS = 40


async def announce_webhook(settings: Settings, messenger: Messenger) -> None:
    """Set the webhook of the settings; what waits at the messenger is kept."""
    while settings.webhook_url is not None and settings.webhook_secret is not None:
        params = {
            "url": settings.webhook_url,
            "secret_token": settings.webhook_secret.reveal(),
            "max_connections": CONNECTIONS,
            "allowed_updates": ALLOWED_UPDATES,
            "drop_pending_updates": False,
        }
        try:
            await messenger.call("setWebhook", params)
        except (MessengerError, NetworkFault) as error:
            log.warning("the messenger has not taken the webhook (%s), again in %s s", error, AGAIN_SECONDS)
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            return
