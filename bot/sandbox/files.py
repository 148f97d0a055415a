"""Files that people and bots have sent, and what the messenger tells about them."""

import mimetypes
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.sandbox.errors import bad_request

# For how long the path that getFile tells leads to the file.
PATH_LIFE = timedelta(hours=1)
DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
KINDS = ("document", "photo", "voice", "video", "audio", "animation", "video_note", "sticker")
_FOLDERS = {
    "document": "documents",
    "photo": "photos",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "animation": "animations",
    "video_note": "video_notes",
    "sticker": "stickers",
}
_DEFAULT_TYPES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "animation": "video/mp4",
    "video_note": "video/mp4",
}
# As the server names the kinds in its refusals.
TYPE_NAMES = {
    "document": "Document",
    "photo": "Photo",
    "voice": "VoiceNote",
    "video": "Video",
    "audio": "Audio",
    "animation": "Animation",
    "video_note": "VideoNote",
    "sticker": "Sticker",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The bytes of one file; *path* is what getFile tells."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    content: bytes
    path: str


class Files:
    """All files of a world, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._known: set[tuple[int, str]] = set()
        self._told: dict[str, datetime] = {}
        self._numbers = count(1)

    def add(self, *, kind: str, name: str, content: bytes, mime: str | None = None) -> StoredFile:
        number = next(self._numbers)
        guessed = mimetypes.guess_type(name)[0]
        declared = (mime or "").split(";")[0].strip()
        if declared in {"", "application/octet-stream"}:
            declared = guessed or _DEFAULT_TYPES.get(kind, "application/octet-stream")
        suffix = "." + name.rsplit(".", 1)[1] if "." in name else mimetypes.guess_extension(declared) or ""
        stored = StoredFile(
            id=f"BQACAgIAAxkB{number:08d}AAIs",
            unique_id=f"AgAD{number:08d}",
            kind=kind,
            name=name,
            mime=declared,
            content=content,
            path=f"{_FOLDERS[kind]}/file_{number}{suffix}",
        )
        self._by_id[stored.id] = stored
        self._by_path[stored.path] = stored
        return stored

    def show(self, content: dict[str, Any], bot_id: int) -> None:
        """Let a bot know the file of a message: an id is good for the bots that were given it, and for no other."""
        for kind in KINDS:
            found = content.get(kind)
            if found:
                self._known.add((bot_id, (found[-1] if kind == "photo" else found)["file_id"]))

    def forget(self, bot_id: int) -> None:
        """Let all the ids that a bot was given be good no longer, as they are for another bot account."""
        self._known = {(known, file_id) for known, file_id in self._known if known != bot_id}

    def known_to(self, bot_id: int, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id) if (bot_id, file_id) in self._known else None

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def tell(self, stored: StoredFile, now: datetime) -> str:
        """The path of a file, good for an hour from *now*."""
        self._told[stored.path] = now
        return stored.path

    def by_path(self, path: str, now: datetime) -> StoredFile | None:
        """A file by a path that was told within the last hour."""
        told = self._told.get(path)
        return self._by_path.get(path) if told is not None and now - told <= PATH_LIFE else None


def media_content(stored: StoredFile, *, kind: str, duration: int = 0, emoji: str = "") -> dict[str, Any]:
    """
    The message fields of a file sent as *kind*.

    Raises:
        ApiError: the server could not make a picture of it.
    """
    file: dict[str, Any] = {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": len(stored.content)}
    if kind == "photo":
        if len(stored.content) > PHOTO_LIMIT:
            raise bad_request("file is too big")
        size = image_size(stored.content)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return {"photo": [{**file, "width": width, "height": height}]}
    if kind == "sticker":
        sticker = {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return {"sticker": {**file, **sticker}}
    file["mime_type"] = stored.mime
    if kind == "video_note":
        del file["mime_type"]
        return {kind: file | {"length": 240, "duration": duration}}
    if kind != "voice":
        file["file_name"] = stored.name
    if kind in {"voice", "audio", "video", "animation"}:
        file["duration"] = duration
    if kind in {"video", "animation"}:
        file.update(width=0, height=0)
    # Clients that know no animations are given a document.
    return {kind: file, "document": file} if kind == "animation" else {kind: file}


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP picture, or None where it is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X" and len(content) >= 30:
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return int(width), int(height)
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return None
