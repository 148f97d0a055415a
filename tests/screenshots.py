"""Makes the README's pictures from the demo: python -m tests.screenshots [FOLDER]."""

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.demo import Demo, opened
from tests.browser import Browser, open_browser
from tests.people import bare

_WIDTH, _HEIGHT = 390, 940
_FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: who holds the phone, what they say, or tap (a label after "→")."""

    name: str
    person_id: int
    acts: tuple[str, ...]


_SCENES = (
    Scene("chat-fa", 1003, ("M-3 ۷۵٪ نقشه‌های کارگاه رسید", "/summary")),
    Scene("chat-tg", 1012, ("M-10 90% ҳуҷҷатҳои курс омода шуд", "/my")),
    Scene(
        "chat-en",
        1005,
        ("M-13 75% lab results of the second batch are in", "/newmilestone Sign the water protocol", "→ Save"),
    ),
)


async def main(folder: Path) -> None:
    """Play each scene and look at its end."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        async with opened(port=0, folder=Path(data), clock_runs=False) as demo, open_browser() as browser:
            for scene in _SCENES:
                await _play(demo, scene)
                path = folder / f"{scene.name}.png"
                await _look(demo, browser, scene, path)
                print(path)  # noqa: T201 (a command says what it made)


async def _play(demo: Demo, scene: Scene) -> None:
    bot_id = next(iter(demo.world.bots))
    await _rested(demo)
    for act in scene.acts:
        if act.startswith("→"):
            chat = demo.world.chat_of(scene.person_id, bot_id)
            labels = [b["text"] for m in reversed(demo.world.visible(chat)) for row in m.buttons for b in row]
            demo.world.press_label(
                scene.person_id, bot_id, next(label for label in labels if act[1:].strip() in bare(label))
            )
        else:
            demo.world.say(scene.person_id, bot_id, act)
        await _rested(demo)


async def _rested(demo: Demo) -> None:
    await demo.world.settled()
    await demo.house.rested()


async def _look(demo: Demo, browser: Browser, scene: Scene, path: Path) -> None:
    bot_id = next(iter(demo.world.bots))
    # Seen before, so that no line of unread messages stands in the picture.
    chat = demo.world.chat_of(scene.person_id, bot_id)
    chat.read_up_to[scene.person_id] = chat.last_message_id
    page = await browser.page(f"{demo.url}/#{scene.person_id}/{bot_id}", width=_WIDTH, height=_HEIGHT, touch=True)
    await page.until("document.querySelector('.message')")
    await page.screenshot(path)
    await page.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER))
