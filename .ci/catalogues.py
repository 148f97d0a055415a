"""Gathers the texts of the code for the translators, and tells what they have still to do."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.domain.readers import LANGUAGES
from bot.i18n.catalogue import LOCALE_IDS, source

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "locales" / "hamroh.pot"
ROOMS_WITH_TEXT = ("bot", "handlers")
# Lines of the header that change without any text having changed, or that say nothing.
NOISE = (b'"POT-Creation-Date:', b'"Generated-By:', b'"Report-Msgid-Bugs-To:')


def gathered() -> Catalog:
    """Give the template as the code asks for it now, under the header that it has."""
    former = read(TEMPLATE)
    template = Catalog(charset="utf-8", fuzzy=False, header_comment=former.header_comment)
    template.mime_headers = former.mime_headers
    for room in ROOMS_WITH_TEXT:
        for name, line, text, comments, context in extract_from_dir(ROOT / room, comment_tags=["Translators:"]):
            template.add(text, None, [(f"{room}/{name}", line)], auto_comments=comments, context=context)
    return template


def read(path: Path) -> Catalog:
    """Read a catalogue of the repository."""
    # Without a locale Babel would drop the plural forms of the header.
    locale = next((LOCALE_IDS[language] for language in LANGUAGES if source(language) == path), None)
    with path.open("rb") as file:
        return read_po(file, locale=locale, ignore_obsolete=True)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue so that it differs from the one before only where a text does."""
    catalogue.project, catalogue.version = "hamroh", ""
    buffer = BytesIO()
    # Places are given without line numbers, which change all the time.
    write_po(buffer, catalogue, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(NOISE)))


def update() -> None:
    """Bring the template and every catalogue to the texts of the code; what is new waits for its translation."""
    template = gathered()
    write(TEMPLATE, template)
    for language in LANGUAGES:
        catalogue = read(source(language))
        # A guess from a similar sentence is worse than none: it would have to be found before it is read.
        catalogue.update(template, no_fuzzy_matching=True)
        write(source(language), catalogue)
        missing = sum(not translated(message) for message in texts(catalogue))
        if language != "en":
            print(f"{source(language).relative_to(ROOT)}: {missing} to translate")


def texts(catalogue: Catalog) -> Iterator[Message]:
    """Give the messages less the header, which has no text."""
    return (message for message in catalogue if message.id)


def key(message: Message) -> tuple[object, str | None]:
    """Give what makes a message the one it is."""
    return (message.id, message.context)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Give the plural forms of a text, or the one form it has."""
    return list(text) if isinstance(text, list | tuple) else [text or ""]


def translated(message: Message) -> bool:
    """Tell whether every form of the message has a translation."""
    return all(forms(message.string))


def placeholders(text: str) -> set[str]:
    """Give the names that `str.format` will look for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def misnamed(message: Message) -> bool:
    """Tell whether a form has other placeholders than English; only a singular may leave the number out."""
    allowed = [placeholders(form) for form in forms(message.id)]
    given = [placeholders(form) for form in forms(message.string)]
    return given[-1] != allowed[-1] or any(names not in allowed for names in given)


def problems() -> Iterator[str]:
    """Give one line for each thing that is not as it has to be."""
    wanted = {key(message): message for message in texts(gathered())}
    places = {TEMPLATE: TEMPLATE.relative_to(ROOT)} | {
        source(name): source(name).relative_to(ROOT) for name in LANGUAGES
    }
    for path, name in places.items():
        messages = {key(message): message for message in texts(read(path))}
        for identity in wanted.keys() - messages.keys():
            yield f"{name}: missing, so ./run locales: {forms(wanted[identity].id)[0]}"
        for identity in messages.keys() - wanted.keys():
            yield f"{name}: no longer said anywhere, so ./run locales: {forms(messages[identity].id)[0]}"
        for message in messages.values():
            if message.fuzzy:
                yield f"{name}: fuzzy: {forms(message.id)[0]}"
            if path not in {TEMPLATE, source("en")} and not translated(message):
                yield f"{name}: to be translated: {forms(message.id)[0]}"
            elif path != TEMPLATE and any(forms(message.string)) and misnamed(message):
                yield f"{name}: other placeholders than in English: {forms(message.id)[0]}"


def main(arguments: list[str]) -> int:
    """Update the catalogues, or with ``--check`` only look at them."""
    if arguments != ["--check"]:
        update()
        return 0
    found = sorted(problems())
    print("\n".join(found) or "all texts are translated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
