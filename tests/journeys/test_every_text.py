"""Whatever is typed into any field: it is kept by the rules or refused with its count, and what is said is sound."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.errors import DomainError, TextMissing, TextTooLong
from bot.sandbox.files import media_content
from bot.sandbox.formatting import has_telegrams_own_parser, read_text
from bot.screens.refusals import refused
from bot.services.example_group import Example
from db.models import AttachmentRow, ProgressRow
from db.repositories.drafts import Draft
from handlers.registry import OFFER
from tests.hostile_texts import arrived, hostile_texts, kept, units
from tests.houses import move_in, open_stage
from tests.journeys.typed_fields import FIELDS, ME, SECRETARY, Field, presses
from tests.people import Stage, Visitor, bare, buttons_of

SAMPLE, ALL = 8, 2000
STARTS = (
    (ME, "/newmilestone X"),
    (ME, "/newobstacle X"),
    (ME, "/name"),
    (ME, "/settings"),
    (SECRETARY, "/holidays 2026-12-09"),
)


async def sends_raw(visitor: Visitor, content: dict[str, Any]) -> None:
    """Send what no messenger has cleaned before."""
    world = visitor.stage.world
    world.post(world.chat_of(visitor.user_id, visitor.chat), world.person(visitor.user_id), content)
    await visitor.stage.settled()
    # Three seconds for each, so that nobody sends too much.
    visitor.stage.clock.advance(timedelta(seconds=3))


def form_of(visitor: Visitor) -> Draft | None:
    def find(connection: Any) -> Draft | None:
        uow = visitor.stage.house.unit_of_work(connection)
        return uow.drafts.open_one(visitor.member_id, uow.chats.at(visitor.user_id).id)

    return visitor.stage.house.database.once(find)


def closes_form(visitor: Visitor) -> None:
    draft = form_of(visitor)
    if draft is not None:
        visitor.stage.house.database.once(lambda c: visitor.stage.house.unit_of_work(c).drafts.close(draft))


def said_last(visitor: Visitor) -> str:
    return bare([message for message in visitor.messages() if message.sender.id == visitor.stage.bot_id][-1].text)


def all_said(visitor: Visitor) -> list[tuple[int, str]]:
    return [(message.id, message.text) for message in visitor.messages() if message.sender.id == visitor.stage.bot_id]


def refusal_of(text: str, field: Field) -> DomainError | None:
    """Tell how a field must refuse a text, if it must."""
    assert field.mended is not None
    length = units(field.mended(text))
    if length > field.limit:
        return TextTooLong(length, field.limit)
    return None if length else TextMissing()


async def go_through(visitor: Visitor, place: tuple[str, str], count: int) -> None:
    """Send texts into a field; each is kept as the rules say, or refused while the form waits with what was typed."""
    field, reader = FIELDS[place], visitor.record().reader
    for text in field.texts(count, ".".join(place)):
        draft = form_of(visitor)
        if draft is None or (draft.kind, draft.awaits) != place:
            closes_form(visitor)
            await field.opened(visitor)
            draft = form_of(visitor)
        assert draft is not None
        assert (draft.kind, draft.awaits) == place
        before = all_said(visitor)
        await sends_raw(visitor, {"text": text})
        assert all_said(visitor) != before, repr(text)
        if field.mended is None:
            _read_or_refused(visitor, draft, text)
            continue
        refusal = refusal_of(text, field)
        if refusal is None:
            assert await field.saved(visitor) == field.mended(text), repr(text)
        else:
            assert said_last(visitor) == bare(refused(reader, refusal, draft_kept=True).text), repr(text)
            _keeps(visitor, draft, text)


def _read_or_refused(visitor: Visitor, draft: Draft, text: str) -> None:
    """A value was taken, asked about, or refused with what was typed kept."""
    now = form_of(visitor)
    if now is not None and "typed" in now.fields and now.fields["typed"] != draft.fields.get("typed"):
        _keeps(visitor, draft, text)


def _keeps(visitor: Visitor, draft: Draft, text: str) -> None:
    form = form_of(visitor)
    assert form is not None
    assert (form.id, form.awaits) == (draft.id, draft.awaits)
    if text:
        assert form.fields["typed"] == arrived(text)[:4096]


def check_all_that_was_sent(stage: Stage) -> None:
    """Telegram's own parser takes all that was sent; tags, isolates and characters are whole, and it fits."""
    assert has_telegrams_own_parser()
    for _, method, params in stage.world.calls:
        shown = [
            button["text"] for row in (params.get("reply_markup") or {}).get("inline_keyboard", []) for button in row
        ]
        if method in {"sendMessage", "editMessageText"}:
            text, _entities = read_text(params["text"], parse_mode=params.get("parse_mode", ""), entities=None)
            assert 0 < units(text) <= 4096
            shown.append(text)
        elif method == "answerCallbackQuery":
            assert units(params.get("text", "")) <= 200
            shown.append(params.get("text", ""))
        for text in shown:
            for line in text.split("\n"):
                assert is_sound(line), repr(line)


