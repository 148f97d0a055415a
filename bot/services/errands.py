"""A roadmap file that a secretary sent: fetched, read, shown, confirmed and imported, each step in one transaction."""

import json
from typing import Any

from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.members import Member
from bot.domain.readers import Reader
from bot.domain.summaries import PAGE, page_of
from bot.files.kept_verdicts import from_json, problem_from_json, problem_to_json
from bot.files.refusals import Problem
from bot.files.roadmap_file import Preview, RoadmapContext
from bot.screens import import_previews as screens
from bot.screens.import_previews import ShownImport
from bot.screens.screen import Screen
from bot.services import exports, imports, posting
from db.faults import Collision
from db.repositories import errands as steps
from db.repositories.chats import Chat
from db.repositories.errands import Errand
from db.repositories.inbox import Arrival
from db.unit_of_work import UnitOfWork

MARK = "errand"


def begin(uow: UnitOfWork, member: Member, chat: Chat, *, file_id: str, name: str) -> Errand:
    """Begin to fetch a file for a secretary; who calls has asked whether they may."""
    number = uow.errands.begin(chat_id=chat.id, member_id=member.id, file_id=file_id, name=name)
    uow.has_errand = True
    return _found(uow, number)


def arrive(uow: UnitOfWork, errand: Errand, content: bytes) -> int:
    """
    Keep a file that was fetched, and put its arrival into the inbox of the chat.

    So it is worked on in the chat's order and by whoever may then. Give the messenger's number of the chat.
    """
    chat = uow.chats.get(errand.chat_id)
    if uow.errands.step(errand, steps.ARRIVED, content=content):
        user = {"id": uow.members.user_id(errand.member_id), "is_bot": False, "first_name": "-"}
        message = {
            "message_id": 0,
            "date": int(uow.now.timestamp()),
            "chat": {"id": chat.messenger_id, "type": "private"},
            "from": user,
        }
        # The messenger's own numbers of updates are above zero.
        raw = json.dumps({"update_id": -errand.id, "message": message, MARK: errand.id})
        arrival = Arrival(update_id=-errand.id, chat_id=chat.messenger_id, raw=raw, sender_id=0)
        uow.inbox.keep(uow.account_id, [arrival], uow.now)
    return chat.messenger_id


def read(uow: UnitOfWork, errand_id: int) -> bool:
    """Let a file that has arrived be read, if who sent it may still import; tell whether it is."""
    errand = _found(uow, errand_id)
    if errand.step != steps.ARRIVED:
        return False
    if not uow.members.get(errand.member_id).may_import:
        uow.errands.step(errand, steps.DROPPED, content=None)
        _draw(uow, errand, screens.not_entitled)
        return False
    uow.errands.step(errand, steps.READING)
    uow.has_errand = True
    _draw(uow, errand, lambda reader: screens.reading(reader, errand.name))
    return True


def show_progress(uow: UnitOfWork, errand: Errand, done: int, total: int) -> None:
    """Say how much of a file has been read, if it still is."""
    if uow.errands.is_at(errand):
        _draw(uow, errand, lambda reader: screens.reading(reader, errand.name, done=done, total=total))


def keep_lines(uow: UnitOfWork, errand: Errand, first: int, verdicts: list[dict[str, Any]]) -> None:
    """Keep some lines of a preview that is to be shown."""
    if uow.errands.is_at(errand):
        uow.errands.add_lines(errand.id, first, verdicts)


def show_preview(uow: UnitOfWork, errand: Errand, preview: Preview, digest: str) -> None:
    """Show what the file would do; its lines have been kept."""
    has_changed = errand.step == steps.WRITING
    ignored = list(preview.ignored_columns)
    values = {"counts": preview.counts, "ignored": ignored, "digest": digest, "seen": errand.seen + 1}
    if uow.errands.step(errand, steps.SHOWN, **values):
        shown = _found(uow, errand.id)
        _draw(uow, errand, lambda reader: draw(uow, shown, reader, has_changed=has_changed))


def refuse(uow: UnitOfWork, errand: Errand, problem: Problem | None) -> None:
    """Say why nothing comes of the file; without *problem*, the messenger did not give it."""
    kept = problem_to_json(problem) if problem else None
    if uow.errands.step(errand, steps.FAILED, content=None, problem=kept):
        _draw(uow, errand, lambda reader: draw(uow, _found(uow, errand.id), reader))


