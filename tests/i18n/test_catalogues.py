"""The catalogues: where they are found, how they are compiled, which plurals they have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.domain.readers import LANGUAGES, Language
from bot.i18n import catalogue

PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=1; plural=0;\n"

msgid "Save"
msgstr "Нигоҳ доштан"

#, fuzzy
msgid "Undo"
msgstr "?"

msgid "Back"
msgstr ""

msgctxt "verb"
msgid "Report"
msgstr "Ҳисобот додан"

msgid "{count} obstacle"
msgid_plural "{count} obstacles"
msgstr[0] "{count} монеа"

msgid "{count} day"
msgid_plural "{count} days"
msgstr[0] ""
"""


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    po = catalogue.source("tg", locales=tmp_path)
    po.parent.mkdir(parents=True)
    po.write_text(PO, encoding="utf-8")
    return tmp_path


def test_a_catalogue_speaks_without_having_been_compiled(locales: Path) -> None:
    tajik = catalogue.load("tg", locales=locales)

    assert tajik.gettext("Save") == "Нигоҳ доштан"
    assert tajik.pgettext("verb", "Report") == "Ҳисобот додан"
    assert [tajik.ngettext("{count} obstacle", "{count} obstacles", n) for n in (1, 2)] == ["{count} монеа"] * 2


def test_what_is_missing_is_said_in_english(locales: Path) -> None:
    tajik = catalogue.load("tg", locales=locales)

    assert [tajik.gettext(text) for text in ("Undo", "Back", "Close")] == ["Undo", "Back", "Close"]
    assert [tajik.ngettext("{count} day", "{count} days", n) for n in (1, 2)] == ["{count} day", "{count} days"]


def test_a_compiled_catalogue_is_read_unless_its_source_is_newer(locales: Path) -> None:
    po = catalogue.source("tg", locales=locales)
    mo = po.with_suffix(".mo")
    mo.write_bytes(catalogue.compiled(po, "tg"))
    po.write_text(PO.replace("Нигоҳ доштан", "Захира"), encoding="utf-8")
    os.utime(po, (1000, 1000))

    old_source = catalogue.load("tg", locales=locales).gettext("Save")
    os.utime(mo, (999, 999))
    newer_source = catalogue.load("tg", locales=locales).gettext("Save")

    assert (old_source, newer_source) == ("Нигоҳ доштан", "Захира")


def test_a_language_without_a_catalogue_is_said_in_english(tmp_path: Path) -> None:
    assert catalogue.load("fa", locales=tmp_path).gettext("Save") == "Save"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_pinned(language: Language) -> None:
    with catalogue.source(language).open("rb") as file:
        header = dict(read_po(file).mime_headers)

    assert header["Plural-Forms"] == catalogue.PLURAL_FORMS[language]
    assert header["Language"] == catalogue.LOCALE_IDS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_compiles(language: Language) -> None:
    assert catalogue.compiled(catalogue.source(language), language)


def test_the_languages_are_named_in_their_own_script() -> None:
    names = [catalogue.LANGUAGE_NAMES[language] for language in catalogue.languages()]

    assert names == ["فارسی", "Тоҷикӣ", "English"]


def test_speaking_needs_no_heavy_library() -> None:
    program = "import bot.i18n.speech, bot.i18n.typed, sys; print('babel' in sys.modules)"

    root = catalogue.LOCALES.parent
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)

    assert loaded.stdout.strip() == "False"
