"""People give their own name in each script; the other script's spelling is proposed and never taken unasked."""

from dataclasses import replace

from bot.domain.drafts import NAME, NameForm
from bot.domain.errors import ButtonExpired, MixedScripts, NotAName, TextMissing
from bot.domain.members import Member, Names, Role
from bot.domain.readers import LANGUAGES, Language
from bot.domain.texts import checked_name
from bot.i18n.folding import correct_title
from bot.i18n.name_spelling import is_in_letters, scripts_of, spelled
from bot.services import drafts
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork

_SAVED_AS = "name"


def is_to_be_asked(uow: UnitOfWork, newcomer: Member) -> bool:
    """
    Tell whether a newcomer is asked for their name.

    They are if a script is missing; an observer is never asked, and nobody a second time in another group.
    """
    if newcomer.role is Role.OBSERVER or (newcomer.names.fa and newcomer.names.tg):
        return False
    return len(uow.members.of_person(newcomer.person_id)) == 1


def begin(uow: UnitOfWork, *, by: Member, chat: Chat, is_first: bool = False) -> Draft:
    """Open the form with the name as it is known, and a proposal for what is missing."""
    form = _proposing(NameForm(by.names, is_first=is_first))
    return drafts.begin(uow, NAME, form, by=by, chat=chat, touched=False)


def form_of(draft: Draft) -> NameForm:
    """
    Read the form of a name.

    Raises:
        ButtonExpired: it is closed, or another kind of form.
    """
    if draft.kind != NAME or not draft.is_open:
        raise ButtonExpired
    return NameForm.of(draft.fields)


def asking_for(form: NameForm, script: str) -> NameForm:
    """Ask for one spelling; "" for none. Raises ButtonExpired for a script that there is not."""
    step = next((language for language in LANGUAGES if language == script), None)
    if script and step is None:
        raise ButtonExpired
    return replace(form, step=step)


def typed(form: NameForm, text: str) -> NameForm:
    """
    Take a typed name as the spelling of the script it is written in, and propose the other one anew if it is missing.

    Raises:
        TextMissing: it has no letters of a script of ours.
        MixedScripts: it has letters of two.
        NotAName: it has digits or signs.
        TextTooLong: it is longer than a name may be.
    """
    name = checked_name(correct_title(text))
    if not is_in_letters(name):
        raise NotAName
    scripts = scripts_of(name)
    if len(scripts) > 1:
        raise MixedScripts
    if not scripts:
        raise TextMissing
    return _proposing(form.given(scripts.pop(), name))


def _proposing(form: NameForm) -> NameForm:
    names = form.names
    if names.fa and not names.tg:
        return _with_proposal(form, "tg", spelled(names.fa, "tg"))
    if names.tg and not names.fa:
        return _with_proposal(form, "fa", spelled(names.tg, "fa"))
    return form


def _with_proposal(form: NameForm, script: Language, name: str) -> NameForm:
    return form.with_proposal(script, name) if name else form


def confirm(uow: UnitOfWork, draft: Draft, *, by: Member) -> Names:
    """Keep the name as the form shows it, the proposal with it."""
    names = form_of(draft).names
    if names != by.names:
        uow.members.change_person(by.person_id, name_fa=names.fa, name_tg=names.tg, name_en=names.en)
        uow.record(
            "name given",
            "person",
            by.person_id,
            group_id=by.group_id,
            member_id=by.id,
            # The record outlives a person's wish to be forgotten: it says which spellings there are, not what they are.
            before={"scripts": _scripts(by.names)},
            after={"scripts": _scripts(names)},
        )
    drafts.save(uow, draft, _SAVED_AS)
    return names


def _scripts(names: Names) -> list[str]:
    return [language for language in LANGUAGES if getattr(names, language)]
