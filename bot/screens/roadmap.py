"""Pages of the roadmap: workstreams with their health, and milestones workstream by workstream."""

from collections.abc import Iterator

from bot.domain.groups import Workstream
from bot.domain.milestones import MilestoneState
from bot.domain.roadmap import Health, WorkstreamHealth
from bot.domain.summaries import RoadmapPage, WorkstreamPage
from bot.i18n.speech import Html, Phrase, Speech
from bot.screens.audience import Audience
from bot.screens.lists import Rows, heading, milestone_buttons, milestone_line, to_summary, turning
from bot.screens.milestones import STATE_ICONS, state_word
from bot.screens.screen import Button, Screen, keyboard

WORKSTREAMS_VIEW = "workstreams"
ROADMAP_VIEW = "roadmap"
_EMPTY_ICON = "▫️"


def workstreams(audience: Audience, found: WorkstreamPage) -> Screen:
    """Show a page of workstreams; each has a button that opens its milestones."""

    def lines(say: Speech) -> Iterator[Html]:
        yield heading(say, say.gettext("Workstreams"), found.page)
        for workstream, its in found.workstreams:
            yield _workstream_line(say, workstream, its)

    rows: Rows = [
        [Button(workstream.code, "rm.show", audience.args(1, workstream.id)) for workstream, _ in found.workstreams],
        turning(audience, found.page, "sum.ws"),
        [to_summary(audience)],
    ]
    # Codes of five workstreams are too long for one row of a phone.
    rows[:1] = [rows[0][:3], rows[0][3:]]
    text = audience.stacked(lambda say: say.page(lines(say)))
    view = (WORKSTREAMS_VIEW, *audience.args(found.page.number))
    return Screen(text, keyboard(audience.first, rows), view=view)


def _workstream_line(say: Speech, workstream: Workstream, its: WorkstreamHealth) -> Html:
    text = say.gettext(
        "{mark}: {code} {name}; milestones open {open}, done {done}, overdue {overdue}; open obstacles {obstacles}"
    )
    return say.line(
        text,
        mark=health_mark(say, its.health),
        code=workstream.code,
        name=workstream.names.for_language(say.language),
        open=its.open,
        done=its.done,
        overdue=its.overdue,
        obstacles=its.obstacles,
    )


def health_mark(say: Speech, health: Health) -> Phrase:
    """Give a health as icon and word; both are those of the milestones' states."""
    if health is Health.EMPTY:
        word = say.gettext("no milestones")
        return Phrase(f"{_EMPTY_ICON} {word}")
    state = MilestoneState(health.value)
    return Phrase(f"{STATE_ICONS[state]} {state_word(say, state)}")


def roadmap(audience: Audience, found: RoadmapPage, *, may_write: bool, may_export: bool = False) -> Screen:
    """Show a page of milestones; each has a button that opens its card."""

    def lines(say: Speech) -> Iterator[Html | str]:
        _ = say.gettext
        if found.workstream is not None:
            yield heading(say, say.label("{name}", name=_name(say, found.workstream)), found.page)
        else:
            yield heading(say, _("Roadmap"), found.page)
        last = found.workstream.id if found.workstream else None
        for milestone in found.milestones:
            if milestone.workstream_id != last and milestone.workstream_id in found.workstreams:
                yield say.line("<i>{name}</i>", name=_name(say, found.workstreams[milestone.workstream_id]))
            last = milestone.workstream_id
            yield milestone_line(say, milestone, today=found.today)
        if not found.milestones:
            yield _("There are no milestones yet.")
            if may_write:
                yield _("Plan the first milestone: /newmilestone")

    workstream_id = found.workstream.id if found.workstream else 0
    rows: Rows = [
        milestone_buttons(found.milestones),
        turning(audience, found.page, "rm.show", workstream_id),
        [
            Button(audience.label(lambda say: say.gettext("Workstreams")), "sum.ws", audience.args(1)),
            to_summary(audience),
        ],
    ]
    if may_export:
        rows.append([Button(audience.label(lambda say: say.gettext("Roadmap as a file")), "ex.ask")])
    if len(audience.readers) > 1:
        # Labels in two languages are long.
        rows[2:] = [[button] for button in rows[2]]
    text = audience.stacked(lambda say: say.page(lines(say)))
    view = (ROADMAP_VIEW, *audience.args(found.page.number, workstream_id))
    return Screen(text, keyboard(audience.first, rows), view=view)


def _name(say: Speech, workstream: Workstream) -> str:
    return workstream.names.for_language(say.language)
