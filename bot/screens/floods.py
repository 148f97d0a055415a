"""What somebody is told who sent more than is taken."""

from bot.domain.floods import MOST
from bot.domain.readers import LANGUAGES, Reader
from bot.i18n.speech import speech
from bot.screens.answers import plain_reader
from bot.screens.screen import Screen


def not_taken(reader: Reader, count: int) -> Screen:
    """Say how many messages were not taken, and what to do."""
    return Screen(_text(reader, count))


def not_taken_of_stranger(count: int) -> Screen:
    """Say the same in all languages."""
    return Screen("\n".join(_text(plain_reader(language), count) for language in LANGUAGES))


def _text(reader: Reader, count: int) -> str:
    say = speech(reader)
    text = say.ngettext(
        "More than {most} messages arrived from you within one minute, and {count} message was not taken; nothing of "
        "it was saved.\n"
        "Please wait a minute and send again what is still needed.",
        "More than {most} messages arrived from you within one minute, and {count} messages were not taken; nothing of "
        "them was saved.\n"
        "Please wait a minute and send again what is still needed.",
        count,
    )
    return say.page([say.line(text, most=MOST, count=count)])
