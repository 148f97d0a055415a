"""Pushing updates to a bot's webhook: in order for each chat, chats side by side, again until it answers 2xx."""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable
from datetime import datetime

import aiohttp

from bot.sandbox.faults import WEBHOOK, FaultPlan
from bot.sandbox.records import BotAccount, Webhook
from bot.sandbox.updates import Update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)
_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 5.0
_ANSWER_WITHIN_SECONDS = 60.0


class WebhookPusher:
    """The deliveries of one bot, from setWebhook to deleteWebhook."""

    def __init__(
        self,
        bot: BotAccount,
        webhook: Webhook,
        *,
        clock: Callable[[], datetime],
        changed: Callable[[], None],
        plan: FaultPlan,
    ) -> None:
        self._bot = bot
        self._webhook = webhook
        self._clock = clock
        self._changed = changed
        self._plan = plan
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_ANSWER_WITHIN_SECONDS))
        self._slots = asyncio.Semaphore(webhook.max_connections)
        self._lines: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        for update in bot.queue.pending:
            self._enqueue(update)
        bot.queue.on_push = self._enqueue

    async def close(self) -> None:
        self._bot.queue.on_push = None
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    def _enqueue(self, update: Update) -> None:
        line = _line_of(update)
        if line in self._lines:
            self._lines[line].append(update)
            return
        self._lines[line] = deque([update])
        task = asyncio.get_running_loop().create_task(self._drain(line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, line: int) -> None:
        waiting, pause = self._lines[line], _FIRST_PAUSE_SECONDS
        while waiting:
            async with self._slots:
                problem = await self._push(waiting[0])
            if not problem:
                self._bot.queue.confirm(waiting.popleft()["update_id"])
                self._changed()
                pause = _FIRST_PAUSE_SECONDS
                continue
            self._webhook.last_error, self._webhook.last_error_at = problem, self._clock()
            self._changed()
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        del self._lines[line]

    async def _push(self, update: Update) -> str:
        """Push an update; give what went wrong, or nothing."""
        fault = self._plan.take(WEBHOOK, update)
        if fault is not None and fault.when == "before":
            return "Connection timed out"
        problem = await self._posted(update)
        return "Read timeout expired" if fault is not None else problem

    async def _posted(self, update: Update) -> str:
        headers = {"Content-Type": "application/json"}
        if self._webhook.secret_token:
            headers[SECRET_HEADER] = self._webhook.secret_token
        body = json.dumps(update, ensure_ascii=False).encode()
        try:
            async with self._session.post(self._webhook.url, data=body, headers=headers) as response:
                with contextlib.suppress(aiohttp.ClientError):
                    await response.read()
                return (
                    ""
                    if 200 <= response.status < 300
                    else f"Wrong response from the webhook: {response.status} {response.reason}"
                )
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError):
            return "Connection refused"


def _line_of(update: Update) -> int:
    content = next((value for key, value in update.items() if key != "update_id"), None)
    body = content if isinstance(content, dict) else {}
    message = body.get("message", body)
    place = (message.get("chat") if isinstance(message, dict) else None) or body.get("from")
    return int(place["id"]) if isinstance(place, dict) and "id" in place else 0
