"""The demo: the example group in a local messenger in the browser, and beside it the bot that goes to production."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot import log
from bot.app import House, running
from bot.domain.members import Role
from bot.sandbox.clock import SandboxClock
from bot.sandbox.records import BotAccount, Chat, Message
from bot.sandbox.server import application, serve
from bot.sandbox.web import PageSettings, add_page
from bot.sandbox.world import World
from bot.services import example_group
from bot.services.example_group import Example
from bot.settings import Settings
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork

STARTS_AT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
GUEST_ID = 9001
_FIRST_ANSWERS_SECONDS = 30.0
_STOPS = (signal.SIGINT, signal.SIGTERM)
_ROLES = {
    Role.MEMBER: "Member",
    Role.SECRETARY: "Secretary",
    Role.CO_CHAIR: "Co-chair",
    Role.OBSERVER: "Observer",
}
_WELCOME = """\
Open {url} in a browser, and be any of the people of the example group, who are all invented.
There it is {day}; the page can move its clock on. Try /summary, /my, /newmilestone or M-12 60%.
An invitation to own the installation, for the guest on the page: {link}
Nothing is kept. Stop it with Ctrl-C."""


class PortTaken(Exception):
    """Something else listens where the page was to be served."""


class DemoClock:
    """The sandbox's clock, as the bot reads it."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """Give the sandbox's now."""
        return self._clock()


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: *url* is the page's, *chat_id* the working group's own chat."""

    url: str
    world: World
    clock: SandboxClock
    house: House
    example: Example
    chat_id: int
    owner_link: str


async def demo(*, port: int, say: Callable[[str], None] = print) -> None:
    """
    Run the demo until Ctrl-C, with data of its own that are gone afterwards; no setting of the environment is read.

    Raises:
        SystemExit: the port is taken.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in _STOPS:
        loop.add_signal_handler(each, stopped.set)
    log.configure("WARNING", "console", ())
    say("Loading the example group …")
    with tempfile.TemporaryDirectory(prefix="hamroh-demo-") as folder:
        try:
            async with opened(port=port, folder=Path(folder)) as shown:
                if not stopped.is_set():
                    say(_WELCOME.format(url=shown.url, day=f"{shown.clock():%A %d %B %Y}", link=shown.owner_link))
                await stopped.wait()
        except PortTaken:
            message = f"Port {port} is taken. Another one can be chosen: hamroh demo --port {port + 1}"
            raise SystemExit(message) from None
    say("The demo has stopped.")


@asynccontextmanager
async def opened(*, port: int, folder: Path, clock_runs: bool = True) -> AsyncIterator[Demo]:
    """
    Run messenger, page and bot while the context lasts; the bot's data are kept in *folder*.

    Raises:
        PortTaken: nothing was started.
    """
    clock = SandboxClock(STARTS_AT, running=clock_runs)
    world = World(clock=clock)
    account = world.add_bot(username="hamroh_bot", first_name="Hamroh")
    given = {
        "HAMROH_TOKEN": account.token,
        "HAMROH_DATA_DIR": str(folder),
        # The messenger is our own, and sets no limits that would have to be kept.
        "HAMROH_SEND_RATE": "0",
    }
    example = _load(Settings.read(given, None))
    app = application(world)
    add_page(app, _page_settings(example))
    try:
        served = await serve(world, port=port, app=app)
    except OSError:
        raise PortTaken from None
    settings = Settings.read({**given, "HAMROH_API_URL": served.url}, None)
    links: list[str] = []
    try:
        async with running(settings, clock=DemoClock(clock), announce=links.append) as house:
            _populate(world, example)
            chat = await _working_chat(world, account, example)
            yield Demo(
                url=served.url,
                world=world,
                clock=clock,
                house=house,
                example=example,
                chat_id=chat.id,
                owner_link=links[0],
            )
    finally:
        await served.close()


def _load(settings: Settings) -> Example:
    """Fill a fresh database with the example group and its past."""
    database = Database(settings.database_url)
    try:
        migrate(database)
        return database.once(lambda connection: example_group.load(UnitOfWork(connection, 0, STARTS_AT)))
    finally:
        database.close()


def _page_settings(example: Example) -> PageSettings:
    """Show the clock of each party, by the name of its city, and each phone in its party's zone."""
    zones = {party.code: party.time_zone for party in example.group.parties}
    return PageSettings(
        clocks={zone.rpartition("/")[2].replace("_", " "): zone for zone in zones.values()},
        zones={
            person.sandbox_user_id: person.time_zone or zones[person.party]
            for person, _ in example.people.values()
            if person.sandbox_user_id is not None
        },
    )


def _populate(world: World, example: Example) -> None:
    """Let everybody open the bot, and a guest stand by whom nobody has invited."""
    parties = {party.code: party.names.en for party in example.group.parties}
    for person, _ in example.people.values():
        if person.sandbox_user_id is None:
            continue
        language = person.language or "en"
        first, _, last = person.names.for_language(language).partition(" ")
        world.add_person(
            person.sandbox_user_id,
            first,
            last_name=last or None,
            username=person.handle,
            language_code=language,
            note=f"{_ROLES[person.role]} · {parties[person.party]}",
        )
        world.start(person.sandbox_user_id)
    world.add_person(GUEST_ID, "Guest", language_code="en", note="Not invited yet")


async def _working_chat(world: World, account: BotAccount, example: Example) -> Chat:
    """Let a secretary found the group's chat with the bot in it, and bind it by the button that the bot offers."""
    present = [person for person, _ in example.people.values() if person.role is not Role.OBSERVER]
    ids = [person.sandbox_user_id for person in present if person.sandbox_user_id is not None]
    secretary = next(person for person in present if person.role is Role.SECRETARY).sandbox_user_id
    names = example.group.names
    title = f"{names.for_language('fa')} · {names.for_language('tg')}"
    chat = world.create_group(secretary or ids[0], title, members=[account.id, *ids])

    def offered() -> Message | None:
        return next((message for message in world.visible(chat) if message.buttons), None)

    offer = await world.until(offered, within=_FIRST_ANSWERS_SECONDS)
    if offer is not None:
        world.press(secretary or ids[0], chat.id, offer.id, offer.buttons[0][0]["callback_data"])
        await world.until(lambda: offered() is None, within=_FIRST_ANSWERS_SECONDS)
    return chat
