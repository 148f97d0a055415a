"""Telegram's HTML subset, read by ourselves where Telegram's own parser is not installed."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from bot.sandbox.errors import bad_request

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_NAME = re.compile(r"[^\s>]*")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"""[^\s=>/"']*""")
_BARE_VALUE = re.compile(r"[a-zA-Z0-9.-]*")
_END_TAG = re.compile(r"([^\s>]*)\s*>")
# The messenger takes a character for one without its semicolon too.
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)(?![a-zA-Z])|#[0-9]+|#[xX][0-9a-fA-F]+);?")


@dataclass(slots=True)
class _Open:
    name: str
    offset: int
    attributes: dict[str, str]


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def _refused(what: str) -> Exception:
    return bad_request(f"can't parse entities: {what}")


def _byte_offset(source: str, position: int) -> int:
    return len(source[:position].encode())


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """
    Split markup into plain text and entities with offsets in UTF-16 units.

    Raises:
        ApiError: the markup is not the messenger's HTML; worded with the byte offset, as the server does.
    """
    parts: list[str] = []
    entities: list[dict[str, Any]] = []
    stack: list[_Open] = []
    length = position = 0
    while position < len(source):
        bracket = source.find("<", position)
        piece = source[position:] if bracket < 0 else source[position:bracket]
        plain = _CHARACTER.sub(lambda found: unescape(f"{found.group().rstrip(';')};"), piece)
        parts.append(plain)
        length += utf16_length(plain)
        if bracket < 0:
            break
        if source.startswith("</", bracket):
            opened, position = _closed(source, bracket, stack)
            entity = _entity(opened, length, "".join(parts))
            if entity is not None:
                entities.append(entity)
        else:
            opened, position = _opened(source, bracket, length)
            stack.append(opened)
    if stack:
        raise _refused(f'Can\'t find end tag corresponding to start tag "{stack[-1].name}"')
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(parts), entities


def _opened(source: str, bracket: int, length: int) -> tuple[_Open, int]:
    place = _byte_offset(source, bracket)
    position = _end_of(_NAME, source, bracket + 1)
    name = source[bracket + 1 : position].lower()
    if position == len(source):
        raise _refused(f"Unclosed start tag at byte offset {place}")
    if name not in _TYPES and name != "span":
        raise _refused(f'Unsupported start tag "{name}" at byte offset {place}')
    attributes: dict[str, str] = {}
    while True:
        position = _end_of(_SPACES, source, position)
        if source.startswith(">", position):
            break
        start, position = position, _end_of(_ATTRIBUTE_NAME, source, position)
        attribute = source[start:position].lower()
        if not attribute:
            raise _refused(f'Empty attribute name in the tag "{name}" at byte offset {place}')
        position = _end_of(_SPACES, source, position)
        attributes[attribute] = ""
        if source.startswith("=", position):
            attributes[attribute], position = _value(source, _end_of(_SPACES, source, position + 1), place)
        if position == len(source):
            raise _refused(f'Unclosed start tag "{name}" at byte offset {place}')
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
    return _Open(name=name, offset=length, attributes=attributes), position + 1


def _value(source: str, position: int, place: int) -> tuple[str, int]:
    quote = source[position : position + 1]
    if quote in {'"', "'"}:
        end = source.find(quote, position + 1)
        if end < 0 or end + 1 == len(source):
            raise _refused(f"Unclosed start tag at byte offset {place}")
        return unescape(source[position + 1 : end]), end + 1
    end = _end_of(_BARE_VALUE, source, position)
    if end < len(source) and not source[end].isspace() and source[end] != ">":
        raise _refused(f"Unexpected end of name token at byte offset {_byte_offset(source, position)}")
    return source[position:end].lower(), end


def _closed(source: str, bracket: int, stack: list[_Open]) -> tuple[_Open, int]:
    place = _byte_offset(source, bracket)
    if not stack:
        raise _refused(f"Unexpected end tag at byte offset {place}")
    found = _END_TAG.match(source, bracket + 2)
    if found is None:
        raise _refused(f"Unclosed end tag at byte offset {place}")
    opened, name = stack.pop(), found[1].lower()
    if name and name != opened.name:
        raise _refused(f'Unmatched end tag at byte offset {place}, expected "</{opened.name}>", found "</{name}>"')
    return opened, found.end()


def _end_of(pattern: re.Pattern[str], source: str, position: int) -> int:
    found = pattern.match(source, position)
    return found.end() if found else position


def _entity(opened: _Open, length: int, text: str) -> dict[str, Any] | None:
    if length == opened.offset:
        return None
    entity: dict[str, Any] = {"offset": opened.offset, "length": length - opened.offset}
    kind = _TYPES.get(opened.name, "spoiler")
    if kind == "text_link":
        url = opened.attributes.get("href") or text[opened.offset :]
        if url.startswith("tg://user?id="):
            return {**entity, "type": "text_mention", "user": {"id": int(url.removeprefix("tg://user?id="))}}
        if "." not in url and not url.startswith("tg://"):
            return None
        return {**entity, "type": kind, "url": url if "://" in url else f"http://{url}"}
    if kind == "custom_emoji":
        entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
    if kind == "blockquote" and "expandable" in opened.attributes:
        kind = "expandable_blockquote"
    return {**entity, "type": kind}
