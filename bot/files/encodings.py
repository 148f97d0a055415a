"""Bytes of a text file into text; what is not UTF-8 is refused with a guess at what it is."""

import codecs
import re

from bot.files.refusals import FileRefused, Problem

_ARABIC = re.compile("[\u0600-\u06ff\u200c]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SURE = 0.9


def decoded(content: bytes) -> str:
    """
    Decode UTF-8, with or without its mark.

    Raises:
        FileRefused: it is not UTF-8 text; ``not_utf8`` says what it looks like, where that can be told.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:4096]:
        raise _not_utf8("UTF-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8(_likely(content)) from None


def _not_utf8(encoding: str) -> FileRefused:
    return FileRefused(Problem("not_utf8", values={"encoding": encoding}))


def _likely(content: bytes) -> str:
    """Guess by what the bytes above ASCII would be: in the wrong table, many of them are accented Latin letters."""
    high = bytes(byte for byte in content if byte >= 0x80)
    for name, codec, letters in (("Windows-1256", "cp1256", _ARABIC), ("Windows-1251", "cp1251", _CYRILLIC)):
        text = high.decode(codec, errors="replace")
        if len(letters.findall(text)) >= _SURE * len(text):
            return name
    return ""
