"""An update is kept as it came, whatever is in it, or left out where it is none."""

import json
from typing import Any

import pytest

from bot.intake.arrivals import arrivals, chat_of


def test_a_cut_emoji_does_not_keep_an_update_out() -> None:
    [arrival] = arrivals(json.loads('[{"update_id": 7, "message": {"text": "\\ud83d\\ude00 \\ud83d!"}}]'))

    assert json.loads(arrival.raw)["message"]["text"] == "😀 \ufffd!"
    arrival.raw.encode()


@pytest.mark.parametrize("updates", [None, True, "x", {"update_id": 7}, 5, {}])
def test_what_is_no_list_holds_no_updates(updates: Any) -> None:
    assert arrivals(updates) == []


@pytest.mark.parametrize("update_id", [None, "7", True, 7.0, 2**63, -(2**64), [7]])
def test_what_is_no_number_of_an_update_is_left_out(update_id: Any) -> None:
    assert [arrival.update_id for arrival in arrivals([{"update_id": update_id}, {"update_id": 8}])] == [8]


@pytest.mark.parametrize("chat", [None, 5, {"id": "5"}, {"id": 2**70}, {"id": True}, {}])
def test_a_chat_without_a_usable_number_is_nobodys(chat: Any) -> None:
    assert chat_of({"message": {"chat": chat}}) == 0
