"""Buttons of the monthly reminder: write now, nothing to report, later today, tomorrow."""

from telegram import Update

from bot.context import Context
from bot.domain.report_parts import Part
from bot.screens import reminders as screens
from bot.screens.screen import Screen
from bot.services import reports
from bot.services.drafts import own as own_draft
from bot.services.reports import Inquiry, Question
from db.repositories.drafts import Draft
from handlers.feature import Feature


async def write_now(update: Update, context: Context) -> None:
    inquiry = reports.inquire(context.uow, context.press.number(), by=context.member)
    screen_id = context.pressed_screen.id
    question = reports.begin_writing(context.uow, inquiry, by=context.member, chat=context.chat, screen_id=screen_id)
    context.show(_asking(context, inquiry, question))


async def nothing_to_report(update: Update, context: Context) -> None:
    inquiry = reports.inquire(context.uow, context.press.number(), by=context.member)
    parts = reports.report_nothing(context.uow, inquiry)
    context.show(screens.answered(context.reader, inquiry.said, [(part, "") for part in parts]))


async def nothing_on_this(update: Update, context: Context) -> None:
    press = context.press
    draft = own_draft(context.uow, press.number(), by=context.member)
    inquiry = reports.asked(context.uow, draft, by=context.member)
    reports.write(context.uow, inquiry, "", part=Part(press.number(1), press.number(2)))
    context.show(_next(context, draft))


async def cancel(update: Update, context: Context) -> None:
    draft = own_draft(context.uow, context.press.number(), by=context.member)
    inquiry = reports.asked(context.uow, draft, by=context.member)
    context.uow.drafts.close(draft)
    context.show(screens.reminder(context.reader, inquiry.said))


async def later_today(update: Update, context: Context) -> None:
    _put_off(context, until_tomorrow=False)


async def tomorrow(update: Update, context: Context) -> None:
    _put_off(context, until_tomorrow=True)


def typed(context: Context, draft: Draft, text: str) -> None:
    """Take the line that was asked for; the question above turns into what was kept, the next one stands below."""
    inquiry = reports.asked(context.uow, draft, by=context.member)
    words = reports.cleaned(text)
    part = reports.write(context.uow, inquiry, words)
    if draft.screen_id is not None:
        context.redraw(draft.screen_id, screens.answered(context.reader, inquiry.said, [(part, words)]))
    reports.ask_below(context.uow, draft, screen_id=context.show(_next(context, draft)))


def drawn_anew(context: Context, number: int) -> Screen:
    """Draw a reminder as it stands now, in the language of now."""
    inquiry = reports.inquire(context.uow, number, by=context.member)
    return screens.reminder(context.reader, inquiry.said)


def _next(context: Context, draft: Draft) -> Screen:
    inquiry = reports.asked(context.uow, draft, by=context.member)
    question = reports.next_question(context.uow, draft, inquiry)
    if question is None:
        return screens.settled(context.reader, inquiry.said)
    return _asking(context, inquiry, question)


def _asking(context: Context, inquiry: Inquiry, question: Question) -> Screen:
    return screens.question(context.reader, inquiry.said, question.part, draft_id=question.draft.id, left=question.left)


def _put_off(context: Context, *, until_tomorrow: bool) -> None:
    inquiry = reports.inquire(context.uow, context.press.number(), by=context.member)
    until = reports.put_off(context.uow, inquiry, until_tomorrow=until_tomorrow)
    context.show(screens.put_off(context.reader, inquiry.said, until))


FEATURE = Feature(
    presses={
        "rp.write": write_now,
        "rp.none": nothing_to_report,
        "rp.empty": nothing_on_this,
        "rp.cancel": cancel,
        "rp.later": later_today,
        "rp.tomorrow": tomorrow,
    },
    forms={reports.FORM: typed},
    views={screens.VIEW: drawn_anew},
)
