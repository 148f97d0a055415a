"""Long polling that confirms an update only after it has been kept, and never ends by an error."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.delivery.client import Messenger, MessengerError, NetworkFault
from bot.delivery.patience import PATIENCE, Patience
from bot.intake.arrivals import ALLOWED_UPDATES, arrivals
from bot.steps import reach
from db.faults import DatabaseFault, LeadershipLost, words
from db.repositories.inbox import Arrival

log = logging.getLogger(__name__)

# A poll that fails or hangs for three times is a stall, and is told well before 90 s have passed.
STALLED_SECONDS = 75.0
# Once may be a slip of the messenger's.
REFUSED_TOKEN_TIMES = 3


class Polling:
    """Fetches updates; *run* may be cancelled and begun anew. *seconds* is a clock that never goes back."""

    def __init__(
        self,
        *,
        messenger: Messenger,
        keep: Callable[[list[Arrival]], Awaitable[None]],
        alarm: Callable[[str], Awaitable[None]],
        patience: Patience = PATIENCE,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._messenger = messenger
        self._keep = keep
        self._alarm = alarm
        self._patience = patience
        self._seconds = seconds
        self._token_refused = 0
        self._is_running = False
        self._succeeded_at = 0.0
        self._fault = ""

    def trouble(self) -> str | None:
        """Tell in a few words that no poll has succeeded for 75 s; None while all is well, or while it does not run."""
        silent_for = self._seconds() - self._succeeded_at
        if not self._is_running or silent_for <= STALLED_SECONDS:
            return None
        return f"no poll has succeeded for {round(silent_for)} s ({self._fault or 'no answer'})"

    async def run(self) -> None:
        """
        Poll until cancelled; it may be started again.

        Raises:
            LeadershipLost: another process polls by now.
        """
        self._is_running = True
        self._succeeded_at = self._seconds()
        try:
            await self._poll_for_ever()
        finally:
            self._is_running = False

    async def _poll_for_ever(self) -> None:
        # An offset confirms what was kept. It lives until a poll with it has found nothing new or has failed: the
        # messenger's ids may jump back after a quiet week, and an offset kept longer would then hide what is new.
        offset: int | None = None
        faults = 0
        while True:
            asked_at = self._seconds()
            try:
                found = await self._fetch(offset)
                if found:
                    reach("intake.fetched")
                    await self._keep(found)
                    reach("intake.kept")
            except LeadershipLost:
                raise
            except (MessengerError, NetworkFault, DatabaseFault) as error:
                offset = None
                faults += 1
                await self._rest(error, faults)
                continue
            faults = 0
            self._token_refused = 0
            self._fault = ""
            self._succeeded_at = self._seconds()
            offset = _confirming(found, offset)
            if not found and self._succeeded_at - asked_at < min(1.0, self._patience.poll / 2):
                # A messenger that does not hold its polls is not asked without a pause.
                await asyncio.sleep(self._patience.rest)

    async def _fetch(self, offset: int | None) -> list[Arrival]:
        params: dict[str, object] = {"timeout": self._patience.poll, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            params["offset"] = offset
        seconds = self._patience.poll + self._patience.poll_grace
        updates = await self._messenger.call("getUpdates", params, seconds=seconds)
        found = arrivals(updates)
        if not found and updates != []:
            message = "an answer in which there are no updates"
            raise NetworkFault(message)
        return found

    async def _rest(self, error: Exception, faults: int) -> None:
        wait = self._patience.rest_after(faults)
        self._fault = words(error)
        if isinstance(error, MessengerError):
            wait = max(wait, min(self._patience.flood, error.retry_after or 0.0))
            await self._mend(error)
        log.warning("polling failed (%s), again in %.1f s", self._fault, wait)
        await asyncio.sleep(wait)

    async def _mend(self, error: MessengerError) -> None:
        """Do what can be done about a refusal: take a webhook down, or call the operators."""
        if error.code == 409 and "webhook is active" in error.description.casefold():
            await self._leave_webhook()
        if error.code not in {401, 404}:
            return
        self._token_refused += 1
        if self._token_refused == REFUSED_TOKEN_TIMES:
            log.error("the messenger does not accept the token: it may have been revoked")
            try:
                await self._alarm("token")
            except DatabaseFault as fault:
                log.warning("the alarm could not be kept: %s", words(fault))

    async def _leave_webhook(self) -> None:
        """Polling was asked for: the webhook of an earlier installation is taken down; what waits is kept."""
        try:
            await self._messenger.call("deleteWebhook", {"drop_pending_updates": False}, seconds=self._patience.call)
        except (MessengerError, NetworkFault) as error:
            log.warning("the webhook could not be taken down: %s", error)


def _confirming(found: list[Arrival], offset: int | None) -> int | None:
    """Give the offset that confirms what was found: up to the last, or to the highest where that led nowhere."""
    if not found:
        return None
    behind = found[-1].update_id + 1
    return behind if behind != offset else max(arrival.update_id for arrival in found) + 1
