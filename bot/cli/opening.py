"""What commands open: settings, the database beside a running bot, files, and the bot's name."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.cli.endings import CommandError, Ending, note
from bot.clock import Clock, SystemClock
from bot.delivery.client import MessengerClient, MessengerError, NetworkFault
from bot.domain.groups import WorkingGroup
from bot.files.refusals import Misfits
from bot.files.tables import MOST_BYTES
from bot.settings import Settings, SettingsError
from db import migrating
from db.database import Database
from db.faults import UNUSABLE, words
from db.migrating import NewerSchema, migrate
from db.unit_of_work import UnitOfWork

T = TypeVar("T")
ENV_FILE = Path(".env")
_ASK_SECONDS = 5.0


def settings() -> Settings:
    """Read the settings; one that cannot be used ends the command."""
    try:
        return Settings.read(os.environ, ENV_FILE)
    except SettingsError as error:
        raise CommandError(str(error), Ending.USAGE) from None


class Office:
    """The database, as a command uses it: short transactions, so that a running bot never waits for long."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def act(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do *work* in a transaction of its own."""

        def transaction(connection: object) -> T:
            uow = UnitOfWork(connection, account_id=0, now=self.clock.now())  # type: ignore[arg-type]
            return work(uow)

        return self.database.once(transaction)


@contextmanager
def office(settings: Settings, *, clock: Clock | None = None) -> Iterator[Office]:
    """Open the database, made if there is none; what may go wrong with it ends the command with a sentence."""
    try:
        database = Database(settings.database_url)
    except (OSError, ValueError) as error:
        raise CommandError(f"The database cannot be opened: {error}.", Ending.USAGE) from None
    try:
        _check_schema(database)
        yield Office(database, clock or SystemClock())
    except UNUSABLE as error:
        raise CommandError(f"The database {database.name} cannot be used: {words(error)}.") from error
    finally:
        database.close()


def _check_schema(database: Database) -> None:
    """Make the schema of a new database; leave an older one to `migrate` and to `run`."""
    found = database.once(migrating.revision)
    if found is None:
        note(f"Making the database {database.name}")
        migrate(database)
    elif found != migrating.HEAD:
        raise CommandError(f"The database {database.name} is of another version. Run: hamroh migrate")


def migrated(database: Database) -> tuple[str | None, str | None]:
    """Bring the schema up to date; give the revisions before and after."""
    try:
        return migrate(database)
    except NewerSchema as error:
        raise CommandError(f"The database {database.name} is of a newer version of Hamroh ({error}).") from None


def content_of(path: Path) -> bytes:
    """Read a file that is named on the command line."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path} has more than the {MOST_BYTES:,} bytes that fit.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror or error}.") from None


def group_of(uow: UnitOfWork, code: str) -> WorkingGroup:
    """Find a group by its code; case does not count where the code is clear."""
    groups = uow.groups.all()
    found = next((group for group in groups if group.code == code), None)
    alike = [group for group in groups if group.code.casefold() == code.casefold()]
    if found is None and len(alike) == 1:
        found = alike[0]
    if found is None:
        there = f"It is one of: {', '.join(group.code for group in groups)}." if groups else "There is none yet."
        raise CommandError(f"There is no group “{code}”. {there}")
    return found


def misfits(path: Path, error: Misfits) -> CommandError:
    """Make the sentences of a configuration file's misfits, one a line."""
    return CommandError("\n".join(f"{path}: {misfit.place} must be {misfit.expected}." for misfit in error.misfits))


def bot_username(settings: Settings, office: Office) -> str:
    """
    Give the bot's name for deep links: as the database remembers it, else as the messenger tells it now.

    Empty where it cannot be had; then a note says so.
    """
    if settings.token is None:
        known = [account.username for account in office.act(lambda uow: uow.installation.accounts())]
        username = next(filter(None, known), "")
        if not username:
            note("The bot's name is not known: HAMROH_TOKEN is not set. Send the bot this text in place of a link:")
        return username
    token = settings.token.reveal()
    bot_id = int(token.partition(":")[0])
    known_name = office.act(lambda uow: uow.installation.account(bot_id)).username
    if known_name:
        return known_name
    try:
        username, name = asyncio.run(_ask_name(settings, token))
    except (MessengerError, NetworkFault) as error:
        note(f"The messenger did not tell the bot's name ({error}). Send the bot this text in place of a link:")
        return ""

    def remember(uow: UnitOfWork) -> None:
        account = uow.installation.account(bot_id)
        uow.installation.name_account(account.id, username=username, name=name)

    office.act(remember)
    return username


async def _ask_name(settings: Settings, token: str) -> tuple[str, str]:
    client = MessengerClient(settings.api_url, token, proxy_url=settings.proxy_url)
    try:
        me = await client.call("getMe", {}, seconds=_ASK_SECONDS)
    finally:
        await client.close()
    return str(me.get("username", "")), str(me.get("first_name", ""))
