"""Drawing the screen above anew, when its reader has chosen to read otherwise."""

from bot.context import Context
from bot.domain.errors import DomainError
from handlers.commands import offer_of


def redraw(context: Context, *, above: int) -> None:
    """Draw the newest screen above the screen *above* in the language, calendar, digits and zone of now."""
    shown = context.uow.screens.last_drawn(context.chat.id, before=above)
    if shown is None or not shown.view:
        return
    name, *arguments = shown.view
    view = offer_of(context).views.get(name)
    if view is None:
        return
    try:
        screen = view(context, *arguments)
    except DomainError:
        # What it showed is gone, or no longer theirs to see; the choice holds nevertheless.
        return
    context.redraw(shown.id, screen)
