"""Two minutes of steady load on four processes, one of which is killed every twenty seconds."""

import sys
from pathlib import Path

import pytest

from tests.databases import Kind
from tests.faults.soaking import IN_FLIGHT, Soak


@pytest.mark.long
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_nothing_is_lost_and_no_effect_is_doubled(
    kind: Kind, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # What two cores carry on a slow day, so that it is the load and not its backlog that is met.
    soak = Soak(kind=kind, folder=tmp_path, people=40, rate=50, kill_every=20)

    soaked = await soak.run(120)

    with capsys.disabled():
        sys.stdout.write(f"\n{soaked}\n")
    assert soaked.kills >= 4
    assert (soaked.lost, soaked.done_twice) == (0, 0)
    assert soaked.arrived_twice <= soaked.kills * IN_FLIGHT
