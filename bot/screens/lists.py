"""Lists in pages of five, edited in place: open obstacles, what waits for one member, and what all lists share."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.domain.groups import WorkingGroup
from bot.domain.obstacles import Severity
from bot.domain.roadmap import silent_since, slippage
from bot.domain.summaries import AgedObstacle, ListedMilestone, ListedObstacle, MyPage, ObstaclePage, Page
from bot.i18n.speech import Html, Phrase, Speech
from bot.screens.audience import Audience
from bot.screens.milestones import STATE_ICONS
from bot.screens.obstacles import severity_word
from bot.screens.screen import Button, Screen, keyboard
from bot.screens.waits import wait

OBSTACLES_VIEW = "obstacles"
MY_VIEW = "my"
SEVERITY_ICONS = {Severity.CRITICAL: "🟥", Severity.HIGH: "🟧", Severity.LOW: "🟨"}

BETWEEN = " · "

Rows = list[list[Button | None]]


def obstacles(audience: Audience, found: ObstaclePage, *, may_write: bool) -> Screen:
    """Show a page of open obstacles; each has a button that opens its card."""

    def lines(say: Speech) -> Iterator[Html | str]:
        _ = say.gettext
        yield heading(say, _("Open obstacles"), found.page)
        for aged in found.obstacles:
            yield obstacle_line(say, aged, found.group)
        if not found.obstacles:
            yield _("No obstacles are open.")
            if may_write:
                yield _("If something holds up the work, raise it: /newobstacle")

    rows: Rows = [
        obstacle_buttons(aged.obstacle for aged in found.obstacles),
        turning(audience, found.page, "ob.list"),
        [to_summary(audience)],
    ]
    text = audience.stacked(lambda say: say.page(lines(say)))
    view = (OBSTACLES_VIEW, *audience.args(found.page.number))
    return Screen(text, keyboard(audience.first, rows), view=view)


def mine(audience: Audience, found: MyPage) -> Screen:
    """Show a page of what waits for the reader: parts of the report, obstacles to clear, milestones."""

    def lines(say: Speech) -> Iterator[Html | str]:
        _ = say.gettext
        yield heading(say, _("What waits for you"), found.page)
        for workstream in found.parts:
            if found.report is not None:
                yield say.line(
                    _("📝 Your part of the monthly report, {workstream}; due on {moment}"),
                    workstream=workstream.names.for_language(say.language),
                    moment=say.shared_moment(found.report.due_at, zones_for(say, found.group)),
                )
        for aged in found.obstacles:
            yield obstacle_line(say, aged, found.group)
        for milestone in found.milestones:
            yield from milestone_lines(say, milestone, found.group, today=found.today)
        if not found.page.total:
            yield _("Nothing waits for you.")
            yield _("See the whole roadmap: /roadmap")

    write = None
    if found.reminder_id is not None and found.parts:
        write = Button(audience.label(lambda say: say.gettext("Write now")), "rp.write", (found.reminder_id,))
    rows: Rows = [
        [write],
        [*obstacle_buttons(aged.obstacle for aged in found.obstacles), *milestone_buttons(found.milestones)],
        turning(audience, found.page, "my.show"),
        [to_summary(audience)],
    ]
    text = audience.stacked(lambda say: say.page(lines(say)))
    return Screen(text, keyboard(audience.first, rows), view=(MY_VIEW, found.page.number))


def heading(say: Speech, title: str, page: Page) -> Html:
    """Give the first line of a list, with the page where there are several."""
    if page.last == 1:
        return say.line("<b>{title}</b>", title=Phrase(title))
    # Translators: of a list; {page} and {pages} are numbers.
    text = say.gettext("<b>{title}</b>, page {page} of {pages}")
    return say.line(text, title=Phrase(title), page=page.number, pages=page.last)


def turning(audience: Audience, page: Page, act: str, *arguments: int | str) -> list[Button | None]:
    """Give the buttons that turn pages; the number of the page is their first argument."""

    def to(number: int, label: str) -> Button:
        return Button(label, act, audience.args(number, *arguments))

    return [
        to(page.number - 1, audience.label(lambda say: say.gettext("Previous"))) if page.number > 1 else None,
        to(page.number + 1, audience.label(lambda say: say.gettext("Next"))) if page.number < page.last else None,
    ]


def to_summary(audience: Audience) -> Button:
    """Give the button that returns to the summary."""
    return Button(audience.label(lambda say: say.gettext("Summary")), "sum.show", audience.args("all"))


def obstacle_buttons(obstacles: Iterable[ListedObstacle]) -> list[Button | None]:
    """Give a button for each card."""
    return [Button(obstacle.code, "ob.card", (obstacle.id,)) for obstacle in obstacles]


def milestone_buttons(milestones: Iterable[ListedMilestone]) -> list[Button | None]:
    """Give a button for each card."""
    return [Button(milestone.code, "ms.card", (milestone.id,)) for milestone in milestones]


def milestone_line(say: Speech, milestone: ListedMilestone, *, today: date) -> Html:
    """Say of a milestone its state as an icon, percent and due date, and how late it is."""
    late = (today - milestone.due_on).days if milestone.state.is_open else 0
    if late > 0:
        text = say.gettext("{icon} {code} {title}: {percent}, due {day}, late by {days}")
    else:
        text = say.gettext("{icon} {code} {title}: {percent}, due {day}")
    return say.line(
        text,
        icon=Phrase(STATE_ICONS[milestone.state]),
        code=milestone.code,
        title=milestone.title_for(say.language),
        percent=say.percent(milestone.percent),
        day=say.shared_day(milestone.due_on),
        days=say.days(late),
    )


def milestone_lines(say: Speech, milestone: ListedMilestone, group: WorkingGroup, *, today: date) -> Iterator[Html]:
    """Say how a milestone stands and, below, what is to be remarked: slippage, late addition, no news."""
    yield milestone_line(say, milestone, today=today)
    remarks = list(_remarks(say, milestone, group, today))
    if remarks:
        yield Html(BETWEEN.join(remarks))


def _remarks(say: Speech, milestone: ListedMilestone, group: WorkingGroup, today: date) -> Iterator[Html | str]:
    _ = say.gettext
    slipped = slippage(milestone, today) or 0
    if slipped > 0:
        yield say.line(_("Slippage against the baseline: {days}"), days=say.days(slipped))
    if milestone.added_on is not None:
        yield _("Added after adoption")
    rules = group.rules
    zone = rules.reporting.due_time_zone
    silent = silent_since(milestone, today=today, time_zone=zone, after_days=rules.no_news_after_days)
    if silent is not None:
        yield say.line(_("No news since {day}"), day=say.shared_day(silent))


def obstacle_line(say: Speech, aged: AgedObstacle, group: WorkingGroup) -> Html:
    """Say of an open obstacle how grave and how old it is, and whose turn it is since when."""
    obstacle = aged.obstacle
    court = group.party(obstacle.court_party_id) if obstacle.court_party_id is not None else None
    return say.line(
        _obstacle_sentence(say, aged),
        icon=Phrase(SEVERITY_ICONS[obstacle.severity]),
        code=obstacle.code,
        title=obstacle.title,
        severity=Phrase(severity_word(say, obstacle.severity)),
        age=wait(say, aged.age),
        party=court.names.for_language(say.language) if court else "",
        wait=wait(say, aged.in_court),
    )


def _obstacle_sentence(say: Speech, aged: AgedObstacle) -> str:
    has_turn = aged.obstacle.court_party_id is not None
    if not aged.age.calendar_days:
        if not has_turn:
            return say.gettext("{icon} {code} {title}: severity {severity}, open since today")
        return say.gettext("{icon} {code} {title}: severity {severity}, open since today; turn to act: {party}")
    if not has_turn:
        return say.gettext("{icon} {code} {title}: severity {severity}, open for {age}")
    if not aged.in_court.calendar_days:
        return say.gettext(
            "{icon} {code} {title}: severity {severity}, open for {age}; turn to act: {party}, since today"
        )
    if aged.in_court == aged.age:
        return say.gettext("{icon} {code} {title}: severity {severity}, open for {age}; turn to act: {party}")
    return say.gettext("{icon} {code} {title}: severity {severity}, open for {age}; turn to act: {party}, for {wait}")


def zones_for(say: Speech, group: WorkingGroup) -> Sequence[str]:
    """Give the clocks of all parties, the reader's own first."""
    return sorted(group.time_zones, key=lambda zone: zone != say.reader.time_zone)
