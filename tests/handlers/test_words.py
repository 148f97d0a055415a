"""Where words go: to the form, to the card they reply to, to a feature that reads them; and what is refused is kept."""

import pytest
from sqlalchemy import Connection
from telegram import Update

from bot.context import Context
from bot.domain.errors import TextTooLong
from bot.i18n.marking import marked
from bot.screens.screen import Button, Screen
from db.repositories.drafts import Draft
from handlers import registry
from handlers.commands import collected
from handlers.feature import Command, Feature
from tests.handlers.conftest import unit
from tests.people import Stage, Visitor

LIMIT = 20


async def show_card(update: Update, context: Context) -> None:
    context.show(
        Screen("M-12 card", rows=((Button("Press", act="x.press"), Button("Break", act="x.break")),), about="M-12")
    )


async def begin(update: Update, context: Context) -> None:
    draft = context.uow.drafts.begin(
        member_id=context.member.id, chat_id=context.chat.id, kind="x", fields={}, awaits="note"
    )
    context.uow.drafts.change(draft, screen_id=context.show(Screen("form")))


async def press(update: Update, context: Context) -> None:
    context.show(Screen("M-12 pressed", about="M-12"))


async def fail(update: Update, context: Context) -> None:
    raise RuntimeError


def fill(context: Context, draft: Draft, text: str) -> None:
    if len(text) > LIMIT:
        raise TextTooLong(length=len(text), limit=LIMIT)
    context.uow.drafts.change(draft, fields={"note": text})
    context.redraw(draft.screen_id or 0, Screen(f"form with {text}"))


def from_reply(context: Context, about: str, text: str) -> bool:
    if "%" not in text:
        return False
    context.show(Screen(f"{about} takes {text}"))
    return True


def from_text(context: Context, text: str) -> bool:
    if not text.startswith("M-"):
        return False
    context.show(Screen(f"read {text}"))
    return True


def attach(context: Context, draft: Draft, caption: str) -> None:
    context.redraw(draft.screen_id or 0, Screen(f"form with a file: {caption}"))


FEATURE = Feature(
    commands=(Command("card", show_card, marked("Card")), Command("form", begin, marked("Form"))),
    presses={"x.press": press, "x.break": fail},
    forms={"x": fill},
)


@pytest.fixture(autouse=True)
async def with_the_feature(stage: Stage) -> None:
    application = stage.house.worker._units._application
    for group in list(application.handlers):
        application.handlers.pop(group)
    application.error_handlers.clear()
    offer = collected((FEATURE, *registry.FEATURES), replies=(from_reply,), texts=(from_text,), files={"x": attach})
    registry.register(application, offer)


async def test_words_go_to_the_form_that_awaits_them(ramin: Visitor) -> None:
    await ramin.says("/form")
    await ramin.says("M-12 60%")

    assert ramin.sees.text == "form with M-12 60%"


async def test_a_command_in_the_middle_of_a_form_leaves_it_as_it_is(ramin: Visitor) -> None:
    await ramin.says("/form")
    await ramin.says("/help")
    await ramin.says("second furnace")

    assert "form with second furnace" in [message.text for message in ramin.messages()]


async def test_a_reply_to_another_card_goes_to_its_subject_before_the_form(ramin: Visitor) -> None:
    await ramin.says("/card")
    card = ramin.messages()[-1]
    await ramin.says("/form")
    await ramin.says("60%", reply_to=card.id)

    assert ramin.sees.text == "M-12 takes 60%"


async def test_a_reply_that_no_feature_takes_goes_to_the_form(ramin: Visitor) -> None:
    await ramin.says("/card")
    card = ramin.messages()[-1]
    await ramin.says("/form")
    await ramin.says("by autumn", reply_to=card.id)

    assert "form with by autumn" in [message.text for message in ramin.messages()]


async def test_a_card_whose_number_was_lost_is_known_by_its_code(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/card")
    card = ramin.messages()[-1]
    stage.house.database.once(lambda connection: unit(stage, connection).screens.move(1, None))
    stage.house.database.once(lambda connection: unit(stage, connection).screens.move(2, None))

    await ramin.says("60%", reply_to=card.id)

    assert ramin.sees.text == "M-12 takes 60%"


async def test_a_line_that_names_its_milestone_is_read_without_a_form(ramin: Visitor) -> None:
    await ramin.says("M-12 60%")

    assert ramin.sees.text == "read M-12 60%"


async def test_a_refused_text_is_kept_and_the_form_waits(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/form")
    await ramin.says("a note that is far too long for the field")

    assert ramin.sees.lines == [
        "The text is too long: 41 characters, at most 20 fit.",
        "Please send a shorter one; your draft is kept.",
    ]
    draft = stage.house.database.once(lambda connection: open_draft(stage, connection, ramin))
    assert draft is not None
    assert draft.fields["typed"] == "a note that is far too long for the field"


async def test_a_thing_in_the_middle_of_a_form_does_not_disturb_it(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/form")
    stage.world.send_sticker(ramin.user_id, ramin.chat)
    await stage.settled()

    assert ramin.sees.lines == [
        "A sticker changes nothing here.",
        "Your draft is kept: please send the text in words, or drop it with /cancel.",
    ]


async def test_a_voice_message_goes_to_the_form_that_takes_files(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/form")
    stage.world.send_file(ramin.user_id, ramin.chat, content=b"x", name="furnace.ogg", kind="voice", caption="lit")
    await stage.settled()

    assert ramin.sees.text == "form with a file: lit"


async def test_every_press_is_answered_also_where_the_callback_says_nothing(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/card")
    await ramin.taps("Press")

    assert ramin.toast == ""
    assert ramin.sees.text == "M-12 pressed"


async def test_a_press_that_fails_is_answered_at_once(stage: Stage, ramin: Visitor) -> None:
    await ramin.says("/card")
    message = ramin.messages()[-1]
    stage.world.press(ramin.user_id, ramin.chat, message.id, message.buttons[0][1]["callback_data"])
    await stage.world.until(lambda: any(press.answered_at for press in stage.world.presses.values()))

    assert ramin.toast == "Something went wrong. Please try again."


def open_draft(stage: Stage, connection: Connection, visitor: Visitor) -> Draft | None:
    uow = unit(stage, connection)
    [member] = uow.members.with_user(visitor.user_id)
    return uow.drafts.open_one(member.id, uow.chats.at(visitor.user_id).id)
