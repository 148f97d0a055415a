"""What a person sees and does in a conversation."""

from pathlib import Path

import pytest

from tests.sandbox_page.scene import BEHROUZ, BOT, FARZONA, NEWCOMER, PHONE, Scene, picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_enter_sends_and_the_message_stands_on_the_right(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")

    await page.click("Message")
    await page.type("سلام به همه")
    await page.press("Enter")

    await scene.last(text="سلام به همه")
    await page.until("document.querySelector('.message:last-child.mine')")
    assert await page.evaluate("document.querySelector('textarea').value") == ""


async def test_what_people_write_never_becomes_markup(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")
    nasty = "<img src=x onerror=\"document.title='broken'\"><b>bold</b>"

    scene.world.say(BEHROUZ, BOT, nasty)

    await page.reads(nasty)
    assert await page.evaluate("document.title") == "Local messenger"
    assert await page.evaluate("document.querySelector('.message b, .message img')") is None


async def test_markup_of_the_bot_is_shown(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")

    await scene.bot_says(
        "<b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>code</code>\n<blockquote>quoted</blockquote>\n"
        '<pre>pre</pre><a href="https://example.org/">link</a> <tg-spoiler>hidden</tg-spoiler>'
    )

    await page.reads("quoted")
    marked = ".message:last-child .text :is(strong, em, u, s, code, blockquote, pre, a, .spoiler)"
    assert await page.evaluate(f"[...document.querySelectorAll('{marked}')].map((node) => node.textContent)") == [
        *("bold both", "both", "under", "gone", "code", "quoted", "pre", "link", "hidden")
    ]
    lines = "[...document.querySelectorAll('.message:last-child .text > *')].map((node) => node.textContent)"
    assert await page.evaluate(lines) == ["bold both under gone code", "quoted", "pre", "link hidden"]


async def test_each_line_goes_its_own_way(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")

    await scene.bot_says("سلام\nSalom\n\u200f12 ۱۲\n\u2068M-12\u2069 مرحله\n<blockquote>نقل</blockquote>")

    await page.reads("Salom")
    directions = "[...document.querySelectorAll('.message:last-child .text > *')].map((node) => node.dir)"
    assert (await page.evaluate(directions))[:5] == ["rtl", "ltr", "rtl", "rtl", "rtl"]


async def test_a_press_is_pending_until_it_is_answered(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")
    await scene.bot_says("M-12?", rows=[["Save", "Cancel"], ["More"]])

    await page.click("Save")
    await page.until("document.querySelector('.keyboard .pending')?.innerText === 'Save'")
    press = next(iter(scene.world.presses.values()))
    await scene.bot("answerCallbackQuery", callback_query_id=press.id, text="ذخیره شد.")

    await page.reads("ذخیره شد.")
    assert await page.evaluate("document.querySelector('.pending')") is None
    assert press.data == "Save"


async def test_an_alert_waits_for_ok(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")
    await scene.bot_says("M-12?", rows=[["Save"]])

    await page.click("Save")
    press = await scene.world.until(lambda: next(iter(scene.world.presses.values()), None))
    assert press is not None
    await scene.bot("answerCallbackQuery", callback_query_id=press.id, text="Too late.", show_alert=True)
    await page.reads("Too late.")
    await page.click("OK")

    assert await page.evaluate("document.querySelector('.alert')") is None


async def test_an_edited_message_changes_in_its_place(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")
    said = await scene.bot_says("before", rows=[["Save"]])
    await scene.bot_says("after it")
    await page.reads("after it")

    await scene.bot("editMessageText", chat_id=BEHROUZ, message_id=said["message_id"], text="changed")

    await page.reads("changed")
    texts = "[...document.querySelectorAll('.message .text')].map((node) => node.innerText)"
    assert (await page.evaluate(texts))[-2:] == ["changed", "after it"]
    assert await page.evaluate("document.querySelector('.keyboard')") is None


async def test_replying_editing_and_deleting(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")
    card = await scene.bot_says("M-12 Second furnace")
    await page.reads("M-12 Second furnace")

    await page.click_at("document.querySelector('.message:last-child .bubble')", button="right")
    await page.click("Reply")
    await page.type("۶۰٪")
    await page.press("Enter")
    reply = await scene.last(text="۶۰٪")
    await page.until("document.querySelector('.message:last-child .quoted')")
    await page.click_at("document.querySelector('.message:last-child .bubble')", button="right")
    await page.click("Edit")
    await page.type(" done")
    await page.press("Enter")
    await scene.last(text="۶۰٪ done")
    await page.reads("edited")
    await page.click_at("document.querySelector('.message:last-child .bubble')", button="right")
    await page.click("Delete")
    await page.until("!document.body.innerText.includes('۶۰٪ done')")

    assert reply.reply_to is not None
    assert reply.reply_to.id == card["message_id"]
    assert reply.is_deleted


async def test_a_picture_is_sent_with_its_caption_and_shown(scene: Scene, tmp_path: Path) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")
    path = tmp_path / "kiln.png"
    path.write_bytes(picture())

    await page.click("Attach")
    await page.choose_file("Picture", path)
    await page.reads("kiln.png")
    await page.type("کوره")
    await page.press("Enter")

    sent = await scene.last(text="کوره")
    assert "photo" in sent.content
    await page.until("document.querySelector('.message:last-child img')?.naturalWidth === 60")


async def test_a_document_can_be_had(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")

    scene.world.send_file(BEHROUZ, BOT, content=b"%PDF-1.7", name="گزارش.pdf", mime="application/pdf")

    await page.until("document.querySelector('a.document')")
    read = "fetch(document.querySelector('a.document').href).then((answer) => answer.text())"
    assert await page.evaluate(read) == "%PDF-1.7"
    assert await page.evaluate("document.querySelector('a.document').download") == "گزارش.pdf"


async def test_the_menu_offers_the_commands_of_the_messenger(scene: Scene) -> None:
    described = [{"command": "summary", "description": "خلاصه"}, {"command": "my", "description": "کارهای من"}]
    await scene.bot("setMyCommands", commands=described, language_code="fa")
    page = await scene.look(f"{BEHROUZ}/{BOT}", **PHONE)

    await page.click("Commands")
    await page.reads("کارهای من")
    await page.click("/summary")

    assert (await scene.last(text="/summary")).entities[0]["type"] == "bot_command"


async def test_a_bot_that_was_never_opened_introduces_itself(scene: Scene) -> None:
    await scene.bot("setMyDescription", description="The companion of a working group.")
    page = await scene.look(str(NEWCOMER))

    await page.click("Not started yet")
    await page.reads("The companion of a working group.")
    await page.click("Start")

    await scene.last(NEWCOMER, text="/start")
    await page.until("seek('Message')?.tagName === 'TEXTAREA'")


async def test_an_invitation_link_is_opened_by_pasting_it(scene: Scene) -> None:
    page = await scene.look(str(NEWCOMER))

    await page.click("Open an invitation link")
    await page.click("Link")
    await page.type("https://t.me/hamroh_test_bot?start=ABC123")
    await page.press("Enter")

    await scene.last(NEWCOMER, text="/start ABC123")
    await page.reads("/start ABC123")


async def test_blocking_and_taking_back(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")

    await page.click_at("document.querySelector('.conversation .title')")
    await page.click("Block")
    await page.until("seek('Unblock')")
    assert scene.world.chat_of(BEHROUZ, BOT).is_blocked
    await page.click("Unblock")

    await page.until("seek('Message')?.tagName === 'TEXTAREA'")
    assert not scene.world.chat_of(BEHROUZ, BOT).is_blocked


async def test_unread_messages_are_counted_until_they_are_seen(scene: Scene) -> None:
    page = await scene.look(str(FARZONA))
    await scene.bot_says("Салом", to=FARZONA)
    await scene.bot_says("Чӣ гап", to=FARZONA)

    await page.until("document.querySelector('.chat .badge')?.innerText === '2'")
    await page.click("Hamroh")
    await page.reads("Unread messages")

    await page.until("document.querySelector('.people [aria-pressed=true] .badge') === null")
