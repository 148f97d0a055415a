"""The main screen, what can be done here, and leaving a form."""

from telegram import Update

from bot.context import Context
from bot.domain.members import Role
from bot.i18n.marking import marked as _
from bot.screens import answers, groups, welcome
from bot.screens import help as screens
from bot.screens.screen import Screen
from bot.services import drafts, profile
from handlers.commands import offer_of
from handlers.feature import Command, Feature, Where


async def show_help(update: Update, context: Context) -> None:
    """List what can be done here."""
    context.show(help_screen(context))


async def cancel(update: Update, context: Context) -> None:
    """Drop the open form, or say that there is none."""
    member = context.member_or_none
    draft = context.uow.drafts.open_one(member.id, context.chat.id) if member else None
    if draft is None:
        context.show(answers.nothing_to_cancel(context.reader))
        return
    drafts.drop(context.uow, draft)
    if draft.screen_id is not None:
        context.redraw(draft.screen_id, answers.draft_dropped(context.reader))
    context.show(answers.draft_dropped(context.reader))


def home(context: Context) -> Screen:
    """Draw the main screen; an owner of the installation who is in no group gets what an owner can do."""
    member = context.member_or_none
    if member is None:
        return help_screen(context)
    offer = offer_of(context)
    doors = welcome.MainButtons(
        **{
            field: act in offer.presses and offer.allows(command, member.role)
            for field, (act, command) in _DOORS.items()
        }
    )
    return welcome.main_screen(member, context.group, doors)


_DOORS = {
    "summary": ("sum.show", "summary"),
    "my_items": ("my.show", "my"),
    "roadmap": ("rm.show", "roadmap"),
    "obstacles": ("ob.list", "obstacles"),
    "progress": ("pr.start", "progress"),
}


def help_screen(context: Context) -> Screen:
    """Draw the list of what can be done here."""
    if not context.chat.is_private and context.chat.group_id is None:
        return groups.bind_hint((context.reader.language,))
    commands = listed(context)
    if not context.chat.is_private:
        return screens.group_help(context.reader, commands)
    member = context.member_or_none
    if member is None:
        return screens.owner_help(context.reader, commands)
    return screens.private_help(context.reader, commands, may_write=member.may_write)


def listed(context: Context) -> list[welcome.Listed]:
    """Give the commands that the person who acts is shown in this chat."""
    is_private = context.chat.is_private
    where = Where.PRIVATE if is_private else Where.GROUP
    role = _role(context) if is_private else Role.MEMBER
    return [
        welcome.Listed(command.name, command.description)
        for command in offer_of(context).listed(role=role, where=where)
    ]


def set_menu(context: Context) -> None:
    """Owe the command menu of this private chat, by the language and role that hold now; nothing when it is set so."""
    if context.chat.is_private:
        menu = offer_of(context).menu(role=_role(context), language=context.reader.language, where=Where.PRIVATE)
        profile.owe_menu(context.uow, context.chat, menu)


def _role(context: Context) -> Role | None:
    member = context.member_or_none
    return member.role if member else None


FEATURE = Feature(
    commands=(
        Command("help", show_help, _("What can be done here")),
        Command("cancel", cancel, _("Drop the open draft")),
    ),
    views={"home": home, "help": help_screen},
)
