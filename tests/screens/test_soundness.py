"""Every screen in every language can be sent, drawn anew, and pressed, whatever people have written."""

import pytest

from bot.domain.readers import LANGUAGES, Language
from bot.sandbox.html_markup import parse_html, utf16_length
from bot.screens.callback_data import LIMIT_BYTES, pack
from handlers.registry import OFFER
from tests.screens.examples import HOSTILE, Examples, reader_of, screens

# The one line that strangers get is only counted by its view, never drawn anew.
ONLY_COUNTED = {"stranger"}
MANY = 99_999_999


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", [HOSTILE[0], HOSTILE[-2]], ids=["latin", "tags and isolates"])
def test_every_text_is_the_messengers_html_and_fits(word: str, language: Language) -> None:
    examples = Examples(word, reader_of(language))
    for draw in screens().values():
        for screen in examples.drawn(draw):
            text, _ = parse_html(screen.text)

            assert 0 < utf16_length(text) <= 4096


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_names_an_act_that_there_is_and_fits_its_64_bytes(language: Language) -> None:
    drawn = [screen for draw in screens().values() for screen in Examples("x", reader_of(language)).drawn(draw)]
    buttons = [button for screen in drawn for row in screen.rows for button in row]

    assert {button.act for button in buttons} - OFFER.presses.keys() == set()
    for button in buttons:
        args = tuple(MANY if isinstance(argument, int) else argument for argument in button.args)
        assert len(pack(b"key", 1, MANY, button.act, args).encode()) <= LIMIT_BYTES


@pytest.mark.parametrize("name", screens())
def test_what_is_open_can_be_drawn_anew_when_the_language_changes(name: str) -> None:
    drawn = Examples("x", reader_of("tg")).drawn(screens()[name])

    views = {screen.view[0] for screen in drawn if screen.view is not None}
    assert views - OFFER.views.keys() - ONLY_COUNTED == set()
