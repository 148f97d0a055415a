"""Markup read by Telegram's own parser and by ours, which must agree."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.formatting import find_by_patterns, has_telegrams_own_parser, read_text, settle_text
from bot.sandbox.html_markup import parse_html

GOOD = [
    "plain & simple &lt;tag&gt; &quot;q&quot; &#1234; &nbsp;",
    "<b>bold</b> <i>it</i> <u>u</u> <s>s</s> <code>c</code>",
    "<b>سلام <i>دنیا</i></b> 😀 <b>x</b>",
    '<a href="https://example.com/a?b=1">link</a>',
    "<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>",
    "<blockquote>q</blockquote><pre>x = 1</pre>",
    "<blockquote expandable>q</blockquote>",
    "<b></b>nothing",
]
BAD = [
    "<x>y</x>",
    "میانه <x>ک</x>",
    "<b>open",
    "<b>x</i>",
    "x</b>",
    "a<",
    "<b",
    "1 < 2",
]


def refusal_of(text: str) -> str:
    with pytest.raises(ApiError) as caught:
        read_text(text, parse_mode="HTML", entities=None)
    return caught.value.description


@pytest.mark.parametrize("markup", GOOD)
def test_both_parsers_read_the_same(markup: str) -> None:
    text, entities = read_text(markup, parse_mode="HTML", entities=None)

    def in_order(entity: dict[str, object]) -> str:
        return repr(sorted(entity.items()))

    assert parse_html(markup)[0] == text
    assert sorted(parse_html(markup)[1], key=in_order) == sorted(entities, key=in_order)


@pytest.mark.parametrize("markup", BAD)
def test_both_parsers_refuse_in_the_same_words(markup: str) -> None:
    with pytest.raises(ApiError) as ours:
        parse_html(markup)

    assert ours.value.description == refusal_of(markup)


def test_telegrams_own_parser_is_what_these_tests_compare_with() -> None:
    assert has_telegrams_own_parser()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start CODE", ["bot_command"]),
        ("see https://example.com/a and @hamroh_bot", ["url", "mention"]),
        ("M-12 60% second furnace", []),
        ("/summary@hamroh_bot now", ["bot_command"]),
    ],
)
def test_both_finders_find_commands_and_links(text: str, kinds: list[str]) -> None:
    found = settle_text(text, [])[1]

    assert [entity["type"] for entity in found] == kinds
    assert find_by_patterns(text) == found


def test_links_are_not_looked_for_in_code_and_links() -> None:
    markup = '<code>https://e.com</code> <a href="https://t.com">https://e.com</a> <b>https://e.com</b>'
    text, entities = settle_text(*read_text(markup, parse_mode="HTML", entities=None))

    assert [entity["type"] for entity in entities].count("url") == 1
    assert text == "https://e.com https://e.com https://e.com"


def test_explicit_entities_move_with_the_text() -> None:
    entity = {"type": "bold", "offset": 0, "length": 6}

    assert settle_text(*read_text("  hi  ", parse_mode="", entities=[entity])) == (
        "  hi",
        [{"type": "bold", "offset": 0, "length": 4}],
    )


def test_control_characters_become_spaces_and_removed_ones_shift_entities() -> None:
    entity = {"type": "bold", "offset": 11, "length": 1}

    assert settle_text("\ta\r\nb\tc\t", []) == ("a\nb c", [])
    assert settle_text("a\u2028b\u202ec\u030ad\u0333e\u033f f", [entity]) == (
        "abcde f",
        [{"type": "bold", "offset": 6, "length": 1}],
    )


@settings(deadline=None)
@given(st.text(alphabet="ab <>/&;\n\u200e\u200f\u202a\u2068😀سл", max_size=40))
@example("\u200e\u202a\u200e")
def test_any_text_settles_and_settling_again_changes_nothing(text: str) -> None:
    once, entities = settle_text(text, [])

    assert settle_text(once, []) == (once, entities)


@settings(deadline=None)
@given(st.text(alphabet='<>/bi ax="&l;t😀', max_size=30))
def test_any_markup_is_read_or_refused_alike(markup: str) -> None:
    try:
        theirs: object = read_text(markup, parse_mode="HTML", entities=None)[0]
    except ApiError:
        theirs = None
    try:
        ours: object = parse_html(markup)[0]
    except ApiError:
        ours = None

    assert ours == theirs
