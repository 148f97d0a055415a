"""Makes the pictures of the docs, the same scenes in each language: python -m tests.screenshots [FOLDER]."""

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo import Demo, opened
from bot.domain.readers import LANGUAGES, Language
from bot.i18n.catalogue import translations
from tests.browser import Browser, open_browser
from tests.people import bare

_FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
_WIDTH = 390
# Who holds the phone in each language, by their number in the demo.
_PHONES: dict[Language, int] = {"fa": 1003, "tg": 1011, "en": 1005}


@dataclass(frozen=True, slots=True)
class Said:
    """What is typed: a command, and words in the language of the phone's owner."""

    command: str = ""
    words: tuple[str, str, str] = ("", "", "")

    def in_language(self, language: Language) -> str:
        """Give the whole line."""
        return f"{self.command} {self.words[LANGUAGES.index(language)]}".strip()


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button that is tapped, by its English label."""

    label: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Time that passes until an instant."""

    until: datetime


Act = Said | Tapped | Passed


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of where *acts* lead; *scale* is how many dots a point has."""

    name: str
    acts: tuple[Act, ...]
    height: int = 760
    scale: int = 1


_PROGRESS = Said(words=("M-3 ۷۵٪ نقشه‌های کارگاه رسید", "M-14 65% сутунҳо насб шуданд", "M-13 75% lab results are in"))
_MORE = Said(words=("M-3 ۸۰٪ طرح بازبینی شد", "M-14 70% нақша тасдиқ шуд", "M-13 80% report drafted"))
_TITLE = ("امضای تفاهم‌نامه آب", "Имзои созишномаи об", "Sign the water protocol")
_OBSTACLE = ("مجوز حفاری نرسیده است", "Иҷозатномаи пармакунӣ нарасидааст", "The drilling permit has not come")
_FIRST_OF_DECEMBER = datetime(2026, 12, 1, 9, 31, tzinfo=ZoneInfo("Asia/Tehran"))

# In the order in which they are played on one phone.
_SCENES = (
    Scene("home", (), height=480),
    Scene("chat", (_PROGRESS, Said("/summary")), height=1330, scale=2),
    Scene("milestone", (_MORE, Tapped("Milestone card"))),
    Scene("calendar", (Said("/newmilestone", _TITLE), Tapped("Due date"), Tapped("Calendar")), height=900),
    Scene("obstacle", (Tapped("Cancel"), Said("/newobstacle", _OBSTACLE), Tapped("Save"))),
    Scene("settings", (Said("/settings"),)),
    Scene("reminder", (Passed(_FIRST_OF_DECEMBER),)),
)


async def main(folder: Path) -> None:
    """Play the scenes on a phone of each language and look at the end of each."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with open_browser() as browser:
        for language, person_id in _PHONES.items():
            with tempfile.TemporaryDirectory() as data:
                async with opened(port=0, folder=Path(data), clock_runs=False) as demo:
                    phone = Phone(demo, person_id, language)
                    for scene in _SCENES:
                        await phone.play(scene)
                        path = folder / f"{scene.name}-{language}.png"
                        await phone.look(browser, scene, path)
                        print(path)  # noqa: T201 (a command says what it made)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone of the demo, with the private chat of its owner on it."""

    demo: Demo
    person_id: int
    language: Language

    @property
    def bot_id(self) -> int:
        """The bot's number."""
        return next(iter(self.demo.world.bots))

    async def play(self, scene: Scene) -> None:
        """Do what the scene says."""
        await self._rested()
        for act in scene.acts:
            match act:
                case Said():
                    self.demo.world.say(self.person_id, self.bot_id, act.in_language(self.language))
                case Tapped(label):
                    self.demo.world.press_label(self.person_id, self.bot_id, self._label(label))
                case Passed(until):
                    self.demo.clock.move_to(until)
                    await self.demo.house.schedule.tick()
            await self._rested()

    def _label(self, english: str) -> str:
        """Find the newest button with a label, as the owner of the phone reads it."""
        wanted = translations(self.language).gettext(english)
        chat = self.demo.world.chat_of(self.person_id, self.bot_id)
        shown = [
            str(button["text"])
            for message in self.demo.world.visible(chat)
            for row in message.buttons
            for button in row
        ]
        return next(label for label in reversed(shown) if bare(label) == wanted)

    async def _rested(self) -> None:
        await self.demo.world.settled()
        await self.demo.house.rested()

    async def look(self, browser: Browser, scene: Scene, path: Path) -> None:
        """Take the picture."""
        # Seen before, so that no line of unread messages stands in the picture.
        chat = self.demo.world.chat_of(self.person_id, self.bot_id)
        chat.read_up_to[self.person_id] = chat.last_message_id
        url = f"{self.demo.url}/#{self.person_id}/{self.bot_id}"
        page = await browser.page(url, width=_WIDTH, height=scene.height, touch=True, scale=scene.scale)
        await page.until("document.querySelector('.message')")
        await page.screenshot(path)
        await page.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER))
