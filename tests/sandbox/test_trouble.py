"""What goes wrong: unknown methods, wrong tokens, floods and planned faults."""

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.limits import RateLimits
from bot.sandbox.transport import Transport
from bot.sandbox.world import World
from tests.sandbox.caller import REZA, ZARINA, Api


async def test_an_unknown_method_fails_loudly(world: World, api: Api, caplog: pytest.LogCaptureFixture) -> None:
    answer = await api.call("sendTelegram", chat_id=ZARINA)

    assert answer == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
    assert world.faults == ["unknown method sendTelegram"]
    assert "sendTelegram" in caplog.text


async def test_method_names_are_read_in_any_case(api: Api) -> None:
    assert (await api.call("GETME"))["ok"]


@pytest.mark.parametrize(
    ("token", "code", "description"),
    [("7001:AAAAAAAAAA", 401, "Unauthorized"), ("nonsense", 404, "Not Found"), ("7001", 404, "Not Found")],
)
async def test_a_wrong_token_is_refused(world: World, token: str, code: int, description: str) -> None:
    answer = await Transport(world).call(token, "getMe")

    assert answer == {"ok": False, "error_code": code, "description": description}


async def test_a_flood_is_refused_with_the_time_to_wait(world: World, api: Api) -> None:
    seconds = [0.0]
    world.limits = RateLimits(now=lambda: seconds[0])
    world.limits.is_on = True
    for _ in range(4):
        await api.good("sendMessage", chat_id=ZARINA, text="x")

    answer = await api.call("sendMessage", chat_id=ZARINA, text="x")
    await api.good("sendMessage", chat_id=REZA, text="another chat")
    seconds[0] = 1.0

    assert answer["error_code"] == 429
    assert answer["description"] == "Too Many Requests: retry after 1"
    assert answer["parameters"] == {"retry_after": 1}
    await api.good("sendMessage", chat_id=ZARINA, text="x")


async def test_a_group_takes_twenty_a_minute(world: World, api: Api) -> None:
    chat = world.create_group(ZARINA, "Mining", members=[api.bot.id])
    seconds = [0.0]
    world.limits = RateLimits(now=lambda: seconds[0])
    world.limits.is_on = True
    for _ in range(20):
        await api.good("sendMessage", chat_id=chat.id, text="x")
        seconds[0] += 1.5

    answer = await api.call("sendMessage", chat_id=chat.id, text="x")

    assert answer["parameters"] == {"retry_after": 30}


async def test_thirty_a_second_in_all(world: World, api: Api) -> None:
    people = [world.add_person(6000 + number, "Member") for number in range(31)]
    for person in people:
        world.start(person.id)
    world.limits = RateLimits(now=lambda: 0.0)
    world.limits.is_on = True

    answers = [await api.call("sendMessage", chat_id=person.id, text="x") for person in people]

    assert [answer["ok"] for answer in answers] == [True] * 30 + [False]


async def test_planned_faults_come_before_or_after_the_effect(world: World, api: Api) -> None:
    chat = world.chat_of(ZARINA, ZARINA)
    before = len(chat.messages)
    world.plan.add(Fault("sendMessage", status=502))
    world.plan.add(Fault("sendMessage", reset=True, when="after"))

    bad_gateway = await Transport(world).request(api.bot.token, "sendMessage", {"chat_id": ZARINA, "text": "one"})
    assert (bad_gateway.status, len(chat.messages)) == (502, before)

    with pytest.raises(ConnectionResetError):
        await api.call("sendMessage", chat_id=ZARINA, text="two")
    assert [message.text for message in world.visible(chat)][-1] == "two"

    await api.good("sendMessage", chat_id=ZARINA, text="three")


async def test_waiting_in_vain_tells_what_went_wrong(world: World, api: Api) -> None:
    await api.call("sendTelegram")

    with pytest.raises(TimeoutError, match="sendTelegram"):
        await world.until(lambda: False, within=0.01)
