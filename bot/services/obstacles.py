"""Raising obstacles: the form with its defaults, saving it, telling the side that is needed, and undoing it."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain import drafts as forms
from bot.domain.drafts import ObstacleForm
from bot.domain.errors import ItemNotFound, NotAllowed
from bot.domain.instants import local_day
from bot.domain.members import Member, Role
from bot.domain.milestones import Milestone, checked_due
from bot.domain.obstacles import Obstacle, Severity, proposed_owner
from bot.domain.progress import check_undo
from bot.domain.texts import checked_note, checked_title
from bot.domain.working_days import waited
from bot.domain.workstreams import check_open
from bot.i18n.written import written_in
from bot.screens.obstacles import ObstacleCard, asked, correction
from bot.screens.raising import RaisingChoices
from bot.services import drafts, milestones, posting
from bot.services.calendars import shared_calendars
from db.repositories.attachments import OBSTACLE
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork


def find(uow: UnitOfWork, group_id: int, number: int) -> Obstacle:
    """Give an obstacle of a group by number; raises ItemNotFound."""
    found = uow.obstacles.find(group_id, number)
    if found is None:
        raise ItemNotFound(f"O-{number}")
    return found


def of_member(uow: UnitOfWork, obstacle_id: int, *, by: Member) -> Obstacle:
    """Give an obstacle of the member's group; raises NotAllowed and, where raising it was undone, ItemNotFound."""
    found = uow.obstacles.get(obstacle_id)
    if found.group_id != by.group_id:
        raise NotAllowed
    if found.removed_at is not None:
        raise ItemNotFound(found.code)
    return found


def begin(
    uow: UnitOfWork, title: str, *, by: Member, chat: Chat, milestone_id: int | None = None, need: str = ""
) -> Draft:
    """Open the form of a new obstacle with its defaults; without a title it asks for one."""
    milestones.check_may_write(by)
    form = defaults(uow, title, by=by, milestone_id=milestone_id, need=need)
    return drafts.begin(uow, forms.OBSTACLE, form, by=by, chat=chat, touched=bool(title))


def defaults(uow: UnitOfWork, title: str, *, by: Member, milestone_id: int | None, need: str) -> ObstacleForm:
    """Give the form of a new obstacle as a member finds it."""
    milestone = (
        milestones.of_member(uow, milestone_id, by=by) if milestone_id is not None else _milestone_in_hand(uow, by)
    )
    return ObstacleForm(
        title=checked_title(title) if title else "",
        need=checked_note(need),
        milestone_id=milestone.id if milestone else None,
        workstream_id=None if milestone else milestones.own_workstream(uow, by).id,
        needed_from_party_id=uow.groups.get(by.group_id).other_party(by.party_id).id,
        step="" if title else "title",
    )


def _milestone_in_hand(uow: UnitOfWork, by: Member) -> Milestone | None:
    """Choose among the member's open milestones the one logged on last, else the next due."""
    own = uow.milestones.open_of_member(by.group_id, by.id)
    logged_on = uow.progress.last_milestone_of(by.group_id, by.id)
    return next((milestone for milestone in own if milestone.id == logged_on), own[0] if own else None)


def form_of(draft: Draft) -> ObstacleForm:
    """Give the form that a draft keeps."""
    return ObstacleForm.of(draft.fields)


def choose_milestone(uow: UnitOfWork, form: ObstacleForm, milestone_id: int, *, by: Member) -> ObstacleForm:
    """Take the milestone that is held up."""
    milestone = milestones.of_member(uow, milestone_id, by=by)
    return replace(form.at(), milestone_id=milestone.id, workstream_id=None)


def choose_workstream(uow: UnitOfWork, form: ObstacleForm, workstream_id: int, *, by: Member) -> ObstacleForm:
    """Take the workstream that is held up, no single milestone."""
    workstream = uow.groups.workstream(by.group_id, workstream_id)
    return replace(form.at(), milestone_id=None, workstream_id=workstream.id)


def choose_party(uow: UnitOfWork, form: ObstacleForm, party_id: int, *, by: Member) -> ObstacleForm:
    """Take the party that is needed."""
    return replace(form.at(), needed_from_party_id=uow.groups.get(by.group_id).party(party_id).id)


def choose_severity(_: UnitOfWork, form: ObstacleForm, rank: int, *, by: Member) -> ObstacleForm:  # noqa: ARG001
    """Take a severity by its rank; like the other choices it is handed the member, whom it need not know."""
    return replace(form.at(), severity=next(severity for severity in Severity if severity.rank == rank))


