"""Forms in hand: one at a time for a member in a chat, kept until it is saved or dropped."""

from typing import Any, Protocol

from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.members import Member
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork

_TOUCHED = "touched"
_SAVED_AS = "saved_as"
_NEXT = "next"


class Form(Protocol):
    """What a draft keeps: its fields, and which of them the next typed text goes to."""

    @property
    def awaits(self) -> str:
        """The name of the field, "" where a typed text is for nobody."""

    def fields(self) -> dict[str, Any]:
        """Give what the draft keeps."""


def begin(uow: UnitOfWork, kind: str, form: Form, *, by: Member, chat: Chat, touched: bool) -> Draft:
    """Open a form; one that was open in this chat is closed. *touched*: something has been typed or chosen already."""
    for old in uow.drafts.open_ones(by.id, chat.id):
        uow.drafts.close(old)
    return uow.drafts.begin(
        member_id=by.id,
        chat_id=chat.id,
        kind=kind,
        fields={**form.fields(), _TOUCHED: touched},
        awaits=form.awaits,
    )


def unfinished(uow: UnitOfWork, *, by: Member, chat: Chat) -> Draft | None:
    """Give the form that somebody left in this chat, if anything has been typed or chosen in it."""
    # One that only awaits an answer, such as a city in the settings, may lie on top of it.
    return next((draft for draft in uow.drafts.open_ones(by.id, chat.id) if draft.fields.get(_TOUCHED, True)), None)


def own(uow: UnitOfWork, draft_id: int, *, by: Member) -> Draft:
    """
    Give a form of the member's, a saved one too.

    Raises:
        ButtonExpired: there is none, or it was dropped.
        NotAllowed: it is another person's.
    """
    draft = uow.drafts.find(draft_id)
    if draft is None:
        raise ButtonExpired
    if draft.member_id != by.id:
        raise NotAllowed
    if not draft.is_open and _SAVED_AS not in draft.fields:
        raise ButtonExpired
    return draft


def change(uow: UnitOfWork, draft: Draft, form: Form, *, touched: bool = True) -> Draft:
    """Keep what was filled."""
    kept = {**form.fields(), _TOUCHED: touched or draft.fields.get(_TOUCHED, True)}
    return uow.drafts.change(draft, fields=kept, awaits=form.awaits)


def save(uow: UnitOfWork, draft: Draft, code: str) -> None:
    """Close a form that has become the item of *code*."""
    uow.drafts.close(uow.drafts.change(draft, fields={_SAVED_AS: code}))


def drop(uow: UnitOfWork, draft: Draft) -> None:
    """Close a form without saving it."""
    uow.drafts.close(draft)


def put_off(uow: UnitOfWork, draft: Draft, wanted: dict[str, Any]) -> None:
    """Remember in an unfinished form what its owner wanted to begin instead."""
    uow.drafts.change(draft, fields={_NEXT: wanted})


def wanted_next(draft: Draft) -> dict[str, Any]:
    """Give what the owner wanted to begin instead; empty where nothing was."""
    return dict(draft.fields.get(_NEXT) or {})
