"""Messages that were not taken of people who sent too many, until they have been told how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, literal_column, or_, select, text, update

from db.models import FloodRow

_ADD = text(
    "INSERT INTO floods (account_id, sender_id, untold) VALUES (:account, :sender, :more) "
    "ON CONFLICT (account_id, sender_id) DO UPDATE SET untold = floods.untold + excluded.untold"
)
# An instant that lies ahead is of a clock that was set back since. Rows that another process is telling are left to it.
_UNTOLD = (
    select(FloodRow.sender_id, FloodRow.untold)
    .where(
        FloodRow.account_id == bindparam("account"),
        FloodRow.untold > literal_column("0"),
        or_(
            FloodRow.told_at.is_(None), FloodRow.told_at <= bindparam("before"), FloodRow.told_at > bindparam("instant")
        ),
    )
    .order_by(FloodRow.sender_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TOLD = (
    update(FloodRow)
    .where(FloodRow.account_id == bindparam("of_account"), FloodRow.sender_id == bindparam("of_sender"))
    .values(untold=0, told_at=bindparam("at"))
)
_FORGET = delete(FloodRow).where(FloodRow.untold == literal_column("0"), FloodRow.told_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Flood:
    """Somebody (the messenger's user) of whom *untold* messages were not taken and who does not know it yet."""

    sender_id: int
    untold: int


class Floods:
    """Counts what was not taken, and hands each count out once."""

    def __init__(self, connection: Connection, account_id: int) -> None:
        self._connection = connection
        self._account_id = account_id

    def add(self, refused: Mapping[int, int]) -> None:
        """Add to what was not taken, by sender."""
        # In the same order everywhere, so that two processes never wait for each other.
        rows = [
            {"account": self._account_id, "sender": sender, "more": refused[sender]}
            for sender in sorted(refused)
            if refused[sender]
        ]
        if rows:
            self._connection.execute(_ADD, rows)

    def tell(self, *, now: datetime, every: timedelta, limit: int) -> list[Flood]:
        """Give up to *limit* people to be told in this transaction: each at most once in *every*."""
        values = {"account": self._account_id, "before": now - every, "instant": now, "most": limit}
        found = [Flood(*row) for row in self._connection.execute(_UNTOLD, values)]
        if found:
            self._connection.execute(
                _TOLD, [{"of_account": self._account_id, "of_sender": one.sender_id, "at": now} for one in found]
            )
        return found

    def forget(self, *, before: datetime) -> int:
        """Drop those who were told all before *before*."""
        return self._connection.execute(_FORGET, {"before": before}).rowcount
