"""Invitations: single-use, for one party and role, or for the owner of the installation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.members import Role
from bot.domain.readers import Language

LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invitation:
    """
    What an invitation gives to whoever uses it; the code itself is known to its receiver only.

    *group_id* None makes an owner of the installation. *member_id* is the member it waits for, if it was made for one.
    *made_by_id* is a person, None for the command line. Instants are UTC.
    """

    id: int
    group_id: int | None
    party_id: int | None
    role: Role | None
    language: Language | None
    member_id: int | None
    made_by_id: int | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by_id: int | None = None
    revoked_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can still be used."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at
