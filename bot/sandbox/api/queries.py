"""Answers to pressed buttons and inline queries."""

from datetime import timedelta
from typing import Any

from bot.sandbox.api.access import Call, formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import MESSAGE_LIMIT, settle_text
from bot.sandbox.html_markup import utf16_length
from bot.sandbox.keyboards import check_markup, read_markup
from bot.sandbox.params import Params
from bot.sandbox.world import World

# Not documented; the client stops waiting, and the server forgets the query, after about a quarter of a minute.
ANSWERED_WITHIN = timedelta(seconds=15)
ANSWER_LIMIT = 200
MOST_RESULTS = 50
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(call: Call) -> bool:
    press = call.world.presses.get(call.params.text("callback_query_id"))
    text = call.params.text("text")
    if press is None or press.bot is not call.bot or press.answered_at is not None:
        raise bad_request(_TOO_OLD)
    if is_too_old(call.world, press.pressed_at):
        raise bad_request(_TOO_OLD)
    if utf16_length(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered_at = call.world.clock()
    press.text, press.is_alert, press.url = text, call.params.boolean("show_alert"), call.params.text("url") or None
    call.world.tell(
        "answer",
        press.message.chat,
        to=[press.person.id],
        query=press.id,
        text=press.text,
        alert=press.is_alert,
        url=press.url,
    )
    return True


def answer_inline_query(call: Call) -> bool:
    query = call.world.inline_queries.get(call.params.text("inline_query_id"))
    results = call.params.parsed("results", "can't parse JSON encoded inline query results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    seen: set[str] = set()
    for result in results:
        _check_result(call, result, seen)
    if (
        query is None
        or query.bot is not call.bot
        or query.results is not None
        or is_too_old(call.world, query.asked_at)
    ):
        raise bad_request(_TOO_OLD)
    query.results = results
    call.world.tell("inline", to=[query.person.id], query=query.id, results=results)
    return True


def _check_result(call: Call, result: Any, seen: set[str]) -> None:
    if not isinstance(result, dict) or not result.get("type"):
        raise bad_request("can't parse inline query result: Can't find field \"type\"")
    result_id = str(result.get("id", ""))
    if not 0 < len(result_id.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if result_id in seen:
        raise bad_request("RESULT_ID_DUPLICATE")
    seen.add(result_id)
    if result["type"] == "article" and not result.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    content = result.get("input_message_content")
    if result["type"] == "article" and not isinstance(content, dict):
        raise bad_request(
            "MESSAGE_EMPTY" if content is None else "can't parse inline query result: Object expected as content"
        )
    if isinstance(content, dict) and "message_text" in content:
        text, entities = formatted(Call(call.world, call.bot, Params(content)), "message_text", "entities")
        if utf16_length(settle_text(text, entities)[0]) > MESSAGE_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
    check_markup(read_markup(Params(result)))


def is_too_old(world: World, asked_at: Any) -> bool:
    return bool(world.clock() - asked_at > ANSWERED_WITHIN)


METHODS = {"answerCallbackQuery": answer_callback_query, "answerInlineQuery": answer_inline_query}
