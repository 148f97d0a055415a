"""What people see, as JSON for the chat page: people, chats, messages, events."""

from datetime import UTC, datetime
from typing import Any

from bot.sandbox.api.profile import menu_button, shown_commands
from bot.sandbox.records import BotAccount, Chat, Event, Message, Person
from bot.sandbox.world import World

_MEDIA = ("photo", "animation", "document", "voice", "video", "video_note", "audio", "sticker", "contact")
# What the page shows like another kind.
_SHOWN_AS = {"animation": "video", "video_note": "video"}
_UNREAD_COUNTED = 99


def instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def people(world: World) -> dict[str, Any]:
    return {
        "people": [
            {
                "id": person.id,
                "first_name": person.first_name,
                "last_name": person.last_name,
                "name": person.name,
                "username": person.username,
                "language_code": person.language_code,
                "note": person.note,
                "unread": sum(_unread(chat, person) for chat in _chats_of(world, person)),
            }
            for person in world.people.values()
        ],
        "bots": [
            {"id": bot.id, "name": bot.name, "username": bot.username, "token_hint": f"{bot.id}:…"}
            for bot in world.bots.values()
        ],
        "now": instant(world.clock()),
    }


def chats(world: World, person: Person) -> list[dict[str, Any]]:
    """Newest activity first, bots that were never opened last."""
    for bot in world.bots.values():
        world.private_chat(person, bot)
    mine = sorted(_chats_of(world, person), key=_last_activity, reverse=True)
    return [chat_view(world, chat, person) for chat in mine]


def chat_view(world: World, chat: Chat, person: Person) -> dict[str, Any]:
    bot = chat.bot
    last = next((message for message in reversed(chat.messages.values()) if not message.is_deleted), None)
    accounts = [(chat.person, "member"), (bot, "member")] if chat.is_private else []
    standings = accounts or [(member.account, member.status) for member in chat.members.values() if member.is_present]
    return {
        "id": world.chat_id_for(chat),
        "kind": chat.kind,
        "title": _localised(bot.names, person, bot.first_name) if bot else chat.title,
        "started": chat.is_started or not chat.is_private,
        "blocked": chat.is_blocked,
        "member": chat.is_private or (chat.members[person.id].is_present and chat.upgraded_to is None),
        "description": _localised(bot.descriptions, person, "") if bot else "",
        "unread": _unread(chat, person),
        "last": message_view(world, last, person) if last else None,
        "pinned": [message_view(world, message, person) for message in chat.pinned],
        "members": [
            {"id": account.id, "name": account.name, "is_bot": isinstance(account, BotAccount), "status": status}
            for account, status in standings
            if account is not None
        ],
        "typing": False,
    }


def messages(world: World, chat: Chat, person: Person, *, before: int | None, limit: int) -> dict[str, Any]:
    """A page of messages, eldest first; reading marks the chat as read."""
    seen = [message for message in world.visible(chat) if before is None or message.id < before]
    if chat.messages:
        chat.read_up_to[person.id] = next(reversed(chat.messages))
    return {"messages": [message_view(world, message, person) for message in seen[-limit:]], "more": len(seen) > limit}


def message_view(world: World, message: Message, person: Person) -> dict[str, Any]:
    reply = message.reply_to
    shown_reply = None
    if reply is not None and not reply.is_deleted:
        shown_reply = {
            "id": reply.id,
            "name": reply.sender.name,
            "text": message.quote or reply.text or _kind_of(reply),
        }
    origin = message.forward_origin
    return {
        "id": message.id,
        "chat": world.chat_id_for(message.chat),
        "at": instant(message.sent_at),
        "edited": message.edited_at is not None,
        "from": {
            "id": message.sender.id,
            "name": message.sender.name,
            "is_bot": isinstance(message.sender, BotAccount),
        },
        "mine": message.sender is person,
        "text": message.text,
        "entities": message.entities,
        "media": _media(message),
        "reply_to": shown_reply,
        "forwarded_from": _full_name(origin["sender_user"]) if origin and "sender_user" in origin else None,
        "service": _service(message) if message.is_service else None,
        "reactions": list(message.reactions.values()),
        "keyboard": [[_button(button) for button in row] for row in message.buttons],
    }


