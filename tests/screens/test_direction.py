"""
What a reader sees: every screen in every language, laid out as the messenger lays it out, whatever people have written.

What is expected does not come from the bot. It is stated here as a careful typesetter would: a Persian line runs from
the right, any other from the left; a number, a code, a command and what a person wrote each stand as one piece, in
their own direction; all else follows in the order in which it is read, with its punctuation where it was put.
"""

import re
from collections.abc import Iterator
from html import unescape

import bidi
import pytest

from bot.domain.errors import DomainError
from bot.domain.readers import LANGUAGES, Language, Reader
from bot.screens import refusals
from bot.screens.screen import Screen
from tests.people import bare
from tests.screens.examples import HOSTILE, Draw, Examples, is_for_chats, reader_of, screens

# Several languages one under the other, each line in the direction of its own.
IN_EVERY_LANGUAGE = {
    "answers.anonymous",
    "answers.invitation_invalid",
    "answers.stranger",
    "floods.not_taken_of_stranger",
    "groups.bind_hint",
    "groups.bound",
    "welcome.language_choice",
}
OF_A_CHAT: tuple[Language, ...] = ("fa", "tg")
# What a person would type, shown as their own message would show it.
TO_BE_TYPED = ("M-12 ۶۰ درصد", "M-12 60 фоиз")

_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_CODE = re.compile(r"<code>(.*?)</code>")
_TAG = re.compile(r"</?[a-z]+>")
_ARABIC = re.compile("[\u0620-\u06ef\u06fa-\u06ff]")
# A number with its separators; a word, code or command of the other scripts.
_PIECE = re.compile(r"[0-9۰-۹]+(?:[٬٫.,:/][0-9۰-۹]+)*|[/@]?[A-Za-z\u0400-\u04ff][\w.’/-]*(?<!\.)")


def seen(text: str) -> str:
    """Lay one line out by the Unicode algorithm, its direction found as clients find it."""
    return _CONTROLS.sub("", str(bidi.get_display(text)))


def typeset(line: str, words: tuple[str, ...], *, is_persian: bool) -> str:
    """Lay one line out as stated above; *line* is in reading order, without controls."""
    pieces = list(_pieces(line, words, is_persian=is_persian))
    return "".join(reversed(pieces)) if is_persian else "".join(pieces)


def _pieces(line: str, words: tuple[str, ...], *, is_persian: bool) -> Iterator[str]:
    written = [word for word in words if word]
    between = (
        re.split(f"({'|'.join(map(re.escape, sorted(written, key=len, reverse=True)))})", line) if written else [line]
    )
    for part in between:
        if part in written:
            yield seen(part)
        elif is_persian:
            yield from _persian(part)
        else:
            yield seen("\u200e" + part)


def _persian(part: str) -> Iterator[str]:
    last = 0
    for piece in _PIECE.finditer(part):
        yield part[last : piece.start()][::-1]
        yield piece[0]
        last = piece.end()
    yield part[last:][::-1]


def lines_of(screen: Screen) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each line and label as clients lay it out, with the words of the program's own that stand as they are."""
    for line in screen.text.split("\n"):
        yield unescape(_TAG.sub("", line)), tuple(bare(unescape(code)) for code in _CODE.findall(line))
    for row in screen.rows:
        for button in row:
            # A label in two languages has a piece of each.
            yield button.label, tuple(bare(button.label).split(" · "))[1:]


def complaint(line: str, words: tuple[str, ...], *, is_persian: bool) -> str:
    """Say what is wrong with a line; nothing where it is as it should be."""
    if not line.strip():
        return ""
    expected = typeset(_CONTROLS.sub("", line), words, is_persian=is_persian)
    if seen(line) == expected:
        return ""
    return f"{line!r}\n  is seen as {seen(line)!r}\n  instead of {expected!r}"


