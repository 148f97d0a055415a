"""The page around the conversations: people, groups, the clock, sizes, and what happens when the sandbox goes away."""

import aiohttp
import pytest

from bot.sandbox.server import application, serve
from bot.sandbox.web import add_page
from tests.sandbox_page.scene import BEHROUZ, BOT, FARZONA, PHONE, SARA, Scene

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_OVERFLOW = "document.documentElement.scrollWidth > innerWidth"


async def test_one_is_whoever_one_chooses(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")

    await page.click("Фарзона Мирсаидова")
    await page.until("document.querySelector('.phone').dataset.person === '2001'")
    await page.click("Message")
    await page.type("Салом")
    await page.press("Enter")

    assert (await scene.last(FARZONA, text="Салом")).sender.id == FARZONA
    assert await page.evaluate("location.hash") == f"#{FARZONA}/{BOT}"


async def test_two_phones_stand_side_by_side(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")

    await page.click("Two phones")

    await page.until("document.querySelectorAll('.phone').length === 2")
    people = "[...document.querySelectorAll('.phone')].map((phone) => Number(phone.dataset.person))"
    assert await page.evaluate(people) == [BEHROUZ, FARZONA]
    assert not await page.evaluate(_OVERFLOW)


async def test_a_group_is_founded_with_the_bot_in_it(scene: Scene) -> None:
    page = await scene.look(str(BEHROUZ))

    await page.click("New group")
    await page.click("Title")
    await page.type("کارگروه")
    for name in ("Hamroh (bot)", "Фарзона Мирсаидова"):
        await page.click_at(f"[...document.querySelectorAll('.check')].find((one) => one.innerText.includes('{name}'))")
    await page.click("Create")
    await page.reads("created the group")
    group = next(chat for chat in scene.world.chats.values() if chat.kind == "group")
    scene.world.say(FARZONA, group.id, "Салом ба ҳама")

    await page.until("document.querySelector('.message .sender')?.innerText === 'Фарзона Мирсаидова'")
    assert sorted(group.members) == [BEHROUZ, FARZONA, BOT]


async def test_what_is_pinned_stands_at_the_top(scene: Scene) -> None:
    group = scene.world.create_group(BEHROUZ, "Group", members=[BOT, SARA])
    scene.world.set_admin(BEHROUZ, group.id, BOT, admin=True)
    page = await scene.look(f"{SARA}/{group.id}")

    said = await scene.bot_says("The summary of today", to=group.id)
    await scene.bot("pinChatMessage", chat_id=group.id, message_id=said["message_id"])

    await page.until("document.querySelector('.pinned')?.innerText.includes('The summary of today')")
    await page.reads("Hamroh pinned a message")


async def test_a_group_that_becomes_a_supergroup_stays_open(scene: Scene) -> None:
    group = scene.world.create_group(BEHROUZ, "Group", members=[BOT])
    page = await scene.look(f"{BEHROUZ}/{group.id}")

    moved = scene.world.upgrade(BEHROUZ, group.id)

    await page.until(f"location.hash === '#{BEHROUZ}/{moved.id}'")
    await page.reads("supergroup, 2 members")


async def test_the_clock_is_moved_on(scene: Scene) -> None:
    page = await scene.look(str(BEHROUZ))
    await page.reads("08:30")

    await page.click("+1 hour")
    await page.reads("11:00")
    await page.click("Next 09:30")
    await page.reads("Tue, 24 Nov 2026")
    await page.evaluate("document.querySelector('.jump input').value = '2026-12-01T09:30'")
    await page.click("Jump")
    await page.reads("Tue, 1 Dec 2026")

    assert scene.clock().isoformat() == "2026-12-01T06:00:00+00:00"


async def test_the_clock_does_not_go_back(scene: Scene) -> None:
    page = await scene.look(str(BEHROUZ))

    await page.evaluate("document.querySelector('.jump input').value = '2026-11-01T09:30'")
    await page.click("Jump")

    await page.reads("The clock cannot go back.")
    [refusal] = page.complaints
    assert "400" in refusal
    page.complaints.clear()


async def test_hours_are_those_of_the_persons_city(scene: Scene) -> None:
    page = await scene.look(f"{FARZONA}/{BOT}")

    assert await page.until("document.querySelector('.message time')?.innerText") == "10:00"


async def test_on_a_phone_the_chat_fills_the_screen(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}", **PHONE)

    box = await page.evaluate("document.querySelector('.screen').getBoundingClientRect().toJSON()")

    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert not await page.evaluate(_OVERFLOW)


async def test_on_a_phone_people_and_clock_slide_in(scene: Scene) -> None:
    page = await scene.look(str(BEHROUZ), **PHONE)

    await page.click("People and clock")
    await page.click("Sara Jones")

    await page.until("document.querySelector('.phone').dataset.person === '3001'")


async def test_long_lines_stay_inside_their_bubble(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}", **PHONE)

    await scene.bot_says("w" * 200, rows=[["long label " * 6, "سطر دراز " * 8]])

    await page.until("document.querySelector('.keyboard')")
    edges = "[...document.querySelectorAll('.bubble, .keyboard')].map((node) => node.getBoundingClientRect().right)"
    assert max(await page.evaluate(edges)) <= 390
    assert not await page.evaluate(_OVERFLOW)


async def test_dark_and_light_follow_the_system(scene: Scene) -> None:
    colour = "getComputedStyle(document.querySelector('.screen')).backgroundColor"

    light = await scene.look(str(BEHROUZ))
    dark = await scene.look(str(BEHROUZ), dark=True)

    assert await light.evaluate(colour) == "rgb(255, 255, 255)"
    assert await dark.evaluate(colour) == "rgb(23, 33, 43)"


async def test_a_sandbox_that_comes_back_is_found_again(scene: Scene) -> None:
    page = await scene.look(f"{BEHROUZ}/{BOT}")
    await scene.served.close()
    await page.reads("Connecting…")
    page.complaints.clear()

    app = application(scene.world)
    add_page(app)
    scene.served = await serve(scene.world, port=scene.served.port, app=app)
    scene.world.say(BEHROUZ, BOT, "still here")

    await page.reads("still here")
    await page.until("document.querySelector('.offline').hidden")
    page.complaints.clear()


async def test_the_page_needs_nothing_from_elsewhere(scene: Scene) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{scene.served.url}/") as answer:
        text = await answer.text()

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy
    assert "//" not in text.replace("<!doctype", "")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


async def test_modules_and_styles_have_their_types(scene: Scene) -> None:
    types = {}
    async with aiohttp.ClientSession() as session:
        for name in ("app.js", "style.css", "icon.svg", "settings.json"):
            async with session.get(f"{scene.served.url}/page/{name}") as answer:
                types[name] = (answer.status, answer.content_type, answer.headers["Cache-Control"])

    assert types == {
        "app.js": (200, "text/javascript", "no-cache"),
        "style.css": (200, "text/css", "no-cache"),
        "icon.svg": (200, "image/svg+xml", "no-cache"),
        "settings.json": (200, "application/json", "no-cache"),
    }
