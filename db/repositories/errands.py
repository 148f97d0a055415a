"""Errands: files that are fetched and read outside any update, step by step, each step once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, insert, or_, select, update

from db.models import ErrandLineRow, ErrandRow, ProcessRow
from db.repositories.processes import IS_ALIVE

FETCHING = "fetching"
ARRIVED = "arrived"
READING = "reading"
SHOWN = "shown"
WRITING = "writing"
DONE = "done"
DROPPED = "dropped"
FAILED = "failed"
_OURS = frozenset({FETCHING, READING, WRITING})

_COLUMNS = (
    ErrandRow.id,
    ErrandRow.chat_id,
    ErrandRow.member_id,
    ErrandRow.screen_id,
    ErrandRow.step,
    ErrandRow.file_id,
    ErrandRow.name,
    ErrandRow.seen,
    ErrandRow.counts,
    ErrandRow.ignored,
    ErrandRow.digest,
    ErrandRow.problem,
    ErrandRow.owner,
    ErrandRow.made_at,
)
_BY_ID = select(*_COLUMNS).where(ErrandRow.id == bindparam("id"))
_CONTENT = select(ErrandRow.content).where(ErrandRow.id == bindparam("id"))
_IS_FREE_ALONE = or_(ErrandRow.owner.is_(None), ErrandRow.owner != bindparam("me"))
_IS_FREE_BESIDE_OTHERS = or_(
    ErrandRow.owner.is_(None),
    and_(
        ErrandRow.owner != bindparam("me"),
        ~exists().where(ProcessRow.owner == ErrandRow.owner, IS_ALIVE),
    ),
)
_LINES = (
    select(ErrandLineRow.verdict)
    .where(ErrandLineRow.errand_id == bindparam("id"), ErrandLineRow.place >= bindparam("first"))
    .order_by(ErrandLineRow.place)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Errand:
    """A file that was sent; *step* says how far it is, *seen* which preview was shown last, *made_at* is UTC."""

    id: int
    chat_id: int
    member_id: int
    screen_id: int | None
    step: str
    file_id: str
    name: str
    seen: int
    counts: dict[str, int]
    ignored: list[str]
    digest: str
    problem: dict[str, Any] | None
    owner: int | None
    made_at: datetime


class Errands:
    """Keeps errands. A step is taken only from the one that was read: whoever comes second changes nothing."""

    def __init__(self, connection: Connection, account_id: int, now: datetime) -> None:
        self._connection = connection
        self._account_id = account_id
        self._now = now

    def find(self, errand_id: int) -> Errand | None:
        """Find an errand by id."""
        row = self._connection.execute(_BY_ID, {"id": errand_id}).one_or_none()
        return Errand(*row) if row else None

    def content(self, errand_id: int) -> bytes | None:
        """Give the bytes of the file, as long as they are kept."""
        found: bytes | None = self._connection.execute(_CONTENT, {"id": errand_id}).scalar_one_or_none()
        return found

    def begin(self, *, chat_id: int, member_id: int, file_id: str, name: str) -> int:
        """Begin to fetch a file; give the errand's number."""
        number: int = self._connection.execute(
            insert(ErrandRow).returning(ErrandRow.id),
            {
                "account_id": self._account_id,
                "chat_id": chat_id,
                "member_id": member_id,
                "step": FETCHING,
                "is_ours": True,
                "file_id": file_id,
                "name": name,
                "seen": 0,
                "counts": {},
                "ignored": [],
                "digest": "",
                "made_at": self._now,
                "changed_at": self._now,
            },
        ).scalar_one()
        return number

    def claim(self, owner: int, most: int) -> list[Errand]:
        """Take up to *most* errands that wait for a process and that no running one is at, the eldest first."""
        is_shared = self._connection.dialect.name == "postgresql"
        is_free = _IS_FREE_BESIDE_OTHERS if is_shared else _IS_FREE_ALONE
        waiting = select(ErrandRow.id).where(ErrandRow.is_ours, ErrandRow.account_id == self._account_id, is_free)
        ids = list(self._connection.execute(waiting.order_by(ErrandRow.id).limit(most), {"me": owner}).scalars())
        take = update(ErrandRow).where(ErrandRow.id == bindparam("row"), ErrandRow.is_ours, is_free)
        taken = [
            number
            for number in ids
            if self._connection.execute(take.values(owner=bindparam("me")), {"row": number, "me": owner}).rowcount
        ]
        rows = self._connection.execute(select(*_COLUMNS).where(ErrandRow.id.in_(taken)).order_by(ErrandRow.id))
        return [Errand(*row) for row in rows]

    def has_waiting(self, owner: int) -> bool:
        """Tell whether `claim` may find something."""
        waiting = select(ErrandRow.id).where(
            ErrandRow.is_ours,
            ErrandRow.account_id == self._account_id,
            or_(ErrandRow.owner.is_(None), ErrandRow.owner != owner),
        )
        return self._connection.execute(waiting.limit(1)).first() is not None

    def step(self, errand: Errand, to: str, **values: Any) -> bool:
        """Take an errand one step on; False, and nothing changed, where somebody has taken it on already."""
        is_as_seen = ErrandRow.owner.is_(None) if errand.owner is None else ErrandRow.owner == errand.owner
        changed = (
            update(ErrandRow)
            .where(ErrandRow.id == errand.id, ErrandRow.step == errand.step, is_as_seen)
            .values(step=to, is_ours=to in _OURS, owner=None, changed_at=self._now, **values)
        )
        return self._connection.execute(changed).rowcount > 0

    def is_at(self, errand: Errand) -> bool:
        """Tell whether an errand is still at the step it was read at, and the same process's."""
        found = self.find(errand.id)
        return found is not None and (found.step, found.owner) == (errand.step, errand.owner)

    def show_on(self, errand_id: int, screen_id: int) -> None:
        """Note which screen tells of the errand."""
        self._connection.execute(update(ErrandRow).where(ErrandRow.id == errand_id).values(screen_id=screen_id))

    def add_lines(self, errand_id: int, first: int, verdicts: Sequence[dict[str, Any]]) -> None:
        """Add lines of the preview from place *first* on, in place of what an earlier reading left there."""
        self._connection.execute(
            delete(ErrandLineRow).where(
                ErrandLineRow.errand_id == errand_id,
                ErrandLineRow.place >= first,
                ErrandLineRow.place < first + len(verdicts),
            )
        )
        rows = [
            {"errand_id": errand_id, "place": place, "verdict": verdict}
            for place, verdict in enumerate(verdicts, start=first)
        ]
        if rows:
            self._connection.execute(insert(ErrandLineRow), rows)

    def lines(self, errand_id: int, *, first: int, most: int) -> list[dict[str, Any]]:
        """Give lines of the preview from place *first* on."""
        values = {"id": errand_id, "first": first, "most": most}
        return list(self._connection.execute(_LINES, values).scalars())

    def forget(self, *, before: datetime, limit: int) -> int:
        """Drop up to *limit* rows of errands at which nothing has happened since *before*; give how many."""
        old = select(ErrandRow.id).where(ErrandRow.changed_at < before).limit(limit)
        places = select(ErrandLineRow.errand_id, ErrandLineRow.place)
        lines = places.where(ErrandLineRow.errand_id.in_(old)).limit(limit)
        found = self._connection.execute(lines).all()
        if found:
            one = delete(ErrandLineRow).where(
                ErrandLineRow.errand_id == bindparam("errand"), ErrandLineRow.place == bindparam("at")
            )
            self._connection.execute(one, [{"errand": errand, "at": place} for errand, place in found])
        if len(found) == limit:
            return limit
        return self._connection.execute(delete(ErrandRow).where(ErrandRow.id.in_(old))).rowcount
