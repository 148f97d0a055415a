"""Logging progress in one line: after the command, in private, in reply to a card, with a file, and edited later."""

from typing import get_args

from telegram import Update

from bot.context import Context
from bot.domain.drafts import PROGRESS
from bot.domain.errors import ButtonExpired
from bot.domain.members import Member
from bot.domain.milestones import Milestone, MilestoneState, WordsWanted
from bot.domain.progress import Attachment, ProgressEntry
from bot.i18n.folding import keep
from bot.i18n.marking import marked as _
from bot.i18n.typed import QuickProgress, read_number_code, read_quick_progress
from bot.screens import corrections
from bot.screens import progress as screens
from bot.screens.screen import Screen
from bot.services import drafts, milestones, progress
from bot.services.items_from_messages import Said
from db.repositories.drafts import Draft
from handlers import forms, items_from_messages
from handlers.attachments import attachment_of
from handlers.feature import WRITERS, Command, Feature
from handlers.milestones import view_card
from handlers.progress import form_screen, listed, start

WORDS_WANTED = get_args(WordsWanted)


async def log_progress(update: Update, context: Context) -> None:
    """Log what follows the command, or the message that it replies to; without more, offer the member's milestones."""
    quick = read_quick_progress(forms.words_after_command(context))
    said = items_from_messages.said_in_reply(context)
    if said is not None and _logged_words(context, said, quick):
        return
    if quick.number is None:
        context.show(listed(context, screens.MINE, 0))
        return
    log_line(context, quick, way="command")


def _logged_words(context: Context, said: Said, quick: QuickProgress) -> bool:
    """Log the message that a command replies to; tell whether it says anything, and of which milestone."""
    entry = items_from_messages.merged(said, quick)
    if entry.number is None or not (entry.note or said.attachments):
        return False
    try:
        items_from_messages.log(context, said, entry, is_own=bool(quick.note))
    except WORDS_WANTED:
        milestone = milestones.find(context.uow, context.member.group_id, entry.number)
        _ask(context, context.member, milestone, entry, said.attachments)
    return True


def typed(context: Context, draft: Draft, text: str) -> None:
    """
    Take a note or, where that has not been said, how far the milestone is and the note with it.

    A whole line that names its milestone is an entry of its own; the form waits.
    """
    form = progress.form_of(draft)
    if from_text(context, text):
        return
    if form.says_how_far:
        form = progress.noted(form, keep(text))
    else:
        quick = read_quick_progress(text)
        form = progress.noted(form, quick.note or form.note)
        form = progress.said_how_far(form, percent=quick.percent, state=_state(quick))
    forms.redraw(context, draft, form_screen(context, drafts.change(context.uow, draft, form)))


def from_text(context: Context, text: str) -> bool:
    """Take a line such as ``M-12 60%`` that names its milestone itself; tell whether it is one."""
    quick = read_quick_progress(text)
    if quick.number is None:
        return False
    if read_number_code(text) is not None:
        milestone = milestones.find(context.uow, context.member.group_id, quick.number)
        context.show(view_card(context, milestone.id))
    else:
        log_line(context, quick, way="private")
    return True


def from_reply(context: Context, about: str, text: str) -> bool:
    """Take a percent or a state in reply to a milestone's card; tell whether it was one."""
    code = read_number_code(about)
    if code is None or code[0] != "M":
        return False
    quick = read_quick_progress(text)
    if quick.percent is None and quick.state is None:
        return False
    log_line(context, quick if quick.number is not None else quick._replace(number=code[1]), way="reply")
    return True


def from_file(context: Context, about: str) -> bool:
    """
    Take a file as evidence: by its caption, by the card it replies to, or as the rest of an album; tell whether it was.

    A caption without a percent is a comment.
    """
    attachment = attachment_of(context.message)
    if attachment is None:
        return False
    quick = read_quick_progress(context.message.caption or "")
    if quick.number is not None:
        log_line(context, quick, way="private", attachments=(attachment,))
        return True
    if _joins_album(context, attachment):
        return True
    code = read_number_code(about)
    says_progress = quick.percent is not None or quick.state is not None
    if code is None or code[0] != "M" or not (says_progress or context.chat.is_private):
        return False
    if not context.message.caption and _is_in_hand(context, code[1]):
        return False
    log_line(context, quick._replace(number=code[1]), way="reply", attachments=(attachment,))
    return True


