"""Which working group commands act on, and binding a group chat to one."""

from telegram import Update

from bot.context import Context
from bot.domain.errors import ChatNotBound, NotAllowed
from bot.i18n.marking import marked as _
from bot.screens import groups as screens
from bot.screens.screen import Screen
from bot.services import membership
from handlers.feature import Command, Feature, Where
from handlers.help import home, set_menu
from handlers.joining import person_of


async def show_groups(update: Update, context: Context) -> None:
    """In private offer the person's groups; in a group chat say to which one it is bound."""
    if context.chat.is_private:
        context.show(groups_screen(context))
    elif context.chat.group_id is None:
        raise ChatNotBound
    else:
        context.show(screens.bound_to(context.reader, context.group))


def groups_screen(context: Context) -> Screen:
    """Draw the person's groups, the present one named; an owner who is in none gets what an owner can do."""
    mine = membership.groups_of(context.uow, person_of(context))
    if not mine:
        return home(context)
    return screens.group_choice(context.reader, mine, chosen_id=context.member.group_id)


async def choose_group(update: Update, context: Context) -> None:
    """Let commands act on the group that was chosen."""
    group = membership.choose_group(context.uow, person_of(context), context.press.number())
    context.forget_person()
    context.show(screens.group_chosen(context.reader, group))
    set_menu(context)


async def offer_binding(update: Update, context: Context) -> None:
    """Offer a secretary to bind this chat."""
    mine = membership.bindable_by(context.uow, person_of(context))
    if not mine:
        raise NotAllowed
    if len(mine) == 1 and context.chat.group_id == mine[0].id:
        context.show(screens.bound_to(context.reader, mine[0]))
    else:
        context.show(screens.bind_offer(context.reader, mine))


async def bind(update: Update, context: Context) -> None:
    """Bind this chat; whoever may see the button, the right is the presser's own."""
    group = membership.bind(context.uow, context.chat, context.press.number(), by=person_of(context))
    context.show(screens.bound(group))


FEATURE = Feature(
    commands=(
        Command("group", show_groups, _("Choose the working group")),
        Command("bind", offer_binding, _("Bind this chat to a working group"), where=Where.GROUP, is_listed=False),
    ),
    presses={"gr.pick": choose_group, "ch.bind": bind},
    views={"groups": groups_screen},
)
