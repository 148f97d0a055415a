"""What can be done here, in private and in a group chat."""

from collections.abc import Iterable

from bot.domain.readers import Reader
from bot.i18n.speech import Html, Speech, speech
from bot.screens.screen import Screen
from bot.screens.welcome import Listed, command_lines


def private_help(reader: Reader, commands: Iterable[Listed], *, may_write: bool) -> Screen:
    """List the commands of a role, and the short ways of logging."""
    say = speech(reader)
    _ = say.gettext
    lines: list[str | None] = [_heading(say, _("What can be done here")), *command_lines(say, commands)]
    if may_write:
        percent = say.percent(60)
        lines += [
            "",
            say.line(_("Progress in one line: send {example}"), example=f"M-12 {percent}"),
            say.line(_("Or reply to a milestone’s card with {example}"), example=percent),
        ]
    return Screen(say.page(lines), view=("help",))


def group_help(reader: Reader, commands: Iterable[Listed]) -> Screen:
    """List what a group chat understands."""
    say = speech(reader)
    _ = say.gettext
    lines = [
        _heading(say, _("What can be done in this chat")),
        *command_lines(say, commands),
        "",
        _("Everything else is done in a private chat with the bot."),
    ]
    return Screen(say.page(lines))


def owner_help(reader: Reader, commands: Iterable[Listed]) -> Screen:
    """Say what the owner of the installation can do in chat."""
    say = speech(reader)
    _ = say.gettext
    lines = [
        _("You are the owner of this installation and a member of no working group."),
        _("Working groups are created on the command line of the server."),
        "",
        *command_lines(say, commands),
    ]
    return Screen(say.page(lines), view=("help",))


def _heading(say: Speech, words: str) -> Html:
    return say.line("<b>{words}</b>", words=words)
