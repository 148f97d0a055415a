"""Whatever the messenger does while people work: each message counts once, is answered, and nobody lends a hand."""

from pathlib import Path

import pytest

from bot.services.example_group import Example
from tests.faults.company import HASTY, HEALS_WITHIN, QUICK, company
from tests.faults.troubles import SECOND, SILENT, TROUBLES


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in SECOND else ()) for name in TROUBLES]
)
async def test_people_work_on_through_it(name: str, example: tuple[Path, Example], tmp_path: Path) -> None:
    async with company(example, tmp_path, patience=HASTY if name in SILENT else QUICK) as people:
        async with TROUBLES[name](people.world, people.bot) as felt:
            people.everyone_presses()
            people.everyone_writes()
            await people.world.until(felt.is_felt, within=HEALS_WITHIN)
            people.everyone_writes()
        people.everyone_writes()
        await people.all_answered()

        people.check(doubled=felt.unanswered())
