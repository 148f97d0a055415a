"""The limits of a bot account where several processes send for it: asked of the database before each message."""

from dataclasses import dataclass
from functools import partial

from bot.delivery.limits import AccountLimit, ChatLimit
from db.database import Connection, Database
from db.repositories import paces
from db.repositories.outbox import Outgoing


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a message may leave now; else after *seconds*, for which its chat or the *whole_account* has to rest."""

    seconds: float = 0.0
    whole_account: bool = False


class SharedPace:
    """Counts what all processes of an account send; *rate* is messages a second in all."""

    def __init__(self, database: Database, account_id: int, *, rate: float) -> None:
        self._database = database
        self._account_id = account_id
        self._rate = rate

    async def leave(self, outgoing: Outgoing) -> Leave:
        """Ask for leave to send a message now; where it is given, the message is counted."""
        return await self._database.write(partial(self._ask, outgoing))

    def _ask(self, outgoing: Outgoing, connection: Connection) -> Leave:
        held = paces.held(connection, self._account_id, outgoing.chat_id)
        account = AccountLimit(self._rate, held.of_account)
        account_at = account.free_at(held.now)
        if account_at > held.now:
            return Leave(account_at - held.now, whole_account=True)
        chat = ChatLimit(is_group=outgoing.is_group, before=held.of_chat) if outgoing.chat_id is not None else None
        chat_at = chat.free_at(held.now) if chat else held.now
        if chat_at > held.now:
            return Leave(chat_at - held.now)
        account.count(held.now)
        if chat:
            chat.count(held.now)
        paces.keep(
            connection, self._account_id, account.kept(), outgoing.chat_id, chat.kept() if chat is not None else None
        )
        return Leave()