def _is_in_hand(context: Context, number: int) -> bool:
    """Tell whether the member's open form is an entry on that milestone: files go there until it is saved."""
    draft = context.uow.drafts.open_one(context.member.id, context.chat.id)
    if draft is None or draft.kind != PROGRESS:
        return False
    return context.uow.milestones.get(progress.form_of(draft).milestone_id).number == number


def _joins_album(context: Context, attachment: Attachment) -> bool:
    """Add a file to the entry that was made of the first one of its album; tell whether there is one."""
    album = context.message.media_group_id
    shown = context.uow.screens.last_like(context.chat.id, screens.SAVED_VIEW) if album else None
    if shown is None or not shown.view or shown.view[2:] != [album]:
        return False
    saved = progress.attach(context.uow, shown.view[1], attachment, by=context.member)
    context.redraw(shown.id, screens.saved(saved, context.reader, album=album or ""))
    return True


def log_line(context: Context, quick: QuickProgress, *, way: str, attachments: tuple[Attachment, ...] = ()) -> None:
    """Log a line at once; where it lacks how far or words that it needs, its form asks for that and keeps the rest."""
    member = context.member
    milestone = milestones.find(context.uow, member.group_id, quick.number or 0)
    if quick.percent is None and quick.state is None and not attachments:
        _ask(context, member, milestone, quick)
        return
    try:
        saved = progress.log(
            context.uow,
            milestone,
            by=member,
            percent=quick.percent,
            state=_state(quick),
            note=quick.note,
            way=way,
            attachments=attachments,
        )
    except WORDS_WANTED:
        _ask(context, member, milestone, quick, attachments)
        return
    context.show(screens.saved(saved, context.reader, album=context.message.media_group_id or ""))


def _ask(
    context: Context,
    member: Member,
    milestone: Milestone,
    quick: QuickProgress,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    wanted = {
        "kind": PROGRESS,
        "milestone_id": milestone.id,
        "percent": quick.percent,
        "state": quick.state,
        "note": quick.note,
        "attachments": [[file.kind, file.file_id, file.name, file.size] for file in attachments],
    }
    if not forms.put_off(context, member, wanted):
        start(context, member, wanted)


def _state(quick: QuickProgress) -> MilestoneState | None:
    return MilestoneState(quick.state) if quick.state else None


# A line that was edited after it had been logged


def offer_correction(context: Context, quick: QuickProgress) -> bool:
    """Offer to put the entry right that an edited line had made; tell whether there is one that can be."""
    member = context.member_or_none
    found = context.uow.milestones.find(member.group_id, quick.number or 0) if member else None
    if member is None or found is None:
        return False
    entry = progress.correctable(context.uow, found, by=member)
    if entry is None:
        return False
    context.show(_correction(context, found, entry, quick))
    return True


async def correct(update: Update, context: Context) -> None:
    """Log an edited line as a new entry, which corrects the one before."""
    entry, quick = _offered(context, context.pressed_screen.view)
    member = forms.acting(context, entry)
    milestone = milestones.find(context.uow, member.group_id, quick.number or 0)
    if progress.correctable(context.uow, milestone, by=member) is None:
        raise ButtonExpired
    log_line(context, quick, way="edit")


def _offered(context: Context, view: object) -> tuple[int, QuickProgress]:
    """Give the group of the entry that a screen offers to correct, and the line that it would become."""
    if not isinstance(view, list) or view[:1] != [corrections.VIEW]:
        raise ButtonExpired
    _name, entry_id, percent, state, note = view
    entry = context.uow.progress.get(entry_id)
    if entry is None:
        raise ButtonExpired
    number = context.uow.milestones.get(entry.milestone_id).number
    return entry.group_id, QuickProgress(number, percent, state, note)


def view_correction(context: Context, entry_id: int, percent: int | None, state: str | None, note: str) -> Screen:
    """Draw the offer of a correction anew."""
    entry = context.uow.progress.get(entry_id)
    if entry is None:
        raise ButtonExpired
    forms.acting(context, entry.group_id)
    milestone = context.uow.milestones.get(entry.milestone_id)
    return _correction(context, milestone, entry, QuickProgress(milestone.number, percent, state, note))


def _correction(context: Context, milestone: Milestone, entry: ProgressEntry, quick: QuickProgress) -> Screen:
    return corrections.offered(
        milestone, entry, percent=quick.percent, state=_state(quick), note=quick.note, reader=context.reader
    )


FEATURE = Feature(
    commands=(Command("progress", log_progress, _("Log progress"), roles=WRITERS),),
    presses={"ev.correct": correct},
    forms={PROGRESS: typed},
    views={corrections.VIEW: view_correction},
)
