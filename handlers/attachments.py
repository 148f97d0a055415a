"""What a message brings besides words: a reference to the messenger's file."""

from telegram import Document, Message, Video, VideoNote, Voice

from bot.domain.progress import Attachment
from bot.i18n.folding import keep


def attachment_of(message: Message) -> Attachment | None:
    """Give the document, photo, video or voice message of a message; None where it brings none of these."""
    if message.photo:
        largest = message.photo[-1]
        return Attachment("photo", largest.file_id, size=largest.file_size)
    found = message.document or message.video or message.video_note or message.voice or message.audio
    if found is None:
        return None
    kind = {Document: "document", Video: "video", VideoNote: "video", Voice: "voice"}.get(type(found), "document")
    return Attachment(kind, found.file_id, name=keep(getattr(found, "file_name", None) or ""), size=found.file_size)
