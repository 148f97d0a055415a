"""What the server makes of a text: parsed entities, found links and commands, cleaned and trimmed characters."""

import json
import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.html_markup import parse_html, utf16_length


def _telegrams_own_parser() -> Callable[[bytes], bytes | None] | None:
    # The wheel exists for few machines; elsewhere our own reader of the HTML subset stands in.
    try:
        from tdjson import td_execute  # noqa: PLC0415 (optional)
    except ImportError:
        return None
    td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
    return td_execute


_td_execute = _telegrams_own_parser()

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
_RAW_LIMIT = 1 << 15

_MODES: dict[str, dict[str, Any]] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
_NAMES = {
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "EmailAddress": "email",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
}
_WITHOUT_LINKS = {"code", "pre", "text_link", "text_mention"}
# What a person types is searched by Telegram's own finder where it is installed, by these elsewhere.
_FOUND = (
    ("url", re.compile(r"\bhttps?://[^\s<>]+")),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?\b")),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z]\w{2,31}\b")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)
_OFFENDING = re.compile(r"[\x00-\x09\x0b-\x1f\u2028-\u202e\u030a\u0333\u033f]|[\u200e\u200f]{2,}")
_DROPPED = re.compile(r"[\r\u2028-\u202e\u030a\u0333\u033f]")
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060-\u2064\u2800\ufeff\U000e0000-\U000e007f]*")

Entities = list[dict[str, Any]]


def has_telegrams_own_parser() -> bool:
    return _td_execute is not None


def read_text(text: str, *, parse_mode: str, entities: list[Any] | None) -> tuple[str, Entities]:
    """
    First reading of a text, before the chat is looked up: markup becomes entities.

    Raises:
        ApiError: unknown parse mode, broken markup, or more than 32 KiB before parsing.
    """
    if len(text.encode()) > _RAW_LIMIT:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if mode and mode != "none":
        if mode not in _MODES:
            raise bad_request("unsupported parse_mode")
        return _parsed(text, mode)
    return text, _checked(entities or [], text)


def settle_text(text: str, entities: Entities) -> tuple[str, Entities]:
    """Second reading, as the server stores it: links found, characters cleaned, ends trimmed."""
    text, entities = _trimmed(*_cleaned(text, entities))
    return text, _with_found(text, entities)


def is_blank(text: str) -> bool:
    """True where nothing of the text can be seen."""
    return _INVISIBLE.fullmatch(text) is not None


def _parsed(text: str, mode: str) -> tuple[str, Entities]:
    if _td_execute is None:
        if mode != "html":
            raise bad_request("unsupported parse_mode: this sandbox reads only HTML without Telegram's own parser")
        return parse_html(text)
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": _MODES[mode]})
    if answer["@type"] == "error":
        message = str(answer["message"])
        raise bad_request(message[0].lower() + message[1:])
    return str(answer["text"]), [_converted(entity) for entity in answer["entities"]]


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    assert _td_execute is not None  # noqa: S101 (both callers have looked)
    return dict(json.loads(_td_execute(json.dumps(request).encode()) or b"{}"))


def _converted(entity: dict[str, Any]) -> dict[str, Any]:
    kind = entity["type"]
    name = str(kind["@type"]).removeprefix("textEntityType")
    snake = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    converted = {"offset": entity["offset"], "length": entity["length"], "type": _NAMES.get(name, snake)}
    if "url" in kind:
        converted["url"] = kind["url"]
    if "language" in kind:
        converted["language"] = kind["language"]
    if "user_id" in kind:
        converted["user"] = {"id": kind["user_id"]}
    if "custom_emoji_id" in kind:
        converted["custom_emoji_id"] = str(kind["custom_emoji_id"])
    return converted


def _checked(entities: list[Any], text: str) -> Entities:
    limit = utf16_length(text)
    kept = []
    for entity in entities:
        if not isinstance(entity, dict) or not entity.get("type"):
            raise bad_request("can't parse MessageEntity: Type is not specified")
        offset, length = int(entity.get("offset", -1)), int(entity.get("length", -1))
        if offset < 0 or length <= 0 or offset + length > limit:
            raise bad_request("entity beginning or length is out of the text")
        if entity["type"] not in {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}:
            kept.append(dict(entity))
    return kept


def _cleaned(text: str, entities: Entities) -> tuple[str, Entities]:
    if _OFFENDING.search(text) is None:
        return text, entities
    text = re.sub(r"[\x00-\x09\x0b\x0c\x0e-\x1f]", " ", text)
    places = [utf16_length(text[: found.start()]) for found in _DROPPED.finditer(text)]

    def moved(offset: int) -> int:
        return offset - sum(1 for place in places if place < offset)

    shifted = [
        {
            **entity,
            "offset": moved(entity["offset"]),
            "length": moved(entity["offset"] + entity["length"]) - moved(entity["offset"]),
        }
        for entity in entities
    ]
    # Marks become neighbours when what stood between them is dropped: their runs are looked for afterwards.
    text = _DROPPED.sub("", text)
    text = re.sub(r"[\u200e\u200f]+(?=[\u200e\u200f])", lambda run: "\u200c" * len(run.group()), text)
    return text, [entity for entity in shifted if entity["length"] > 0]


def _trimmed(text: str, entities: Entities) -> tuple[str, Entities]:
    shorter = text.rstrip(" \n")
    limit = utf16_length(shorter)
    leading = len(shorter) - len(shorter.lstrip(" \n"))
    cut = min([leading, *(entity["offset"] for entity in entities)])
    kept = []
    for entity in entities:
        length = min(entity["offset"] + entity["length"], limit) - entity["offset"]
        if length > 0:
            kept.append({**entity, "offset": entity["offset"] - cut, "length": length})
    return shorter[cut:], kept


def _with_found(text: str, entities: Entities) -> Entities:
    if re.search(r"[/@#$.:]|\d{12}", text) is None:
        return entities
    closed = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _WITHOUT_LINKS]
    found = [
        entity
        for entity in _find(text)
        if not any(entity["offset"] < end and start < entity["offset"] + entity["length"] for start, end in closed)
    ]
    return sorted([*found, *entities], key=lambda entity: (entity["offset"], -entity["length"])) if found else entities


def _find(text: str) -> Entities:
    if _td_execute is None:
        return find_by_patterns(text)
    answer = _execute({"@type": "getTextEntities", "text": text})
    return [_converted(e) for e in answer["entities"] if e["type"]["@type"] != "textEntityTypeMediaTimestamp"]


def find_by_patterns(text: str) -> Entities:
    """Links, commands and the like, nearly as Telegram's own finder sees them."""
    taken: list[tuple[int, int]] = []
    found: Entities = []
    for name, pattern in _FOUND:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            offset = utf16_length(text[: match.start()])
            found.append({"offset": offset, "length": utf16_length(match.group()), "type": name})
    return found