def of_screen(screen: Screen, word: str, language: Language | None) -> Iterator[str]:
    """Say what is wrong with a screen; one without a *language* has several, each on lines of its own."""
    for line, codes in lines_of(screen):
        words = (_CONTROLS.sub("", word), *codes, *TO_BE_TYPED)
        without = _CONTROLS.sub("", line)
        for each in words:
            without = without.replace(each, "") if each else without
        is_persian = language == "fa" if language else bool(_ARABIC.search(without))
        if found := complaint(line, words, is_persian=is_persian):
            yield found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_every_screen_is_seen_as_it_is_meant(word: str, language: Language) -> None:
    examples = Examples(word, reader_of(language))
    drawn = [(name, screen) for name, draw in screens().items() for screen in examples.drawn(draw)]

    wrong = [
        f"{name}: {found}"
        for name, screen in drawn
        for found in of_screen(screen, word, None if name in IN_EVERY_LANGUAGE else language)
    ]
    holding = sum(_CONTROLS.sub("", word) in _CONTROLS.sub("", line) for _, one in drawn for line, _ in lines_of(one))
    assert wrong == []
    assert holding > 200


def _halves(text: str) -> tuple[str, str]:
    """Cut a text that says the same in two languages, one under the other, in its middle."""
    paragraphs = text.split("\n\n")
    middle = len(paragraphs) // 2
    return "\n\n".join(paragraphs[:middle]), "\n\n".join(paragraphs[middle:])


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_a_chat_sees_each_line_in_the_direction_of_its_language(word: str) -> None:
    examples = Examples(word, reader_of("fa"), in_chat=True)
    shared = [draw for draw in screens().values() if is_for_chats(draw)]

    drawn = [screen for draw in shared for screen in examples.drawn(draw)]
    wrong = [
        found
        for screen in drawn
        for text, language in zip(_halves(screen.text), OF_A_CHAT, strict=True)
        for found in of_screen(Screen(text), word, language)
    ]
    wrong += [found for screen in drawn for found in of_screen(Screen("", screen.rows), word, "fa")]
    assert len(drawn) > 5
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_every_alert_is_seen_as_it_is_meant(word: str, language: Language) -> None:
    examples = Examples(word, reader_of(language))
    alerts = [refusals.alert(examples.reader, refusal) for refusal in examples.variants(DomainError, "refusal")]

    words = (_CONTROLS.sub("", word),)
    lines = [line for alert in alerts for line in alert.split("\n")]
    assert [found for line in lines if (found := complaint(line, words, is_persian=language == "fa"))] == []


@pytest.mark.parametrize("name", sorted(screens().keys() - {"welcome.language_choice"}))
def test_persian_rows_of_buttons_begin_at_the_right(name: str) -> None:
    draw: Draw = screens()[name]
    rows = {
        language: [
            [[(button.act, button.args) for button in row] for row in screen.rows]
            for screen in Examples("x", Reader(language, "gregorian", "latin", "Asia/Tehran")).drawn(draw)
        ]
        for language in LANGUAGES
    }
    # Languages stand in an order of their own; weeks do not begin on the same day.
    others = {"sum.lang", "ln.set", "day.weekday", "day.none", "ms.due", "ob.day"}

    for persian, tajik in zip(rows["fa"], rows["tg"], strict=True):
        in_order = [button for row in tajik for button in row]
        for row in persian:
            place = in_order.index(row[-1]) if row[-1] in in_order else 0
            assert in_order[place : place + len(row)] == row[::-1] or others & {act for act, _ in row}


@pytest.mark.parametrize(
    "line",
    [
        "\u2068Crane (50 t)\u2069 (\u2068ایران\u2069)",
        "\u200f-573",
        "مانع «-573» بسته شد.",
        "\u200f2.5% Crane (50 t)",
        "برای دیدن /help را بفرستید: /help",
    ],
)
def test_a_line_without_care_is_found_out(line: str) -> None:
    assert complaint(line, ("Crane (50 t)", "-573"), is_persian=True)
