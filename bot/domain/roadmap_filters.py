"""Which milestones of a roadmap somebody wants to see: by workstream, party, how the work stands, and whose it is."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import ButtonExpired


class Standing(StrEnum):
    """How the work stands; AT_RISK is what is at risk or off track."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "late"
    AT_RISK = "risk"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RoadmapFilter:
    """What must hold of a milestone; None: anything. *member_id* leads it or is its counterpart."""

    workstream_id: int | None = None
    party_id: int | None = None
    standing: Standing = Standing.ALL
    member_id: int | None = None

    @property
    def code(self) -> str:
        """How buttons name it."""
        ids = {"w": self.workstream_id, "p": self.party_id, "m": self.member_id}
        parts = [f"{kind}{number}" for kind, number in ids.items() if number is not None]
        return ".".join([*parts, self.standing.value])


EVERYTHING = RoadmapFilter()


def filter_of(code: str) -> RoadmapFilter:
    """
    Read what *RoadmapFilter.code* wrote; a number alone is a workstream, as in buttons of an older version, 0 for all.

    Raises:
        ButtonExpired: it is no such code.
    """
    if code.isdecimal():
        return RoadmapFilter(workstream_id=int(code) or None)
    *parts, standing = code.split(".")
    found: dict[str, int] = {}
    for part in parts:
        if part[:1] not in {"w", "p", "m"} or not part[1:].isdecimal():
            raise ButtonExpired
        found[part[0]] = int(part[1:])
    if standing not in set(Standing):
        raise ButtonExpired
    return RoadmapFilter(found.get("w"), found.get("p"), Standing(standing), found.get("m"))
