"""What people do in the sandbox: say, reply, press, send, edit, delete, open links, block."""

from dataclasses import replace
from typing import Any

from bot.sandbox.errors import NotPossible, NotThere
from bot.sandbox.files import media_content
from bot.sandbox.formatting import MESSAGE_LIMIT, is_blank, settle_text
from bot.sandbox.groups import Groups, chat_member
from bot.sandbox.html_markup import utf16_length
from bot.sandbox.records import BotAccount, Chat, InlineQuery, Member, Message, Person, Press


class World(Groups):
    """
    The whole sandbox, and what its people do.

    Acts are named after what a person does and take user ids; a chat is named as its person sees it: by the bot's id
    (or one's own, where there is a single bot), or by the group's.

    Every act raises NotPossible, with a sentence, where a messenger would not offer it.
    """

    def say(self, person_id: int, chat_id: int, text: str, *, reply_to: int | None = None) -> Message:
        """Send a text. A long one is split at 4,096 characters, as clients do; the last message is returned."""
        pieces = [text[start : start + MESSAGE_LIMIT] for start in range(0, len(text), MESSAGE_LIMIT)] or [""]
        for piece in pieces[:-1]:
            self._send(person_id, chat_id, self._text(piece), reply_to=reply_to)
        return self._send(person_id, chat_id, self._text(pieces[-1]), reply_to=reply_to)

    def start(self, person_id: int, payload: str = "", *, bot_id: int | None = None) -> Message:
        """Open the bot and press Start, with the payload of a deep link; unblocks it, as clients do."""
        person, bot = self.person(person_id), self._bot(bot_id)
        chat = self.private_chat(person, bot)
        if chat.is_blocked:
            self.unblock(person_id, bot.id)
        return self.say(person_id, bot.id, f"/start {payload}".rstrip())

    def press(self, person_id: int, chat_id: int, message_id: int, data: str) -> str:
        """Press a button by its callback data; returns the callback query's id, whose answer is in `presses`."""
        chat = self.chat_of(person_id, chat_id)
        message = self.message_in(chat, message_id)
        offered = [button.get("callback_data") for row in message.buttons for button in row]
        self.require(data in offered, "The message has no such button.")
        return self.press_forged(person_id, chat_id, message_id, data).id

    def press_forged(self, person_id: int, chat_id: int, message_id: int, data: str) -> Press:
        """Send a callback query the message need not offer: what a doctored client or a stale screen can do."""
        chat, person = self.chat_of(person_id, chat_id), self.person(person_id)
        message = self.message_in(chat, message_id)
        self._check_may_write(chat, person)
        bot = message.sender
        if not isinstance(bot, BotAccount):
            raise NotPossible("Only a bot's message has buttons.")
        press = Press(str(self.random.randrange(10**17, 10**18)), bot, person, message, data, self.clock())
        self.presses[press.id] = press
        query = {
            "id": press.id,
            "from": person.as_user(),
            "message": message.as_message(bot),
            "chat_instance": str(abs(hash((chat.id, bot.id)))),
            "data": data,
        }
        bot.queue.push("callback_query", query)
        self.changed()
        return press

    def press_label(self, person_id: int, chat_id: int, label: str) -> str:
        """Press the button with this label on the newest message that has one; returns the callback query's id."""
        chat = self.chat_of(person_id, chat_id)
        for message in reversed(self.visible(chat)):
            for button in (button for row in message.buttons for button in row):
                if button["text"] == label and "callback_data" in button:
                    return self.press_forged(person_id, chat_id, message.id, button["callback_data"]).id
        raise NotThere(f"No message in the chat has a button “{label}”.")

    def send_file(
        self,
        person_id: int,
        chat_id: int,
        *,
        content: bytes,
        name: str,
        kind: str = "document",
        mime: str | None = None,
        caption: str = "",
        reply_to: int | None = None,
        duration: int = 0,
        album: str = "",
    ) -> Message:
        """Send a file of one of KINDS with an optional caption; those with the same *album* belong together."""
        self.require(bool(content), "The file is empty.")
        stored = self.files.add(kind=kind, name=name, content=content, mime=mime)
        body = media_content(stored, kind=kind, duration=duration)
        text, entities = settle_text(caption, [])
        if album:
            body["media_group_id"] = album
        if text:
            body["caption"] = text
        if entities:
            body["caption_entities"] = entities
        return self._send(person_id, chat_id, body, reply_to=reply_to)

    def send_sticker(self, person_id: int, chat_id: int, emoji: str = "👍") -> Message:
        stored = self.files.add(kind="sticker", name="sticker.webp", content=b"RIFF\0\0\0\0WEBP", mime="image/webp")
        return self._send(person_id, chat_id, media_content(stored, kind="sticker", emoji=emoji))

    def send_contact(self, person_id: int, chat_id: int, *, phone_number: str, first_name: str) -> Message:
        return self._send(person_id, chat_id, {"contact": {"phone_number": phone_number, "first_name": first_name}})

    def forward(self, person_id: int, from_chat_id: int, message_id: int, chat_id: int) -> Message:
        """Forward a message the person can see into another chat of theirs."""
        message = self.message_in(self.chat_of(person_id, from_chat_id), message_id)
        self.require(not message.is_service, "A service message cannot be forwarded.")
        return self._send(person_id, chat_id, dict(message.content), forward_origin=self.origin_of(message))

    def edit(self, person_id: int, chat_id: int, message_id: int, text: str) -> Message:
        """Edit one's own text or caption."""
        chat = self.chat_of(person_id, chat_id)
        message = self.message_in(chat, message_id)
        self.require(message.sender is self.person(person_id) and not message.is_service, "It is not your message.")
        self._check_may_write(chat, self.person(person_id))
        if "text" in message.content:
            message.content = self._text(text)
        else:
            plain, entities = settle_text(text, [])
            message.content = {**message.content, "caption": plain, "caption_entities": entities}
        message.edited_at = self.clock()
        self.told_edit(message)
        return message

    def remove_message(self, person_id: int, chat_id: int, message_id: int) -> None:
        """Delete a message: one's own, in private also the bot's, in a group anyone's as its administrator."""
        chat = self.chat_of(person_id, chat_id)
        message = self.message_in(chat, message_id)
        may = message.sender.id == person_id or chat.is_private or chat.members[person_id].is_admin
        self.require(may, "It is not your message.")
        self.delete(message)

    def ask_inline(self, person_id: int, query: str, *, bot_id: int | None = None) -> InlineQuery:
        """Type the bot's name and a query into some chat."""
        bot, person = self._bot(bot_id), self.person(person_id)
        self.require(bot.supports_inline, "The bot does not answer inline queries.")
        asked = InlineQuery(str(self.random.randrange(10**17, 10**18)), bot, person, query, self.clock())
        self.inline_queries[asked.id] = asked
        bot.queue.push(
            "inline_query",
            {"id": asked.id, "from": person.as_user(), "query": query, "offset": "", "chat_type": "sender"},
        )
        self.changed()
        return asked

    def block(self, person_id: int, bot_id: int | None = None) -> None:
        self._set_blocked(person_id, self._bot(bot_id), is_blocked=True)

    def unblock(self, person_id: int, bot_id: int | None = None) -> None:
        self._set_blocked(person_id, self._bot(bot_id), is_blocked=False)

    def message_in(self, chat: Chat, message_id: int) -> Message:
        message = chat.messages.get(message_id)
        if message is None or message.is_deleted:
            raise NotThere(f"There is no message {message_id} in the chat.")
        return message

    def origin_of(self, message: Message) -> dict[str, Any]:
        """Where a forwarded message comes from; forwarding on keeps the first origin."""
        return message.forward_origin or {
            "type": "user",
            "sender_user": message.sender.as_user(),
            "date": int(message.sent_at.timestamp()),
        }

    def _set_blocked(self, person_id: int, bot: BotAccount, *, is_blocked: bool) -> None:
        person = self.person(person_id)
        chat = self.private_chat(person, bot)
        if chat.is_blocked == is_blocked:
            return
        chat.is_blocked = is_blocked
        standing = Member(bot, "kicked" if is_blocked else "member")
        change = {
            "chat": chat.as_chat(),
            "from": person.as_user(),
            "date": int(self.clock().timestamp()),
            "old_chat_member": chat_member(replace(standing, status="member" if is_blocked else "kicked")),
            "new_chat_member": chat_member(standing),
        }
        bot.queue.push("my_chat_member", change)
        self.tell("chat", chat)

    def _text(self, text: str) -> dict[str, Any]:
        plain, entities = settle_text(text, [])
        self.require(not is_blank(plain), "A message needs a text.")
        self.require(utf16_length(plain) <= 2 * MESSAGE_LIMIT, "The text is too long.")
        return {"text": plain, "entities": entities} if entities else {"text": plain}

    def _send(
        self,
        person_id: int,
        chat_id: int,
        content: dict[str, Any],
        *,
        reply_to: int | None = None,
        forward_origin: dict[str, Any] | None = None,
    ) -> Message:
        chat, person = self.chat_of(person_id, chat_id), self.person(person_id)
        self._check_may_write(chat, person)
        replied = self.message_in(chat, reply_to) if reply_to is not None else None
        if chat.is_private:
            chat.is_started = True
        return self.post(chat, person, content, reply_to=replied, forward_origin=forward_origin)

    def _check_may_write(self, chat: Chat, person: Person) -> None:
        self.require(not chat.is_blocked, "The bot is blocked; unblock it first.")
        self.require(chat.upgraded_to is None, "The group has become a supergroup.")
        self.require(chat.is_private or chat.members[person.id].is_present, "You are not in that group.")

    def _bot(self, bot_id: int | None) -> BotAccount:
        if bot_id is None and len(self.bots) == 1:
            return next(iter(self.bots.values()))
        if bot_id not in self.bots:
            raise NotPossible("Say which bot." if bot_id is None else f"There is no bot {bot_id}.")
        return self.bots[bot_id]