def event_view(world: World, event: Event, person: Person) -> dict[str, Any]:
    body: dict[str, Any] = {
        "number": event.number,
        "kind": event.kind,
        "chat": world.chat_id_for(event.chat) if event.chat else None,
    }
    if event.message is not None:
        body["message"] = message_view(world, event.message, person)
    if event.kind == "pinned" and event.chat is not None:
        body["pinned"] = [message_view(world, message, person) for message in event.chat.pinned]
    fields = dict(event.fields)
    if "to_chat" in fields:
        fields["to"] = fields.pop("to_chat")
    return body | fields


def commands(chat: Chat, person: Person) -> dict[str, Any]:
    listed = [
        {**command, "bot": bot.id}
        for bot in chat.bots()
        for command in shown_commands(bot, chat, user_id=person.id, language_code=person.language_code or "")
    ]
    button = menu_button(chat.bot, chat.id) if chat.bot is not None else {"type": "commands"}
    return {"commands": listed, "menu_button": button}


def events_after(world: World, person: Person, after: int) -> list[Event]:
    found: list[Event] = []
    for event in reversed(world.events):
        if event.number <= after:
            break
        if event.people is None or person.id in event.people:
            found.append(event)
    return found[::-1]


def _chats_of(world: World, person: Person) -> list[Chat]:
    return [chat for chat in world.chats.values() if chat.person is person or person.id in chat.members]


def _last_activity(chat: Chat) -> datetime:
    newest = next(reversed(chat.messages.values()), None)
    return newest.sent_at if newest is not None else datetime.min.replace(tzinfo=UTC)


def _unread(chat: Chat, person: Person) -> int:
    read, unread = chat.read_up_to.get(person.id, 0), 0
    for message in reversed(chat.messages.values()):
        if message.id <= read or unread >= _UNREAD_COUNTED:
            break
        unread += not message.is_deleted and message.sender is not person
    return unread


def _localised(texts: dict[str, str], person: Person, otherwise: str) -> str:
    return texts.get((person.language_code or "").split("-")[0]) or texts.get("") or otherwise


def _kind_of(message: Message) -> str:
    return next((kind for kind in _MEDIA if kind in message.content), "")


def _media(message: Message) -> dict[str, Any] | None:
    kind = _kind_of(message)
    if not kind:
        return None
    raw = message.content[kind]
    if kind == "contact":
        return {"kind": kind, "file": None, **raw}
    file = raw[-1] if kind == "photo" else raw
    shown = {key: file[key] for key in ("width", "height", "duration", "emoji") if key in file}
    return {
        "kind": _SHOWN_AS.get(kind, kind),
        "file": file["file_id"],
        "name": file.get("file_name", ""),
        "mime": file.get("mime_type", "image/jpeg" if kind == "photo" else ""),
        "size": file["file_size"],
        **shown,
    }


def _button(button: dict[str, Any]) -> dict[str, Any]:
    if "callback_data" in button:
        return {"text": button["text"], "data": button["callback_data"]}
    if "url" in button:
        return {"text": button["text"], "url": button["url"]}
    return {"text": button["text"], "other": next(key for key in button if key != "text")}


def _full_name(user: dict[str, Any]) -> str:
    return f"{user['first_name']} {user.get('last_name', '')}".strip()


def _service(message: Message) -> str:
    content, name = message.content, message.sender.name
    if message.pinned is not None:
        return f"{name} pinned a message"
    if "new_chat_members" in content:
        return f"{name} added {', '.join(_full_name(user) for user in content['new_chat_members'])}"
    if "left_chat_member" in content:
        gone = _full_name(content["left_chat_member"])
        return (
            f"{gone} left the group"
            if content["left_chat_member"]["id"] == message.sender.id
            else f"{name} removed {gone}"
        )
    if "new_chat_title" in content:
        return f"{name} renamed the group to {content['new_chat_title']}"
    if "migrate_to_chat_id" in content or "migrate_from_chat_id" in content:
        return "The group became a supergroup"
    return f"{name} created the group"
