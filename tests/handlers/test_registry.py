"""The list of handlers keeps the rules of the pipeline: all block, none waits, edits command nothing."""

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import BaseHandler, CommandHandler, ConversationHandler, MessageHandler, TypeHandler

import handlers
from bot.context import BotName
from bot.domain.members import Role
from bot.domain.readers import LANGUAGES, Language
from bot.i18n.marking import marked
from bot.intake.driving import library_application
from handlers.commands import collected
from handlers.errors import on_error
from handlers.feature import Command, Feature, Where
from handlers.imports import ARRIVAL
from handlers.registry import AFTER, GATE, OFFER, WORK, register

SOURCES = sorted(Path(handlers.__file__).parent.glob("*.py"))


async def registered() -> dict[int, list[BaseHandler[Any, Any, Any]]]:
    application = await library_application(BotName(7001, "hamroh_test_bot"))
    register(application)
    assert list(application.error_handlers) == [on_error]
    await application.shutdown()
    return application.handlers


async def test_every_handler_blocks_and_none_is_a_conversation() -> None:
    groups = await registered()

    assert sorted(groups) == [GATE, WORK, AFTER]
    for one in (one for group in groups.values() for one in group):
        assert one.block
        assert not isinstance(one, ConversationHandler)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_callback_waits(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))

    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith)]


async def test_commands_and_words_are_taken_from_new_messages_only() -> None:
    for one in (await registered())[WORK]:
        # What has arrived is put into the inbox by ourselves and is no message.
        if isinstance(one, CommandHandler | MessageHandler) and one.filters is not ARRIVAL:
            source = repr(one.filters)
            assert "UpdateType.MESSAGE" in source or "UpdateType.EDITED_MESSAGE" in source


async def test_the_gate_is_alone_in_front_and_the_fallback_is_the_last() -> None:
    groups = await registered()

    assert [type(one) for one in groups[GATE]] == [TypeHandler]
    assert isinstance(groups[WORK][-1], TypeHandler)


def test_every_command_has_a_callback_that_the_library_can_begin() -> None:
    for command in OFFER.commands:
        assert inspect.iscoroutinefunction(command.callback)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(Role))
def test_every_menu_fits_what_the_messenger_takes(role: Role, language: Language) -> None:
    menu = OFFER.menu(role=role, language=language, where=Where.PRIVATE)

    assert menu
    assert len(menu) <= 100
    assert all(0 < len(entry["description"]) <= 256 for entry in menu)


def test_nothing_is_offered_twice() -> None:
    async def callback(update: object, context: object) -> None:
        """Do nothing."""

    feature = Feature(commands=(Command("twice", callback, marked("Twice")),))

    with pytest.raises(ValueError, match="twice"):
        collected((feature, feature))
