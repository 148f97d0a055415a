"""The files of a group, its people and its past: what is wrong in them is named, all of it at once."""

import re

import pytest

from bot.domain.members import Role
from bot.files.group_file import read_group_file
from bot.files.history_file import read_history
from bot.files.members_file import read_members
from bot.files.refusals import FileRefused, Misfits
from tests.files.conftest import EXAMPLES

GROUP = (EXAMPLES / "working_group.toml").read_text("utf-8")
MEMBERS = (EXAMPLES / "members.csv").read_text("utf-8")
HISTORY = (EXAMPLES / "history.csv").read_text("utf-8")
PARTIES = ("IR", "TJ")


def _places(refused: pytest.ExceptionInfo[Misfits]) -> list[str]:
    return [misfit.place for misfit in refused.value.misfits]


def test_the_example_group_is_read() -> None:
    file = read_group_file(GROUP.encode())

    assert file.code == "IRTJ-MINING"
    assert [party.code for party in file.parties] == ["IR", "TJ"]
    assert [workstream.position for workstream in file.workstreams] == list(range(1, 12))
    assert file.workstreams[0].handles == {"IR": "shahsavarzadeh", "TJ": "ghayurov"}
    assert [rung.rung for rung in file.rules.reporting.rungs] == ["opens", "D-3", "D-1", "D", "D+1", "D+2", "D+3"]
    assert file.parties[0].weekend == {3, 4}


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ('code = "IRTJ-MINING"', "", "group.code"),
        ('code = "IRTJ-MINING"', 'code = "گروه"', "group.code"),
        ('time_zone = "Asia/Tehran"', 'time_zone = "Tehran"', "parties.1.time_zone"),
        ('weekend = ["saturday", "sunday"]', 'weekend = ["shanbe"]', "parties.2.weekend"),
        ("office_closes = 16:00:00", "office_closes = 07:00:00", "parties.1.office_closes"),
        ("office_opens = 08:00:00", 'office_opens = "08:00"', "parties.1.office_opens"),
        ("due_shared_working_day = 5", "due_shared_working_day = 0", "reporting.due_shared_working_day"),
        ("never_on_receivers_day_off = true", "never_on_receivers_day_off = 1", "reporting.never_on_receivers_day_off"),
        ('to = ["co_chairs"]', 'to = ["chairs"]', "reporting.reminders.7.to"),
        ("offset = -3", "offset = 300", "reporting.reminders.2.offset"),
        ('lead_party = "TJ"', 'lead_party = "UZ"', "workstreams.2.lead_party"),
        ('IR = "baharvand"', "IR = 7", "workstreams.2.members.IR"),
        ('IR = "baharvand"', 'UZ = "baharvand"', "workstreams.2.members.UZ"),
        ('code = "TRAIN"', 'code = "MINES"', "workstreams.2.code"),
        ("undo_minutes = 10", "undo_minuts = 10", "roadmap.undo_minuts"),
        ("formed_on = 2026-02-16", 'formed_on = "16 Feb"', "group.formed_on"),
    ],
)
def test_a_key_that_does_not_fit_is_named(before: str, after: str, place: str) -> None:
    assert before in GROUP

    with pytest.raises(Misfits) as refused:
        read_group_file(GROUP.replace(before, after, 1).encode())

    assert place in _places(refused)


def test_all_keys_that_do_not_fit_are_named_at_once() -> None:
    with pytest.raises(Misfits) as refused:
        read_group_file(b'[group]\ncode = "X"\n')

    assert {"parties", "workstreams", "reporting", "group.names"} <= set(_places(refused))


def test_a_file_that_is_not_toml_says_where_it_breaks() -> None:
    with pytest.raises(FileRefused) as refused:
        read_group_file(b"[group]\ncode = \n")

    assert "line 2" in str(refused.value.problem.values["where"])


