"""The monthly reminder as its receiver reads it, the question for a line, and what became of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.periods import Period
from bot.domain.readers import Reader
from bot.domain.report_parts import Part
from bot.domain.working_days import Wait
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.screen import Button, Screen, keyboard
from bot.screens.waits import wait

VIEW = "reminder"
MOST_PEOPLE = 15


@dataclass(frozen=True, slots=True)
class Said:
    """
    What a reminder is about. *number* is our own, for its buttons; *report_due_at* and *now* are UTC.

    *distance* lies between today and the day on which the report is due, whichever comes first.

    *own* and *stood_in* are the parts that its reader answers, *others* those that it only names.
    """

    number: int
    period: Period
    report_due_at: datetime
    now: datetime
    distance: Wait
    own: tuple[Part, ...]
    stood_in: tuple[Part, ...]
    others: tuple[Part, ...]
    group: WorkingGroup
    members: Mapping[int, Member]
    workstreams: Mapping[int, Workstream]
    may_wait_today: bool
    may_wait_until_tomorrow: bool


def reminder(reader: Reader, said: Said) -> Screen:
    """Name what is missing and the time left, with the buttons that answer at once; or say that nothing is."""
    if not said.own and not said.stood_in and not said.others:
        return settled(reader, said)
    say = speech(reader)
    lines = [_heading(say, said), *_missing(say, said), *_time(say, said)]
    return Screen(say.page(lines), rows=_buttons(reader, said), view=(VIEW, said.number))


def put_off(reader: Reader, said: Said, until: datetime) -> Screen:
    """Say when the reminder comes back; it can still be answered now."""
    say = speech(reader)
    text = say.line(say.gettext("The next reminder comes on {moment}."), moment=say.moment(until, weekday=True))
    lines = [_heading(say, said), *_missing(say, said), text]
    return Screen(say.page(lines), rows=_buttons(reader, said), view=(VIEW, said.number))


def settled(reader: Reader, said: Said) -> Screen:
    """Say that nothing of the reader's is missing any more."""
    say = speech(reader)
    _ = say.gettext
    lines = [_heading(say, said), _("Saved. Thank you."), _("Nothing of yours is missing in this report.")]
    return Screen(say.page(lines), view=(VIEW, said.number))


def question(reader: Reader, said: Said, part: Part, *, draft_id: int, left: int) -> Screen:
    """Ask for one line on a workstream; *left* counts the parts that are asked about after it."""
    say = speech(reader)
    _ = say.gettext
    more = say.ngettext("After this, {count} more part.", "After this, {count} more parts.", left) if left else None
    lines = [
        _heading(say, said),
        _for_whom(say, said, part),
        say.line(
            _("{workstream}: what happened in this period? One line is enough."), workstream=_name(say, said, part)
        ),
        say.line(more, count=left) if more else None,
    ]
    rows = [
        [Button(_("Nothing to report"), act="rp.empty", args=(draft_id, part.member_id, part.workstream_id))],
        [Button(_("Cancel"), act="rp.cancel", args=(draft_id,))],
    ]
    return Screen(say.page(lines), rows=keyboard(reader, rows))


def answered(reader: Reader, said: Said, answers: Iterable[tuple[Part, str]]) -> Screen:
    """Confirm what was kept: the words, or that there was nothing to report."""
    say = speech(reader)
    _ = say.gettext
    lines = [_heading(say, said)]
    for part, words in answers:
        kept = say.quote(words) if words else _("nothing to report")
        lines.append(say.line("{workstream}: {kept}", workstream=_name(say, said, part), kept=Phrase(kept)))
    lines.append(Html(_("Saved. Thank you.")))
    return Screen(say.page(lines))


def _heading(say: Speech, said: Said) -> Html:
    period = say.period(said.period, said.group.rules.reporting.calendar)
    return say.line(say.gettext("<b>Monthly report: {period}</b>"), period=period)


def _missing(say: Speech, said: Said) -> Iterator[Html]:
    _ = say.gettext
    if said.own:
        text = _("Your part of the monthly report is still missing: {names}.")
        yield say.line(text, names=_names(say, said, said.own))
    for member, parts in _by_member(said, said.stood_in):
        text = _("You stand in for {name}. Still missing: {names}.")
        yield say.line(text, name=member.name_for(say.language), names=_names(say, said, parts))
    if not said.others:
        return
    yield Html(_("Parts that others have not sent:"))
    people = list(_by_member(said, said.others))
    for member, parts in people[:MOST_PEOPLE]:
        text = _("• {name}: {names}") if member.has_joined else _("• {name} (has not joined yet): {names}")
        yield say.line(text, name=member.name_for(say.language), names=_names(say, said, parts))
    if (left := len(people) - MOST_PEOPLE) > 0:
        yield say.line(say.ngettext("… and {count} more person", "… and {count} more people", left), count=left)


def _time(say: Speech, said: Said) -> Iterator[Html]:
    _ = say.gettext
    zones = sorted(said.group.time_zones, key=lambda zone: zone != say.reader.time_zone)
    moment = say.shared_moment(said.report_due_at, zones)
    if said.now < said.report_due_at:
        days = said.distance.calendar_days
        left = wait(say, said.distance) if days else say.duration(said.report_due_at - said.now)
        yield say.line(_("Time left: {time_left}."), time_left=left)
        yield say.line(_("The report is due on {moment}."), moment=moment)
    else:
        yield say.line(_("The report was due on {moment}."), moment=moment)
        if said.distance.calendar_days:
            yield say.line(_("It is late by {wait}."), wait=wait(say, said.distance))


def _buttons(reader: Reader, said: Said) -> tuple[tuple[Button, ...], ...]:
    if not said.own and not said.stood_in:
        return ()
    _ = speech(reader).gettext
    number = (said.number,)
    later = Button(_("Later today"), act="rp.later", args=number) if said.may_wait_today else None
    tomorrow = Button(_("Tomorrow"), act="rp.tomorrow", args=number) if said.may_wait_until_tomorrow else None
    return keyboard(
        reader,
        [
            [Button(_("Write now"), act="rp.write", args=number)],
            [Button(_("Nothing to report"), act="rp.none", args=number)],
            [later, tomorrow],
        ],
    )


def _for_whom(say: Speech, said: Said, part: Part) -> Html | None:
    if part not in said.stood_in:
        return None
    name = said.members[part.member_id].name_for(say.language)
    return say.line(say.gettext("You stand in for {name}."), name=name)


def _by_member(said: Said, parts: Iterable[Part]) -> Iterator[tuple[Member, list[Part]]]:
    known = (part for part in parts if part.member_id in said.members)
    ordered = sorted(known, key=lambda part: (said.members[part.member_id].party_id, part.member_id))
    for member_id, found in groupby(ordered, key=lambda part: part.member_id):
        yield said.members[member_id], list(found)


def _names(say: Speech, said: Said, parts: Iterable[Part]) -> Phrase | Html:
    return say.listing(_name(say, said, part) for part in parts)


def _name(say: Speech, said: Said, part: Part) -> str:
    workstream = said.workstreams.get(part.workstream_id)
    return workstream.names.for_language(say.language) if workstream else ""
