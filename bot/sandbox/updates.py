"""One bot's queue of updates, with the offset semantics of getUpdates."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from itertools import islice
from typing import Any

from bot.sandbox.errors import conflict

Update = dict[str, Any]

# All kinds but these come when a bot never said which it wants.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
        "guest_message",
    }
)
LONGEST_POLL_SECONDS = 50
_CONFLICT_PAUSE_SECONDS = 3.0


class UpdateQueue:
    """
    Updates wait here until they are confirmed: by a later offset when polled, by a 2xx answer when pushed to a webhook.

    An offset confirms all updates below it, a negative one all but the last so many. Reading confirms nothing.
    """

    def __init__(self, *, first_id: int) -> None:
        self._next_id = first_id
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._poll: asyncio.Future[None] | None = None
        self._next_conflict = 0.0
        self.allowed: frozenset[str] | None = None
        self.on_push: Callable[[Update], None] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def pending(self) -> list[Update]:
        return list(self._pending.values())

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def allow(self, kinds: Any) -> None:
        """An empty list brings the default back; unknown names are ignored, as the real server does."""
        if isinstance(kinds, list):
            self.allowed = frozenset(str(kind) for kind in kinds) & KINDS or None

    def push(self, kind: str, content: dict[str, Any]) -> Update | None:
        """Queue an update and return it, or None where the bot does not want this kind."""
        if not self.wants(kind):
            return None
        return self.insert({kind: content})

    def jump_to(self, next_id: int) -> None:
        """After a quiet week the real server goes on from a random number, lower ones included."""
        self._next_id = next_id

    def confirm(self, update_id: int) -> None:
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        self._pending.clear()

    def repeat(self, update: Update) -> None:
        """Deliver an update that was confirmed before once more, as the real server now and then does."""
        self._pending[update["update_id"]] = update
        self._pending.move_to_end(update["update_id"], last=False)
        self._tell(update)

    def insert(self, content: dict[str, Any]) -> Update:
        """Queue whatever it is under the next id, rubbish too."""
        update: Update = {"update_id": self._next_id, **content}
        self._next_id += 1
        self._pending[update["update_id"]] = update
        self._tell(update)
        return update

    def _tell(self, update: Update) -> None:
        self._wake()
        if self.on_push is not None:
            self.on_push(update)

    def interrupt(self, *, for_webhook: bool = False) -> None:
        """End a waiting poll with 409, as a second poller or setWebhook does."""
        if self._poll is not None and not self._poll.done():
            cause = (
                "terminated by setWebhook request"
                if for_webhook
                else "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
            self._poll.set_exception(conflict(cause))
        self._poll = None

    def close(self) -> None:
        """Let a waiting poll come back empty."""
        self._wake()

    async def get(self, *, offset: int, limit: int, wait_seconds: float, confirmed: Callable[[], None]) -> list[Update]:
        """
        Confirm by *offset*, then give up to *limit* pending updates, the first of which is waited for.

        *confirmed* is called where something was confirmed.

        Raises:
            ApiError: 409, while waiting another poll began to wait.
        """
        before = len(self._pending)
        self._confirm_by(offset)
        if len(self._pending) < before:
            confirmed()
        if not self._pending and wait_seconds > 0:
            self.interrupt()
            mine = self._poll = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(wait_seconds):
                    await mine
            except TimeoutError:
                pass
            except Exception:
                await self._pause_between_conflicts()
                raise
            finally:
                if self._poll is mine:
                    self._poll = None
        return list(islice(self._pending.values(), limit))

    def _confirm_by(self, offset: int) -> None:
        if offset > 0:
            for update_id in [known for known in self._pending if known < offset]:
                del self._pending[update_id]
        elif offset < 0:
            while len(self._pending) > -offset:
                self._pending.popitem(last=False)

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def _pause_between_conflicts(self) -> None:
        # The real server answers one 409 at once and lets the next ones wait, so that two pollers do not spin.
        now = time.monotonic()
        if now < self._next_conflict:
            await asyncio.sleep(_CONFLICT_PAUSE_SECONDS)
        else:
            self._next_conflict = now + _CONFLICT_PAUSE_SECONDS
