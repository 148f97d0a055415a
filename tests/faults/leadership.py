"""Who of several processes polls, as the database knows it."""

import time
from collections.abc import Sequence

import psutil
from sqlalchemy import select, text

from db.database import Connection, Database
from db.models import PollRow

ASK_SECONDS = 0.01
_PORT = text(
    "SELECT client_port FROM pg_locks held JOIN pg_stat_activity USING (pid) WHERE held.locktype = 'advisory' "
    "AND held.classid = 4207 AND held.granted "
    "AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Polls:
    """Looks from outside; its methods wait for the database."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def epoch(self) -> int:
        """Give how often the right to poll has been taken."""
        return self._database.once(_epoch)

    def poller(self, pids: Sequence[int]) -> int | None:
        """Give the place among *pids* of the process that polls: the one with the connection that has the lock."""
        port = self._database.once(lambda connection: connection.execute(_PORT).scalar())
        for place, pid in enumerate(pids):
            if any(one.laddr and one.laddr.port == port for one in psutil.Process(pid).net_connections("tcp")):
                return place
        return None

    def taken_over(self, since: int, within: float, *, began: float) -> float:
        """
        Wait until the right to poll has been taken again since epoch *since*; give the seconds since *began*.

        Raises:
            TimeoutError: nobody did within *within* seconds.
        """
        while self.epoch() == since:
            if time.monotonic() > began + within:
                raise TimeoutError
            time.sleep(ASK_SECONDS)
        return time.monotonic() - began

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _epoch(connection: Connection) -> int:
    return connection.execute(select(PollRow.epoch)).scalar() or 0
