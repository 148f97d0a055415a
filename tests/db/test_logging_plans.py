"""The statements behind milestones, progress and obstacles use their indexes."""

from pathlib import Path
from typing import Any

import pytest

from tests.db.test_query_plans import plan

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda uow: uow.milestones.open_of_group(1), "ix_milestones_open"),
        (lambda uow: uow.milestones.open_of_member(1, 2), "ix_milestones_open"),
        (lambda uow: uow.milestones.find(1, 12), "group_id=? AND number=?"),
        (lambda uow: uow.progress.latest(1), "ix_progress_milestone"),
        (lambda uow: uow.progress.last_milestone_of(1, 2), "ix_progress_group_at"),
        (lambda uow: uow.obstacles.open_of_group(1), "ix_obstacles_open"),
        (lambda uow: uow.obstacles.open_on_milestone(1), "ix_obstacles_milestone"),
    ],
    ids=[
        "open of group",
        "open of member",
        "by number",
        "latest entry",
        "last logged on",
        "open obstacles",
        "on milestone",
    ],
)
def test_a_look_up_uses_its_index(tmp_path: Path, ask: Any, index: str) -> None:
    plans = plan(tmp_path, ask)

    assert any(index in step for step in plans), plans
