"""What a bot may ask about chats and members, and leaving a chat."""

from typing import Any

from bot.sandbox.api.access import Call, chat_of_call
from bot.sandbox.errors import bad_request
from bot.sandbox.groups import chat_member
from bot.sandbox.records import Member

_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(call: Call) -> dict[str, Any]:
    chat = chat_of_call(call)
    body = {
        **chat.as_chat(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if not chat.is_private:
        body["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    if chat.pinned:
        body["pinned_message"] = chat.pinned[-1].as_message(call.bot, is_nested=True)
    return body


def get_chat_member(call: Call) -> dict[str, Any]:
    chat = chat_of_call(call)
    user_id = call.params.integer("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    if chat.is_private:
        if user_id not in {chat.id, call.bot.id}:
            raise bad_request("user not found")
        return chat_member(Member(call.world.account(user_id)))
    if user_id not in call.world.people and user_id not in call.world.bots:
        raise bad_request("user not found" if chat.kind == "group" else "PARTICIPANT_ID_INVALID")
    return chat_member(chat.members.get(user_id) or Member(call.world.account(user_id), "left"))


def get_chat_administrators(call: Call) -> list[dict[str, Any]]:
    chat = chat_of_call(call)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    # Other bots that administer are not told of, as the documentation says.
    return [
        chat_member(member)
        for member in chat.members.values()
        if member.is_admin and (member.account.id in call.world.people or member.account is call.bot)
    ]


def get_chat_member_count(call: Call) -> int:
    chat = chat_of_call(call)
    return 2 if chat.is_private else sum(1 for member in chat.members.values() if member.is_present)


def leave_chat(call: Call) -> bool:
    chat = chat_of_call(call)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    gone = call.bot.as_user()
    call.world.post(chat, call.bot, {"left_chat_member": gone, "left_chat_participant": gone}, is_service=True)
    call.world.change_status(chat, call.bot, "left", by=call.bot)
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
