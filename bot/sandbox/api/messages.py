"""Sending, editing, deleting, forwarding, pinning and reacting."""

from typing import Any

from bot.sandbox.api.access import (
    Call,
    chat_of_call,
    formatted,
    known_users,
    message_of_call,
    reply_of_call,
)
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import CAPTION_LIMIT, MESSAGE_LIMIT, Entities, is_blank, settle_text
from bot.sandbox.html_markup import utf16_length
from bot.sandbox.keyboards import check_markup, read_markup
from bot.sandbox.reactions import REACTIONS
from bot.sandbox.records import Chat, Message

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "find_location",
        "pick_up_location",
        "choose_sticker",
        "record_video_note",
        "upload_video_note",
    }
)
_DELETABLE_FOR_HOURS = 48


def send_message(call: Call) -> dict[str, Any]:
    if not call.params.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(call, "text", "entities")
    markup = read_markup(call.params)
    chat = chat_of_call(call)
    reply = reply_of_call(call, chat)
    content = text_content(call, text, entities, too_long="message is too long")
    check_markup(markup)
    spend(call, chat)
    message = call.world.post(chat, call.bot, content, reply_to=reply.message, quote=reply.quote, markup=markup)
    return message.as_message(call.bot)


def edit_message_text(call: Call) -> dict[str, Any]:
    if not call.params.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(call, "text", "entities")
    markup = read_markup(call.params)
    message = editable(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return change(call, message, text_content(call, text, entities, too_long="MESSAGE_TOO_LONG"), markup)


def edit_message_caption(call: Call) -> dict[str, Any]:
    caption, entities = formatted(call, "caption", "caption_entities")
    markup = read_markup(call.params)
    message = editable(call)
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    kept = {key: value for key, value in message.content.items() if key not in {"caption", "caption_entities"}}
    return change(
        call, message, kept | caption_content(call, caption, entities, too_long="MEDIA_CAPTION_TOO_LONG"), markup
    )


def edit_message_reply_markup(call: Call) -> dict[str, Any]:
    markup = read_markup(call.params)
    message = editable(call)
    return change(call, message, message.content, markup, is_text_edit=False)


def delete_message(call: Call) -> bool:
    chat = chat_of_call(call)
    message = message_of_call(call, chat, missing="message to delete not found")
    _check_deletable(call, chat, message)
    call.world.delete(message)
    return True


def delete_messages(call: Call) -> bool:
    chat = chat_of_call(call)
    listed = call.params.parsed("message_ids", "can't parse message identifiers JSON object")
    if not isinstance(listed, list) or not listed:
        raise bad_request("message identifiers are not specified")
    if len(listed) > 100:
        raise bad_request("too many message identifiers specified")
    for message in [chat.find(int(message_id), call.bot) for message_id in listed]:
        if message is not None:
            _check_deletable(call, chat, message)
            call.world.delete(message)
    return True


def forward_message(call: Call) -> dict[str, Any]:
    source, chat = chat_of_call(call, "from_chat_id"), chat_of_call(call)
    message = message_of_call(call, source, missing="message to forward not found")
    if message.is_service:
        raise bad_request("message can't be forwarded")
    spend(call, chat)
    sent = call.world.post(chat, call.bot, dict(message.content), forward_origin=call.world.origin_of(message))
    return sent.as_message(call.bot)


def copy_message(call: Call) -> dict[str, Any]:
    markup = read_markup(call.params)
    chat, source = chat_of_call(call), chat_of_call(call, "from_chat_id")
    message = message_of_call(call, source, missing="message to copy not found")
    if message.is_service:
        raise bad_request("message can't be copied")
    reply = reply_of_call(call, chat)
    content = dict(message.content)
    if "caption" in call.params.values and "text" not in content:
        for key in ("caption", "caption_entities"):
            content.pop(key, None)
        caption, entities = formatted(call, "caption", "caption_entities")
        content |= caption_content(call, caption, entities)
    check_markup(markup)
    spend(call, chat)
    sent = call.world.post(chat, call.bot, content, reply_to=reply.message, quote=reply.quote, markup=markup)
    return {"message_id": sent.id_for(call.bot)}


def pin_chat_message(call: Call) -> bool:
    chat = chat_of_call(call)
    message = message_of_call(call, chat, missing="message to pin not found")
    _check_may_pin(call, chat)
    if message.is_service:
        raise bad_request("message can't be pinned")
    if message in chat.pinned:
        chat.pinned.remove(message)
    chat.pinned.append(message)
    call.world.post(chat, call.bot, {}, is_service=True, pinned=message)
    call.world.tell("pinned", chat)
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = chat_of_call(call)
    _check_may_pin(call, chat)
    if call.params.integer("message_id"):
        message = message_of_call(call, chat, missing="message to unpin not found")
    elif chat.pinned:
        message = chat.pinned[-1]
    else:
        raise bad_request("message to unpin not found")
    if message in chat.pinned:
        chat.pinned.remove(message)
    call.world.tell("pinned", chat)
    return True


def unpin_all_chat_messages(call: Call) -> bool:
    chat = chat_of_call(call)
    _check_may_pin(call, chat)
    chat.pinned.clear()
    call.world.tell("pinned", chat)
    return True


def set_message_reaction(call: Call) -> bool:
    chat = chat_of_call(call)
    message = message_of_call(call, chat, missing="message to react not found")
    listed = call.params.parsed("reaction", "can't parse reaction types JSON object") or []
    if not isinstance(listed, list) or not all(isinstance(reaction, dict) for reaction in listed):
        raise bad_request("expected an Array of reactions")
    if len(listed) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if listed and (
        listed[0].get("type") != "emoji" or str(listed[0].get("emoji", "")).replace("\ufe0f", "") not in REACTIONS
    ):
        raise bad_request("REACTION_INVALID")
    if listed:
        message.reactions[call.bot.id] = str(listed[0]["emoji"])
    else:
        message.reactions.pop(call.bot.id, None)
    call.world.tell("edited", chat, message=message)
    return True


def send_chat_action(call: Call) -> bool:
    action = call.params.text("action")
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.tell("typing", chat_of_call(call), action=action)
    return True


def text_content(call: Call, text: str, entities: Entities, *, too_long: str) -> dict[str, Any]:
    """
    A text as the server stores it.

    Raises:
        ApiError: nothing of it can be seen, or it is longer than 4,096 UTF-16 units after parsing.
    """
    text, entities = settle_text(text, known_users(call, entities))
    if is_blank(text):
        raise bad_request("text must be non-empty")
    if utf16_length(text) > MESSAGE_LIMIT:
        raise bad_request(too_long)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(
    call: Call, caption: str, entities: Entities, *, too_long: str = "message caption is too long"
) -> dict[str, Any]:
    """A caption as the server stores it, nothing where it is empty; refused beyond 1,024 UTF-16 units after parsing."""
    caption, entities = settle_text(caption, known_users(call, entities))
    if utf16_length(caption) > CAPTION_LIMIT:
        raise bad_request(too_long)
    content: dict[str, Any] = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    return content


def editable(call: Call) -> Message:
    """The bot's own message that a call wants to change."""
    if call.params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message = message_of_call(call, chat_of_call(call), missing="message to edit not found")
    has_other_keyboard = message.markup is not None and "inline_keyboard" not in message.markup
    if message.sender is not call.bot or message.is_service or message.forward_origin or has_other_keyboard:
        raise bad_request("message can't be edited")
    return message


def change(
    call: Call, message: Message, content: dict[str, Any], markup: dict[str, Any] | None, *, is_text_edit: bool = True
) -> dict[str, Any]:
    """
    Give a message another content and keyboard; an edit without a keyboard takes the old one away.

    Raises:
        ApiError: nothing would change, or the keyboard is bad.
    """
    check_markup(markup)
    if message.content == content and message.markup == markup:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a current "
            "content and reply markup of the message"
        )
    spend(call, message.chat)
    message.content, message.markup = content, markup
    if is_text_edit:
        message.edited_at = call.world.clock()
    call.world.told_edit(message)
    return message.as_message(call.bot)


def spend(call: Call, chat: Chat) -> None:
    call.world.limits.spend(bot_id=call.bot.id, chat_id=chat.id)


def _check_deletable(call: Call, chat: Chat, message: Message) -> None:
    is_admin = not chat.is_private and chat.members[call.bot.id].is_admin
    if message.sender is not call.bot and not chat.is_private and not is_admin:
        raise bad_request("message can't be deleted")
    age = call.world.clock() - message.sent_at
    if age.total_seconds() > _DELETABLE_FOR_HOURS * 3600 and not is_admin:
        raise bad_request("message can't be deleted for everyone")


def _check_may_pin(call: Call, chat: Chat) -> None:
    if not chat.is_private and not chat.members[call.bot.id].is_admin:
        raise bad_request("not enough rights to manage pinned messages in the chat")


METHODS = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
    "sendChatAction": send_chat_action,
}
