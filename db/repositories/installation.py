"""What the installation remembers of itself: bot accounts and a few settings."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, text, update

from db.models import AccountRow, SettingRow

_VALUE = select(SettingRow.value).where(SettingRow.name == bindparam("name"))
_ACCOUNT = select(AccountRow.id, AccountRow.bot_id, AccountRow.username, AccountRow.name).where(
    AccountRow.messenger == bindparam("messenger"), AccountRow.bot_id == bindparam("bot_id")
)
_ADD = "INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT (name) "
_REMEMBER = text(_ADD + "DO UPDATE SET value = excluded.value")
_REMEMBER_FIRST = text(_ADD + "DO NOTHING")


@dataclass(frozen=True, slots=True)
class Account:
    """A bot account; *username* is empty until the messenger has told it."""

    id: int
    bot_id: int
    username: str
    name: str


class Installation:
    """Accounts and settings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def value(self, name: str) -> str | None:
        """Give a remembered value."""
        found: str | None = self._connection.execute(_VALUE, {"name": name}).scalar()
        return found

    def remember(self, name: str, value: str) -> None:
        """Remember a value in place of the one before."""
        self._connection.execute(_REMEMBER, {"name": name, "value": value})

    def first(self, name: str, value: str) -> str:
        """Remember a value where there is none yet, and give the one that is remembered, whoever was first."""
        self._connection.execute(_REMEMBER_FIRST, {"name": name, "value": value})
        return self.value(name) or value

    def account(self, bot_id: int, messenger: str = "telegram") -> Account:
        """Give the account of a bot, made at first sight."""
        found = self._connection.execute(_ACCOUNT, {"messenger": messenger, "bot_id": bot_id}).one_or_none()
        if found is None:
            self._connection.execute(
                insert(AccountRow), {"messenger": messenger, "bot_id": bot_id, "username": "", "name": ""}
            )
            found = self._connection.execute(_ACCOUNT, {"messenger": messenger, "bot_id": bot_id}).one()
        return Account(*found)

    def accounts(self) -> list[Account]:
        """Give all accounts, the first one first."""
        rows = self._connection.execute(
            select(AccountRow.id, AccountRow.bot_id, AccountRow.username, AccountRow.name).order_by(AccountRow.id)
        )
        return [Account(*row) for row in rows]

    def name_account(self, account_id: int, *, username: str, name: str) -> None:
        """Remember what getMe said."""
        self._connection.execute(
            update(AccountRow).where(AccountRow.id == account_id).values(username=username, name=name)
        )
