"""The first screens: choosing a language, the welcome, the main screen, and who has joined."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.groups import WorkingGroup
from bot.domain.members import Member, Role
from bot.domain.readers import LANGUAGES, Language, Reader
from bot.i18n.catalogue import LANGUAGE_NAMES
from bot.i18n.speech import Html, Speech, speech
from bot.screens.answers import in_every_language, plain_reader
from bot.screens.screen import Button, Screen, keyboard


class Listed(NamedTuple):
    """A command and what it is for (a msgid)."""

    name: str
    description: str


def language_choice(first: Language, act: str) -> Screen:
    """Ask for the language with three buttons, each in its own script; *first* is the one that is likely."""
    order = (first, *(language for language in LANGUAGES if language != first))
    buttons = [Button(LANGUAGE_NAMES[language], act=act, args=(language,)) for language in order]
    text = in_every_language(order, lambda say: say.gettext("Please choose your language."))
    return Screen(text, rows=keyboard(plain_reader(first), [buttons]))


def language_chosen(reader: Reader) -> Screen:
    """Confirm the language in one line."""
    say = speech(reader)
    name = LANGUAGE_NAMES[reader.language]
    return Screen(say.page([say.line(say.gettext("The language is now {language}."), language=name)]))


def welcome(
    reader: Reader, group: WorkingGroup, commands: Iterable[Listed], *, is_observer: bool, already: bool = False
) -> Screen:
    """Welcome a member: the group, and what can be done here; *already* says that they had joined before."""
    say = speech(reader)
    if is_observer:
        greeting = say.gettext("Welcome to {group}.\nHere you read its summary and its signed reports.")
    else:
        greeting = say.gettext(
            "Welcome to {group}.\nHere you log milestones, progress and obstacles, and prepare the monthly report."
        )
    name = group.names.for_language(reader.language)
    lines: list[str | None] = []
    if already:
        lines += [say.gettext("You have joined already; no invitation is needed."), ""]
    lines += [say.line(greeting, group=name), "", *command_lines(say, commands)]
    return Screen(say.page(lines), view=("welcome",))


def command_lines(say: Speech, commands: Iterable[Listed]) -> list[Html]:
    """Write one line for each command."""
    return [
        say.line("{command} – {what}", command=f"/{command.name}", what=say.gettext(command.description))
        for command in commands
    ]


def owner_welcome(reader: Reader) -> Screen:
    """Welcome the owner of the installation, who reads no group."""
    say = speech(reader)
    lines = [
        say.gettext("You are now the owner of this installation."),
        "",
        say.gettext("Working groups are created on the command line of the server:"),
        Html("<code>hamroh group create FILE.toml</code>"),
        say.gettext("Then invite the first secretary of each party:"),
        Html("<code>hamroh invite --group CODE --party TJ --role secretary</code>"),
    ]
    return Screen(say.page(lines), view=("welcome",))


class MainButtons(NamedTuple):
    """Which doors the main screen has; what a role may not do is not offered."""

    summary: bool
    my_items: bool
    roadmap: bool
    obstacles: bool
    progress: bool


def main_screen(member: Member, group: WorkingGroup, doors: MainButtons) -> Screen:
    """Give the main screen, from which everything is one tap away."""
    reader = member.reader
    say = speech(reader)
    _ = say.gettext
    lines = [
        say.line(_("Hello, {name}."), name=member.name_for(reader.language)),
        say.line(_("You are in {group}. What would you like to do?"), group=group.names.for_language(reader.language)),
    ]
    rows = [
        [
            Button(_("Summary"), act="sum.show") if doors.summary else None,
            Button(_("My items"), act="my.show") if doors.my_items else None,
        ],
        [
            Button(_("Roadmap"), act="rm.show") if doors.roadmap else None,
            Button(_("Obstacles"), act="ob.list") if doors.obstacles else None,
        ],
        [Button(_("Log progress"), act="pr.start") if doors.progress else None],
    ]
    return Screen(say.page(lines), rows=keyboard(reader, rows), view=("home",))


def joined_notice(reader: Reader, newcomer: Member, group: WorkingGroup) -> Screen:
    """Tell who has used an invitation."""
    say = speech(reader)
    language = reader.language
    values = {
        "name": newcomer.name_for(language),
        "party": group.party(newcomer.party_id).names.for_language(language),
        "group": group.names.for_language(language),
    }
    return Screen(say.page([say.line(_joined_as(say, newcomer.role), **values)]))


def _joined_as(say: Speech, role: Role) -> str:
    sentences = {
        Role.MEMBER: say.gettext("{name} ({party}) has used the invitation and joined {group} as a member."),
        Role.SECRETARY: say.gettext("{name} ({party}) has used the invitation and joined {group} as a secretary."),
        Role.CO_CHAIR: say.gettext("{name} ({party}) has used the invitation and joined {group} as a co-chair."),
        Role.OBSERVER: say.gettext("{name} ({party}) has used the invitation and joined {group} as an observer."),
    }
    return sentences[role]
