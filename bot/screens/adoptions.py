"""The adoption of the roadmap as people see it: what a co-chair reads, what is awaited, and the word to everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.adoptions import Plan
from bot.domain.groups import WorkingGroup
from bot.domain.members import Member
from bot.domain.readers import Reader
from bot.i18n.clocks import local
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.milestones import person_of_party
from bot.screens.screen import Button, Screen, keyboard

VIEW = "adoption"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Signer:
    """Who adopted for a party, and when (UTC)."""

    party_id: int
    member: Member
    at: datetime


@dataclass(frozen=True, slots=True)
class AdoptionCard:
    """
    The plan and how far its adoption is, for a co-chair of the party *party_id*.

    *adopted* are those who have adopted this very plan, *lapsed* those who adopted what it was before; *awaited* are
    the parties that have not adopted it, *chaired* those that have a co-chair who could.
    """

    group: WorkingGroup
    plan: Plan
    adopted: tuple[Signer, ...]
    lapsed: tuple[Signer, ...]
    awaited: tuple[int, ...]
    chaired: frozenset[int]
    party_id: int


def adoption(reader: Reader, card: AdoptionCard, *, news: str | None = None) -> Screen:
    """Show what would be adopted and who has adopted it; *news* is a line of ours above it."""
    say = speech(reader)
    _ = say.gettext
    may_adopt = card.party_id in card.awaited
    heading = say.line("<b>{words}</b>", words=_("Adoption of the roadmap"))
    lines = [news, heading, *_plan(say, card), "", *_standing(say, card)]
    if may_adopt:
        lines += [
            "",
            _(
                "With the adoption of every party these dates become the baseline. It stays: a later due date counts "
                "as slippage, and a later milestone is marked as added."
            ),
        ]
    is_given = any(signer.party_id == card.party_id for signer in card.adopted)
    rows: list[list[Button | None]] = [
        [Button(_("Adopt the roadmap"), "ad.adopt", (card.plan.version,)) if may_adopt else None],
        [Button(_("Take my adoption back"), "ad.undo") if is_given and card.awaited else None],
        [Button(_("Roadmap"), "rm.show", (1, 0))],
    ]
    return Screen(say.page(lines), keyboard(reader, rows), view=(VIEW,))


def _plan(say: Speech, card: AdoptionCard) -> Iterator[Html | None]:
    _ = say.gettext
    plan = card.plan
    if plan.first_on is not None and plan.last_on is not None:
        text = say.ngettext(
            "{count} milestone, from {first} to {last}", "{count} milestones, from {first} to {last}", plan.count
        )
        yield say.line(text, count=plan.count, first=say.shared_day(plan.first_on), last=say.shared_day(plan.last_on))
    yield say.line(_("Version of the content: {version}"), version=plan.version)
    yield _lacking(say, _("Without a lead: {codes}"), plan.without_lead)
    yield _lacking(say, _("Without a counterpart: {codes}"), plan.without_counterpart)
    yield _lacking(say, _("Overdue: {codes}"), plan.overdue)


def _lacking(say: Speech, text: str, numbers: tuple[int, ...]) -> Html | None:
    if not numbers:
        return None
    codes: list[str | Phrase] = [f"M-{number}" for number in numbers[:_NAMED]]
    left = len(numbers) - _NAMED
    if left > 0:
        codes.append(Phrase(say.label(say.ngettext("{count} more", "{count} more", left), count=left)))
    return say.line(text, codes=say.listing(codes))


def _standing(say: Speech, card: AdoptionCard) -> Iterator[Html]:
    _ = say.gettext
    for signer in card.adopted:
        yield say.line(_("Adopted: {person}, {day}"), **_who(say, card, signer))
    for signer in card.lapsed:
        text = _("{person} adopted the roadmap on {day}. It has changed since, so that this adoption no longer counts.")
        yield say.line(text, **_who(say, card, signer))
    for party_id in card.awaited:
        party = card.group.party(party_id).names.for_language(say.language)
        if party_id in card.chaired:
            yield say.line(_("Awaited: {party}"), party=party)
        else:
            yield say.line(_("Awaited: {party}, which has no co-chair yet"), party=party)


def _who(say: Speech, card: AdoptionCard, signer: Signer) -> dict[str, Phrase]:
    day = local(signer.at, say.reader.time_zone).date()
    return {"person": person_of_party(say, signer.member, card.group), "day": say.shared_day(day)}


def asked(reader: Reader, card: AdoptionCard, by: Member) -> Screen:
    """Tell a co-chair that another party has adopted, and that theirs is awaited."""
    say = speech(reader)
    text = say.gettext("{person} has adopted the roadmap, version {version}. It now awaits your adoption.")
    return _invitation(say, card, by, text)


def asked_again(reader: Reader, card: AdoptionCard, by: Member) -> Screen:
    """Tell a co-chair that their adoption has lapsed, and that the new content awaits it."""
    say = speech(reader)
    text = say.gettext(
        "The roadmap has changed since you adopted it, and {person} has adopted it as it is now, version {version}. "
        "Your adoption no longer counts; the roadmap awaits it anew."
    )
    return _invitation(say, card, by, text)


def _invitation(say: Speech, card: AdoptionCard, by: Member, text: str) -> Screen:
    person = person_of_party(say, by, card.group)
    rows = [[Button(say.gettext("Read and adopt"), "ad.show")]]
    return Screen(say.page([say.line(text, person=person, version=card.plan.version)]), keyboard(say.reader, rows))


def adopted(reader: Reader, card: AdoptionCard) -> Screen:
    """Tell everybody that the roadmap is adopted and its baseline fixed."""
    say = speech(reader)
    _ = say.gettext
    lines = [
        _("The roadmap is adopted by all parties. The dates of its milestones are now the baseline."),
        *(line for line in list(_plan(say, card))[:2]),
        *_standing(say, card),
        _("From now on a later due date counts as slippage, and a later milestone is marked as added."),
    ]
    rows = [[Button(_("Roadmap"), "rm.show", (1, 0))]]
    return Screen(say.page(lines), keyboard(reader, rows))


def taken_back_notice(reader: Reader, by: Member) -> Screen:
    """Tell a co-chair who was asked that the other party's adoption was taken back."""
    say = speech(reader)
    text = say.gettext("{name} has taken the adoption of the roadmap back. You will be asked again.")
    return Screen(say.page([say.line(text, name=by.name_for(say.language))]))
