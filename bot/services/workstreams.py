"""Workstreams: listed with how they fare, and the form in which a secretary names, orders and hands one out."""

from dataclasses import replace

from bot.domain import drafts as kinds
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member, Names
from bot.domain.readers import LANGUAGES
from bot.domain.summaries import PAGE, WorkstreamPage, page_of
from bot.domain.texts import checked_name
from bot.domain.workstreams import (
    CodeTaken,
    NameTaken,
    OtherScript,
    WorkstreamForm,
    checked_code,
    form_for,
    missing_languages,
    proposed_code,
)
from bot.i18n.folding import correct_title, fold
from bot.i18n.name_spelling import scripts_of
from bot.screens.workstream_editing import EditingChoices
from bot.services import drafts
from bot.services.summaries import figures
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork


def listed(uow: UnitOfWork, group: WorkingGroup, number: int, *, may_edit: bool = False) -> WorkstreamPage:
    """Give a page of workstreams in the group's order, the closed ones last."""
    closed = [workstream for workstream in uow.groups.every_workstream(group.id) if not workstream.is_open]
    every = [*figures(uow, group).healths, *((workstream, None) for workstream in closed)]
    page = page_of(number, len(every))
    return WorkstreamPage(
        group=group,
        page=page,
        workstreams=tuple(every[page.first_item : page.first_item + PAGE]),
        people={member.id: member for member in uow.members.of_group(group.id)},
        may_edit=may_edit,
    )


# The form


def check_may_edit(by: Member) -> None:
    """Refuse who is no secretary with NotAllowed."""
    if not by.may_edit_workstreams:
        raise NotAllowed


def begin(uow: UnitOfWork, workstream_id: int | None, *, by: Member, chat: Chat) -> Draft:
    """Open the form of a workstream; without one, that of a new one, which asks for its names first."""
    check_may_edit(by)
    form = _new(uow, by) if workstream_id is None else as_it_is(uow, found(uow, workstream_id, by=by))
    return drafts.begin(uow, kinds.WORKSTREAM, form, by=by, chat=chat, touched=False)


def _new(uow: UnitOfWork, by: Member) -> WorkstreamForm:
    form = WorkstreamForm(
        workstream_id=None,
        code="",
        names=Names(),
        lead_party_id=by.party_id,
        people={},
        place=len(uow.groups.workstreams(by.group_id)) + 1,
    )
    return form.at(_next_step(form, uow.groups.get(by.group_id), by))


def _next_step(form: WorkstreamForm, group: WorkingGroup, by: Member) -> str:
    """Give the language of the name to ask for next, the member's or their party's first; "" where none is missing."""
    missing = missing_languages(form.names, group)
    own = (by.reader.language, group.party(by.party_id).default_language)
    return next((language for language in (*own, *missing) if language in missing), "")


def found(uow: UnitOfWork, workstream_id: int, *, by: Member) -> Workstream:
    """Give a workstream of the member's group, a closed one too; raises ButtonExpired."""
    for workstream in uow.groups.every_workstream(by.group_id):
        if workstream.id == workstream_id:
            return workstream
    raise ButtonExpired


def as_it_is(uow: UnitOfWork, workstream: Workstream) -> WorkstreamForm:
    """Give the form of a workstream that nobody has changed yet."""
    ids = [item.id for item in uow.groups.workstreams(workstream.group_id)]
    return form_for(workstream, ids.index(workstream.id) + 1 if workstream.is_open else 0)


def form_of(draft: Draft) -> WorkstreamForm:
    """Give the form that a draft keeps; raises ButtonExpired for another kind of form."""
    if draft.kind != kinds.WORKSTREAM:
        raise ButtonExpired
    return WorkstreamForm.of(draft.fields)


def choices(uow: UnitOfWork, form: WorkstreamForm, *, by: Member) -> EditingChoices:
    """Give what the form can be filled with; raises ButtonExpired where its workstream was removed meanwhile."""
    edited = found(uow, form.workstream_id, by=by) if form.workstream_id is not None else None
    return EditingChoices(
        group=uow.groups.get(by.group_id),
        members=tuple(member for member in uow.members.of_group(by.group_id) if member.may_write),
        places=len(uow.groups.workstreams(by.group_id)) + (form.workstream_id is None),
        is_closed=edited is not None and not edited.is_open,
    )


def named(uow: UnitOfWork, form: WorkstreamForm, text: str, *, by: Member) -> WorkstreamForm:
    """
    Take a name in the language that the form asks for; a new workstream is asked for the next one, then has a code.

    Raises:
        TextMissing, TextTooLong, OtherScript, NameTaken: as their names say.
    """
    language = next(found for found in LANGUAGES if found == form.step)
    name = checked_name(correct_title(text, language))
    if language not in scripts_of(name):
        raise OtherScript(language)
    for other in uow.groups.workstreams(by.group_id):
        others = (getattr(other.names, each) for each in LANGUAGES)
        if other.id != form.workstream_id and fold(name) in {fold(each) for each in others}:
            raise NameTaken(other.code, name)
    before, form = form, replace(form.at(), names=replace(form.names, **{language: name}))
    if form.workstream_id is not None:
        return form
    taken = [item.code for item in uow.groups.every_workstream(by.group_id)]
    if before.code in {"", proposed_code(before.names.en, taken)}:
        form = replace(form, code=proposed_code(form.names.en, taken))
    return form.at(_next_step(form, uow.groups.get(by.group_id), by))


def coded(uow: UnitOfWork, form: WorkstreamForm, text: str, *, by: Member) -> WorkstreamForm:
    """Take a code for a new workstream; raises NotACode, CodeTaken."""
    code = checked_code(correct_title(text))
    if code in {item.code.upper() for item in uow.groups.every_workstream(by.group_id)}:
        raise CodeTaken(code)
    return replace(form.at(), code=code)


def choose_person(
    uow: UnitOfWork, form: WorkstreamForm, party_id: int, member_id: int, *, by: Member
) -> WorkstreamForm:
    """Take who answers for the workstream on one side; member 0 is nobody. Raises NotAllowed."""
    people = {party: member for party, member in form.people.items() if party != party_id}
    if member_id:
        member = uow.members.get(member_id)
        is_fit = member.may_write and member.removed_at is None
        if (member.group_id, member.party_id) != (by.group_id, party_id) or not is_fit:
            raise NotAllowed
        people[party_id] = member.id
    return replace(form.at(), people=people)


def lead_passed_on(form: WorkstreamForm, group: WorkingGroup) -> WorkstreamForm:
    """Let the next party lead."""
    ids = [party.id for party in group.parties]
    return replace(form.at(), lead_party_id=ids[(ids.index(form.lead_party_id) + 1) % len(ids)])


def moved(form: WorkstreamForm, by_places: int, places: int) -> WorkstreamForm:
    """Move it up or down in the order; beyond the ends it stays."""
    return replace(form.at(), place=min(max(form.place + by_places, 1), places))
