"""Evidence in chat: the files of a milestone or an obstacle, page by page, and sent again on request."""

from telegram import Update

from bot.context import Context
from bot.domain.milestones import Milestone
from bot.domain.obstacles import Obstacle
from bot.i18n.marking import marked as _
from bot.i18n.typed import read_number_code
from bot.screens import evidence as screens
from bot.screens.screen import Screen
from bot.services import evidence, milestones, obstacles
from handlers import forms
from handlers.feature import WRITERS, Command, Feature


async def ask_evidence(update: Update, context: Context) -> None:
    """List the files of the item that follows the command, or whose card it replies to; without one, offer some."""
    code = read_number_code(forms.words_after_command(context))
    if code is None and context.replied_screen is not None:
        code = read_number_code(context.replied_screen.about)
    if code is None:
        mine = context.uow.milestones.open_of_member(context.member.group_id, context.member.id)
        context.show(screens.which_item(mine, context.reader))
        return
    find = obstacles.find if code[0] == "O" else milestones.find
    item: Milestone | Obstacle = find(context.uow, context.member.group_id, code[1])
    context.show(screens.evidence_page(evidence.page(context.uow, item, 1, by=context.member), context.reader))


async def turn(update: Update, context: Context) -> None:
    """Show a page of an item's files: in place where it is turned, in a message of its own from a card."""
    press = context.press
    screen = view_page(context, press.word(0), press.number(1), press.number(2))
    shown = context.pressed_screen.view or []
    context.show(screen, anew=shown[:1] != [screens.VIEW])


async def send(update: Update, context: Context) -> None:
    """Send a file again."""
    attachment_id = context.press.number(0)
    member = forms.acting(context, evidence.group_of(context.uow, attachment_id))
    evidence.send_again(context.uow, attachment_id, by=member, chat=context.chat)
    context.quiet("a file sent again")


def view_page(context: Context, letter: str, item_id: int, page: int) -> Screen:
    """Draw a page of an item's files."""
    uow = context.uow
    group_id = (uow.obstacles.get(item_id) if letter == "O" else uow.milestones.get(item_id)).group_id
    member = forms.acting(context, group_id)
    item = evidence.item_of(uow, letter, item_id, by=member)
    return screens.evidence_page(evidence.page(uow, item, page, by=member), context.reader)


FEATURE = Feature(
    commands=(Command("evidence", ask_evidence, _("Files of a milestone or an obstacle"), roles=WRITERS),),
    presses={"ev.list": turn, "ev.send": send},
    views={screens.VIEW: view_page},
)
