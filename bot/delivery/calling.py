"""One call to the messenger for one message that is owed, with what can be mended at once mended at once."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.delivery.client import Messenger, MessengerError, NetworkFault
from bot.delivery.lanes import Recent
from bot.delivery.messenger import call_for
from bot.delivery.patience import Patience
from bot.delivery.retry import Decision, Verdict, decide
from bot.files.documents import Document
from bot.steps import reach
from db.repositories.outbox import Outgoing

log = logging.getLogger(__name__)

_MENDED = 4

# Makes a document of what is kept of it in the outbox; None where nobody may have it any more.
Documents = Callable[[dict[str, Any]], Awaitable[Document | None]]


class Caller:
    """
    Makes the calls, and knows what this process has learned by them since its rows were read.

    That is: which message shows a screen since it was sent, where a chat has moved to, and which methods the messenger
    does not have. *sent* counts. *documents* makes a file at the instant at which it is sent: the outbox keeps what it
    is to be made of.
    """

    def __init__(self, messenger: Messenger, patience: Patience, documents: Documents) -> None:
        self._messenger = messenger
        self._documents = documents
        self._patience = patience
        self._messages = Recent()
        self._chats = Recent(1000)
        # What this messenger has said it does not know: compatible ones lack reactions, for example.
        self._unknown: set[str] = set()
        self.sent = 0

    async def call(self, outgoing: Outgoing, *, tries: int, seconds: float) -> tuple[Decision, int | None]:
        """
        Call the messenger, and wait *seconds* at most each time.

        A chat that moved, a message that is gone, a text it cannot parse and a file it does not know are mended here.
        """
        document = await self._documents(outgoing.payload) if outgoing.method == "document" else None
        if document is None and outgoing.method == "document":
            return Decision(Verdict.FAILED), None
        payload, message_id, chat = outgoing.payload, self._message_of(outgoing), self._messenger_id(outgoing)
        for _ in range(_MENDED):
            method, params = call_for(outgoing, payload=payload, message_id=message_id, messenger_id=chat)
            if method in self._unknown:
                return Decision(Verdict.FAILED), None
            reach(f"delivery.calling.{method}")
            try:
                result = await self._messenger.call(method, params, seconds=seconds, document=document)
            except (MessengerError, NetworkFault) as error:
                decision = self._refused(outgoing, method, error, tries)
            else:
                reach(f"delivery.called.{method}")
                self.sent += 1
                return self._sent(outgoing, result, chat)
            if decision.verdict is Verdict.ANEW and outgoing.method == "show":
                message_id = None
            elif decision.verdict is Verdict.MIGRATED and outgoing.chat_id and decision.chat:
                chat, message_id = decision.chat, None
                self._chats.set(outgoing.chat_id, chat)
            elif decision.verdict is Verdict.PLAIN and not payload.get("plain"):
                log.error("message %s could not be parsed and goes without formatting", outgoing.id)
                payload = {**payload, "plain": True}
            elif decision.verdict is Verdict.FAILED and "otherwise" in payload and not payload.get("refused"):
                payload = {**payload, "refused": True}
            else:
                return decision, None
        return Decision(Verdict.FAILED), None

    def _refused(self, outgoing: Outgoing, method: str, error: MessengerError | NetworkFault, tries: int) -> Decision:
        """Say what follows from an error, and learn from it which method the messenger does not have."""
        if isinstance(error, MessengerError) and error.code == 404 and "method" in error.description:
            self._unknown.add(method)
        decision = decide(error, tries=tries, patience=self._patience)
        level = logging.DEBUG if decision.verdict is Verdict.SENT else logging.WARNING
        log.log(level, "message %s: %s refused: %s", outgoing.id, method, error)
        return decision

    def _sent(self, outgoing: Outgoing, result: Any, chat: int | None) -> tuple[Decision, int | None]:
        found = result.get("message_id") if isinstance(result, dict) else None
        if found and outgoing.screen_id:
            self._messages.set(outgoing.screen_id, (outgoing.message_id, found))
        return Decision(Verdict.SENT, chat=chat if chat != outgoing.messenger_id else None), found

    def _message_of(self, outgoing: Outgoing) -> int | None:
        """Give the message that shows the screen: what this process sent, unless the database has news of another."""
        known = self._messages.get(outgoing.screen_id) if outgoing.screen_id else None
        if known is None:
            return outgoing.message_id
        before, found = known
        return int(found) if outgoing.message_id in {before, found} else outgoing.message_id

    def _messenger_id(self, outgoing: Outgoing) -> int | None:
        moved = self._chats.get(outgoing.chat_id) if outgoing.chat_id else None
        return moved or outgoing.messenger_id
