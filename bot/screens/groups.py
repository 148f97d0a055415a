"""Which working group commands act on, and binding a group chat to one."""

from collections.abc import Iterable

from bot.domain.groups import WorkingGroup
from bot.domain.readers import LANGUAGES, Language, Reader
from bot.i18n.speech import speech
from bot.screens.answers import in_every_language, plain_reader
from bot.screens.forms import name_label
from bot.screens.screen import Button, Screen, keyboard


def group_choice(reader: Reader, groups: Iterable[WorkingGroup], *, chosen_id: int | None) -> Screen:
    """Offer the groups that a person belongs to."""
    say = speech(reader)
    _ = say.gettext
    mine = list(groups)
    if len(mine) == 1:
        text = say.line(_("You belong to one working group: {group}."), group=_name(mine[0], reader.language))
        return Screen(say.page([text]), view=("groups",))
    current = next((group for group in mine if group.id == chosen_id), mine[0])
    lines = [
        say.line(_("Commands act on {group}."), group=_name(current, reader.language)),
        _("Please choose a working group."),
    ]
    rows = [[Button(name_label(say, _name(group, reader.language)), act="gr.pick", args=(group.id,))] for group in mine]
    return Screen(say.page(lines), rows=keyboard(reader, rows), view=("groups",))


def group_chosen(reader: Reader, group: WorkingGroup) -> Screen:
    """Confirm the choice."""
    say = speech(reader)
    text = say.line(say.gettext("Commands now act on {group}."), group=_name(group, reader.language))
    return Screen(say.page([text]))


def bound_to(reader: Reader, group: WorkingGroup) -> Screen:
    """Say which group a chat is bound to."""
    say = speech(reader)
    text = say.line(say.gettext("This chat is bound to {group}."), group=_name(group, reader.language))
    return Screen(say.page([text]))


def bind_offer(reader: Reader, groups: Iterable[WorkingGroup]) -> Screen:
    """Offer a secretary to bind the chat; everybody in it will read what the bot posts."""
    say = speech(reader)
    _ = say.gettext
    mine = list(groups)
    warning = _("What the bot posts here is read by everyone in this chat.")
    if len(mine) == 1:
        question = say.line(_("Bind this chat to {group}?"), group=_name(mine[0], reader.language))
        rows = [[Button(_("Bind this chat"), act="ch.bind", args=(mine[0].id,))]]
    else:
        question = say.line(_("To which working group shall this chat be bound?"))
        rows = [
            [Button(name_label(say, _name(group, reader.language)), act="ch.bind", args=(group.id,))] for group in mine
        ]
    return Screen(say.page([question, warning]), rows=keyboard(reader, rows))


def bound(group: WorkingGroup) -> Screen:
    """Confirm a binding to everybody in the chat, in the languages of the parties."""
    paragraphs = []
    for language in languages_of(group):
        say = speech(plain_reader(language))
        paragraphs.append(
            say.page(
                [
                    say.line(say.gettext("This chat is now bound to {group}."), group=_name(group, language)),
                    say.gettext("What can be done in this chat: /help"),
                ]
            )
        )
    return Screen("\n\n".join(paragraphs))


def bind_hint(languages: Iterable[Language] = LANGUAGES) -> Screen:
    """Tell those who are no secretaries how the chat comes to be bound."""
    text = in_every_language(
        languages, lambda say: say.gettext("A secretary of the working group can bind this chat with /bind.")
    )
    return Screen(text)


def languages_of(group: WorkingGroup) -> tuple[Language, ...]:
    """Give the languages that a group's chat is written in: its parties', in their order."""
    return tuple(dict.fromkeys(party.default_language for party in group.parties))


def _name(group: WorkingGroup, language: Language) -> str:
    return group.names.for_language(language)
