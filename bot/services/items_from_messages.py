"""Making a person's message an item: its words, its author where they may write, and its file."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.errors import MessageWithoutWords
from bot.domain.members import Member
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.obstacles import Obstacle
from bot.domain.progress import Attachment
from bot.i18n.folding import correct_title, keep
from bot.screens.progress import Saved
from bot.services import milestones, obstacles, posting, progress
from db.models import Lane
from db.repositories.chats import Chat
from db.unit_of_work import UnitOfWork

# A sheet being written on: what was said is on record now.
REACTION = "✍"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person's message brings: its *words*, its file, and the author's user id, None where nobody tells it."""

    words: str
    attachments: tuple[Attachment, ...]
    author_id: int | None
    message_id: int


def author_of(uow: UnitOfWork, said: Said, *, by: Member) -> Member:
    """Give whom the item is credited to: the message's author if they may write in the group, else *by*."""
    person = uow.members.person(said.author_id) if said.author_id is not None else None
    found = uow.members.of_person(person.id) if person is not None else []
    mine = (member for member in found if member.group_id == by.group_id and member.may_write and member.id != by.id)
    return next(mine, by)


def plan(uow: UnitOfWork, said: Said, title: str, *, by: Member, author: Member, chat: Chat, today: date) -> Milestone:
    """
    Put the message on the roadmap, under *title* or, where that is empty, under its own first line.

    Raises:
        MessageWithoutWords: there is neither.
        NotAllowed, TextTooLong: as the form's.
    """
    title = _title(said, title, command="newmilestone")
    form = replace(milestones.defaults(uow, title, by=by, today=today), attachments=said.attachments)
    planned = milestones.put_on_roadmap(uow, form, by=by, author=author, today=today)
    react(uow, chat, said)
    return planned


def raise_(
    uow: UnitOfWork,
    said: Said,
    title: str,
    *,
    by: Member,
    author: Member,
    chat: Chat,
    today: date,
) -> Obstacle:
    """
    Make the message an obstacle, under *title* or, where that is empty, under its own first line.

    What does not fit into the title is kept as what is needed. Refusals are those of *plan*.
    """
    short = _title(said, title, command="newobstacle")
    need = keep(said.words) if short != correct_title(said.words) else ""
    form = obstacles.defaults(uow, short, by=by, milestone_id=None, need=need)
    form = replace(form, attachments=said.attachments)
    raised = obstacles.raise_form(uow, form, by=by, author=author, today=today)
    react(uow, chat, said)
    return raised


def log(
    uow: UnitOfWork,
    said: Said,
    milestone: Milestone,
    *,
    percent: int | None,
    state: MilestoneState | None,
    note: str,
    by: Member,
    author: Member,
    chat: Chat,
) -> Saved:
    """Log the message on a milestone, *note* being what it says; refusals are those of an entry."""
    saved = progress.log(
        uow,
        milestone,
        by=by,
        author=author,
        percent=percent,
        state=state,
        note=note,
        way="reply",
        attachments=said.attachments,
    )
    react(uow, chat, said)
    return saved


def react(uow: UnitOfWork, chat: Chat, said: Said) -> None:
    """Owe a reaction to the message that became an item."""
    reaction = [{"type": "emoji", "emoji": REACTION}]
    params = {"message_id": said.message_id, "reaction": reaction}
    posting.owe(uow, "react", {"method": "setMessageReaction", "params": params}, chat=chat, lane=Lane.REPLY)


def _title(said: Said, title: str, *, command: str) -> str:
    found = title or milestones.title_from(said.words)
    if not found:
        raise MessageWithoutWords(command)
    return found