def test_the_example_people_are_read_without_their_organisations() -> None:
    people = read_members(MEMBERS.encode(), parties=PARTIES)

    assert len(people) == 16
    assert [person.role for person in people].count(Role.SECRETARY) == 3
    assert people[3].names.en == "Narges Baharvand"
    away = {person.handle: person.absence.deputy for person in people if person.absence}
    assert away == {"golestanpour": "kavehpour", "hikmatzoda": "juraeva"}
    assert "Ministry" not in repr(people)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("azarnia,1001,IR,co-chair", "azarnia,1001,UZ,co-chair", "row 2, party"),
        ("azarnia,1001,IR,co-chair", "azarnia,1001,IR,boss", "row 2, role"),
        ("azarnia,1001,IR,co-chair", "بهروز,1001,IR,co-chair", "row 2, member"),
        ("azarnia,1001,IR,co-chair", "azarnia,x,IR,co-chair", "row 2, sandbox_user_id"),
        ("kavehpour,1002,IR", "azarnia,1002,IR", "row 3, member"),
        ("2026-11-27,juraeva", "2026-11-27,nobody", "row 14, deputy"),
        ("2026-11-27,juraeva", "2026-10-27,juraeva", "row 14, away_until"),
        ("2026-11-27,juraeva", ",juraeva", "row 14, away_until"),
        ("Asia/Tehran,21:00,07:30", "Asia/Tehran,25:00,07:30", "row 5, quiet_from"),
        ("Asia/Tehran,21:00,07:30", "Asia/Tehran,21:00,", "row 5, quiet_until"),
        ("Asia/Tehran,21:00,07:30", "Tehran,21:00,07:30", "row 5, time_zone"),
        ("fa,persian,latin", "fa,lunar,latin", "row 5, calendar"),
        ("fa,persian,latin", "ru,persian,latin", "row 5, language"),
    ],
)
def test_a_cell_about_a_person_that_does_not_fit_is_named(before: str, after: str, place: str) -> None:
    assert before in MEMBERS

    with pytest.raises(Misfits) as refused:
        read_members(MEMBERS.replace(before, after, 1).encode(), parties=PARTIES)

    assert place in _places(refused)


def test_a_person_needs_a_name_in_one_script_only_and_little_else() -> None:
    [person] = read_members("member;party;role;name_tg\nsitora;TJ;member;Ситора\n".encode(), parties=PARTIES)

    assert (person.language, person.quiet_hours, person.absence) == (None, None, None)
    with pytest.raises(Misfits):
        read_members(b"member,party,role\nsitora,TJ,member\n", parties=PARTIES)
    with pytest.raises(Misfits, match="name"):
        read_members(b"name,party\nsitora,TJ\n", parties=PARTIES)


def test_the_example_history_is_read_in_order() -> None:
    events = read_history(HISTORY.encode())

    assert len(events) == 235
    assert sum(event.kind == "progress" for event in events) == 150
    assert events == sorted(events, key=lambda event: event.at)
    first = next(event for event in events if event.kind == "raised")
    assert (first.subject, first.about, first.owners) == ("O-1", "M-12", {"IR": "farahmandi", "TJ": "ghayurov"})


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("2026-02-24T07:03:00Z", "2026-02-24T07:03:00", "row 2, at"),
        ("2026-02-24T07:03:00Z", "2026-12-24T07:03:00Z", "row 3, at"),
        (",progress,M-1,", ",moved,M-1,", "row 2, kind"),
        (",progress,M-1,", ",progress,X-1,", "row 2, subject"),
        ("0,10,not started,on track", "0,110,not started,on track", "row 2, percent_after"),
        ("0,10,not started,on track", "0,10,not started,raised", "row 2, state_after"),
    ],
)
def test_a_cell_of_the_past_that_does_not_fit_is_named(before: str, after: str, place: str) -> None:
    assert before in HISTORY

    with pytest.raises(Misfits) as refused:
        read_history(re.sub(re.escape(before), after, HISTORY, count=1).encode())

    assert place in _places(refused)
