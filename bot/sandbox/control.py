"""The control API: what the chat page and the tests let people of the sandbox do, over HTTP and JSON.

Base address: `/sandbox/api/`. Answers are JSON (UTF-8). An error has status 400 (what was sent), 403 (Host or Origin),
404 (no such person, chat, message or file) or 409 (not possible now) and the body `{"error": "One sentence."}`. POST
bodies are JSON objects, except `send_file` (multipart/form-data). Every request must name 127.0.0.1 or localhost with
the server's port in Host, and the same in Origin where there is one. Instants are ISO 8601 in UTC with a Z
(`2026-11-23T04:00:00Z`).

Chats are named as the person sees them: a private chat by the bot's user id (positive), a group by its negative id
(which changes when it becomes a supergroup: event `moved`). Message ids are unique in their chat and grow.

GET people
    {"people": [{"id": 5001, "first_name": "Zarina", "last_name": "R.", "name": "Zarina R.", "username": "zarina"|null,
                 "language_code": "tg", "note": "free text, such as role and party", "unread": 3}],
     "bots": [{"id": 7001, "name": "…", "username": "hamroh_bot", "token_hint": "7001:…"}], "now": "…Z"}
GET chats?person=ID
    Newest activity first; a bot the person never opened is listed too, with "started": false (show its description
    and a Start button). Asking does not mark anything as read; `messages` does.
    {"chats": [{"id": 7001, "kind": "private"|"group"|"supergroup", "title": "…", "started": true, "blocked": false,
                "member": true, "description": "what the bot says of itself before Start"|"", "unread": 2,
                "last": MESSAGE|null, "pinned": [MESSAGE], "members": [{"id", "name", "is_bot", "status"}],
                "typing": false}]}
GET messages?person=ID&chat=ID[&before=MESSAGE_ID][&limit=50]
    {"messages": [MESSAGE, …], "more": true}    eldest first, deleted ones left out; marks the chat as read.
    MESSAGE = {"id": 12, "chat": 7001, "at": "…Z", "edited": false, "from": {"id", "name", "is_bot"}, "mine": false,
        "text": "plain text or the caption",
        "entities": [{"type": "bold", "offset": 0, "length": 4, "url"?, "language"?}],
        "media": {"kind": "photo"|"document"|"voice"|"video"|"audio"|"sticker"|"contact", "file": "FILE_ID"|null,
                  "name", "mime", "size", "width"?, "height"?, "duration"?, "emoji"?, "phone_number"?,
                  "first_name"?}|null,
        "reply_to": {"id": 11, "name": "…", "text": "…"}|null, "forwarded_from": "…"|null,
        "service": "one sentence for a service message"|null, "reactions": ["👍"],
        "keyboard": [[{"text": "Save", "data": "…"} | {"text": "Site", "url": "…"} | {"text": "…", "other": "KIND"}]]}
    Offsets and lengths count UTF-16 units, as JavaScript strings do. "keyboard" is [] where there is none.
POST say {"person", "chat", "text", "reply_to"?: MESSAGE_ID}           -> {"message": MESSAGE}   409: blocked, no member
POST press {"person", "chat", "message", "data"}                       -> {"query": "QUERY_ID"}  see event `answer`
POST send_file, multipart: person, chat, kind (photo|document|voice|video|audio|
                      animation|video_note), file, caption?, reply_to?, duration?, album?
                                                                       -> {"message": MESSAGE}
POST send_sticker {"person", "chat", "emoji"}                          -> {"message": MESSAGE}
POST send_contact {"person", "chat", "phone_number", "first_name"}     -> {"message": MESSAGE}
POST forward {"person", "from_chat", "message", "chat"}                -> {"message": MESSAGE}
POST edit {"person", "chat", "message", "text"}                        -> {"message": MESSAGE}
POST delete {"person", "chat", "message"}                              -> {}
POST open_link {"person", "link"} or {"person", "payload", "bot"?: ID} -> {"chat": 7001, "message": MESSAGE}
    Presses Start: says "/start PAYLOAD". "link" is a whole address such as https://t.me/hamroh_bot?start=CODE. Unblocks
    the bot, as the real client does. Buttons with a url are opened by the page; a t.me link of our bot comes here.
GET commands?person=ID&chat=ID
    {"commands": [{"command": "summary", "description": "…", "bot": 7001}], "menu_button": {"type": "commands"}}
    What the messenger shows: the narrowest scope that has any, in the client's own language, else the one without.
POST block {"person", "bot"} and unblock {"person", "bot"}             -> {}
POST create_group {"person", "title", "members"?: [IDS of people and bots], "supergroup"?: false}    -> {"chat": -4001}
POST add_bot {"person", "chat", "bot", "admin"?: false}                -> {}
POST add_member {"person", "chat", "member"}                           -> {}
POST rename_group {"person", "chat", "title"}                          -> {}
POST remove {"person", "chat", "member"}                               -> {}   a bot or a person, or oneself (leaves)
POST set_admin {"person", "chat", "member", "admin": true}             -> {}
POST upgrade {"person", "chat"}                                        -> {"chat": -1001…}   it becomes a supergroup
POST language {"person", "language_code": "fa"}                        -> {}   the language of the client
GET clock                                                              -> {"now": "…Z", "movable": true}
POST clock {"advance_seconds": 3600} or {"to": "2026-12-01T04:30:00Z"} -> {"now": "…Z"}   never backwards (400)
GET events?person=ID&after=N[&timeout=25]
    Waits until something concerning the person has happened after number N. First call: after=-1, which answers at
    once with no events and the number to go on from; later: "last" of the answer before.
    {"events": [EVENT, …], "last": 57, "reset": false}   "reset": true: too much has passed, load everything anew.
    EVENT = {"number": 57, "kind": …, "chat": ID, …}, by kind:
      message  {"message": MESSAGE}                        new in the chat
      edited   {"message": MESSAGE}                        text, keyboard or reactions changed
      deleted  {"message_id": 12}
      answer   {"query": "…", "text": "…"|"", "alert": false, "url": "…"|null}   to a press: a toast, or an alert
      typing   {"action": "typing"}                        for about five seconds
      pinned   {"pinned": [MESSAGE]}                       what is pinned now
      chat     {}                                          title, members, block or the like: load `chats` anew
      moved    {"to": -100…}                               the group is a supergroup now
      inline   {"query": "…", "results": [...]}            the bot answered an inline query (chat is null)
      commands {}                                          command menu or the bot's name changed (chat is null)
      clock    {"now": "…Z"}                               the clock was moved (chat is null)
GET files/FILE_ID                                                      -> the bytes, with type and name
    Content-Disposition is inline for pictures, sound and film, attachment otherwise.
GET faults                                                             -> {"faults": ["unknown method sendFoo", …]}
    What the bot did wrong.
"""