def is_sound(line: str) -> bool:
    """Tell whether isolates are closed where they are open, and nothing is cut inside a character."""
    depth = 0
    for character in line:
        depth += (character in "\u2066\u2067\u2068") - (character == "\u2069")
        if depth < 0:
            return False
    return depth == 0 and re.search("[\u202a-\u202e\ud800-\udfff\x00-\x08]|\u200d…", line) is None


@pytest.fixture
async def in_hand(example: tuple[Path, Example], tmp_path: Path) -> AsyncIterator[Stage]:
    path, loaded = example
    async with open_stage(tmp_path / "data", template=path) as stage:
        await move_in(stage, Example(loaded.group, {handle: loaded.people[handle] for handle in (ME, SECRETARY)}))
        yield stage


def test_no_form_takes_words_without_being_tried_here() -> None:
    assert {kind for kind, _ in FIELDS} == OFFER.forms.keys()


async def test_no_field_that_a_button_leads_to_is_left_out(in_hand: Stage) -> None:
    found = set()
    for who, start in STARTS:
        visitor = in_hand.people[who]
        await visitor.says(start)
        card = next(message for message in reversed(visitor.messages()) if buttons_of(message))
        for button in buttons_of(card):
            if button["callback_data"].split(":")[2].endswith((".save", ".cancel", ".back")):
                continue
            in_hand.world.press_forged(visitor.user_id, visitor.chat, card.id, button["callback_data"])
            await in_hand.settled()
            draft = form_of(visitor)
            if draft is not None and draft.awaits:
                found.add((draft.kind, draft.awaits))
        closes_form(visitor)

    assert found <= FIELDS.keys()
    assert len(found) >= 10


async def go_through_files(visitor: Visitor, count: int) -> None:
    """Send files whose names and captions are anything: references and notes are kept by the rules, or refused."""
    stage, reader = visitor.stage, visitor.record().reader
    names = hostile_texts(count, "names of files")
    for text, name in zip(hostile_texts(count, "captions"), names, strict=True):
        if form_of(visitor) is None:
            await visitor.says("/progress M-14")
            await presses(visitor, "pr.percent", 75)
        stored = stage.world.files.add(kind="document", name="minutes.pdf", content=b"x")
        content = media_content(stored, kind="document")
        content["document"]["file_name"] = f"{name[:60]}.pdf"
        await sends_raw(visitor, {**content, "caption": text})
        note = kept(text)
        if units(note) > 1000:
            refusal = TextTooLong(units(note), 1000)
            assert said_last(visitor) == bare(refused(reader, refusal, draft_kept=True).text), repr(text)
            continue
        await presses(visitor, "pr.save")
        logged, named = stage.house.database.once(
            lambda connection: (
                connection.execute(select(ProgressRow.note).order_by(ProgressRow.id.desc())).scalars().first(),
                connection.execute(select(AttachmentRow.name).order_by(AttachmentRow.id.desc())).scalars().first(),
            )
        )
        assert logged == note, repr(text)
        assert named is not None
        assert named.endswith(".pdf"), repr(name)
        assert is_sound(named.translate(dict.fromkeys(range(0x2066, 0x206A)))), repr(name)


async def go_through_commands(visitor: Visitor, count: int) -> None:
    """Send texts after every command: each is answered, and none of them as a failure of ours."""
    for command in OFFER.commands:
        for text in hostile_texts(count, command.name):
            before = all_said(visitor)
            entity = {"type": "bot_command", "offset": 0, "length": len(command.name) + 1}
            await sends_raw(visitor, {"text": f"/{command.name} {text}", "entities": [entity]})
            assert all_said(visitor) != before, repr(text)
            closes_form(visitor)
    dead = "An error occurred on our side"
    assert not [text for _, text in all_said(visitor) if dead in text]


@pytest.mark.parametrize("place", FIELDS, ids=".".join)
async def test_some_texts_go_through_each_field(in_hand: Stage, place: tuple[str, str]) -> None:
    await go_through(in_hand.people[FIELDS[place].who], place, SAMPLE)

    check_all_that_was_sent(in_hand)


async def test_some_texts_go_under_files_and_into_their_names(in_hand: Stage) -> None:
    await go_through_files(in_hand.people[ME], SAMPLE)

    check_all_that_was_sent(in_hand)


async def test_some_texts_follow_each_command(in_hand: Stage) -> None:
    await go_through_commands(in_hand.people[ME], SAMPLE // 6)

    check_all_that_was_sent(in_hand)


@pytest.mark.long
@pytest.mark.parametrize("place", FIELDS, ids=".".join)
async def test_two_thousand_texts_go_through_each_field(in_hand: Stage, place: tuple[str, str]) -> None:
    await go_through(in_hand.people[FIELDS[place].who], place, ALL)

    check_all_that_was_sent(in_hand)


@pytest.mark.long
async def test_two_thousand_texts_go_under_files_and_after_commands(in_hand: Stage) -> None:
    await go_through_files(in_hand.people[ME], ALL)
    await go_through_commands(in_hand.people[ME], ALL // len(OFFER.commands))

    check_all_that_was_sent(in_hand)
