"""The filter of the roadmap as buttons: how the work stands, whose side, one's own, and each workstream."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.roadmap_filters import EVERYTHING, RoadmapFilter, Standing
from bot.domain.summaries import RoadmapPage
from bot.i18n.speech import Html, Phrase, Speech
from bot.screens.audience import Audience
from bot.screens.lists import Rows
from bot.screens.roadmap import filter_words, standing_word
from bot.screens.screen import Button, Screen, keyboard

VIEW = "roadmap.filter"
_IN_A_ROW = 3
_MOST_WORKSTREAMS = 30


def roadmap_filter(audience: Audience, found: RoadmapPage, *, mine_id: int | None) -> Screen:
    """Offer the parts of a filter, those that hold marked; *mine_id* is the member who may ask for their own."""
    chosen = found.chosen

    def lines(say: Speech) -> Iterator[Html | str]:
        _ = say.gettext
        yield say.line(_("<b>What the roadmap shows</b>"))
        parts = list(filter_words(say, found))
        if chosen.workstream_id is not None:
            name = found.workstreams[chosen.workstream_id].names.for_language(say.language)
            yield say.line(_("Workstream: {name}"), name=name)
        if parts:
            yield say.line(_("Shown: {filters}"), filters=say.enumeration(parts))
        elif chosen == EVERYTHING:
            yield _("All milestones are shown.")
        total = found.page.total
        yield say.line(say.ngettext("{count} milestone", "{count} milestones", total), count=total)

    def pick(label: str, wanted: RoadmapFilter, *, holds: bool) -> Button:
        return Button(f"✓ {label}" if holds else label, "rm.filter", audience.args(1, wanted.code))

    def standing_button(standing: Standing) -> Button:
        label = audience.label(lambda say: say.capitalised(Phrase(standing_word(say, standing))))
        return pick(label, replace(chosen, standing=standing), holds=chosen.standing is standing)

    standings: list[Button | None] = [standing_button(standing) for standing in Standing]
    parties: list[Button | None] = [
        pick(
            party.code,
            replace(chosen, party_id=None if chosen.party_id == party.id else party.id),
            holds=chosen.party_id == party.id,
        )
        for party in found.group.parties
    ]
    mine = None
    if mine_id is not None:
        is_mine = chosen.member_id == mine_id
        mine = pick(
            audience.label(lambda say: say.gettext("My items")),
            replace(chosen, member_id=None if is_mine else mine_id),
            holds=is_mine,
        )
    # A closed one is no longer offered, but what was chosen can be taken back.
    offered = [item for item in found.workstreams.values() if item.is_open or item.id == chosen.workstream_id]
    workstreams: list[Button | None] = [
        pick(
            workstream.code,
            replace(chosen, workstream_id=None if chosen.workstream_id == workstream.id else workstream.id),
            holds=chosen.workstream_id == workstream.id,
        )
        for workstream in offered[:_MOST_WORKSTREAMS]
    ]
    rows: Rows = [
        standings[:3],
        standings[3:],
        [*parties, mine],
        *(workstreams[first : first + _IN_A_ROW] for first in range(0, len(workstreams), _IN_A_ROW)),
        [Button(audience.label(lambda say: say.gettext("Show")), "rm.show", audience.args(1, chosen.code))],
    ]
    text = audience.stacked(lambda say: say.page(lines(say)))
    return Screen(text, keyboard(audience.first, rows), view=(VIEW, *audience.args(1, chosen.code)))
