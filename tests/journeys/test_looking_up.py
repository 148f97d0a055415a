"""Looking things up in chat: the history of an item, a search, and the roadmap filtered by buttons and by words."""

from tests.people import Stage, Visitor


async def test_a_card_leads_to_its_history_page_by_page_and_back(keyvan: Visitor) -> None:
    await keyvan.says("M-13")
    await keyvan.taps("History")
    first = keyvan.sees
    assert first.lines[0].startswith("History of M-13, page 1 of ")
    count = len(keyvan.messages())

    await keyvan.taps("Next")
    assert keyvan.sees.lines[0].startswith("History of M-13, page 2 of ")
    assert len(keyvan.messages()) == count
    await keyvan.taps("M-13")
    assert keyvan.sees.lines[0].startswith("M-13 Ore sampling")


async def test_what_was_just_logged_and_undone_heads_the_history_in_the_readers_words(keyvan: Visitor) -> None:
    await keyvan.says("M-13 70% twenty samples")
    await keyvan.taps("Undo")

    await keyvan.says("/history м-۱۳")

    text = keyvan.sees.text
    assert "Undone by Keyvan Farahmandi" in text
    assert "This was undone later." in text
    assert "Percent done: 60% → 70%" in text
    assert "“twenty samples”" in text
    assert "23 November 2026" in text
    assert "Azar 1405" in text


async def test_the_history_of_an_obstacle_by_code_and_by_a_reply_to_its_card(keyvan: Visitor) -> None:
    await keyvan.says("O-5")
    card = keyvan.messages()[-1]
    await keyvan.says("/history", reply_to=card.id)
    by_reply = keyvan.sees.text
    await keyvan.says("/history O-5")

    assert keyvan.sees.text == by_reply
    assert keyvan.sees.lines[0].startswith("History of O-5")
    assert "Status: taken → waiting" in by_reply


async def test_without_a_code_and_with_a_wrong_one_the_history_says_what_to_send(keyvan: Visitor) -> None:
    await keyvan.says("/history")
    assert "/history, for example M-12" in keyvan.sees.text

    await keyvan.says("/history furnace")
    assert "“furnace” is no code" in keyvan.sees.text

    await keyvan.says("/history M-999")
    assert "M-999" in keyvan.sees.text


async def test_an_observer_reads_history_search_and_roadmap(stage: Stage) -> None:
    observer = stage.people["ghulomzoda"]
    await observer.says("/history M-13")
    assert observer.sees.lines[0].startswith("Таърихи M-13")

    await observer.says("/find M-13")
    assert observer.sees.buttons[0] == "M-13"

    await observer.says("/roadmap")
    await observer.taps("Филтр")
    assert "Корҳои ман" not in observer.sees.buttons


async def test_a_search_turns_its_pages_in_place_and_opens_what_was_found(keyvan: Visitor) -> None:
    await keyvan.says("/find mine")
    assert keyvan.sees.lines[0].startswith("Search: “mine”, page 1 of ")
    count = len(keyvan.messages())

    await keyvan.taps("Next")
    assert keyvan.sees.lines[0].startswith("Search: “mine”, page 2 of ")
    assert len(keyvan.messages()) == count
    code = next(label for label in keyvan.sees.buttons if label.startswith(("M-", "O-")))
    await keyvan.taps(code)
    assert keyvan.sees.lines[0].startswith(code)


async def test_a_search_that_finds_nothing_says_what_to_try(keyvan: Visitor, ramin: Visitor) -> None:
    await keyvan.says("/find zinc unobtainium")
    assert "Nothing was found." in keyvan.sees.text
    assert "fewer" in keyvan.sees.text
    assert "a day or a month: November 2026" in keyvan.sees.text

    await ramin.says("/find")
    assert "آذر ۱۴۰۵" in ramin.sees.text


async def test_filters_by_buttons_compose_and_survive_paging(keyvan: Visitor) -> None:
    await keyvan.says("/roadmap")
    await keyvan.taps("Filter")
    await keyvan.taps("Open")
    await keyvan.taps("TJ")
    assert {"✓ Open", "✓ TJ"} <= set(keyvan.sees.buttons)
    await keyvan.taps("Show")
    assert keyvan.sees.lines[1] == "Shown: open, Tajikistan"
    assert "✅" not in keyvan.sees.text

    await keyvan.taps("Next")
    assert keyvan.sees.lines[0].startswith("Roadmap, page 2 of ")
    assert keyvan.sees.lines[1] == "Shown: open, Tajikistan"

    await keyvan.taps("Filter")
    await keyvan.taps("✓ TJ")
    await keyvan.taps("My items")
    await keyvan.taps("PROC")
    await keyvan.taps("Show")
    assert keyvan.sees.lines[2] == "Shown: open, items of Keyvan Farahmandi"
    assert "M-13" in keyvan.sees.buttons


async def test_typed_words_filter_the_roadmap_as_buttons_do(keyvan: Visitor, ramin: Visitor) -> None:
    await keyvan.says("/roadmap steel")
    assert keyvan.sees.lines[0] == "Steel distribution centres"

    await keyvan.says("/roadmap off track zinc")
    assert keyvan.sees.lines[1] == "Shown: at risk or off track"
    assert "“zinc” names no workstream" in keyvan.sees.lines[2]

    await ramin.says("/roadmap من انجام‌شده")
    assert "انجام‌شده" in ramin.sees.lines[1]
