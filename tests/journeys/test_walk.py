"""A walk through every screen in every language: it parses, fits, is balanced, and has no word left untranslated."""

import random
import re

import pytest

from bot.domain.readers import Language
from bot.sandbox.records import Message
from db.repositories.members import Members
from handlers.registry import OFFER
from tests.people import Stage, Visitor, bare, buttons_of

STEPS = 120
# What a person typed stands in isolates; commands, codes, kinds of files and one button are Latin everywhere.
_TYPED = re.compile("\u2068[^\u2069]*\u2069")
_LATIN_BY_RIGHT = re.compile(r"/\w+|@\w+|\b[MO]-\d+|\b[A-Z_]{3,}\b|\bEnglish\b|\b\d{4}-\d\d-\d\d\b|\bXLSX\b|\bCSV\b")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_NAMES: dict[str, Language] = {"فارسی": "fa", "Тоҷикӣ": "tg", "English": "en"}
_WALKERS: dict[Language, str] = {"fa": "shahsavarzadeh", "tg": "ghayurov", "en": "farahmandi"}


def complaints(message: Message, language: Language) -> list[str]:
    """Say what is wrong with a message as a reader of *language* sees it."""
    labels = {bare(str(button["text"])) for button in buttons_of(message)}
    if labels >= {"فارسی", "Тоҷикӣ", "English"}:
        # The one screen that is in all three languages.
        return []
    if len(labels & _NAMES.keys()) == 2:
        # A screen that offers two of the languages is in the third.
        [language] = (_NAMES[name] for name in _NAMES.keys() - labels)
    wrong = []
    texts = [message.text, *(str(button["text"]) for button in buttons_of(message))]
    for text in texts:
        for line in text.split("\n"):
            depth = line.count("\u2066") + line.count("\u2067") + line.count("\u2068") - line.count("\u2069")
            if depth:
                wrong.append(f"isolates are not balanced: {line!r}")
        if language != "en":
            own = _LATIN_BY_RIGHT.sub("", _TYPED.sub("", text))
            if found := _LATIN.findall(own):
                wrong.append(f"not translated into {language}: {found} in {text!r}")
        if "{" in text or "}" in text:
            wrong.append(f"a placeholder was left: {text!r}")
    if len(message.text.encode("utf-16-le")) // 2 > 4096:
        wrong.append(f"too long: {len(message.text)}")
    wrong += [f"a label is too long: {button['text']!r}" for button in buttons_of(message) if len(button["text"]) > 64]
    return wrong


def last_of_bot(walker: Visitor) -> Message:
    return [message for message in walker.messages() if message.sender.id == walker.stage.bot_id][-1]


@pytest.mark.parametrize("language", _WALKERS)
async def test_every_screen_that_can_be_reached_is_sound(stage: Stage, language: Language) -> None:
    walker = stage.people[_WALKERS[language]]
    assert stage.house.database.once(lambda c: Members(c).get(walker.member_id)).reader.language == language
    chance = random.Random(7)  # noqa: S311 - the same walk each time
    commands = [f"/{command.name}" for command in OFFER.commands if command.name not in {"start", "bind"}]
    texts = [
        "M-3 70% 24 (test)",
        "M-99999 5%",
        "60%",
        "31.11.2026",
        "سلام",
        "Матни озод",
        "/newmilestone Test",
        "/newobstacle x",
    ]
    wrong: list[str] = []
    await walker.says("/start")
    for step in range(STEPS):
        message = last_of_bot(walker)
        presses = [button for button in buttons_of(message) if "callback_data" in button]
        if step < len(commands):
            await walker.says(commands[step])
        elif presses and chance.random() < 0.8:
            stage.world.press(walker.user_id, walker.chat, message.id, chance.choice(presses)["callback_data"])
            await stage.settled()
        else:
            await walker.says(chance.choice([*commands, *texts]))
        if walker.record().reader.language == language:
            wrong += complaints(last_of_bot(walker), language)
        else:
            await walker.says("/language")
            await walker.taps({"fa": "فارسی", "tg": "Тоҷикӣ", "en": "English"}[language])
    assert wrong == []
