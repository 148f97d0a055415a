"""Lists in pages that are edited in place: the roadmap, open obstacles, and what waits for the one who asks."""

from telegram import Update

from bot.context import Context
from bot.domain.roadmap_filters import EVERYTHING, RoadmapFilter, filter_of
from bot.i18n.marking import marked as _
from bot.screens import lists as screens
from bot.screens import roadmap as pages
from bot.screens import roadmap_filters as filters
from bot.screens.audience import Audience, of_chat, of_person
from bot.screens.screen import Screen
from bot.services import roadmap as services
from handlers.feature import WRITERS, Command, Feature, Where
from handlers.forms import words_after_command


async def ask_roadmap(update: Update, context: Context) -> None:
    """Show the first page of the roadmap, of what the words after the command ask for."""
    typed = words_after_command(context)
    chosen, left_out = services.read_filter(context.uow, context.member, context.group, typed)
    context.show(_roadmap(context, 1, chosen, left_out=left_out))


async def show_roadmap(update: Update, context: Context) -> None:
    """Show a page of the roadmap, filtered as the button says, in place."""
    context.show(roadmap(context, *_page_filter_and_mode(context)))


async def show_filter(update: Update, context: Context) -> None:
    """Offer the filters of the roadmap in place."""
    context.show(roadmap_filter(context, *_page_filter_and_mode(context)))


def _page_filter_and_mode(context: Context) -> tuple[int, str, str]:
    (page,), code = numbers_and_mode(context, 1)
    args = context.press.args
    return page, code or EVERYTHING.code, args[2] if len(args) > 2 else ""


async def ask_obstacles(update: Update, context: Context) -> None:
    """Show the first page of the open obstacles."""
    context.show(obstacles(context))


async def show_obstacles(update: Update, context: Context) -> None:
    """Show a page of the open obstacles in place."""
    (page,), mode = numbers_and_mode(context, 1)
    context.show(obstacles(context, page, mode))


async def ask_mine(update: Update, context: Context) -> None:
    """Show the first page of what waits for the one who asks."""
    context.show(mine(context))


async def show_mine(update: Update, context: Context) -> None:
    """Show a page of what waits for the one who asks, in place."""
    (page,), _mode = numbers_and_mode(context, 1)
    context.show(mine(context, page))


def roadmap(context: Context, page: int = 1, code: int | str = EVERYTHING.code, mode: str = "") -> Screen:
    """Draw a page of the roadmap; *code* names the filter."""
    return _roadmap(context, page, filter_of(str(code)), mode)


def _roadmap(
    context: Context, page: int, chosen: RoadmapFilter, mode: str = "", *, left_out: tuple[str, ...] = ()
) -> Screen:
    may_adopt = context.member.may_adopt and context.chat.is_private
    found = services.roadmap(context.uow, context.group, page, chosen, left_out=left_out, may_adopt=may_adopt)
    may_export = context.member.may_export and context.chat.is_private
    return pages.roadmap(audience(context, mode), found, may_write=context.member.may_write, may_export=may_export)


def roadmap_filter(context: Context, page: int, code: str, mode: str = "") -> Screen:
    """Draw the filters of the roadmap; one's own are offered in private, where there is one reader."""
    found = services.roadmap(context.uow, context.group, page, filter_of(code))
    mine_id = context.member.id if context.chat.is_private and context.member.may_write else None
    return filters.roadmap_filter(audience(context, mode), found, mine_id=mine_id)


def obstacles(context: Context, page: int = 1, mode: str = "") -> Screen:
    """Draw a page of the open obstacles."""
    found = services.obstacles(context.uow, context.group, page)
    return screens.obstacles(audience(context, mode), found, may_write=context.member.may_write)


def mine(context: Context, page: int = 1) -> Screen:
    """Draw a page of what waits for the one who asks; it is offered in private only."""
    return screens.mine(of_person(context.reader), services.mine(context.uow, context.member, page))


def audience(context: Context, mode: str = "") -> Audience:
    """Give who reads an answer here: the person in private, otherwise the chat in its languages."""
    if context.chat.is_private:
        return of_person(context.reader, mode)
    return of_chat(context.group, mode)


def numbers_and_mode(context: Context, *defaults: int) -> tuple[tuple[int, ...], str]:
    """Read a button's numbers, of which the last may be left out, and the mode of its message behind them."""
    args = context.press.args
    numbers = tuple(
        context.press.number(place) if place < len(args) else default for place, default in enumerate(defaults)
    )
    return numbers, args[len(defaults)] if len(args) > len(defaults) else ""


FEATURE = Feature(
    commands=(
        Command("roadmap", ask_roadmap, _("All milestones, workstream by workstream")),
        Command("obstacles", ask_obstacles, _("Open obstacles, the gravest first")),
        Command("my", ask_mine, _("What waits for you"), where=Where.PRIVATE, roles=WRITERS),
    ),
    presses={
        "rm.show": show_roadmap,
        "rm.filter": show_filter,
        "ob.list": show_obstacles,
        "my.show": show_mine,
    },
    views={
        pages.ROADMAP_VIEW: roadmap,
        filters.VIEW: roadmap_filter,
        screens.OBSTACLES_VIEW: obstacles,
        screens.MY_VIEW: mine,
    },
)
