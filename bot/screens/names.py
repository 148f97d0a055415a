"""The form of a member's own name: how it is written in each script, and which spelling is only proposed."""

from bot.domain.drafts import NameForm
from bot.domain.members import Names
from bot.domain.readers import LANGUAGES, Language, Reader
from bot.i18n.speech import Html, Speech, speech
from bot.screens.forms import leaving
from bot.screens.screen import Button, Screen, keyboard

VIEW = "name.form"


def name_form(form: NameForm, names_before: Names, reader: Reader, *, draft_id: int) -> Screen:
    """Show the form at its step; without anything that differs from *names_before* there is nothing to confirm."""
    say = speech(reader)
    if form.step is None:
        lines, rows = _card(say, form, draft_id, has_news=form.names != names_before)
    else:
        lines, rows = _question(say, form, form.step, draft_id)
    return Screen(say.page(lines), keyboard(reader, rows), view=(VIEW, draft_id))


Drawn = tuple[list[str | None], list[list[Button | None]]]


def _card(say: Speech, form: NameForm, draft_id: int, *, has_news: bool) -> Drawn:
    _ = say.gettext
    shown = _shown_to(say.language, form.names)
    lines: list[str | None] = [
        _("<b>Your name</b>"),
        *(_spelling(say, form, script) for script in shown),
        "",
        _("Colleagues see your name in their own script where it is known."),
        _("The proposed spelling is kept only if you confirm it.") if form.proposed else None,
        None if form.names.fa or form.names.tg else _how_to_begin(say),
    ]
    edit: dict[Language, str] = {
        "fa": _("Edit in Persian script"),
        "tg": _("Edit in Tajik script"),
        "en": _("Edit in Latin script"),
    }
    leave = Button(_("Skip"), "name.skip", (draft_id,)) if form.is_first else leaving(say, draft_id)[-1]
    rows: list[list[Button | None]] = [[Button(_("Confirm"), "name.save", (draft_id,)) if has_news else None]]
    rows += [[Button(edit[script], "name.edit", (draft_id, script))] for script in _own_first(say.language)]
    return lines, [*rows, [leave]]


def _how_to_begin(say: Speech) -> str:
    return say.gettext(
        "Please give your name in Persian or Tajik script with a button below; the other spelling is then proposed."
    )


def _own_first(language: Language) -> tuple[Language, ...]:
    return (language, *(other for other in LANGUAGES if other != language))


def _shown_to(language: Language, names: Names) -> list[Language]:
    """Give the scripts that are told of: both parties' always, Latin where it is known or read."""
    return [script for script in _own_first(language) if script != "en" or names.en or language == "en"]


def _spelling(say: Speech, form: NameForm, script: Language) -> Html:
    name = getattr(form.names, script)
    if not name:
        return say.line(_unknown(say)[script])
    return say.line((_proposed(say) if script == form.proposed else _known(say))[script], name=name)


def _known(say: Speech) -> dict[Language, str]:
    return {
        "fa": say.gettext("In Persian script: {name}"),
        "tg": say.gettext("In Tajik script: {name}"),
        "en": say.gettext("In Latin script: {name}"),
    }


def _proposed(say: Speech) -> dict[Language, str]:
    return {
        "fa": say.gettext("In Persian script: {name} (proposed automatically; may contain mistakes)"),
        "tg": say.gettext("In Tajik script: {name} (proposed automatically; may contain mistakes)"),
    }


def _unknown(say: Speech) -> dict[Language, str]:
    return {
        "fa": say.gettext("In Persian script: not known yet"),
        "tg": say.gettext("In Tajik script: not known yet"),
        "en": say.gettext("In Latin script: not known yet"),
    }


def _question(say: Speech, form: NameForm, script: Language, draft_id: int) -> Drawn:
    questions: dict[Language, str] = {
        "fa": say.gettext("Please type your given name and surname in Persian script."),
        "tg": say.gettext("Please type your given name and surname in Tajik script."),
        "en": say.gettext("Please type your given name and surname in Latin script."),
    }
    now = _spelling(say, form, script) if getattr(form.names, script) else None
    return [questions[script], now], [leaving(say, draft_id, back="name.back")]


def saved(reader: Reader, names: Names) -> Screen:
    """Confirm what was kept."""
    say = speech(reader)
    known = [script for script in _own_first(say.language) if getattr(names, script)]
    return Screen(
        say.page(
            [
                say.gettext("Saved. Thank you."),
                *(say.line(_known(say)[script], name=getattr(names, script)) for script in known),
                say.gettext("To change it later, send: /name"),
            ]
        )
    )


def skipped(reader: Reader) -> Screen:
    """Say where a name can be given later."""
    say = speech(reader)
    return Screen(say.page([say.gettext("Nothing was changed. To give your name later, send: /name")]))
