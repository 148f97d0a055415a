"""Polling goes on whatever it is answered, confirms only what is kept, and tells when it stalls."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.delivery.client import MessengerError, NetworkFault
from bot.delivery.patience import PATIENCE, Patience
from bot.files.documents import Document
from bot.intake.polling import Polling
from db.faults import DatabaseFault
from db.repositories.inbox import Arrival

AT_ONCE = Patience(rest=0.0, longest_rest=0.0, flood=0.0)
OTHER_WEBHOOK = MessengerError(409, "Conflict: can't use getUpdates method while webhook is active")
UNAUTHORIZED = MessengerError(401, "Unauthorized")


@dataclass
class Script:
    """A messenger that answers polls from a list, and a desk where updates are kept, or cannot be."""

    answers: list[Any]
    offsets: list[int | None] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    is_full: bool = False
    now: float = 0.0
    is_played: asyncio.Event = field(default_factory=asyncio.Event)

    async def call(
        self, method: str, params: dict[str, Any], *, seconds: float = 0.0, document: Document | None = None
    ) -> Any:
        if method != "getUpdates":
            self.others.append(method)
            return True
        self.offsets.append(params.get("offset"))
        if not self.answers:
            self.is_played.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def download(self, path: str, *, most: int, seconds: float = 0.0) -> bytes:
        raise AssertionError("nobody fetches a file here")

    async def close(self) -> None:
        """Nothing is open."""

    async def keep(self, arrivals: list[Arrival]) -> None:
        if self.is_full:
            self.is_full = False
            raise DatabaseFault
        self.kept += [arrival.update_id for arrival in arrivals]

    async def alarm(self, what: str) -> None:
        if self.is_full:
            self.is_full = False
            raise DatabaseFault
        self.alarms.append(what)


def polling(script: Script, patience: Patience = AT_ONCE) -> Polling:
    return Polling(
        messenger=script, keep=script.keep, alarm=script.alarm, patience=patience, seconds=lambda: script.now
    )


@asynccontextmanager
async def running(polls: Polling) -> AsyncIterator[None]:
    task = asyncio.create_task(polls.run())
    await asyncio.sleep(0)
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def played(*answers: Any, prepare: Callable[[Script], None] = lambda script: None) -> Script:
    script = Script(list(answers))
    prepare(script)
    async with running(polling(script)):
        async with asyncio.timeout(10):
            await script.is_played.wait()
    return script


def update(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": 5}}}


async def test_what_is_kept_is_confirmed_until_there_is_nothing_new() -> None:
    script = await played([update(7), update(8)], [update(9)], [])

    assert script.kept == [7, 8, 9]
    assert script.offsets == [None, 9, 10, None]


async def test_what_could_not_be_kept_is_not_confirmed() -> None:
    script = await played([update(7)], [update(7)], prepare=lambda script: setattr(script, "is_full", True))

    assert script.kept == [7]
    assert script.offsets == [None, None, 8]


async def test_an_offset_does_not_outlive_a_fault() -> None:
    script = await played([update(7)], NetworkFault("reset"), [update(2)])

    assert script.offsets == [None, 8, None, 3]


async def test_updates_that_come_in_any_order_are_confirmed_in_the_end() -> None:
    crossed = [update(9), update(8), update(3)]
    script = await played(crossed, crossed)

    assert script.offsets == [None, 4, 10]


async def test_rubbish_among_updates_is_left_out_and_the_rest_is_kept() -> None:
    script = await played([5, None, update(7), {"update_id": True}, {"update_id": 2**64}, {}])

    assert script.kept == [7]
    assert script.offsets == [None, 8]


async def test_an_answer_without_any_update_counts_as_a_fault() -> None:
    script = await played(None, {"update_id": 7}, [{}], [update(7)])

    assert script.kept == [7]


async def test_a_webhook_of_others_is_taken_down() -> None:
    script = await played(OTHER_WEBHOOK, [update(7)])

    assert script.others == ["deleteWebhook"]
    assert script.kept == [7]


async def test_one_refusal_of_the_token_is_borne_and_three_in_a_row_call_somebody_once() -> None:
    script = await played(UNAUTHORIZED, UNAUTHORIZED, [], *[UNAUTHORIZED] * 5, [update(7)])

    assert script.alarms == ["token"]
    assert script.kept == [7]


async def test_an_alarm_that_cannot_be_kept_ends_nothing() -> None:
    script = await played(*[UNAUTHORIZED] * 3, [update(7)], prepare=lambda script: setattr(script, "is_full", True))

    assert script.kept == [7]


async def test_a_stall_is_told_within_90_seconds_with_what_was_answered_last() -> None:
    script = Script([[], NetworkFault("reset")])
    polls = polling(script)
    async with running(polls):
        async with asyncio.timeout(10):
            await script.is_played.wait()
        script.now = 60.0
        soon = polls.trouble()
        script.now = 90.0
        late = polls.trouble()

    assert soon is None
    assert late == "no poll has succeeded for 90 s (reset)"


async def test_who_does_not_poll_has_not_stalled_and_may_begin_anew() -> None:
    script = Script([])
    polls = polling(script)
    async with running(polls):
        script.now = 100.0
        assert polls.trouble() is not None
    ended = polls.trouble()
    async with running(polls):
        begun = polls.trouble()

    assert (ended, begun) == (None, None)


def test_whatever_hangs_the_bot_is_back_within_half_a_minute() -> None:
    rest = PATIENCE.rest_after(1000)

    assert PATIENCE.poll + PATIENCE.poll_grace + rest < 30
    assert PATIENCE.call + rest < 30
    assert PATIENCE.flood < 30
    assert PATIENCE.webhook + rest < 30
    assert 2 * PATIENCE.answer + PATIENCE.rest_after(1) < 10
