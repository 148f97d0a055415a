"""What the page may ask of the world and do in it: each handler takes a request's fields and gives the answer's."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from aiohttp import web

from bot.sandbox import views
from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import FieldMissing, NotPossible, NotThere
from bot.sandbox.records import Message
from bot.sandbox.world import World

_MOST_MESSAGES = 200
_LONGEST_WAIT_SECONDS = 50.0
_SHOWN_INLINE = ("image/", "audio/", "video/")

Json = dict[str, Any]


class Fields(Json):
    """The fields of a request; asking for one that is not there is the caller's mistake, not ours."""

    def __missing__(self, name: str) -> Any:
        raise FieldMissing(name)


class Control:
    """The handlers of one world's control API."""

    def __init__(self, world: World) -> None:
        self.world = world

    # What people see

    def people(self, _: Json) -> Json:
        return views.people(self.world)

    def chats(self, query: Json) -> Json:
        return {"chats": views.chats(self.world, self.world.person(int(query["person"])))}

    def messages(self, query: Json) -> Json:
        person = self.world.person(int(query["person"]))
        chat = self.world.chat_of(person.id, int(query["chat"]))
        before = int(query["before"]) if query.get("before") else None
        limit = min(max(int(query.get("limit", 50)), 1), _MOST_MESSAGES)
        return views.messages(self.world, chat, person, before=before, limit=limit)

    def commands(self, query: Json) -> Json:
        person = self.world.person(int(query["person"]))
        return views.commands(self.world.chat_of(person.id, int(query["chat"])), person)

    def read_clock(self, _: Json) -> Json:
        return {"now": views.instant(self.world.clock()), "movable": isinstance(self.world.clock, SandboxClock)}

    def faults(self, _: Json) -> Json:
        return {"faults": self.world.faults}

    async def events(self, query: Json) -> Json:
        world, person, after = self.world, self.world.person(int(query["person"])), int(query.get("after", -1))
        if after < 0:
            return {"events": [], "last": world.last_event, "reset": False}
        timeout = min(float(query.get("timeout", 25)), _LONGEST_WAIT_SECONDS)
        try:
            found = await world.until(lambda: views.events_after(world, person, after), within=timeout)
        except TimeoutError:
            found = []
        is_lost = after > world.last_event or (bool(world.events) and world.events[0].number > after + 1)
        return {
            "events": [views.event_view(world, event, person) for event in found],
            "last": world.last_event,
            "reset": is_lost,
        }

    # What people do

    def say(self, body: Json) -> Json:
        reply_to = body.get("reply_to")
        return self._shown(self.world.say(body["person"], body["chat"], body["text"], reply_to=reply_to))

    def press(self, body: Json) -> Json:
        return {"query": self.world.press(body["person"], body["chat"], body["message"], body["data"])}

    def send_sticker(self, body: Json) -> Json:
        return self._shown(self.world.send_sticker(body["person"], body["chat"], body.get("emoji", "👍")))

    def send_contact(self, body: Json) -> Json:
        contact = {"phone_number": body["phone_number"], "first_name": body["first_name"]}
        return self._shown(self.world.send_contact(body["person"], body["chat"], **contact))

    def forward(self, body: Json) -> Json:
        return self._shown(self.world.forward(body["person"], body["from_chat"], body["message"], body["chat"]))

    def edit(self, body: Json) -> Json:
        return self._shown(self.world.edit(body["person"], body["chat"], body["message"], body["text"]))

    def delete(self, body: Json) -> Json:
        self.world.remove_message(body["person"], body["chat"], body["message"])
        return {}

    def open_link(self, body: Json) -> Json:
        bot_id, payload = body.get("bot"), body.get("payload", "")
        if "link" in body:
            parts = urlsplit(body["link"])
            username = parts.path.strip("/").lower()
            bot_id = next((bot.id for bot in self.world.bots.values() if bot.username.lower() == username), None)
            if bot_id is None:
                raise NotThere("There is no such bot in the sandbox.")
            payload = parse_qs(parts.query).get("start", [""])[0]
        return self._shown(self.world.start(body["person"], payload, bot_id=bot_id))

    def block(self, body: Json) -> Json:
        self.world.block(body["person"], body["bot"])
        return {}

    def unblock(self, body: Json) -> Json:
        self.world.unblock(body["person"], body["bot"])
        return {}

    def create_group(self, body: Json) -> Json:
        is_super = bool(body.get("supergroup"))
        chat = self.world.create_group(
            body["person"], body["title"], members=body.get("members", []), supergroup=is_super
        )
        return {"chat": chat.id}

    def add_member(self, body: Json) -> Json:
        member = body["bot"] if "bot" in body else body["member"]
        self.world.add_member(body["person"], body["chat"], member, admin=bool(body.get("admin")))
        return {}

    def remove(self, body: Json) -> Json:
        self.world.remove_member(body["person"], body["chat"], body["member"])
        return {}

    def set_admin(self, body: Json) -> Json:
        self.world.set_admin(body["person"], body["chat"], body["member"], admin=bool(body["admin"]))
        return {}

    def rename_group(self, body: Json) -> Json:
        self.world.rename_group(body["person"], body["chat"], body["title"])
        return {}

    def upgrade(self, body: Json) -> Json:
        return {"chat": self.world.upgrade(body["person"], body["chat"]).id}

    def language(self, body: Json) -> Json:
        self.world.person(body["person"]).language_code = body["language_code"]
        self.world.tell("commands", to=[body["person"]])
        return {}

    def move_clock(self, body: Json) -> Json:
        clock = self.world.clock
        if not isinstance(clock, SandboxClock):
            raise NotPossible("This sandbox's clock cannot be moved.")
        if "to" in body:
            now = clock.move_to(datetime.fromisoformat(body["to"]))
        else:
            now = clock.advance(timedelta(seconds=float(body["advance_seconds"])))
        self.world.tell("clock", now=views.instant(now))
        return {"now": views.instant(now)}

    async def send_file(self, request: web.Request) -> web.Response:
        form = Fields(await request.post())
        file = form["file"]
        if not isinstance(file, web.FileField):
            raise NotPossible("The part “file” is not a file.")
        reply_to = str(form.get("reply_to", ""))
        message = self.world.send_file(
            int(str(form["person"])),
            int(str(form["chat"])),
            content=file.file.read(),
            name=file.filename,
            kind=str(form.get("kind", "document")),
            mime=file.content_type,
            caption=str(form.get("caption", "")),
            reply_to=int(reply_to) if reply_to else None,
            duration=int(str(form.get("duration", "0"))),
            album=str(form.get("album", "")),
        )
        return web.json_response(self._shown(message))

    async def download(self, request: web.Request) -> web.Response:
        stored = self.world.files.by_id(request.match_info["file_id"])
        if stored is None:
            raise NotThere("There is no such file.")
        disposition = "inline" if stored.mime.startswith(_SHOWN_INLINE) and "svg" not in stored.mime else "attachment"
        headers = {
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(stored.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=stored.content, content_type=stored.mime, headers=headers)

    def _shown(self, message: Message) -> Json:
        person = self.world.person(message.sender.id)
        return {
            "chat": self.world.chat_id_for(message.chat),
            "message": views.message_view(self.world, message, person),
        }
