"""Sentences with values of anybody's in them, and the lines they make."""

from html.parser import HTMLParser

import bidi as unicode_bidi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.readers import LANGUAGES, Language, Reader
from bot.i18n.bidi import FSI, PDI, RLM, balanced, directed
from bot.i18n.direction import rows
from bot.i18n.speech import Html, Phrase, Speech, speech
from tests.people import bare

HOSTILE = "<b>x</b> & \u202egnp.exe\u202c\u2067\u2069\u2069\u200f{title}\x07"
READERS = {language: Reader(language, "gregorian", "latin", "UTC") for language in LANGUAGES}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser.text


def is_balanced(line: str) -> bool:
    depth = 0
    for character in line:
        depth += (character == FSI) - (character == PDI)
        if depth < 0:
            return False
    return depth == 0


def test_a_value_is_isolated_inside_its_tag(persian: Speech) -> None:
    assert persian.line("<b>{title}</b>", title="Steel") == f"<b>{FSI}Steel{PDI}</b>"


def test_nothing_is_isolated_inside_code(persian: Speech) -> None:
    assert persian.line("<code>{code}</code> {code}", code="M-12") == f"<code>M-12</code> {FSI}M-12{PDI}"


def test_a_link_takes_its_address_as_it_is(english: Speech) -> None:
    line = english.line('<a href="{link}">{name}</a>', link='https://x.example/?a=1&b="', name="x")

    assert line == f'<a href="https://x.example/?a=1&amp;b=&quot;">{FSI}x{PDI}</a>'


def test_what_a_person_wrote_turns_nothing_around_it(english: Speech) -> None:
    line = english.line("By {name}.", name=HOSTILE)

    assert line == f"By {FSI}&lt;b&gt;x&lt;/b&gt; &amp; gnp.exe{{title}}\x07{PDI}."


def test_a_value_over_two_lines_is_isolated_on_each(english: Speech) -> None:
    assert english.line("{note}", note="a\nb") == f"{FSI}a{PDI}\n{FSI}b{PDI}"


def test_digits_of_the_reader_need_no_isolate(persian: Speech) -> None:
    assert persian.line("{count} مانع", count=12) == "۱۲ مانع"


def test_a_negative_count_keeps_its_minus_on_the_left(persian: Speech) -> None:
    assert persian.line("{change}", change=-5) == f"{FSI}\N{MINUS SIGN}۵{PDI}"


def test_html_of_ours_passes_as_it_is(english: Speech) -> None:
    assert english.line("{part}!", part=Html("<i>a</i> &amp;")) == f"{FSI}<i>a</i> &amp;{PDI}!"


def test_names_joined_before_keep_their_isolates(english: Speech) -> None:
    line = english.line("By {names}", names=english.listing(["A & B", "c"]))

    assert line == f"By {FSI}{FSI}A &amp; B{PDI} and {FSI}c{PDI}{PDI}"


def test_a_label_is_not_escaped(english: Speech) -> None:
    assert english.label("Open {title}", title="R&D <1>\u202e") == f"Open {FSI}R&D <1>{PDI}"


def test_a_label_made_of_html_is_plain(english: Speech) -> None:
    assert english.label("Open {title}", title=english.line("<b>{t}</b>", t="R&D")) == f"Open {FSI}R&D{PDI}"


def test_a_field_of_a_sentence_is_a_plain_name(english: Speech) -> None:
    with pytest.raises(ValueError, match="plain name"):
        english.line("{title.__class__}", title="x")


def test_quotation_marks_are_those_of_the_language(persian: Speech, tajik: Speech, english: Speech) -> None:
    assert persian.quote("x") == f"«{FSI}x{PDI}»"
    assert tajik.quote("x") == f"«{FSI}x{PDI}»"
    assert english.quote("x") == f"“{FSI}x{PDI}”"


def test_a_persian_line_has_one_mark_unless_an_arabic_letter_opens_it(persian: Speech) -> None:
    page = persian.page(["<b>سلام</b>", "<b>M-12</b>", f"{RLM}۵ روز", f"{FSI}علی{PDI}: 5", "", None])

    assert page.split("\n") == ["<b>سلام</b>", f"{RLM}<b>M-12</b>", f"{RLM}۵ روز", f"{RLM}{FSI}علی{PDI}: 5", ""]


def test_other_lines_have_no_mark(tajik: Speech, english: Speech) -> None:
    assert tajik.page(["12 кор"]) == "12 кор"
    assert english.page(["M-12"]) == "M-12"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_never_begins_with_a_flag(language: Language) -> None:
    say = speech(READERS[language])

    page = say.page([say.line("<b>{name}</b>", name="🇮🇷 x"), "🇹🇯"])

    assert all(seen(line).lstrip(RLM).startswith("•") for line in page.split("\n"))


def test_isolates_balance_on_every_line() -> None:
    assert balanced(f"{PDI}a{FSI}b") == f"a{FSI}b{PDI}"


@given(name=st.text(), note=st.text())
def test_whatever_is_typed_the_page_is_sound(name: str, note: str) -> None:
    for reader in READERS.values():
        say = speech(reader)

        page = say.page([say.line("<b>{name}</b>: {note} <code>{name}</code>", name=name, note=note), say.quote(note)])

        first = page.split("\n")[0]
        assert first.count("<b>") == 1
        assert all(is_balanced(line) for line in page.split("\n"))
        assert not set(page) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")


def test_a_latin_title_in_a_persian_line_stays_in_one_piece(persian: Speech) -> None:
    line = persian.page([persian.line("{code} {title}: {percent} {bar}", code="M-12", title="Crane (50 t)",
                                      percent=persian.percent(60), bar=persian.bar(60))])  # fmt: skip

    shown = unicode_bidi.get_display(line).translate(dict.fromkeys(map(ord, FSI + PDI + RLM)))

    assert shown == "░░░░██████ " + "درصد"[::-1] + " ۶۰ :Crane (50 t) M-12"


def test_names_in_parentheses_follow_the_persian_line(persian: Speech, tajik: Speech) -> None:
    lead = {say: say.line("{person}", person=Phrase(say.label("{name} ({party})", name="Ramin", party="Iran")))
            for say in (persian, tajik)}  # fmt: skip

    shown = {say: bare(str(unicode_bidi.get_display(say.page([line])))) for say, line in lead.items()}

    assert shown == {persian: ")Iran( Ramin", tajik: "Ramin (Iran)"}


def test_a_persian_date_in_a_tajik_line_does_not_swap_its_neighbours(tajik: Speech) -> None:
    line = tajik.page([tajik.line("M-12 {title} 60", title="معدن 3")])

    shown = unicode_bidi.get_display(line).translate(dict.fromkeys(map(ord, FSI + PDI)))

    assert shown == "M-12 " + "3 " + "معدن"[::-1] + " 60"


def test_persian_rows_of_buttons_are_reversed() -> None:
    assert rows(READERS["fa"], [["a", "b"], ["c"]]) == [["b", "a"], ["c"]]
    assert rows(READERS["tg"], [["a", "b"], ["c"]]) == [["a", "b"], ["c"]]


def test_arrows_point_onwards(persian: Speech, tajik: Speech) -> None:
    assert (persian.arrow, tajik.arrow) == ("←", "→")


def test_a_command_inside_a_persian_line_keeps_its_slash_in_front() -> None:
    line = directed("<b>برای دیدن</b> فرمان /summary را بفرستید: /help", "fa")

    assert line.count("\u2068/summary\u2069") == 1
    assert line.endswith("\u2068/help\u2069")
    assert "</b>" in line
    assert directed("See https://t.me/x and </code> /help", "en").endswith("</code> /help")