def carry_out(uow: UnitOfWork, errand: Errand, seen: RoadmapContext, preview: Preview) -> bool:
    """Import a file whose preview was confirmed; False, and nothing done, where the group has changed since *seen*."""
    if not uow.errands.is_at(errand):
        return True
    if not uow.members.get(errand.member_id).may_import:
        uow.errands.step(errand, steps.DROPPED, content=None)
        _draw(uow, errand, screens.not_entitled)
        return True
    if not imports.carry_out_as_seen(uow, seen, preview, by_id=errand.member_id):
        return False
    if not uow.errands.step(errand, steps.DONE, content=None):
        raise Collision
    _draw(uow, errand, lambda reader: draw(uow, _found(uow, errand.id), reader))
    return True


# What the secretary presses


def confirm(uow: UnitOfWork, errand_id: int, seen: int, *, by: Member) -> bool:
    """
    Let the file become the roadmap; False where that was pressed before.

    Raises:
        NotAllowed: it is another's, or they may not import any more.
        ButtonExpired: the button is that of an earlier preview.
    """
    errand = own(uow, errand_id, by=by)
    if errand.step in {steps.WRITING, steps.DONE}:
        return False
    if errand.step != steps.SHOWN or errand.seen != seen:
        raise ButtonExpired
    uow.errands.step(errand, steps.WRITING)
    uow.has_errand = True
    return True


def drop(uow: UnitOfWork, errand_id: int, *, by: Member) -> bool:
    """Cancel an import; False where there is nothing to cancel any more. Raises as `own`."""
    errand = own(uow, errand_id, by=by)
    return errand.step == steps.SHOWN and uow.errands.step(errand, steps.DROPPED, content=None)


def send_refused(uow: UnitOfWork, errand_id: int, chat: Chat, *, by: Member) -> None:
    """Owe the refused rows as a file. Raises as `own`; ButtonExpired where the file is kept no longer."""
    errand = own(uow, errand_id, by=by)
    if errand.step != steps.SHOWN:
        raise ButtonExpired
    exports.owe_refused_rows(uow, chat, by, errand.id, errand.name)


def own(uow: UnitOfWork, errand_id: int, *, by: Member) -> Errand:
    """
    Give an errand to the secretary whose it is.

    Raises:
        ButtonExpired: it was forgotten.
        NotAllowed: it is another's, or they may not import any more.
    """
    errand = uow.errands.find(errand_id)
    if errand is None:
        raise ButtonExpired
    if errand.member_id != by.id or not by.may_import:
        raise NotAllowed
    return errand


def draw(uow: UnitOfWork, errand: Errand, reader: Reader, page: int = 1, *, has_changed: bool = False) -> Screen:
    """Draw an errand as it stands."""
    if errand.step == steps.FETCHING:
        return screens.fetching(reader, errand.name)
    if errand.step in {steps.ARRIVED, steps.READING}:
        return screens.reading(reader, errand.name)
    if errand.step == steps.WRITING:
        return screens.writing(reader, errand.name)
    if errand.step == steps.DROPPED:
        return screens.dropped(reader, errand.name)
    if errand.step == steps.FAILED:
        if errand.problem is None:
            return screens.not_fetched(reader, errand.name)
        return screens.refused(reader, errand.name, problem_from_json(errand.problem))
    shown = ShownImport(errand.id, errand.name, errand.seen, errand.counts, errand.ignored, has_changed)
    if errand.step == steps.DONE:
        return screens.imported(reader, shown)
    found = page_of(page, sum(errand.counts.values()))
    lines = uow.errands.lines(errand.id, first=found.first_item, most=PAGE)
    return screens.preview(reader, shown, [from_json(line) for line in lines], found)


def _draw(uow: UnitOfWork, errand: Errand, screen: Any) -> None:
    """Show something in the place where the errand is told of, in the language of who sent the file."""
    reader = uow.members.get(errand.member_id).reader
    posting.show(uow, uow.chats.get(errand.chat_id), screen(reader), screen_id=errand.screen_id)


def _found(uow: UnitOfWork, errand_id: int) -> Errand:
    errand = uow.errands.find(errand_id)
    if errand is None:
        raise ButtonExpired
    return errand
