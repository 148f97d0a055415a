"""The summary of a group in one message: twelve lines in each language, shortened by rule where it would not fit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape

from bot.domain.groups import WorkingGroup
from bot.domain.roadmap import Health, WorkstreamHealth
from bot.domain.summaries import Figures, ListedMilestone, Selection, Summary
from bot.i18n.catalogue import LANGUAGE_NAMES
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.audience import Audience, languages_of_mode
from bot.screens.forms import name_label
from bot.screens.lists import BETWEEN, obstacle_line, zones_for
from bot.screens.roadmap import health_mark
from bot.screens.screen import Button, Screen, keyboard

VIEW = "summary"
LIMIT_UNITS = 4096
_TAG = re.compile(r"<[^<>]*>")
_TROUBLED = (Health.OFF_TRACK, Health.AT_RISK)
_CALM = (Health.ON_TRACK, Health.NOT_STARTED, Health.DONE, Health.EMPTY)


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each list is said; *names* bounds the workstreams that are named for each health."""

    obstacles: int
    dates: int
    names: int


# Least important first to go: far due dates, then lesser obstacles, then the names of workstreams.
ROOMS = (
    Room(3, 3, 30),
    Room(3, 2, 12),
    Room(3, 1, 12),
    Room(2, 1, 12),
    Room(1, 1, 8),
    Room(1, 0, 8),
    Room(0, 0, 4),
    Room(0, 0, 0),
)


def summary(audience: Audience, found: Summary, *, may_write: bool, has_items: bool) -> Screen:
    """Show a summary; *has_items*: the reader is alone and may have items of their own."""
    text = ""
    for room in ROOMS:
        text = audience.stacked(partial(_page, found=found, room=room, may_write=may_write))
        if visible_units(text) <= LIMIT_UNITS:
            break
    code = found.selection.code
    my_items = Button(audience.label(lambda say: say.gettext("My items")), "my.show", audience.args(1))
    rows: list[list[Button | None]] = [
        [
            Button(audience.label(lambda say: say.gettext("Workstreams")), "sum.ws", audience.args(1)),
            Button(audience.label(lambda say: say.gettext("Obstacles")), "ob.list", audience.args(1)),
        ],
        [my_items if has_items else None],
        [Button(_language_label(found.group, mode), "sum.lang", (code, mode)) for mode in audience.others],
    ]
    if len(audience.readers) > 1:
        # Labels in two languages are long.
        rows[:1] = [[button] for button in rows[0]]
    return Screen(text, keyboard(audience.first, rows), view=(VIEW, *audience.args(code)))


def visible_units(html: str) -> int:
    """Count the UTF-16 units that a message has after parsing, as the messenger does."""
    return len(unescape(_TAG.sub("", html)).encode("utf-16-le")) // 2


def _language_label(group: WorkingGroup, mode: str) -> str:
    return BETWEEN.join(LANGUAGE_NAMES[language] for language in languages_of_mode(group, mode))


def _page(say: Speech, *, found: Summary, room: Room, may_write: bool) -> str:
    return say.page(_lines(say, found, room, may_write=may_write))


def _lines(say: Speech, found: Summary, room: Room, *, may_write: bool) -> Iterator[Html | str]:
    _ = say.gettext
    yield _heading(say, found)
    if found.is_empty:
        yield _("The roadmap is empty.")
        if may_write:
            yield _("Plan the first milestone: /newmilestone")
    else:
        yield from _healths(say, found.figures, room)
        yield Html(BETWEEN.join([_counts(say, found.figures), *_remarks(say, found.figures)]))
        yield from _obstacles(say, found, room)
        yield from _dates(say, found, room)
    yield _report(say, found)
    yield say.line(_("As of {moment}"), moment=say.shared_moment(found.now, zones_for(say, found.group)))


def _heading(say: Speech, found: Summary) -> Html:
    group = found.group.names.for_language(say.language)
    if found.selection == Selection():
        return say.line("<b>{group}</b>", group=group)
    return say.line("<b>{group}</b>: {selection}", group=group, selection=_selection_name(say, found))


def _selection_name(say: Speech, found: Summary) -> Phrase | str:
    selection = found.selection
    if selection.party_id is not None:
        return found.group.party(selection.party_id).names.for_language(say.language)
    [(workstream, _)] = found.figures.healths
    return workstream.names.for_language(say.language)


def _healths(say: Speech, figures: Figures, room: Room) -> Iterator[Html]:
    """Give one line of what needs care and one of what does not, with the codes of the workstreams."""
    for healths in (_TROUBLED, _CALM):
        named = [
            (health, [_with_slippage(say, item.code, its) for item, its in figures.healths if its.health is health])
            for health in healths
        ]
        said = [_health(say, health, codes, room) for health, codes in named if codes]
        if said:
            yield Html(BETWEEN.join(said))


