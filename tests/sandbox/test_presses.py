"""Keyboards, presses and their answers."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import NotPossible
from bot.sandbox.world import World
from tests.sandbox.caller import REZA, ZARINA, Api

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
PARSE = "Bad Request: can't parse inline keyboard button: "


def rows(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


SAVE = rows({"text": "Save", "callback_data": "1.save"})


async def test_a_press_arrives_with_the_message_as_it_is_now(world: World, api: Api) -> None:
    sent = await api.good("sendMessage", chat_id=ZARINA, text="before", reply_markup=SAVE)
    place = {"chat_id": ZARINA, "message_id": sent["message_id"]}
    await api.good("editMessageText", **place, text="now", reply_markup=SAVE)

    query_id = world.press(ZARINA, ZARINA, sent["message_id"], "1.save")

    [update] = await api.updates()
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (query_id, "1.save", ZARINA)
    assert query["message"]["text"] == "now"
    assert query["message"]["reply_markup"] == SAVE


async def test_an_answer_is_a_toast_or_an_alert_once(world: World, api: Api) -> None:
    await api.good("sendMessage", chat_id=ZARINA, text="x", reply_markup=SAVE)
    query_id = world.press_label(ZARINA, ZARINA, "Save")

    await api.good("answerCallbackQuery", callback_query_id=query_id, text="Saved", show_alert=True)

    press = world.presses[query_id]
    assert (press.text, press.is_alert) == ("Saved", True)
    assert await api.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD


async def test_a_forgotten_press_is_too_old(world: World, api: Api, clock: SandboxClock) -> None:
    await api.good("sendMessage", chat_id=ZARINA, text="x", reply_markup=SAVE)
    query_id = world.press_label(ZARINA, ZARINA, "Save")
    clock.advance(timedelta(seconds=16))

    assert await api.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id="nonsense") == TOO_OLD


async def test_only_what_is_offered_can_be_pressed_but_a_doctored_client_can_send_anything(
    world: World, api: Api
) -> None:
    sent = await api.good("sendMessage", chat_id=ZARINA, text="x", reply_markup=SAVE)

    with pytest.raises(NotPossible):
        world.press(ZARINA, ZARINA, sent["message_id"], "2.forged")
    world.press_forged(ZARINA, ZARINA, sent["message_id"], "2.forged")

    [update] = await api.updates()
    assert update["callback_query"]["data"] == "2.forged"


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ("{no json", "Bad Request: can't parse reply keyboard markup JSON object"),
        ([1], "Bad Request: object expected as reply markup"),
        (
            {"inline_keyboard": ["x"]},
            'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (rows({"callback_data": "x"}), f'{PARSE}Can\'t find field "text"'),
        (rows({"text": " ", "callback_data": "x"}), f"{PARSE}Text must be non-empty"),
        (rows({"text": "x"}), f"{PARSE}Text buttons are unallowed in the inline keyboard"),
        (rows({"text": "x", "callback_data": ""}), f"{PARSE}Text buttons are unallowed in the inline keyboard"),
        (
            rows({"text": "x", "callback_data": "y", "url": "https://e.com"}),
            f"{PARSE}Exactly one action is allowed, got url, callback_data",
        ),
        (rows({"text": "x", "callback_data": "y" * 65}), "Bad Request: BUTTON_DATA_INVALID"),
        (rows({"text": "x", "callback_data": "ы" * 33}), "Bad Request: BUTTON_DATA_INVALID"),
        (
            rows({"text": "x", "url": "not an address"}),
            "Bad Request: inline keyboard button URL 'not an address' is invalid: Wrong HTTP URL",
        ),
        (rows(*[{"text": "x", "callback_data": "y"}] * 101), "Bad Request: reply markup is too long"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "y"}] * 9]}, "Bad Request: reply markup is too long"),
    ],
)
async def test_a_bad_keyboard_is_refused(api: Api, markup: Any, description: str) -> None:
    assert await api.refusal("sendMessage", chat_id=ZARINA, text="x", reply_markup=markup) == description


async def test_64_bytes_of_data_and_an_empty_keyboard_are_good(api: Api) -> None:
    full = await api.good(
        "sendMessage", chat_id=ZARINA, text="x", reply_markup=rows({"text": "x", "callback_data": "y" * 64})
    )
    empty = await api.good("sendMessage", chat_id=ZARINA, text="x", reply_markup={"inline_keyboard": []})

    assert len(full["reply_markup"]["inline_keyboard"][0][0]["callback_data"]) == 64
    assert "reply_markup" not in empty


async def test_inline_queries_are_asked_and_answered(world: World, api: Api) -> None:
    api.bot.supports_inline = True
    asked = world.ask_inline(REZA, "M-12")
    [update] = await api.updates()
    result = {"type": "article", "id": "1", "title": "M-12", "input_message_content": {"message_text": "M-12"}}

    doubled = await api.refusal("answerInlineQuery", inline_query_id=asked.id, results=[result, result])
    await api.good("answerInlineQuery", inline_query_id=asked.id, results=[result])

    assert update["inline_query"]["query"] == "M-12"
    assert doubled == "Bad Request: RESULT_ID_DUPLICATE"
    assert asked.results == [result]
    assert await api.refusal("answerInlineQuery", inline_query_id=asked.id, results=[]) == TOO_OLD
