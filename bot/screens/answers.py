"""Short decided answers to what people send: to strangers, to words and things that no feature takes."""

from collections.abc import Callable, Iterable
from typing import Literal

from bot.domain.readers import LANGUAGES, Language, Reader, default_calendar, default_digits
from bot.i18n.speech import Speech, speech
from bot.screens.screen import Screen

Kind = Literal["text", "forwarded", "sticker", "picture", "voice", "file", "place", "contact", "poll", "other"]

STRANGER_VIEW = "stranger"


def plain_reader(language: Language) -> Reader:
    """Give a reader of whom only the language is known."""
    return Reader(language, default_calendar(language), default_digits(language), "UTC")


def in_every_language(languages: Iterable[Language], sentence: Callable[[Speech], str]) -> str:
    """Say a sentence without values once in each of *languages*, one under the other."""
    spoken = [speech(plain_reader(language)) for language in languages]
    return "\n".join(say.page([sentence(say)]) for say in spoken)


def stranger() -> Screen:
    """Give the one line that strangers get, in three languages."""
    return Screen(in_every_language(LANGUAGES, _stranger_line), view=(STRANGER_VIEW,))


def stranger_alert(reader: Reader) -> str:
    """Give the same line for a press, in the language of the client."""
    say = speech(reader)
    return say.page([_stranger_line(say)])


def invitation_invalid() -> Screen:
    """Answer a stranger whose invitation cannot be used, in three languages; why not is not said."""
    return Screen(in_every_language(LANGUAGES, _invalid_line))


def anonymous(languages: tuple[Language, ...]) -> Screen:
    """Refuse who writes in the name of a group or channel, in the languages of the chat."""
    return Screen(in_every_language(languages, _anonymous_line))


def _stranger_line(say: Speech) -> str:
    return say.gettext(
        "This service is for members of the working group. To join, please ask your secretary for an invitation."
    )


def _invalid_line(say: Speech) -> str:
    return say.gettext("This invitation is no longer valid. Please ask your secretary for a new one.")


def _anonymous_line(say: Speech) -> str:
    return say.gettext("Anonymous messages are not taken. Please write under your own name.")


def unknown_command(reader: Reader, command: str) -> Screen:
    """Answer a command that there is not."""
    say = speech(reader)
    text = say.gettext("There is no command {command}.\nSee what can be done here: /help")
    return Screen(say.page([say.line(text, command=f"/{command}")]))


def not_taken(reader: Reader, kind: Kind, *, draft_waits: bool = False) -> Screen:
    """Say what became of a message that no feature takes, and what to do; *draft_waits*: a form waits for words."""
    say = speech(reader)
    advice = (
        say.gettext("Your draft is kept: please send the text in words, or drop it with /cancel.")
        if draft_waits
        else _advice(say, kind)
    )
    return Screen(say.page([say.line(_fact(say, kind)), say.line(advice, example=f"M-12 {say.percent(60)}")]))


def _fact(say: Speech, kind: Kind) -> str:
    facts: dict[Kind, str] = {
        "text": say.gettext("This text was not understood, and nothing was saved."),
        "forwarded": say.gettext("A forwarded message is not taken as an entry, and nothing was saved."),
        "sticker": say.gettext("A sticker changes nothing here."),
        "picture": say.gettext("The picture was not saved: it is not clear which milestone it belongs to."),
        "voice": say.gettext("The voice message was not saved: it is not clear which milestone it belongs to."),
        "file": say.gettext("The file was not saved: it is not clear which milestone it belongs to."),
        "place": say.gettext("The location was not saved: locations are not taken here."),
        "contact": say.gettext("The contact was not saved: people join by invitation only."),
        "poll": say.gettext("The poll was not saved: polls are not taken here."),
        "other": say.gettext("This kind of message is not taken here, and nothing was saved."),
    }
    return facts[kind]


def _advice(say: Speech, kind: Kind) -> str:
    if kind == "contact":
        return say.gettext("To admit somebody, please ask your secretary for an invitation.")
    if kind in {"picture", "voice", "file"}:
        return say.gettext(
            "To keep it as evidence, send it with a caption such as {example}, or in reply to the milestone’s card."
        )
    if kind == "text":
        return say.gettext("To log progress, send for example {example}; see everything with /help.")
    if kind == "forwarded":
        return say.gettext("Please write it in your own words, or raise it as an obstacle: /newobstacle")
    return say.gettext("See what can be done here: /help")


def draft_dropped(reader: Reader) -> Screen:
    """Confirm that a form was dropped."""
    say = speech(reader)
    return Screen(say.page([say.gettext("The draft was dropped. Nothing was saved.")]))


def nothing_to_cancel(reader: Reader) -> Screen:
    """Say that no form is open."""
    say = speech(reader)
    return Screen(say.page([say.gettext("There is nothing to cancel: no draft is open.")]))


def edit_changes_nothing(reader: Reader, minutes: int) -> Screen:
    """Say that an edited message does not change what was logged, and how to correct it."""
    say = speech(reader)
    text = say.ngettext(
        "Editing a message does not change what was logged.\n"
        "To correct it, undo the entry within {minutes} minute or send a new one.",
        "Editing a message does not change what was logged.\n"
        "To correct it, undo the entry within {minutes} minutes or send a new one.",
        minutes,
    )
    return Screen(say.page([say.line(text, minutes=minutes)]))