def _with_slippage(say: Speech, code: str, its: WorkstreamHealth) -> str | Phrase:
    if its.slippage is None or its.slippage <= 0:
        return code
    # Translators: a workstream's code, and by how much it has slipped against the baseline.
    return Phrase(say.label(say.gettext("{code} (+{days})"), code=code, days=say.days(its.slippage)))


def _health(say: Speech, health: Health, codes: list[str | Phrase], room: Room) -> Html:
    mark = health_mark(say, health)
    shown, left = codes[: room.names], len(codes) - room.names
    if not shown:
        return say.line("{mark}: {count}", mark=mark, count=len(codes))
    names: Iterable[str | Phrase] = shown
    if left > 0:
        more = say.label(say.ngettext("{count} more", "{count} more", left), count=left)
        names = [*shown, Phrase(more)]
    return say.line("{mark} {count}: {names}", mark=mark, count=len(codes), names=say.listing(names))


def _counts(say: Speech, figures: Figures) -> Html:
    now, before = figures.counts.now, figures.counts.month_ago
    # Translators: figures beside those of a month ago; of milestones.
    text = say.gettext(
        "Done {done} (last month {done_before}), due this month {due} (last month {due_before}), "
        "overdue {overdue} (last month {overdue_before})"
    )
    return say.line(
        text,
        done=now.done,
        done_before=before.done,
        due=now.due_this_month,
        due_before=before.due_this_month,
        overdue=now.overdue,
        overdue_before=before.overdue,
    )


def _remarks(say: Speech, figures: Figures) -> Iterator[Html]:
    if figures.silent:
        yield say.line(say.gettext("Without news: {count}"), count=figures.silent)
    if figures.added:
        yield say.line(say.gettext("Added after adoption: {count}"), count=figures.added)


def _obstacles(say: Speech, found: Summary, room: Room) -> Iterator[Html]:
    if not found.worst:
        yield Html(say.gettext("No obstacles are open."))
    shown = found.worst[: room.obstacles]
    for aged in shown:
        yield obstacle_line(say, aged, found.group)
    left = found.figures.obstacles - len(shown)
    if left > 0 and len(shown) < len(found.worst):
        yield say.line(
            say.ngettext("… and {count} more open obstacle", "… and {count} more open obstacles", left), count=left
        )


def _dates(say: Speech, found: Summary, room: Room) -> Iterator[Html]:
    shown = found.next_due[: room.dates]
    for milestone in shown:
        yield _due(say, milestone, (milestone.due_on - found.today).days)
    coming = found.figures.open - found.figures.counts.now.overdue
    left = coming - len(shown)
    if left > 0 and len(shown) < len(found.next_due):
        yield say.line(
            say.ngettext("… and {count} more due date ahead", "… and {count} more due dates ahead", left), count=left
        )


def _due(say: Speech, milestone: ListedMilestone, left: int) -> Html:
    _ = say.gettext
    text = _("📅 {code} {title}: {day}, {days} left") if left else _("📅 {code} {title}: {day}, today")
    return say.line(
        text,
        code=milestone.code,
        title=milestone.title_for(say.language),
        day=say.shared_day(milestone.due_on),
        days=say.days(left),
    )


def _report(say: Speech, found: Summary) -> Html:
    _ = say.gettext
    report = found.report
    is_late = report.due_at <= found.now
    if report.owed and is_late:
        text = _("📝 Monthly report, {period}: it was due on {moment}; parts in: {count} of {owed}")
    elif report.owed:
        text = _("📝 Monthly report, {period}: due on {moment}; parts in: {count} of {owed}")
    else:
        text = _("📝 Monthly report, {period}: due on {moment}")
    return say.line(
        text,
        period=say.period(report.period, found.group.rules.reporting.calendar),
        moment=say.shared_moment(report.due_at, zones_for(say, found.group)),
        count=len(report.owed) - len(report.missing),
        owed=len(report.owed),
    )


def pointer(audience: Audience) -> Screen:
    """Point to the summary above, which this message replies to."""
    text = audience.stacked(
        lambda say: say.page([say.gettext("The summary is in this message, less than a minute old.")])
    )
    return Screen(text)


def choices(audience: Audience, word: str, candidates: Iterable[tuple[Selection, str]], *, is_guess: bool) -> Screen:
    """Ask which workstream or party was meant, by buttons with their codes; *is_guess*: several fit the word."""

    def write(say: Speech) -> str:
        if is_guess:
            text = say.gettext("{word} fits several workstreams or parties. Please choose one.")
        else:
            text = say.gettext("No workstream or party is called {word}. Please choose one.")
        return say.page([say.line(text, word=say.quote(word))])

    first = speech(audience.first)
    buttons = [
        Button(name_label(first, code), "sum.show", audience.args(selection.code)) for selection, code in candidates
    ]
    rows = [buttons[start : start + 4] for start in range(0, len(buttons), 4)]
    return Screen(audience.stacked(write), keyboard(audience.first, rows))
