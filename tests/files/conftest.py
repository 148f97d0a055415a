"""The example group as values: what the files of offices are read against."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.groups import Party, WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.readers import Reader
from bot.files.group_file import GroupFile, read_group_file
from bot.files.members_file import PersonInFile, read_members
from bot.files.roadmap_file import Outcome, Preview, RoadmapContext, RoadmapEntry
from bot.files.roadmap_reading import read_roadmap

EXAMPLES = Path(__file__).parents[2] / "bot" / "examples"
DATA = Path(__file__).parent / "data"
HEADING = "id,workstream,title,responsible,lead,counterpart,start,due,measurable_result,percent,state,evidence,reason"
TODAY = date(2026, 11, 23)


def _member(number: int, person: PersonInFile, party: Party, file: GroupFile) -> Member:
    return Member(
        id=100 + number,
        group_id=1,
        person_id=100 + number,
        party_id=party.id,
        handle=person.handle,
        role=person.role,
        names=person.names,
        reader=Reader(person.language or "en", "gregorian", "latin", party.time_zone),
        quiet_hours=file.rules.quiet_hours,
        joined_at=None,
    )


@pytest.fixture(scope="session")
def empty_roadmap() -> RoadmapContext:
    """Give the example group, all its people and no milestone, before adoption."""
    file = read_group_file((EXAMPLES / "working_group.toml").read_bytes())
    parties = tuple(replace(party, id=number, group_id=1) for number, party in enumerate(file.parties, start=1))
    by_code = {party.code: party for party in parties}
    people = read_members((EXAMPLES / "members.csv").read_bytes(), parties=tuple(by_code))
    members = [_member(number, person, by_code[person.party], file) for number, person in enumerate(people)]
    ids = {member.handle: member.id for member in members}
    workstreams = [
        Workstream(
            id=10 + workstream.position,
            group_id=1,
            code=workstream.code,
            names=workstream.names,
            position=workstream.position,
            lead_party_id=by_code[workstream.lead_party].id,
            people={by_code[code].id: ids[handle] for code, handle in workstream.handles.items()},
        )
        for workstream in file.workstreams
    ]
    group = WorkingGroup(1, file.code, file.names, file.rules, parties, file.formed_on, None)
    return RoadmapContext(group, workstreams, members, (), TODAY)


@pytest.fixture(scope="session")
def adopted(empty_roadmap: RoadmapContext) -> RoadmapContext:
    """Give the same group with its roadmap of 46 milestones, adopted."""
    preview = read_roadmap((EXAMPLES / "roadmap.csv").read_bytes(), empty_roadmap)
    group = replace(empty_roadmap.group, roadmap_adopted_on=date(2026, 4, 22))
    return replace(empty_roadmap, group=group, milestones=stored(preview))


def stored(preview: Preview) -> Sequence[Milestone]:
    """Give the milestones that an import of *preview* into an empty roadmap leaves behind."""
    entries = [verdict.entry for verdict in preview.verdicts if verdict.outcome is Outcome.ADD]
    return [_milestone(1000 + number, entry) for number, entry in enumerate(entries) if entry]


def _milestone(number: int, entry: RoadmapEntry) -> Milestone:
    return Milestone(
        id=number,
        group_id=1,
        number=entry.number or number,
        title=entry.title,
        language=entry.language,
        titles=entry.titles,
        workstream_id=entry.workstream_id,
        responsible_party_id=entry.responsible_party_id,
        lead_id=entry.lead_id,
        counterpart_id=entry.counterpart_id,
        start_on=entry.start_on,
        due_on=entry.due_on,
        baseline_start_on=entry.baseline_start_on,
        baseline_due_on=entry.baseline_due_on,
        added_on=entry.added_on,
        measurable_result=entry.measurable_result,
        state=entry.state,
        percent=entry.percent,
        moves=entry.moves,
        evidence=entry.evidence,
        reason=entry.reason,
        version=1,
        last_entry_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


@pytest.fixture
def preview(empty_roadmap: RoadmapContext) -> Callable[[str], Preview]:
    """Read a roadmap of a few typed lines under the usual heading."""

    def read(*lines: str) -> Preview:
        return read_roadmap("\n".join((HEADING, *lines)).encode(), empty_roadmap)

    return read
