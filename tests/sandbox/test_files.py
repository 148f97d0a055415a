"""Files both ways."""

import struct
import zlib
from typing import Any

import pytest

from bot.sandbox.files import image_size
from bot.sandbox.params import Upload
from bot.sandbox.transport import Transport
from bot.sandbox.world import World
from tests.sandbox.caller import ZARINA, Api


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def test_a_document_is_sent_and_sent_again_by_its_id(world: World, api: Api) -> None:
    upload = Upload("گزارش.csv", b"a,b\n1,2", "text/csv; charset=utf-8")
    sent = await api.good(
        "sendDocument", {"document": upload}, chat_id=ZARINA, caption="<b>Roadmap</b>", parse_mode="HTML"
    )
    again = await api.good("sendDocument", chat_id=ZARINA, document=sent["document"]["file_id"])

    assert sent["document"]["file_name"] == "گزارش.csv"
    assert sent["document"]["mime_type"] == "text/csv"
    assert sent["caption"] == "Roadmap"
    assert sent["caption_entities"] == [{"offset": 0, "length": 7, "type": "bold"}]
    assert again["document"]["file_id"] == sent["document"]["file_id"]
    assert world.visible(world.chat_of(ZARINA, ZARINA))[-1].content["document"]["file_size"] == 7


async def test_a_file_of_a_person_is_fetched_by_its_path(world: World, api: Api) -> None:
    world.send_file(ZARINA, ZARINA, content=b"PK...", name="roadmap.xlsx", caption="/import")
    [update] = await api.updates()

    file = await api.good("getFile", file_id=update["message"]["document"]["file_id"])

    assert file["file_size"] == 5
    assert file["file_path"].startswith("documents/file_")
    assert file["file_path"].endswith(".xlsx")
    assert Transport(world).download(file["file_path"]) == b"PK..."
    assert update["message"]["caption_entities"][0]["type"] == "bot_command"
    with pytest.raises(FileNotFoundError):
        Transport(world).download("documents/none.csv")


async def test_a_picture_has_its_size(world: World, api: Api) -> None:
    sent = await api.good(
        "sendPhoto", {"picture": Upload("t.png", png(40, 30))}, chat_id=ZARINA, photo="attach://picture"
    )
    world.send_file(ZARINA, ZARINA, content=png(8, 6), name="p.png", kind="photo")

    [update] = await api.updates()

    assert (sent["photo"][-1]["width"], sent["photo"][-1]["height"]) == (40, 30)
    assert update["message"]["photo"][-1]["width"] == 8


def test_sizes_of_other_pictures() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00"

    assert image_size(jpeg) == (32, 16)
    assert image_size(b"GIF89a\x20\x00\x10\x00") == (32, 16)
    assert image_size(b"no picture") is None


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendDocument", {}, "Bad Request: there is no document in the request"),
        ("sendDocument", {"document": "nonsense"}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ("getFile", {"file_id": "nonsense"}, "Bad Request: invalid file_id"),
        ("getFile", {}, "Bad Request: file_id not specified"),
    ],
)
async def test_a_bad_file_is_refused(api: Api, method: str, params: dict[str, Any], description: str) -> None:
    assert await api.refusal(method, chat_id=ZARINA, **params) == description


async def test_bad_uploads_are_refused(api: Api) -> None:
    async def refusal(method: str, name: str, content: bytes, **params: str) -> str:
        return await api.refusal(method, {name: Upload("x", content)}, chat_id=ZARINA, **params)

    assert await refusal("sendDocument", "document", b"") == "Bad Request: file must be non-empty"
    assert await refusal("sendPhoto", "photo", b"text") == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await refusal("sendPhoto", "photo", png(2100, 100)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    long = await refusal("sendDocument", "document", b"x", caption="y" * 1025)
    assert long == "Bad Request: message caption is too long"


async def test_captions_and_media_are_edited(api: Api) -> None:
    sent = await api.good("sendPhoto", {"photo": Upload("t.png", png(4, 3))}, chat_id=ZARINA, caption="one")
    place = {"chat_id": ZARINA, "message_id": sent["message_id"]}

    captioned = await api.good("editMessageCaption", **place, caption="two")
    media = {"type": "photo", "media": "attach://new", "caption": "three"}
    changed = await api.good("editMessageMedia", {"new": Upload("u.png", png(9, 3))}, **place, media=media)

    assert captioned["caption"] == "two"
    assert (changed["caption"], changed["photo"][-1]["width"]) == ("three", 9)
    refused = await api.refusal("editMessageText", **place, text="x")
    assert refused == "Bad Request: there is no text in the message to edit"


async def test_a_file_id_is_good_only_for_the_bot_that_was_given_it(world: World, api: Api) -> None:
    other = Api(world, world.add_bot(username="other_bot"))
    world.start(ZARINA, bot_id=other.bot.id)
    sent = await api.good("sendDocument", {"document": Upload("a.csv", b"a")}, chat_id=ZARINA)
    file_id = sent["document"]["file_id"]

    refused = await other.refusal("sendDocument", chat_id=ZARINA, document=file_id)
    assert refused == "Bad Request: wrong file identifier/HTTP URL specified"
    assert await other.refusal("getFile", file_id=file_id) == "Bad Request: invalid file_id"


async def test_a_photo_is_no_document_and_other_kinds_stay_what_they_are(world: World, api: Api) -> None:
    world.send_file(ZARINA, ZARINA, content=png(8, 6), name="p.png", kind="photo")
    world.send_file(ZARINA, ZARINA, content=b"film", name="f.mp4", kind="video")
    world.send_file(ZARINA, ZARINA, content=b"round", name="", kind="video_note")
    photo, video, note = [update["message"] for update in await api.updates()]

    mistaken = await api.refusal("sendDocument", chat_id=ZARINA, document=photo["photo"][-1]["file_id"])
    opposite = await api.refusal("sendPhoto", chat_id=ZARINA, photo=note["video_note"]["file_id"])
    as_document = await api.good("sendDocument", chat_id=ZARINA, document=video["video"]["file_id"])

    assert mistaken == "Bad Request: can't use file of type Photo as Document"
    assert opposite == "Bad Request: can't use file of type VideoNote as Photo"
    assert "video" in as_document
    assert "document" not in as_document


async def test_an_animation_is_a_document_too_and_a_round_video_has_no_caption(world: World, api: Api) -> None:
    world.send_file(ZARINA, ZARINA, content=b"gif", name="a.mp4", kind="animation", caption="see", album="77")
    [update] = await api.updates()
    message = update["message"]
    world.send_file(ZARINA, ZARINA, content=b"round", name="", kind="video_note")
    [update] = await api.updates()
    again = await api.good(
        "sendVideoNote", chat_id=ZARINA, video_note=update["message"]["video_note"]["file_id"], caption="lost"
    )

    assert message["animation"]["file_id"] == message["document"]["file_id"]
    assert (message["caption"], message["media_group_id"]) == ("see", "77")
    assert "caption" not in again