def choose_owner(uow: UnitOfWork, form: ObstacleForm, member_id: int, *, by: Member) -> ObstacleForm:
    """Take who clears the obstacle on the side of that member."""
    owner = uow.members.get(member_id)
    if owner.group_id != by.group_id or not owner.may_write or owner.removed_at is not None:
        raise NotAllowed
    return replace(form.at(), owners={**(form.owners or {}), owner.party_id: owner.id})


def choose_day(form: ObstacleForm, needed_by: date, *, today: date) -> ObstacleForm:
    """Take the day by which help is needed; raises DueDateInPast."""
    return replace(form.at(), needed_by=checked_due(needed_by, today=today))


def day_to_start_from(form: ObstacleForm, today: date) -> date:
    """Give the day from which others are proposed: the one chosen, else a week ahead."""
    return form.needed_by or today + timedelta(days=7)


def choices(uow: UnitOfWork, form: ObstacleForm, *, by: Member) -> RaisingChoices:
    """Give what the form can be filled with."""
    members = tuple(member for member in uow.members.of_group(by.group_id) if member.may_write)
    own = uow.milestones.open_of_member(by.group_id, by.id)
    if form.milestone_id is not None and form.milestone_id not in {milestone.id for milestone in own}:
        own.append(uow.milestones.get(form.milestone_id))
    return RaisingChoices(
        group=uow.groups.get(by.group_id),
        milestones=tuple(own),
        workstreams=tuple(uow.groups.workstreams(by.group_id)),
        members=members,
        owners=_owners(uow, form, members, by=by),
    )


def _owners(uow: UnitOfWork, form: ObstacleForm, members: tuple[Member, ...], *, by: Member) -> dict[int, int]:
    """Give who clears it on each side: picked, else of the milestone, else of the workstream, else a secretary."""
    people = {member.id: member for member in members}
    milestone = uow.milestones.get(form.milestone_id) if form.milestone_id is not None else None
    workstream_id = milestone.workstream_id if milestone else form.workstream_id
    workstream = next((found for found in uow.groups.workstreams(by.group_id) if found.id == workstream_id), None)
    ids: list[int | None] = [milestone.lead_id, milestone.counterpart_id] if milestone else []
    ids += workstream.people.values() if workstream else []
    candidates = [people.get(member_id) if member_id is not None else None for member_id in ids]
    candidates += [member for member in members if member.role is Role.SECRETARY]
    owners: dict[int, int] = {}
    for party in uow.groups.get(by.group_id).parties:
        picked = (form.owners or {}).get(party.id)
        owner = picked if picked in people else proposed_owner(candidates, party_id=party.id)
        if owner is not None:
            owners[party.id] = owner
    return owners


def raise_(uow: UnitOfWork, draft: Draft, *, by: Member, today: date) -> Obstacle:
    """Make the form an obstacle; what follows, and the refusals, are those of *raise_form*."""
    obstacle = raise_form(uow, form_of(draft), by=by, author=by, today=today)
    drafts.save(uow, draft, obstacle.code)
    return obstacle


def raise_form(
    uow: UnitOfWork,
    form: ObstacleForm,
    *,
    by: Member,
    author: Member,
    today: date,
) -> Obstacle:
    """
    Raise what the form says, credited to *author*, and tell the owner on the side that is needed, in their language.

    Raises:
        TextMissing: it has no title.
        DueDateInPast, WorkstreamClosed: the form has waited too long.
    """
    milestones.check_may_write(by)
    milestone = milestones.of_member(uow, form.milestone_id, by=by) if form.milestone_id is not None else None
    workstream_id = milestone.workstream_id if milestone else form.workstream_id
    if workstream_id is not None:
        check_open(uow.groups.workstream(by.group_id, workstream_id))
    obstacle = uow.obstacles.raise_(
        Obstacle(
            id=0,
            group_id=by.group_id,
            number=uow.groups.next_obstacle_number(by.group_id),
            title=checked_title(form.title),
            language=written_in(f"{form.title} {form.need}", author.reader.language),
            need=form.need,
            milestone_id=form.milestone_id,
            workstream_id=form.workstream_id,
            needed_from_party_id=form.needed_from_party_id,
            needed_by=checked_due(form.needed_by, today=today) if form.needed_by else None,
            severity=form.severity,
            raised_by_id=author.id,
            raised_at=uow.now,
            owners=choices(uow, form, by=by).owners,
            court_party_id=form.needed_from_party_id,
            state_changed_at=uow.now,
        ),
        way="form" if author is by else "reply",
        attachments=form.attachments,
    )
    uow.record(
        "raise",
        "obstacle",
        obstacle.id,
        group_id=by.group_id,
        member_id=by.id,
        after={
            "title": obstacle.title,
            "severity": obstacle.severity.value,
            "owners": list(obstacle.owners.values()),
            "raised_by_id": author.id,
            "attachments": [attachment.described for attachment in form.attachments],
        },
    )
    owner = _asked_owner(uow, obstacle, by=by)
    if owner is not None:
        shown = card(uow, obstacle, by=owner)
        posting.notify(uow, owner, lambda reader: asked(shown, reader), key=_key(obstacle))
    return obstacle


