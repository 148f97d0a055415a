"""What was found for some words, in pages of five with counts; where nothing was, what to try."""

from collections.abc import Iterator

from bot.domain.searches import FoundObstacle, FoundPage, Term
from bot.i18n.speech import Html, Phrase, Speech
from bot.screens.audience import Audience
from bot.screens.fields import clipped_words
from bot.screens.lists import SEVERITY_ICONS, Rows, heading, milestone_buttons, milestone_line, turning
from bot.screens.milestones import person_of_party
from bot.screens.obstacles import obstacle_state_word
from bot.screens.screen import Button, Screen, keyboard

VIEW = "found"


def found(audience: Audience, found: FoundPage) -> Screen:
    """Show a page of what was found; each item has a button that opens it."""

    def lines(say: Speech) -> Iterator[Html | str]:
        if not found.terms:
            yield from _what_to_try(say, found)
            return
        title = say.label(say.gettext("Search: {words}"), words=say.quote(clipped_words(found.words)))
        yield heading(say, title, found.page)
        yield from _due(say, found.terms)
        if not found.page.total:
            yield say.gettext("Nothing was found.")
            if len(found.terms) > 1:
                yield say.gettext("All of these words must fit: please try with fewer.")
            yield from _what_to_try(say, found)
            return
        yield _counts(say, found)
        for workstream in found.workstreams:
            name = workstream.names.for_language(say.language)
            yield say.line(say.gettext("📁 {code} {name}"), code=workstream.code, name=name)
        for member in found.people:
            yield say.line("👤 {person}", person=person_of_party(say, member, found.group))
        for milestone in found.milestones:
            yield milestone_line(say, milestone, today=found.today)
        for obstacle in found.obstacles:
            yield _obstacle_line(say, obstacle)

    buttons: list[Button | None] = [
        *(Button(one.code, "rm.show", audience.args(1, one.id)) for one in found.workstreams),
        *milestone_buttons(found.milestones),
        *(Button(obstacle.code, "ob.card", (obstacle.id,)) for obstacle in found.obstacles),
    ]
    rows: Rows = [buttons[:3], buttons[3:], turning(audience, found.page, "fi.show")]
    text = audience.stacked(lambda say: say.page(lines(say)))
    view = (VIEW, *audience.args(found.page.number, found.words))
    return Screen(text, keyboard(audience.first, rows), view=view)


def _due(say: Speech, terms: tuple[Term, ...]) -> Iterator[Html]:
    for term in terms:
        for first, last in term.spans:
            if first == last:
                yield say.line(say.gettext("Due on {day}"), day=say.shared_day(first))
            else:
                text = say.gettext("Due from {first} to {last}")
                yield say.line(text, first=say.day(first, both=True), last=say.day(last, both=True))


def _counts(say: Speech, found: FoundPage) -> Html:
    parts = [
        say.label(
            say.ngettext("{count} milestone", "{count} milestones", found.milestone_count), count=found.milestone_count
        ),
        say.label(
            say.ngettext("{count} obstacle", "{count} obstacles", found.obstacle_count), count=found.obstacle_count
        ),
        say.label(
            say.ngettext("{count} person or workstream", "{count} people and workstreams", found.other_count),
            count=found.other_count,
        ),
    ]
    counted = zip(parts, (found.milestone_count, found.obstacle_count, found.other_count), strict=True)
    kinds = say.enumeration([Phrase(part) for part, count in counted if count])
    return say.line(say.gettext("Found: {kinds}"), kinds=kinds)


def _obstacle_line(say: Speech, obstacle: FoundObstacle) -> Html:
    return say.line(
        say.gettext("{icon} {code} {title}: {state}"),
        icon=Phrase(SEVERITY_ICONS[obstacle.severity]),
        code=obstacle.code,
        title=obstacle.title,
        state=Phrase(obstacle_state_word(say, obstacle.state)),
    )


def _what_to_try(say: Speech, found: FoundPage) -> Iterator[Html | str]:
    _ = say.gettext
    yield _("Write after the command what you remember; several words narrow the search:")
    yield say.line(_("• a word of a title, in any of the scripts: {example}"), example="мис")
    yield say.line(_("• a code, a person or a workstream: {example}"), example="O-7")
    yield say.line(_("• a status: {example}"), example=Phrase(say.gettext("at risk")))
    yield say.line(_("• a day or a month: {example}"), example=say.month_of(found.today))
