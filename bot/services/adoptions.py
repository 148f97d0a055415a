"""Adopting the roadmap: what a co-chair reads, the adoption, and the baseline once every party has adopted the same."""

from collections.abc import Callable, Iterable

from bot.domain.adoptions import (
    Adoption,
    Plan,
    RoadmapAdopted,
    RoadmapChanged,
    RoadmapEmpty,
    awaited,
    content_hash,
    counting,
    plan_of,
)
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.instants import local_day
from bot.domain.members import Member, Role
from bot.domain.readers import Reader
from bot.screens import adoptions as screens
from bot.screens.adoptions import AdoptionCard, Signer
from bot.screens.screen import Screen
from bot.services import posting
from db.faults import Collision
from db.unit_of_work import UnitOfWork


def read(uow: UnitOfWork, *, by: Member) -> AdoptionCard:
    """
    Give what a co-chair would adopt now, and how far the adoption is.

    Raises:
        NotAllowed: *by* is no co-chair.
        RoadmapAdopted, RoadmapEmpty: as their names say.
    """
    if not by.may_adopt:
        raise NotAllowed
    group = uow.groups.get(by.group_id)
    if group.roadmap_adopted_on is not None:
        raise RoadmapAdopted(group.roadmap_adopted_on)
    people = {member.id: member for member in uow.members.of_group(group.id)}
    leads = {member.id for member in people.values() if member.may_write}
    day = local_day(uow.now, group.party(by.party_id).time_zone)
    plan = plan_of(uow.adoptions.plan(group.id), leads=leads, today=day)
    if not plan.count:
        raise RoadmapEmpty
    kept = uow.adoptions.of_group(group.id)
    adopted = counting(kept, plan.content_hash)
    return AdoptionCard(
        group=group,
        plan=plan,
        adopted=tuple(_signer(uow, adoption) for adoption in adopted.values()),
        lapsed=tuple(_signer(uow, adoption) for adoption in kept if adoption.party_id not in adopted),
        awaited=awaited(adopted, (party.id for party in group.parties)),
        chaired=frozenset(member.party_id for member in people.values() if member.may_adopt),
        party_id=by.party_id,
    )


def _signer(uow: UnitOfWork, adoption: Adoption) -> Signer:
    return Signer(adoption.party_id, uow.members.get(adoption.member_id), adoption.at)


def adopt(uow: UnitOfWork, version: str, *, by: Member) -> AdoptionCard:
    """
    Adopt for the party of *by* what they have read, which *version* names; give how far the adoption is then.

    Adoptions of another content have lapsed: whoever gave them is told and asked again. The last party's fixes the
    baseline of every milestone, and everybody is told once.

    Raises:
        RoadmapChanged: the roadmap is no longer what was read; nothing is adopted.
        NotAllowed, RoadmapAdopted, RoadmapEmpty: as of *read*.
    """
    uow.groups.hold(by.group_id)
    card = read(uow, by=by)
    group, plan = card.group, card.plan
    if plan.version != version:
        raise RoadmapChanged
    if by.party_id not in card.awaited:
        return card
    for signer in card.lapsed:
        uow.adoptions.remove(group.id, signer.party_id)
    uow.adoptions.add(Adoption(by.party_id, by.id, uow.now, plan.content_hash), group_id=group.id)
    uow.record(
        "adopt",
        "group",
        group.id,
        group_id=group.id,
        member_id=by.id,
        before={"lapsed": [signer.member.id for signer in card.lapsed]},
        after={"party_id": by.party_id, "content_hash": plan.content_hash},
    )
    if card.awaited == (by.party_id,):
        return _fixed(uow, card, by=by)
    now = read(uow, by=by)
    lapsed = {signer.party_id for signer in card.lapsed}
    asked = _co_chairs(uow, now.awaited, by=by)
    again = [member for member in asked if member.party_id in lapsed]
    _tell(uow, again, lambda reader: screens.asked_again(reader, now, by), plan=plan)
    _tell(
        uow,
        (member for member in asked if member not in again),
        lambda reader: screens.asked(reader, now, by),
        plan=plan,
    )
    return now


def _fixed(uow: UnitOfWork, card: AdoptionCard, *, by: Member) -> AdoptionCard:
    """Fix the baseline of every milestone and tell everybody."""
    group, plan = card.group, card.plan
    adopted_on = local_day(uow.now, group.party(by.party_id).time_zone)
    uow.adoptions.fix_baseline(group.id, adopted_on)
    fixed = uow.adoptions.plan(group.id)
    # Now nobody else can change them; a change that came between reading and fixing has not been adopted.
    if content_hash(fixed) != plan.content_hash:
        raise Collision
    uow.record_each(
        "adopt",
        "milestone",
        (
            (
                milestone.id,
                {"baseline_start_on": None, "baseline_due_on": None},
                {
                    "baseline_start_on": milestone.start_on.isoformat(),
                    "baseline_due_on": milestone.due_on.isoformat(),
                },
            )
            for milestone in fixed
        ),
        group_id=group.id,
        member_id=by.id,
    )
    now = AdoptionCard(
        group=uow.groups.get(group.id),
        plan=plan,
        adopted=(*card.adopted, Signer(by.party_id, by, uow.now)),
        lapsed=(),
        awaited=(),
        chaired=card.chaired,
        party_id=by.party_id,
    )
    others = (member for member in uow.members.of_group(group.id) if member.person_id != by.person_id)
    _tell(uow, others, lambda reader: screens.adopted(reader, now), plan=plan)
    return now


def take_back(uow: UnitOfWork, *, by: Member) -> AdoptionCard:
    """
    Take the adoption of the party of *by* back, as long as another party's is awaited; who was asked is told.

    Raises:
        ButtonExpired: the party has not adopted.
        NotAllowed, RoadmapAdopted, RoadmapEmpty: as of *read*.
    """
    uow.groups.hold(by.group_id)
    card = read(uow, by=by)
    mine = [signer for signer in (*card.adopted, *card.lapsed) if signer.party_id == by.party_id]
    if not mine:
        raise ButtonExpired
    uow.adoptions.remove(card.group.id, by.party_id)
    uow.record(
        "undo",
        "group",
        card.group.id,
        group_id=card.group.id,
        member_id=by.id,
        before={"party_id": by.party_id, "adopted_at": mine[0].at.isoformat()},
        after={"party_id": by.party_id, "adopted_at": None},
    )
    for member in _co_chairs(uow, card.awaited, by=by):
        if not uow.outbox.withdraw(_key(card.plan, member), uow.now):
            posting.notify(uow, member, lambda reader: screens.taken_back_notice(reader, by))
    return read(uow, by=by)


def _co_chairs(uow: UnitOfWork, party_ids: Iterable[int], *, by: Member) -> list[Member]:
    wanted = set(party_ids)
    return [
        member
        for member in uow.members.of_group(by.group_id)
        if member.role is Role.CO_CHAIR and member.party_id in wanted and member.person_id != by.person_id
    ]


def _key(plan: Plan, member: Member) -> str:
    return f"adoption:{member.group_id}:{plan.version}:{member.id}"


def _tell(uow: UnitOfWork, members: Iterable[Member], draw: Callable[[Reader], Screen], *, plan: Plan) -> None:
    for member in members:
        posting.notify(uow, member, draw, key=_key(plan, member))
