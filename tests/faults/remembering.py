"""What a run has left behind: all rows of the database, and what each person sees."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, select

from bot.sandbox.records import BotAccount, Message
from bot.sandbox.world import World
from db.database import Connection
from db.models import Base
from tests.people import buttons_of

Row = dict[str, Any]
Rows = dict[str, list[Row]]

# Who is at work, not what was done.
_OF_PROCESSES = {"processes", "polls"}
# Numbers of messages that the messenger gives: a message that arrived twice takes two.
_OF_MESSENGER = {"message_id", "raw", "pace", "owner"}
# An edit that took effect before the process ended is refused as no change when it is made again, and names no message.
_ANSWER_OF_CALL = ("outbox", "message_id")
# What holds numbers of our own rows inside a text or a JSON.
_NUMBERED = {"payload", "key", "view", "before", "after", "fields", "detail", "subject_id"}
_OF_A_MESSAGE = re.compile(r',"reply_to":\d+|"message_id":\d+,')


def remembered(connection: Connection, *, exactly: bool) -> Rows:
    """
    Give all rows of all tables, in the order in which they were written.

    A row's own number is left out, and a reference is the place of what it refers to among the rows of its table. What
    holds such numbers inside a text is compared *exactly*, or (on PostgreSQL, where a transaction that was rolled back
    takes its numbers with it) only for being there.
    """
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _OF_PROCESSES]
    found = {table.name: _rows(connection, table) for table in tables}
    places: dict[str, dict[Any, int]] = {}
    left_out = _OF_MESSENGER if exactly else _OF_MESSENGER | _NUMBERED
    for table in tables:
        keys = [column.name for column in table.primary_key if len(table.primary_key) == 1]
        places[table.name] = {row[keys[0]]: place for place, row in enumerate(found[table.name])} if keys else {}
    return {table.name: [_bare(table, row, places, left_out) for row in found[table.name]] for table in tables}


def _rows(connection: Connection, table: Table) -> list[Row]:
    return [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]


def _bare(table: Table, row: Row, places: dict[str, dict[Any, int]], left_out: set[str]) -> Row:
    bare: Row = {}
    for column in table.columns:
        value = row[column.name]
        if (table.name, column.name) == _ANSWER_OF_CALL:
            continue
        if column.name in left_out:
            bare[column.name] = value is not None
        elif column.foreign_keys and value is not None:
            [key] = column.foreign_keys
            bare[column.name] = places[key.column.table.name][value]
        elif not (column.primary_key and len(table.primary_key) == 1 and column.type.python_type is int):
            bare[column.name] = _OF_A_MESSAGE.sub("", value) if column.name == "payload" and value else value
    if table.name == "settings" and "key" in left_out:
        bare["name"] = row["name"].partition(":")[0]
    return bare


def differences(expected: Rows, actual: Rows) -> list[str]:
    """Tell in words where two memories differ."""
    found = []
    for name, rows in expected.items():
        others = actual[name]
        if len(rows) != len(others):
            found.append(f"{name}: {len(others)} rows instead of {len(rows)}")
            continue
        for place, (row, other) in enumerate(zip(rows, others, strict=True)):
            found += [
                f"{name}[{place}].{column}: {other[column]!r} instead of {row[column]!r}"
                for column in row
                if row[column] != other[column]
            ]
    return found


Sight = tuple[str, str, tuple[str, ...]]
Sights = dict[int, list[Sight]]


def seen(world: World) -> Sights:
    """Give what stands in each person's chat with the bot: who said it, the text, and the buttons."""
    return {
        chat.id: [_sight(message) for message in world.visible(chat)]
        for chat in world.chats.values()
        if chat.is_private
    }


def _sight(message: Message) -> Sight:
    said_by = "the bot" if isinstance(message.sender, BotAccount) else "the person"
    return said_by, message.text, tuple(str(button["text"]) for button in buttons_of(message))


def answered(world: World) -> list[tuple[str, bool]]:
    """Give how the presses were answered, in the order in which they were made."""
    return [(press.text, press.answered_at is not None) for press in world.presses.values()]


def doubled(expected: Sights, actual: Sights, where: str) -> int:
    """
    Count the messages that arrived twice; *where* is told with what is wrong.

    Raises:
        AssertionError: somebody does not see all that they should, or not in that order.
    """
    count = 0
    for chat, sights in expected.items():
        rest: Iterable[Sight] = iter(actual[chat])
        missing = [sight for sight in sights if not any(sight == other for other in rest)]
        assert not missing, f"{where}: {chat} does not see {missing}, but {actual[chat]}"
        count += len(actual[chat]) - len(sights)
    return count
