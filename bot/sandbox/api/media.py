"""Sending files, and telling where to fetch them."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.api.access import Call, chat_of_call, formatted, reply_of_call
from bot.sandbox.api.messages import caption_content, change, editable, spend
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import DOWNLOAD_LIMIT, TYPE_NAMES, UPLOAD_LIMIT, StoredFile, media_content
from bot.sandbox.keyboards import check_markup, read_markup
from bot.sandbox.params import Params, Upload


def _sender(kind: str) -> Callable[[Call], dict[str, Any]]:
    def send(call: Call) -> dict[str, Any]:
        caption, entities = formatted(call, "caption", "caption_entities")
        markup = read_markup(call.params)
        stored = _file(call, call.params, kind, parameter=kind)
        chat = chat_of_call(call)
        reply = reply_of_call(call, chat)
        content = media_content(stored, kind=stored.kind, duration=call.params.integer("duration"))
        if stored.kind != "video_note":
            content |= caption_content(call, caption, entities)
        check_markup(markup)
        spend(call, chat)
        message = call.world.post(chat, call.bot, content, reply_to=reply.message, quote=reply.quote, markup=markup)
        return message.as_message(call.bot)

    return send


def edit_message_media(call: Call) -> dict[str, Any]:
    described = call.params.parsed("media", "can't parse input media JSON object")
    if not isinstance(described, dict) or described.get("type") not in {"photo", "document", "video", "audio"}:
        raise bad_request("can't parse InputMedia: type must be one of photo, document, video, audio")
    kind = str(described["type"])
    markup = read_markup(call.params)
    options = Params(described, call.params.files)
    caption, entities = formatted(Call(call.world, call.bot, options), "caption", "caption_entities")
    stored = _file(call, options, kind, parameter="media")
    message = editable(call)
    if "text" in message.content:
        raise bad_request("there is no media in the message to edit")
    content = media_content(stored, kind=stored.kind, duration=options.integer("duration"))
    call.world.files.show(content, call.bot.id)
    return change(call, message, content | caption_content(call, caption, entities), markup)


def get_file(call: Call) -> dict[str, Any]:
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = call.world.files.known_to(call.bot.id, file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
        "file_path": call.world.files.tell(stored, call.world.clock()),
    }


def _file(call: Call, params: Params, kind: str, *, parameter: str) -> StoredFile:
    upload = params.upload(parameter)
    if upload is not None:
        return _stored(call, upload, kind)
    reference = params.text(parameter)
    if not reference:
        raise bad_request(f"there is no {kind} in the request")
    if "://" in reference:
        call.world.fault("files by address are not offered here: the sandbox fetches nothing")
        raise bad_request("failed to get HTTP URL content")
    stored = call.world.files.known_to(call.bot.id, reference)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    # The server takes documents of all kinds for one another, and sends them as what they are; a photo is none.
    if stored.kind != kind and "photo" in {stored.kind, kind}:
        raise bad_request(f"can't use file of type {TYPE_NAMES[stored.kind]} as {TYPE_NAMES[kind]}")
    return stored


def _stored(call: Call, upload: Upload, kind: str) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    return call.world.files.add(kind=kind, name=upload.name, content=upload.content, mime=upload.mime)


METHODS = {
    "sendDocument": _sender("document"),
    "sendPhoto": _sender("photo"),
    "sendVoice": _sender("voice"),
    "sendVideo": _sender("video"),
    "sendAudio": _sender("audio"),
    "sendAnimation": _sender("animation"),
    "sendVideoNote": _sender("video_note"),
    "editMessageMedia": edit_message_media,
    "getFile": get_file,
}
