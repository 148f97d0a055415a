"""Invitations, kept by the hash of their code."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.invitations import Invitation
from bot.domain.members import Role
from bot.domain.readers import Language
from db.models import InvitationRow

_BY_HASH = select(
    InvitationRow.id,
    InvitationRow.group_id,
    InvitationRow.party_id,
    InvitationRow.role,
    InvitationRow.language,
    InvitationRow.member_id,
    InvitationRow.made_by_id,
    InvitationRow.made_at,
    InvitationRow.expires_at,
    InvitationRow.used_at,
    InvitationRow.used_by_id,
    InvitationRow.revoked_at,
).where(InvitationRow.token_hash == bindparam("hash"))
_ADD = insert(InvitationRow).returning(InvitationRow.id)
_OPEN = update(InvitationRow).where(InvitationRow.used_at.is_(None), InvitationRow.revoked_at.is_(None))
_REVOKE_OF_MEMBER = _OPEN.where(InvitationRow.member_id == bindparam("member")).values(revoked_at=bindparam("at"))
_REVOKE_OF_OWNER = _OPEN.where(InvitationRow.group_id.is_(None)).values(revoked_at=bindparam("at"))
_USE = (
    update(InvitationRow)
    .where(InvitationRow.id == bindparam("row"), InvitationRow.used_at.is_(None))
    .values(used_at=bindparam("at"), used_by_id=bindparam("by"))
)


class Invitations:
    """Looks invitations up by hash, and ends them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, token_hash: str) -> Invitation | None:
        """Find an invitation, also one that is used, revoked or expired."""
        row = self._connection.execute(_BY_HASH, {"hash": token_hash}).one_or_none()
        return _invitation(row) if row else None

    def add(self, invitation: Invitation, token_hash: str) -> int:
        """Keep an invitation (its id is ignored); give the id."""
        number: int = self._connection.execute(
            _ADD,
            {
                "token_hash": token_hash,
                "group_id": invitation.group_id,
                "party_id": invitation.party_id,
                "role": invitation.role.value if invitation.role else None,
                "language": invitation.language,
                "member_id": invitation.member_id,
                "made_by_id": invitation.made_by_id,
                "made_at": invitation.made_at,
                "expires_at": invitation.expires_at,
            },
        ).scalar_one()
        return number

    def use(self, invitation_id: int, *, person_id: int, at: datetime) -> bool:
        """Mark an invitation as used; False when it was used before."""
        return self._connection.execute(_USE, {"row": invitation_id, "by": person_id, "at": at}).rowcount > 0

    def revoke_of_member(self, member_id: int, at: datetime) -> None:
        """Void the open invitations that wait for a member."""
        self._connection.execute(_REVOKE_OF_MEMBER, {"member": member_id, "at": at})

    def revoke_of_owner(self, at: datetime) -> None:
        """Void the open invitations that make owners."""
        self._connection.execute(_REVOKE_OF_OWNER, {"at": at})


def _invitation(row: Any) -> Invitation:
    return Invitation(
        id=row.id,
        group_id=row.group_id,
        party_id=row.party_id,
        role=Role(row.role) if row.role else None,
        language=cast("Language | None", row.language),
        member_id=row.member_id,
        made_by_id=row.made_by_id,
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        used_by_id=row.used_by_id,
        revoked_at=row.revoked_at,
    )
