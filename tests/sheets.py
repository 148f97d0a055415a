"""Files on a person's phone: sent to the bot, received from it, and read."""

import csv
import io
from collections.abc import Sequence

from openpyxl import load_workbook

from bot.sandbox.records import Message
from tests.people import Visitor


async def sends(visitor: Visitor, content: bytes, name: str) -> Message:
    """Send a file to the bot and wait for what comes of it."""
    message = visitor.stage.world.send_file(visitor.user_id, visitor.chat, content=content, name=name)
    await visitor.stage.settled()
    return message


def received(visitor: Visitor) -> list[tuple[str, bytes]]:
    """Give the files that the bot has sent, the eldest first: name and bytes."""
    found = []
    for message in visitor.messages():
        if message.sender.id == visitor.stage.bot_id and "document" in message.content:
            stored = visitor.stage.world.files.by_id(message.content["document"]["file_id"])
            assert stored is not None
            found.append((stored.name, stored.content))
    return found


def texts_of(visitor: Visitor) -> list[Message]:
    """Give the bot's messages that are no files."""
    return [
        message
        for message in visitor.messages()
        if message.sender.id == visitor.stage.bot_id and "document" not in message.content
    ]


def of_csv(content: bytes) -> list[list[str]]:
    """Read a CSV as a spreadsheet does."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_csv(rows: Sequence[Sequence[object]]) -> bytes:
    """Write a CSV as an office saves it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def of_xlsx(content: bytes) -> list[list[object]]:
    """Read the first sheet of a workbook."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
