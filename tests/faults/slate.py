"""What a test writes down for the bot's process while it runs: what time it is, and which act of the scenario it is."""

import mmap
import struct
from datetime import UTC, datetime
from pathlib import Path

_FIELDS = struct.Struct("=dq")


class Slate:
    """A small file in shared memory; the bot's process reads its clock from it. *at* writes a new one."""

    def __init__(self, path: Path, *, at: datetime | None = None) -> None:
        self.path = path
        if at is not None:
            path.write_bytes(_FIELDS.pack(at.timestamp(), 0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _FIELDS.size)

    def now(self) -> datetime:
        """Give the instant that was written."""
        return datetime.fromtimestamp(_FIELDS.unpack_from(self._shared)[0], UTC)

    @property
    def act(self) -> int:
        """The number of the act."""
        return int(_FIELDS.unpack_from(self._shared)[1])

    def write(self, *, at: datetime, act: int) -> None:
        """Write the instant and the act."""
        _FIELDS.pack_into(self._shared, 0, at.timestamp(), act)