def _asked_owner(uow: UnitOfWork, obstacle: Obstacle, *, by: Member) -> Member | None:
    """Give who is told: the owner on the side that is needed, unless that is the raiser."""
    owner_id = obstacle.owners.get(obstacle.needed_from_party_id)
    return uow.members.get(owner_id) if owner_id not in {None, by.id} and owner_id is not None else None


def _key(obstacle: Obstacle) -> str:
    return f"obstacle:{obstacle.id}:raised"


def undo(uow: UnitOfWork, obstacle_id: int, *, by: Member) -> Obstacle:
    """
    Take an obstacle back; a message that has not left is withdrawn, who was told gets one line.

    Raises:
        NotAllowed: somebody else raised it, and it was not made of their words by this member.
        AlreadyUndone, LoggedSince, UndoTooLate: as their names say.
    """
    obstacle = uow.obstacles.get(obstacle_id)
    is_theirs = by.id in {obstacle.raised_by_id, uow.recorded_by("raise", "obstacle", obstacle.id)}
    if obstacle.group_id != by.group_id or not is_theirs:
        raise NotAllowed
    steps = uow.obstacles.entries(obstacle.id)
    last_by = uow.members.get(steps[-1].member_id).name_for(by.reader.language) if len(steps) > 1 else None
    check_undo(
        at=obstacle.raised_at,
        now=uow.now,
        minutes=uow.groups.get(by.group_id).rules.undo_minutes,
        undone=obstacle.removed_at is not None,
        logged_since_by=last_by,
    )
    after = replace(obstacle, removed_at=uow.now, version=obstacle.version + 1)
    uow.obstacles.keep(after, seen=obstacle.version)
    uow.record("undo", "obstacle", obstacle.id, group_id=by.group_id, member_id=by.id, before={"title": obstacle.title})
    owner = _asked_owner(uow, obstacle, by=by)
    if owner is not None and not uow.outbox.withdraw(_key(obstacle), uow.now):
        posting.notify(uow, owner, lambda reader: correction(obstacle, by, reader))
    return after


def card(uow: UnitOfWork, obstacle: Obstacle, *, by: Member) -> ObstacleCard:
    """Gather what the card of an obstacle shows to a member."""
    group = uow.groups.get(obstacle.group_id)
    since = obstacle.state_changed_at or obstacle.raised_at
    court = group.party(obstacle.court_party_id) if obstacle.court_party_id is not None else None
    in_court = None
    if court is not None:
        after, until = local_day(since, court.time_zone), local_day(uow.now, court.time_zone)
        in_court = waited(after, until, shared_calendars(uow, group))
    people = uow.members.some([obstacle.raised_by_id, *obstacle.owners.values()])
    owners = (obstacle.owners.get(party.id) for party in group.parties)
    return ObstacleCard(
        obstacle=obstacle,
        group=group,
        milestone=uow.milestones.get(obstacle.milestone_id) if obstacle.milestone_id is not None else None,
        workstream=uow.groups.workstream(group.id, obstacle.workstream_id)
        if obstacle.workstream_id is not None
        else None,
        raised_by=people[obstacle.raised_by_id],
        owners=tuple(people[owner_id] for owner_id in owners if owner_id is not None),
        court=court,
        in_court=in_court,
        may_undo=_may_undo(uow, obstacle, by=by),
        has_files=by.may_write and uow.attachments.count(OBSTACLE, obstacle.id) > 0,
    )


def _may_undo(uow: UnitOfWork, obstacle: Obstacle, *, by: Member) -> bool:
    if obstacle.raised_by_id != by.id or obstacle.version > 1:
        return False
    return (uow.now - obstacle.raised_at).total_seconds() <= uow.groups.get(by.group_id).rules.undo_minutes * 60
