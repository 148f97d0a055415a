"""The one codec of callback data: version, screen, act and arguments, authenticated for one chat."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from bot.domain.errors import ButtonExpired

VERSION = "1"
LIMIT_BYTES = 64
_SIGNATURE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Press:
    """What a genuine button says: on which of our screens it stood, the act, and its arguments as text."""

    screen_id: int
    act: str
    args: tuple[str, ...]

    def number(self, position: int = 0) -> int:
        """
        Give an argument as a number.

        Raises:
            ButtonExpired: there is none; a button of an older version of the program.
        """
        try:
            return int(self.args[position])
        except (IndexError, ValueError):
            raise ButtonExpired from None

    def word(self, position: int = 0) -> str:
        """Give an argument as it stands; raises ButtonExpired where there is none."""
        try:
            return self.args[position]
        except IndexError:
            raise ButtonExpired from None


def pack(key: bytes, chat_id: int, screen_id: int, act: str, args: tuple[int | str, ...]) -> str:
    """
    Write callback data for a button of one chat (our own id of it).

    Raises:
        ValueError: longer than 64 bytes, or an argument with a colon: a fault of the program.
    """
    parts = [VERSION, str(screen_id), act, *(str(argument) for argument in args)]
    if any(":" in part for part in parts):
        message = f"a colon in callback data of {act}"
        raise ValueError(message)
    body = ":".join(parts)
    data = f"{body}:{_sign(key, chat_id, body)}"
    if len(data.encode()) > LIMIT_BYTES:
        message = f"callback data of {act} is longer than {LIMIT_BYTES} bytes"
        raise ValueError(message)
    return data


def unpack(key: bytes, chat_id: int, data: str) -> Press:
    """
    Read callback data that came from a chat (our own id of it).

    Raises:
        ButtonExpired: forged, of another chat, or of another version.
    """
    body, _, signature = data.rpartition(":")
    if not hmac.compare_digest(signature.encode(), _sign(key, chat_id, body).encode()):
        raise ButtonExpired
    version, screen, *rest = body.split(":")
    if version != VERSION or not rest:
        raise ButtonExpired
    return Press(screen_id=int(screen), act=rest[0], args=tuple(rest[1:]))


def _sign(key: bytes, chat_id: int, body: str) -> str:
    digest = hmac.digest(key, f"{chat_id}|{body}".encode(), sha256)[:_SIGNATURE_BYTES]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
