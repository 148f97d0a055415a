"""One call of a method, and the chat and message it means, refused as the server refuses them."""

from dataclasses import dataclass

from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.formatting import Entities, read_text
from bot.sandbox.params import Params
from bot.sandbox.records import BotAccount, Chat, Message, Person
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A method called by a bot."""

    world: World
    bot: BotAccount
    params: Params


def chat_of_call(call: Call, parameter: str = "chat_id") -> Chat:
    """
    The chat a call means, if the bot may write there.

    Raises:
        ApiError: it is unknown to the bot, blocked, left or upgraded.
    """
    reference = call.params.text(parameter).strip()
    if not reference:
        raise bad_request(f"{parameter} is empty")
    try:
        chat_id = int(reference)
    except ValueError:
        raise bad_request("chat not found") from None
    return _private_chat(call, chat_id) if chat_id > 0 else _group(call, chat_id)


def _private_chat(call: Call, user_id: int) -> Chat:
    if user_id in call.world.bots:
        raise forbidden(
            "bot can't send messages to bots" if user_id != call.bot.id else "bot can't send messages to the bot"
        )
    person = call.world.people.get(user_id)
    if person is None:
        raise bad_request("chat not found")
    chat = call.world.chats.get((call.bot.id, user_id))
    if chat is None or not chat.is_started:
        if knows(call.world, call.bot, person):
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")
    if person.is_deactivated:
        raise forbidden("user is deactivated")
    if chat.is_blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def _group(call: Call, chat_id: int) -> Chat:
    chat = call.world.chats.get((0, chat_id))
    member = chat.members.get(call.bot.id) if chat is not None else None
    if chat is None or member is None:
        raise bad_request("chat not found")
    if chat.upgraded_to is not None:
        raise ApiError(
            400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.upgraded_to.id
        )
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if not member.is_present:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def knows(world: World, bot: BotAccount, person: Person) -> bool:
    """Whether the bot has met the person in some group."""
    return any(bot.id in chat.members and person.id in chat.members for chat in world.chats.values())


def message_of_call(call: Call, chat: Chat, *, missing: str) -> Message:
    """
    The message a call means.

    Raises:
        ApiError: there is none of that id; *missing* is the wording.
    """
    message_id = call.params.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.find(message_id, call.bot)
    if message is None:
        raise bad_request(missing)
    return message


def formatted(call: Call, name: str, entities_name: str) -> tuple[str, Entities]:
    """A text or caption of a call with its entities, as first read."""
    listed = call.params.parsed(entities_name, "can't parse entities JSON object")
    return read_text(
        call.params.text(name),
        parse_mode=call.params.text("parse_mode"),
        entities=listed if isinstance(listed, list) else None,
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message replies to."""

    message: Message | None = None
    quote: str = ""


def reply_of_call(call: Call, chat: Chat) -> Reply:
    """
    The message replied to, by reply_parameters or the older reply_to_message_id.

    Raises:
        ApiError: it is not there, and sending without it was not allowed.
    """
    described = call.params.parsed("reply_parameters", "can't parse reply parameters JSON object")
    options = Params(described) if isinstance(described, dict) else None
    message_id = options.integer("message_id") if options else call.params.integer("reply_to_message_id")
    if message_id <= 0:
        return Reply()
    if options and options.text("chat_id") not in ("", str(chat.id)):
        call.world.fault("reply_parameters of another chat are not offered here")
        raise bad_request("chat not found")
    message = chat.find(message_id, call.bot)
    if message is None:
        if (options or call.params).boolean("allow_sending_without_reply"):
            return Reply()
        raise bad_request("message to be replied not found")
    quote = options.text("quote") if options else ""
    if quote and quote not in message.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return Reply(message, quote)


def known_users(call: Call, entities: Entities) -> Entities:
    """Mentions by user id, with the whole user; the unknown are dropped, as the server drops them."""
    kept = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
            continue
        person = call.world.people.get(int(entity["user"]["id"]))
        if person is not None:
            kept.append({**entity, "user": person.as_user()})
    return kept
