"""The form of one's own name, as readers of each language see it."""

import re
from dataclasses import replace

import pytest

from bot.domain.drafts import NameForm
from bot.domain.members import Names
from bot.domain.readers import LANGUAGES, Language
from bot.screens import names as screens
from bot.screens.answers import plain_reader
from tests.people import bare

KNOWN = Names(tg="Анвар Раҳимзода")
PROPOSING = NameForm(KNOWN, is_first=True).with_proposal("fa", "انور رحیم‌زاده")
EVERY_STEP = [
    PROPOSING,
    NameForm(Names()),
    NameForm(Names("ا", "а", "a")),
    *(replace(PROPOSING, step=script) for script in LANGUAGES),
]


def lines(form: NameForm, language: Language) -> list[str]:
    screen = screens.name_form(form, KNOWN, plain_reader(language), draft_id=1)
    return bare(screen.text).split("\n")


def labels(form: NameForm, language: Language) -> list[str]:
    screen = screens.name_form(form, KNOWN, plain_reader(language), draft_id=1)
    return [button.label for row in screen.rows for button in row]


@pytest.mark.parametrize(
    ("language", "proposal"),
    [
        ("fa", "به خط فارسی: انور رحیم‌زاده (پیشنهاد خودکار؛ ممکن است خطا داشته باشد)"),
        ("tg", "Бо хати форсӣ: انور رحیم‌زاده (пешниҳоди худкор; метавонад хато дошта бошад)"),
        ("en", "In Persian script: انور رحیم‌زاده (proposed automatically; may contain mistakes)"),
    ],
)
def test_a_proposal_is_said_to_be_one(language: Language, proposal: str) -> None:
    assert proposal in lines(PROPOSING, language)


@pytest.mark.parametrize(("language", "first"), [("fa", "فارسی"), ("tg", "тоҷикӣ"), ("en", "Latin")])
def test_ones_own_script_comes_first(language: Language, first: str) -> None:
    assert first in lines(PROPOSING, language)[1]
    assert first in labels(PROPOSING, language)[1]


def test_there_is_nothing_to_confirm_where_nothing_would_change() -> None:
    assert "Confirm" in labels(PROPOSING, "en")
    assert "Confirm" not in labels(NameForm(KNOWN), "en")


def test_who_is_known_in_latin_script_only_is_told_how_to_begin() -> None:
    advice = (
        "Please give your name in Persian or Tajik script with a button below; the other spelling is then proposed."
    )

    assert lines(NameForm(Names(en="Sina Karimi")), "en")[-1] == advice
    assert advice not in lines(NameForm(KNOWN), "en")


def test_a_newcomer_skips_and_others_cancel() -> None:
    assert labels(PROPOSING, "en")[-1] == "Skip"
    assert labels(replace(PROPOSING, is_first=False), "en")[-1] == "Cancel"


@pytest.mark.parametrize("form", EVERY_STEP)
@pytest.mark.parametrize("language", ["fa", "tg"])
def test_nothing_is_left_in_english(language: Language, form: NameForm) -> None:
    said = [*lines(form, language), *labels(form, language)]

    assert [line for line in said if re.search("[A-Za-z]{2}", re.sub("</?b>", "", line))] == []