import json
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.sandbox.clock import ClockCannotGoBack
from bot.sandbox.control_acts import Control, Fields, Json
from bot.sandbox.errors import ApiError, FieldMissing, NotPossible, NotThere
from bot.sandbox.world import World

See = Callable[[Json], Json | Awaitable[Json]]
Act = Callable[[Json], Json]


def application(world: World) -> web.Application:
    """The control API, to be hung under /sandbox/api/."""
    control = Control(world)
    app = web.Application(middlewares=[_worded_errors], client_max_size=64 * 1024 * 1024)
    asked: Mapping[str, See] = {
        "people": control.people,
        "chats": control.chats,
        "messages": control.messages,
        "commands": control.commands,
        "clock": control.read_clock,
        "events": control.events,
        "faults": control.faults,
    }
    done: Mapping[str, Act] = {
        "say": control.say,
        "press": control.press,
        "send_sticker": control.send_sticker,
        "send_contact": control.send_contact,
        "forward": control.forward,
        "edit": control.edit,
        "delete": control.delete,
        "open_link": control.open_link,
        "block": control.block,
        "unblock": control.unblock,
        "create_group": control.create_group,
        "add_bot": control.add_member,
        "add_member": control.add_member,
        "remove": control.remove,
        "set_admin": control.set_admin,
        "rename_group": control.rename_group,
        "upgrade": control.upgrade,
        "language": control.language,
        "clock": control.move_clock,
    }
    for name, see in asked.items():
        app.router.add_get(f"/{name}", _asking(see))
    for name, act in done.items():
        app.router.add_post(f"/{name}", _acting(act))
    app.router.add_post("/send_file", control.send_file)
    app.router.add_get("/files/{file_id}", control.download)
    return app


def _asking(see: See) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        seen = see(Fields(request.query))
        return _json(await seen if isinstance(seen, Awaitable) else seen)

    return handle


def _acting(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        return _json(act(Fields(await request.json())))

    return handle


def _json(body: Json) -> web.Response:
    return web.Response(body=json.dumps(body, ensure_ascii=False).encode(), content_type="application/json")


@web.middleware
async def _worded_errors(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except NotThere as error:
        return web.json_response({"error": str(error)}, status=404)
    except NotPossible as error:
        return web.json_response({"error": str(error)}, status=409)
    except ClockCannotGoBack:
        return web.json_response({"error": "The clock cannot go back."}, status=400)
    except ApiError as error:
        return web.json_response({"error": error.description}, status=400)
    except FieldMissing as error:
        return web.json_response({"error": f"The field “{error}” is missing."}, status=400)
    except (ValueError, TypeError) as error:
        return web.json_response({"error": f"The request cannot be read: {error}"}, status=400)
