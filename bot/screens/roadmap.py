"""The roadmap as people see it: milestones workstream by workstream, and the words for health."""

from collections.abc import Iterator

from bot.domain.groups import Workstream
from bot.domain.milestones import MilestoneState
from bot.domain.roadmap import Health
from bot.domain.roadmap_filters import EVERYTHING, Standing
from bot.domain.summaries import RoadmapPage
from bot.i18n.speech import Html, Phrase, Speech
from bot.screens.audience import Audience
from bot.screens.lists import Rows, heading, milestone_buttons, milestone_lines, to_summary, turning
from bot.screens.milestones import STATE_ICONS, state_word
from bot.screens.screen import Button, Screen, keyboard

ROADMAP_VIEW = "roadmap"
_EMPTY_ICON = "▫️"


def health_mark(say: Speech, health: Health) -> Phrase:
    """Give a health as icon and word; both are those of the milestones' states."""
    if health is Health.EMPTY:
        word = say.gettext("no milestones")
        return Phrase(f"{_EMPTY_ICON} {word}")
    state = MilestoneState(health.value)
    return Phrase(f"{STATE_ICONS[state]} {state_word(say, state)}")


def roadmap(audience: Audience, found: RoadmapPage, *, may_write: bool, may_export: bool = False) -> Screen:
    """Show a page of milestones; each has a button that opens its card."""
    chosen = found.chosen

    def lines(say: Speech) -> Iterator[Html | str]:
        _ = say.gettext
        yield from _head(say, found)
        last = chosen.workstream_id
        for milestone in found.milestones:
            if milestone.workstream_id != last and milestone.workstream_id in found.workstreams:
                yield _workstream(say, found, found.workstreams[milestone.workstream_id])
            last = milestone.workstream_id
            yield from milestone_lines(say, milestone, found.group, today=found.today)
        if not found.milestones and chosen != EVERYTHING:
            yield _("No milestone is like this.")
        elif not found.milestones:
            yield _("There are no milestones yet.")
            if may_write:
                yield _("Plan the first milestone: /newmilestone")

    rows: Rows = [
        milestone_buttons(found.milestones),
        turning(audience, found.page, "rm.show", chosen.code),
        [Button(audience.label(lambda say: say.gettext("Filter")), "rm.filter", audience.args(1, chosen.code))],
        [Button(audience.label(lambda say: say.gettext("Adopt the roadmap")), "ad.show") if found.may_adopt else None],
        [
            Button(audience.label(lambda say: say.gettext("Workstreams")), "sum.ws", audience.args(1)),
            to_summary(audience),
        ],
    ]
    if len(audience.readers) > 1:
        # Labels in two languages are long.
        rows[-1:] = [[button] for button in rows[-1]]
    if may_export:
        rows.append([Button(audience.label(lambda say: say.gettext("Roadmap as a file")), "ex.ask")])
    text = audience.stacked(lambda say: say.page(lines(say)))
    view = (ROADMAP_VIEW, *audience.args(found.page.number, chosen.code))
    return Screen(text, keyboard(audience.first, rows), view=view)


def _head(say: Speech, found: RoadmapPage) -> Iterator[Html | str]:
    """Say what the page is of: the heading, how that fares, and the filter."""
    _, chosen = say.gettext, found.chosen
    if chosen.workstream_id is None:
        yield heading(say, _("Roadmap"), found.page)
        if chosen == EVERYTHING and found.group.roadmap_adopted_on is not None:
            yield say.line(_("Adopted on {day}"), day=say.shared_day(found.group.roadmap_adopted_on))
    else:
        only = found.workstreams[chosen.workstream_id]
        yield heading(say, say.label("{name}", name=_name(say, only)), found.page)
        if only.id in found.healths:
            yield say.line("{mark}", mark=health_mark(say, found.healths[only.id]))
    if parts := list(filter_words(say, found)):
        yield say.line(_("Shown: {filters}"), filters=say.enumeration(parts))
    for word in found.left_out:
        yield say.line(_("{word} names no workstream, party or status, and was left out."), word=say.quote(word))


def filter_words(say: Speech, found: RoadmapPage) -> Iterator[Phrase]:
    """Name what a filter asks for, but for the workstream, which is the heading."""
    chosen = found.chosen
    if chosen.standing is not Standing.ALL:
        yield Phrase(standing_word(say, chosen.standing))
    if chosen.party_id is not None:
        party = found.group.party(chosen.party_id)
        yield Phrase(say.label("{name}", name=party.names.for_language(say.language)))
    if chosen.member_id is not None:
        member = found.owner
        name = member.name_for(say.language) if member else ""
        yield Phrase(say.label(say.gettext("items of {name}"), name=name))


def standing_word(say: Speech, standing: Standing) -> str:
    """Give the word for how the work stands."""
    words = {
        Standing.ALL: say.pgettext("milestones", "all"),
        Standing.OPEN: say.pgettext("milestones", "open"),
        Standing.OVERDUE: say.pgettext("milestones", "overdue"),
        Standing.AT_RISK: say.pgettext("milestones", "at risk or off track"),
        Standing.DONE: say.pgettext("milestones", "done"),
    }
    return words[standing]


def _workstream(say: Speech, found: RoadmapPage, workstream: Workstream) -> Html:
    """Name a workstream with its health; a closed one has none."""
    name = _name(say, workstream)
    if workstream.id not in found.healths:
        return say.line("<i>{name}</i>", name=name)
    return say.line("<i>{name}</i>: {mark}", name=name, mark=health_mark(say, found.healths[workstream.id]))


def _name(say: Speech, workstream: Workstream) -> str:
    return workstream.names.for_language(say.language)
