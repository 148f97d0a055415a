"""Workstreams: codes, order, required names, and two secretaries who edit one at once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.groups import Workstream
from bot.domain.members import Names
from bot.domain.workstreams import (
    LastWorkstream,
    NotACode,
    WorkstreamForm,
    WorkstreamInUse,
    check_may_close,
    checked_code,
    form_for,
    placed,
    proposed_code,
    rebased,
)

WATER = Workstream(3, 1, "WATER", Names("آب", "Об", "Water"), 3, lead_party_id=1, people={1: 11, 2: 21})
OTHER = Workstream(4, 1, "STEEL", Names("فولاد", "Пӯлод"), 4, lead_party_id=2)


@pytest.mark.parametrize(("typed", "code"), [(" water ", "WATER"), ("w2_a-b", "W2_A-B"), ("A" * 12, "A" * 12)])
def test_a_code_is_kept_in_capitals(typed: str, code: str) -> None:
    assert checked_code(typed) == code


@pytest.mark.parametrize("typed", ["", "2W", "آب", "ОБ", "A B", "A" * 13, "A:B"])
def test_what_cannot_be_a_code_is_refused(typed: str) -> None:
    with pytest.raises(NotACode):
        checked_code(typed)


@given(st.text(max_size=40), st.sets(st.sampled_from(["WATER", "W1", "W2", "W3"])))
def test_a_proposed_code_is_always_a_free_code(name: str, taken: set[str]) -> None:
    code = proposed_code(name, taken)

    assert checked_code(code) == code
    assert code not in taken


def test_a_proposed_code_is_a_word_of_the_english_name() -> None:
    assert proposed_code("Water and energy", ["WATER"]) == "AND"
    assert proposed_code("Water and energy", []) == "WATER"


@given(st.lists(st.integers(1, 9), unique=True, min_size=1), st.integers(-3, 12), st.data())
def test_an_order_keeps_everybody_once_and_the_others_among_themselves(
    ids: list[int], place: int, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(ids))

    after = placed(ids, one, place)

    assert sorted(after) == sorted(ids)
    assert [other for other in after if other != one] == [other for other in ids if other != one]
    assert after.index(one) == min(max(place, 1), len(ids)) - 1


def test_a_workstream_with_open_work_is_not_closed_and_names_it() -> None:
    with pytest.raises(WorkstreamInUse) as refused:
        check_may_close(WATER, others=[WATER, OTHER], milestones=[3, 9], obstacles=[2])

    assert (refused.value.milestones, refused.value.obstacles) == ((3, 9), (2,))


def test_the_last_open_workstream_stays_open() -> None:
    with pytest.raises(LastWorkstream):
        check_may_close(WATER, others=[WATER], milestones=[], obstacles=[])
    check_may_close(WATER, others=[WATER, OTHER], milestones=[], obstacles=[])


def test_a_form_comes_back_from_its_draft() -> None:
    form = replace(form_for(WATER, 2), step="fa", page=1, place=1)

    assert WorkstreamForm.of(form.fields()) == form


def test_what_two_secretaries_change_of_one_workstream_is_laid_together() -> None:
    opened = form_for(WATER, 2)
    mine = replace(opened, names=replace(WATER.names, fa="آب و انرژی"), people={1: 11})
    theirs = form_for(replace(WATER, names=replace(WATER.names, tg="Обу энергия"), people={1: 12, 2: 21}), 1)

    merged = rebased(mine, theirs)

    assert merged.names == Names("آب و انرژی", "Обу энергия", "Water")
    assert merged.people == {1: 12}
    assert merged.place == 1
    assert merged.seen == theirs.content()


@given(st.sampled_from([0, 11, 12]), st.sampled_from([0, 21, 22]), st.integers(1, 4))
def test_a_form_that_nobody_changed_shows_what_others_have_made(first: int, second: int, place: int) -> None:
    people = {party: member for party, member in ((1, first), (2, second)) if member}
    theirs = form_for(replace(WATER, people=people), place)

    assert rebased(form_for(WATER, 2), theirs).content() == theirs.content()
