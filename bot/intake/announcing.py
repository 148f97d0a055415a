"""Telling the messenger where the webhook is, and again whenever somebody has told it otherwise."""

import asyncio
import logging
from typing import Any

from bot.delivery.client import Messenger, MessengerError, NetworkFault
from bot.delivery.patience import PATIENCE, Patience
from bot.intake.arrivals import ALLOWED_UPDATES

log = logging.getLogger(__name__)

CONNECTIONS = 40


class Announcing:
    """Keeps the webhook set while it runs; what waits at the messenger is kept."""

    def __init__(self, *, messenger: Messenger, url: str, secret: str, patience: Patience = PATIENCE) -> None:
        self._messenger = messenger
        self._url = url
        self._secret = secret
        self._patience = patience
        self._is_set = False
        self._is_running = False
        self._fault = ""
        self._last_error: object = None
        self._unreached = ""

    def trouble(self) -> str | None:
        """Tell in a few words why no updates may come; None while all is well, or while it does not run."""
        if not self._is_running:
            return None
        if not self._is_set:
            return f"the messenger has not taken the webhook ({self._fault or 'it was not asked yet'})"
        return f"the messenger does not reach the webhook ({self._unreached})" if self._unreached else None

    async def run(self) -> None:
        """Set the webhook and look after it until cancelled."""
        self._is_running = True
        self._is_set = False
        try:
            while True:
                wait = await self._look()
                await asyncio.sleep(wait)
        finally:
            self._is_running = False

    async def _look(self) -> float:
        """Set the webhook or see whether it is still ours; give the seconds until the next look."""
        try:
            if self._is_set:
                self._read(await self._call("getWebhookInfo", {}))
            if not self._is_set:
                await self._set()
        except (MessengerError, NetworkFault) as error:
            self._fault = str(error)
            refused_for = error.retry_after if isinstance(error, MessengerError) else None
            wait = max(self._patience.longest_rest, min(self._patience.flood, refused_for or 0.0))
            log.warning("the webhook could not be looked after (%s), again in %s s", error, wait)
            return wait
        return self._patience.webhook

    async def _set(self) -> None:
        params = {
            "url": self._url,
            "secret_token": self._secret,
            "max_connections": CONNECTIONS,
            "allowed_updates": ALLOWED_UPDATES,
            "drop_pending_updates": False,
        }
        await self._call("setWebhook", params)
        self._is_set = True
        self._fault = ""

    def _read(self, info: Any) -> None:
        known = info if isinstance(info, dict) else {}
        if known.get("url") != self._url:
            log.warning("the messenger knows of another webhook or of none: somebody uses the bot's token elsewhere")
            self._is_set = False
            self._fault = "it was taken down from elsewhere"
            return
        error_at, waits = known.get("last_error_date"), bool(known.get("pending_update_count"))
        self._unreached = str(known.get("last_error_message")) if waits and error_at != self._last_error else ""
        self._last_error = error_at

    async def _call(self, method: str, params: dict[str, Any]) -> Any:
        return await self._messenger.call(method, params, seconds=self._patience.call)
