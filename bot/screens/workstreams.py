"""Workstreams as people see them: the list with how each fares, and what a secretary has made of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.readers import Reader
from bot.domain.roadmap import WorkstreamHealth
from bot.domain.summaries import WorkstreamPage
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.audience import Audience
from bot.screens.lists import BETWEEN, Rows, heading, to_summary, turning
from bot.screens.milestones import person_of_party
from bot.screens.roadmap import health_mark
from bot.screens.screen import Button, Screen, keyboard

LIST_VIEW = "workstreams"
_CLOSED_ICON = "🔒"

Duty = Literal["lead", "counterpart", "none"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A workstream as it is after a change, with the members of its group."""

    group: WorkingGroup
    workstream: Workstream
    people: Mapping[int, Member]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What *by* has made of a workstream, for one of its people: their *duty* now or, without one, open or closed."""

    workstream: Workstream
    by: Member
    duty: Duty | None


# The list


def workstreams(audience: Audience, found: WorkstreamPage) -> Screen:
    """Show a page of workstreams; each has a button that opens its milestones, and another that edits it."""

    def lines(say: Speech) -> Iterator[Html | str]:
        yield heading(say, say.gettext("Workstreams"), found.page)
        for workstream, its in found.workstreams:
            yield from _listed(say, workstream, its, found)
        if not found.workstreams:
            yield say.gettext("There are no workstreams yet.")

    opening: list[Button | None] = [
        Button(workstream.code, "rm.show", audience.args(1, workstream.id)) for workstream, _ in found.workstreams
    ]
    editing: Rows = []
    if found.may_edit:
        say = speech(audience.first)
        pens: list[Button | None] = [
            Button(f"✏️ {workstream.code}", "ws.edit", (workstream.id,)) for workstream, _ in found.workstreams
        ]
        editing = [pens[:3], pens[3:], [Button(say.gettext("New workstream"), "ws.new")]]
    # Codes of five workstreams are too long for one row of a phone.
    rows: Rows = [opening[:3], opening[3:], *editing, turning(audience, found.page, "sum.ws"), [to_summary(audience)]]
    text = audience.stacked(lambda say: say.page(lines(say)))
    view = (LIST_VIEW, *audience.args(found.page.number))
    return Screen(text, keyboard(audience.first, rows), view=view)


def _listed(
    say: Speech, workstream: Workstream, its: WorkstreamHealth | None, found: WorkstreamPage
) -> Iterator[Html | str]:
    _ = say.gettext
    name = workstream.names.for_language(say.language)
    if its is None:
        text = _("{icon} closed: {code} {name}")
        yield say.line(text, icon=Phrase(_CLOSED_ICON), code=workstream.code, name=name)
        return
    text = _(
        "{mark}: {code} {name}; milestones open {open}, done {done}, overdue {overdue}; open obstacles {obstacles}"
    )
    yield say.line(
        text,
        mark=health_mark(say, its.health),
        code=workstream.code,
        name=name,
        open=its.open,
        done=its.done,
        overdue=its.overdue,
        obstacles=its.obstacles,
    )
    remarks = list(_remarks(say, its))
    if remarks:
        yield Html(BETWEEN.join(remarks))
    yield Html(BETWEEN.join(_people(say, workstream, found.people, found.group)))


def _remarks(say: Speech, its: WorkstreamHealth) -> Iterator[Html]:
    if its.slippage is not None and its.slippage > 0:
        yield say.line(say.gettext("Slippage against the baseline: {days}"), days=say.days(its.slippage))
    if its.silent:
        yield say.line(say.gettext("Without news: {count}"), count=its.silent)
    if its.added:
        yield say.line(say.gettext("Added after adoption: {count}"), count=its.added)


def _people(say: Speech, workstream: Workstream, people: Mapping[int, Member], group: WorkingGroup) -> Iterator[Html]:
    _ = say.gettext
    lead = people.get(workstream.lead_id or 0)
    yield (
        say.line(_("Lead: {person}"), person=person_of_party(say, lead, group)) if lead else Html(_("Lead: nobody yet"))
    )
    for party in group.parties:
        if party.id == workstream.lead_party_id:
            continue
        other = people.get(workstream.person_of(party.id) or 0)
        if other is None:
            yield Html(_("Counterpart: nobody yet"))
        else:
            yield say.line(_("Counterpart: {person}"), person=person_of_party(say, other, group))


# What became of it


def saved(reader: Reader, result: Changed, *, draft_id: int) -> Screen:
    """Say what the workstream is from now on, and offer to undo it."""
    say = speech(reader)
    rows: Rows = [[Button(say.gettext("Undo"), "ws.undo", (draft_id,))], _onwards(say)]
    return Screen(say.page([say.gettext("Saved."), *_as_it_is(say, result)]), keyboard(reader, rows))


def undone(reader: Reader, result: Changed | None) -> Screen:
    """Say that the workstream is what it was; None: that it is gone again."""
    say = speech(reader)
    if result is None:
        lines: list[str | None] = [say.gettext("Undone: there is no such workstream any more.")]
    else:
        lines = [say.gettext("Undone. The earlier state is back."), *_as_it_is(say, result)]
    return Screen(say.page(lines), keyboard(reader, [_onwards(say)]))


def closed(reader: Reader, result: Changed) -> Screen:
    """Say that a workstream is closed, what that means, and offer to undo it."""
    say = speech(reader)
    lines = [
        _standing(say, result.workstream),
        say.gettext(
            "Its milestones and their history stay readable; new ones cannot be added to it, and no part of the "
            "monthly report is expected for it."
        ),
    ]
    rows: Rows = [[Button(say.gettext("Undo"), "ws.open", (result.workstream.id,))], _onwards(say)]
    return Screen(say.page(lines), keyboard(reader, rows))


def reopened(reader: Reader, result: Changed) -> Screen:
    """Say that a workstream is open again."""
    say = speech(reader)
    return Screen(
        say.page([_standing(say, result.workstream), *_as_it_is(say, result)]), keyboard(reader, [_onwards(say)])
    )


def _standing(say: Speech, workstream: Workstream) -> Html:
    _ = say.gettext
    text = _("The workstream {name} is open again.") if workstream.is_open else _("The workstream {name} is closed.")
    return say.line(text, name=say.quote(workstream.names.for_language(say.language)))


def _as_it_is(say: Speech, result: Changed) -> Iterator[Html]:
    name = result.workstream.names.for_language(say.language)
    yield say.line("<b>{code}</b> {name}", code=result.workstream.code, name=name)
    yield from _people(say, result.workstream, result.people, result.group)


def _onwards(say: Speech) -> list[Button | None]:
    return [Button(say.gettext("Workstreams"), "sum.ws", (1,))]


def told(reader: Reader, about: Told) -> Screen:
    """Tell a person what a secretary has made of their workstream."""
    say = speech(reader)
    _ = say.gettext
    sentences = {
        "lead": _("{by} has named you lead of the workstream {name}."),
        "counterpart": _("{by} has named you counterpart for the workstream {name}."),
        "none": _("{by} has handed over the workstream {name}; you no longer answer for it."),
    }
    if about.duty is not None:
        text = sentences[about.duty]
    elif about.workstream.is_open:
        text = _("{by} has opened the workstream {name} again.")
    else:
        text = _("{by} has closed the workstream {name}. No part of the monthly report is expected for it any more.")
    name = say.quote(about.workstream.names.for_language(say.language))
    rows: Rows = [_onwards(say)]
    return Screen(say.page([say.line(text, by=about.by.name_for(say.language), name=name)]), keyboard(reader, rows))
