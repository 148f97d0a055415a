"""Two working groups with people of both sides, and a running bot in the sandbox."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.domain.groups import GroupRules, Party, ReportingRules
from bot.domain.members import Names, Role
from bot.domain.readers import Language
from bot.services import invitations
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork
from tests.databases import fresh
from tests.houses import open_stage
from tests.people import Stage, Visitor

JOINED_AT = datetime(2026, 2, 16, tzinfo=UTC)
NAMES = Names(fa="کارگروه معدن", tg="Гурӯҳи кории маъдан", en="Mining Working Group")
OTHER_NAMES = Names(fa="کارگروه آب", tg="Гурӯҳи кории об", en="Water Working Group")
RULES = GroupRules(
    reporting=ReportingRules(
        calendar="gregorian",
        due_shared_working_day=5,
        due_time=time(15),
        due_time_zone="Asia/Tehran",
        reminder_time=time(9, 30),
        never_on_receivers_day_off=True,
        rungs=(),
    )
)

# user id, handle, group, party, role, language
PEOPLE: tuple[tuple[int, str, str, str, Role, Language], ...] = (
    (1002, "mina", "MINING", "IR", Role.SECRETARY, "fa"),
    (1003, "ramin", "MINING", "IR", Role.MEMBER, "en"),
    (2002, "zarina", "MINING", "TJ", Role.SECRETARY, "en"),
    (2003, "daler", "MINING", "TJ", Role.MEMBER, "tg"),
    (2009, "nozir", "MINING", "TJ", Role.OBSERVER, "en"),
    (3001, "sino", "WATER", "TJ", Role.SECRETARY, "en"),
)
STRANGER = 9009


def party_of(group_id: int, code: str) -> Party:
    is_iran = code == "IR"
    return Party(
        id=0,
        group_id=group_id,
        code=code,
        names=Names(fa="ایران", tg="Эрон", en="Iran")
        if is_iran
        else Names(fa="تاجیکستان", tg="Тоҷикистон", en="Tajikistan"),
        ministry=Names(en="Ministry"),
        time_zone="Asia/Tehran" if is_iran else "Asia/Dushanbe",
        calendar="persian" if is_iran else "gregorian",
        weekend=frozenset({3, 4} if is_iran else {5, 6}),
        holidays_country=code,
        office_opens=time(8),
        office_closes=time(16),
        default_language="fa" if is_iran else "tg",
    )


def found(uow: UnitOfWork, code: str, names: Names) -> tuple[int, dict[str, int]]:
    group_id = uow.groups.add(
        code=code, names=names, rules=RULES, formed_on=None, roadmap_adopted_on=None, now=JOINED_AT
    )
    parties = {
        party: uow.groups.add_party(party_of(group_id, party), position) for position, party in enumerate(("IR", "TJ"))
    }
    return group_id, parties


def populate(uow: UnitOfWork) -> None:
    groups = {"MINING": found(uow, "MINING", NAMES), "WATER": found(uow, "WATER", OTHER_NAMES)}
    for user_id, handle, group, party, role, language in PEOPLE:
        group_id, parties = groups[group]
        person_id = uow.members.add_person(user_id=user_id, names=Names(en=handle.capitalize()), language=language)
        uow.members.change_person(person_id, language_chosen=True, group_id=group_id)
        uow.members.add(
            group_id=group_id,
            person_id=person_id,
            party_id=parties[party],
            handle=handle,
            role=role,
            joined_at=JOINED_AT,
        )


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "hamroh.db"
    database = Database(fresh(path))
    migrate(database)

    def fill(connection: Connection) -> None:
        uow = UnitOfWork(connection, 1, JOINED_AT)
        populate(uow)

    database.once(fill)
    database.close()
    return path


@pytest.fixture
async def stage(tmp_path: Path, template: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, template=template) as stage:
        for user_id, handle, *_, language in PEOPLE:
            stage.world.add_person(user_id, handle.capitalize(), language_code=language)
            stage.people[handle] = Visitor(stage, user_id, handle=handle)
        stage.world.add_person(STRANGER, "Nobody", language_code="ru")
        yield stage


@pytest.fixture
async def mina(stage: Stage) -> Visitor:
    return await arrived(stage, "mina")


@pytest.fixture
async def ramin(stage: Stage) -> Visitor:
    return await arrived(stage, "ramin")


@pytest.fixture
async def zarina(stage: Stage) -> Visitor:
    return await arrived(stage, "zarina")


@pytest.fixture
async def daler(stage: Stage) -> Visitor:
    return await arrived(stage, "daler")


@pytest.fixture
async def nozir(stage: Stage) -> Visitor:
    return await arrived(stage, "nozir")


@pytest.fixture
def stranger(stage: Stage) -> Visitor:
    return stage.visitor(STRANGER)


async def arrived(stage: Stage, handle: str) -> Visitor:
    visitor = stage.people[handle]
    await visitor.opens()
    return visitor


def unit(stage: Stage, connection: Connection) -> UnitOfWork:
    return UnitOfWork(connection, stage.house.account.id, stage.clock())


def invitation(stage: Stage, *, role: Role = Role.MEMBER, party: str = "TJ", made_by: int | None = None) -> str:
    """Give the code of a fresh invitation to the mining group."""

    def make(connection: Connection) -> str:
        uow = unit(stage, connection)
        group = uow.groups.find("MINING")
        assert group is not None
        party_id = next(one.id for one in group.parties if one.code == party)
        maker = uow.members.person(made_by) if made_by else None
        return invitations.invite(
            uow, group_id=group.id, party_id=party_id, role=role, made_by_id=maker.id if maker else None
        )

    return stage.house.database.once(make)
