"""What a message brings besides words: a reference to the messenger's file."""

from telegram import Animation, Audio, Document, Message, Video, VideoNote, Voice

from bot.domain.progress import Attachment
from bot.i18n.file_names import file_name

# What the messenger calls a file is what it can be sent again as.
_KINDS: dict[type, str] = {
    Animation: "animation",
    Audio: "audio",
    Document: "document",
    Video: "video",
    VideoNote: "video_note",
    Voice: "voice",
}


def attachment_of(message: Message) -> Attachment | None:
    """Give the file of a message, of whichever kind; None where it brings none. Stickers are none."""
    if message.photo:
        largest = message.photo[-1]
        return Attachment("photo", largest.file_id, size=largest.file_size)
    # An animation comes as a document too, for clients that do not know any.
    found = (
        message.animation or message.document or message.video or message.video_note or message.voice or message.audio
    )
    if found is None:
        return None
    name = file_name(getattr(found, "file_name", None) or "")
    return Attachment(_KINDS[type(found)], found.file_id, name=name, size=found.file_size)
