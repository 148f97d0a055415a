"""What a message is: a command of ours, words, a thing, a forwarded post, or the messenger's own note."""

from telegram import Message, MessageEntity, Update
from telegram.ext import filters

from bot.i18n.typed import read_quick_progress
from bot.screens.answers import Kind

_KINDS: tuple[tuple[filters.BaseFilter, Kind], ...] = (
    (filters.TEXT, "text"),
    (filters.Sticker.ALL | filters.Dice.ALL | filters.GAME, "sticker"),
    (filters.PHOTO | filters.VIDEO | filters.VIDEO_NOTE | filters.ANIMATION, "picture"),
    (filters.VOICE | filters.AUDIO, "voice"),
    (filters.Document.ALL, "file"),
    (filters.VENUE | filters.LOCATION, "place"),
    (filters.CONTACT, "contact"),
    (filters.POLL, "poll"),
)


def command_of(message: Message) -> str | None:
    """Give the command that a message begins with; None where there is none, or it is another bot's."""
    word, _, addressee = command_word(message).partition("@")
    if not word or (addressee and addressee.casefold() != message.get_bot().username.casefold()):
        return None
    return word.casefold()


def command_word(message: Message) -> str:
    """Give the command as it was typed, with the bot it is addressed to, without its slash."""
    if not message.text or not message.entities:
        return ""
    first = message.entities[0]
    if first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return ""
    return message.text[1 : first.length]


def is_service(update: Update) -> bool:
    """Tell whether the messenger itself wrote the message, such as "joined" or "pinned"."""
    return bool(filters.StatusUpdate.ALL.check_update(update))


def is_file(update: Update) -> bool:
    """Tell whether a picture, a voice message or a file was sent, forwarded ones too."""
    return any(wanted.check_update(update) for wanted, kind in _KINDS if kind in {"picture", "voice", "file"})


def kind_of(update: Update) -> Kind:
    """Tell what kind of thing was sent."""
    if filters.FORWARDED.check_update(update):
        return "forwarded"
    return next((kind for wanted, kind in _KINDS if wanted.check_update(update)), "other")


def reads_as_progress(text: str) -> bool:
    """Tell whether words say a percent or a state."""
    quick = read_quick_progress(text)
    return quick.percent is not None or quick.state is not None
