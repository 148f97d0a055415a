"""Webhooks: the secret, the order, and trying again."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.webhooks import SECRET_HEADER
from bot.sandbox.world import World
from tests.sandbox.caller import REZA, ZARINA, Api


class Receiver:
    """A webhook that notes what it gets and refuses as often as told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.url = ""
        self.got: list[dict[str, Any]] = []
        self.secrets: set[str | None] = set()
        self.refusals = 0

    async def receive(self, request: web.Request) -> web.Response:
        self.secrets.add(request.headers.get(SECRET_HEADER))
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        self.got.append(await request.json())
        self.world.changed()
        return web.Response()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def receiver(world: World) -> AsyncIterator[Receiver]:
    receiver = Receiver(world)
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await world.close()
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret_and_in_order(world: World, api: Api, receiver: Receiver) -> None:
    world.say(ZARINA, ZARINA, "before")
    await api.good("setWebhook", url=receiver.url, secret_token="s3cret")
    for text in ("one", "two", "three"):
        world.say(ZARINA, ZARINA, text)

    await world.settled()

    assert receiver.texts() == ["before", "one", "two", "three"]
    assert receiver.secrets == {"s3cret"}


async def test_a_refused_update_is_pushed_again_before_the_next(world: World, api: Api, receiver: Receiver) -> None:
    receiver.refusals = 2
    await api.good("setWebhook", url=receiver.url)
    world.say(ZARINA, ZARINA, "one")
    world.say(ZARINA, ZARINA, "two")
    world.say(REZA, REZA, "elsewhere")

    await world.settled()

    assert [text for text in receiver.texts() if text != "elsewhere"] == ["one", "two"]
    info = await api.good("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
    assert info["pending_update_count"] == 0


async def test_polling_and_webhook_exclude_each_other(world: World, api: Api, receiver: Receiver) -> None:
    await api.good("setWebhook", url=receiver.url)

    refused = await api.call("getUpdates")
    await api.good("deleteWebhook")
    world.say(ZARINA, ZARINA, "after")

    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    assert [update["message"]["text"] for update in await api.updates()] == ["after"]
    assert (await api.good("getWebhookInfo"))["url"] == ""


async def test_a_bad_webhook_is_refused(world: World, api: Api) -> None:
    no_address = await api.refusal("setWebhook", url="ftp://127.0.0.1/hook")
    far_away = await api.refusal("setWebhook", url="https://example.com/hook")
    bad_secret = await api.refusal("setWebhook", url="http://127.0.0.1/hook", secret_token="нет")

    assert no_address == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    assert far_away.startswith("Bad Request: bad webhook: ")
    assert bad_secret == "Bad Request: secret token contains unallowed characters"
    assert len(world.faults) == 1
