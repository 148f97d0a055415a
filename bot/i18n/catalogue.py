"""The translations: compiled when packaged, compiled in memory in a checkout."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from bot.domain.readers import LANGUAGES, Language

DOMAIN = "hamroh"
# Beside the package bot, in the checkout as in an installed wheel.
LOCALES = Path(__file__).resolve().parents[2] / "locales"

LANGUAGE_NAMES: dict[Language, str] = {"fa": "فارسی", "tg": "Тоҷикӣ", "en": "English"}
LOCALE_IDS: dict[Language, str] = {"fa": "fa_IR", "tg": "tg_TJ", "en": "en"}
# Pinned: Babel would give Tajik two forms, and CLDR has none for it.
PLURAL_FORMS: dict[Language, str] = {
    "fa": "nplurals=1; plural=0;",
    "tg": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
}


def languages() -> tuple[Language, ...]:
    """Give the languages of the interface, in the order of the first screen."""
    return LANGUAGES


def source(language: Language, *, locales: Path = LOCALES) -> Path:
    """Give the path of a catalogue that translators edit."""
    return locales / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: Language) -> NullTranslations:
    """Give the translations of *language*; what is missing in it is said in English."""
    return load(language, locales=LOCALES)


def load(language: Language, *, locales: Path) -> NullTranslations:
    """Read a catalogue: the compiled file, unless the source is newer or the file is not there."""
    po = source(language, locales=locales)
    mo = po.with_suffix(".mo")
    if mo.exists() and not (po.exists() and mo.stat().st_mtime < po.stat().st_mtime):
        with mo.open("rb") as file:
            return GNUTranslations(file)
    if po.exists():
        return GNUTranslations(BytesIO(compiled(po, language)))
    return NullTranslations()


def compiled(po: Path, language: Language) -> bytes:
    """Compile a catalogue; fuzzy and empty entries are left out, and so are said in English."""
    # Babel is heavy, and an installed bot never needs it: its catalogues were compiled when it was built.
    from babel.messages.mofile import write_mo  # noqa: PLC0415 the reason stands above
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with po.open("rb") as file:
        # Without a locale Babel would drop the header's plural forms.
        messages = read_po(file, locale=LOCALE_IDS[language])
    for message in list(messages):
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and not all(forms):
            messages.delete(message.id, message.context)
    buffer = BytesIO()
    write_mo(buffer, messages)
    return buffer.getvalue()
