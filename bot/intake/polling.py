"""Long polling that confirms an update only after it has been kept, and never ends by an error."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery.client import Messenger, MessengerError, NetworkFault
from bot.intake.arrivals import ALLOWED_UPDATES, arrivals
from bot.steps import reach
from db.faults import DatabaseFault, LeadershipLost
from db.repositories.inbox import Arrival

log = logging.getLogger(__name__)

POLL_SECONDS = 25
MOST_WAIT_SECONDS = 5.0
STALLED = timedelta(seconds=90)


class Polling:
    """Fetches updates for as long as the bot runs. *polled_at* is the last time the messenger answered (UTC)."""

    def __init__(
        self,
        *,
        messenger: Messenger,
        clock: Clock,
        keep: Callable[[list[Arrival]], Awaitable[None]],
        alarm: Callable[[str], Awaitable[None]],
    ) -> None:
        self._messenger = messenger
        self._clock = clock
        self._keep = keep
        self._alarm = alarm
        self._is_alarmed = False
        self.polled_at: datetime | None = None

    async def run(self) -> None:
        """
        Poll until cancelled.

        Raises:
            LeadershipLost: another process polls by now.
        """
        # An offset confirms what was kept. It lives until a poll with it has found nothing new: the messenger's ids may
        # jump back after a quiet week, and an offset kept longer would then hide what is new.
        offset: int | None = None
        faults = 0
        while True:
            params: dict[str, object] = {"timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
            if offset is not None:
                params["offset"] = offset
            try:
                updates = await self._messenger.call("getUpdates", params, seconds=POLL_SECONDS + 10)
                found = arrivals(updates)
                if found:
                    reach("intake.fetched")
                    await self._keep(found)
                    reach("intake.kept")
            except LeadershipLost:
                raise
            except (MessengerError, NetworkFault, DatabaseFault) as error:
                faults += 1
                await self._rest(error, faults)
                continue
            faults = 0
            self._is_alarmed = False
            self.polled_at = self._clock.now()
            offset = found[-1].update_id + 1 if found else None

    async def _rest(self, error: Exception, faults: int) -> None:
        wait = min(MOST_WAIT_SECONDS, 0.2 * 2.0 ** min(faults, 8))
        if isinstance(error, MessengerError) and error.retry_after is not None:
            wait = max(wait, error.retry_after)
        log.warning("polling failed (%s), again in %.1f s", error, wait)
        if isinstance(error, MessengerError) and error.code == 409 and "webhook" in error.description.casefold():
            await self._leave_webhook()
        if isinstance(error, MessengerError) and error.code in {401, 404} and not self._is_alarmed:
            self._is_alarmed = True
            log.error("the messenger does not accept the token: it may have been revoked")
            await self._alarm("token")
        await asyncio.sleep(wait)

    async def _leave_webhook(self) -> None:
        """Polling was asked for: the webhook of an earlier installation is taken down; what waits is kept."""
        try:
            await self._messenger.call("deleteWebhook", {"drop_pending_updates": False})
        except (MessengerError, NetworkFault) as error:
            log.warning("the webhook could not be taken down: %s", error)


def stalled_poll(polled_at: datetime | None, *, started_at: datetime, now: datetime) -> str | None:
    """Tell in a few words that polling has had no answer for 90 s; None while it is well."""
    last = polled_at or started_at
    if now - last > STALLED:
        return f"no poll has been answered since {last.isoformat(timespec='seconds')}"
    return None
