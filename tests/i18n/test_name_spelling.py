"""How a name is spelled in the other script is proposed by known names and by letters, and wholly in that script."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.i18n.folding import correct_title
from bot.i18n.name_spelling import scripts_of, spelled
from bot.i18n.name_words import ENDINGS, PAIRS

EXAMPLE = Path(bot.__file__).parent / "examples" / "members.csv"
PERSIAN_NAMES = st.text(alphabet="ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئء\u200c ", max_size=20)
TAJIK_NAMES = st.text(alphabet="абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюяАБМҲ ", max_size=20)


def example_names() -> list[tuple[str, str]]:
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        return [(row["name_fa"], row["name_tg"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("persian", "tajik"), example_names())
def test_the_people_of_the_example_are_spelled_as_they_spell_themselves(persian: str, tajik: str) -> None:
    assert (spelled(tajik, "fa"), spelled(persian, "tg")) == (persian, tajik)


@pytest.mark.parametrize(
    ("tajik", "persian"),
    [
        ("Раҳмонзода", "رحمان‌زاده"),
        ("Шодмонзода", "شادمان‌زاده"),
        ("Алиев", "علی‌اف"),
        ("Саидов", "سعیدوف"),
        ("Каримова", "کریموا"),
        ("Мирзоев", "میرزایف"),
        ("Абдуллоев", "عبدالله‌اف"),
        ("Низомиддин", "نظام‌الدین"),
        ("Садриддин", "صدرالدین"),
        ("Неъматулло", "نعمت‌الله"),
        ("Баҳорванд", "بهاروند"),
        ("Гулчеҳра", "گل‌چهره"),
        ("Умедҷон", "امیدجان"),
    ],
)
def test_endings_of_surnames_have_their_counterparts(tajik: str, persian: str) -> None:
    assert (spelled(tajik, "fa"), spelled(persian, "tg")) == (persian, tajik)


@pytest.mark.parametrize(
    ("persian", "tajik"),
    [
        ("رحمانف", "Раҳмонов"),
        ("نبی اف", "Набиев"),
        ("مینا کاوه پور", "Мино Ковапур"),
        ("عارف شریف", "Ориф Шариф"),
        ("محمدرضا حسینی", "Муҳаммадризо Ҳусейнӣ"),
        ("پورمحمدی", "Пурмуҳаммадӣ"),
        ("كيوان عبداللهي", "Кайвон Абдуллоҳӣ"),
        ("دکتر 🌸", "Дактар"),
    ],
)
def test_a_persian_name_is_proposed_in_tajik(persian: str, tajik: str) -> None:
    assert spelled(persian, "tg") == tajik


@pytest.mark.parametrize(("typed", "persian"), [("Хасан Мухаммадов", "حسن محمدوف"), ("ЊУСЕЙН", "حسین")])
def test_a_name_typed_without_the_six_letters_is_known(typed: str, persian: str) -> None:
    assert spelled(typed, "fa") == persian


@pytest.mark.parametrize("name", ["", "🌸", "Ramin", "۱۲", "\u200c"])
def test_without_letters_of_the_other_script_nothing_is_proposed(name: str) -> None:
    assert [spelled(name, "fa"), spelled(name, "tg")] == ["", ""]


@pytest.mark.parametrize("ending", sorted({persian for _, persian in ENDINGS} | {"اف", "وا", "ی", "گل\u200c"}))
def test_a_persian_name_of_nothing_but_endings_is_no_riddle(ending: str) -> None:
    # As long as a name may be: what is read twice on each step here would never come to its end.
    assert scripts_of(spelled((ending * 100)[:100], "tg")) == {"tg"}


@pytest.mark.parametrize("ending", sorted({tajik for tajik, _ in ENDINGS} | {"ов", "ева", "иев", "гул"}))
def test_a_tajik_name_of_nothing_but_endings_is_no_riddle(ending: str) -> None:
    assert scripts_of(spelled((ending * 100)[:100], "fa")) == {"fa"}


@given(name=PERSIAN_NAMES)
def test_every_persian_name_is_proposed_in_whole_tajik_words(name: str) -> None:
    proposed = spelled(name, "tg")

    assert scripts_of(proposed) <= {"tg"}
    assert proposed == correct_title(proposed)
    assert all(word[0].isupper() and word[1:] == word[1:].lower() for word in proposed.split())


@given(name=TAJIK_NAMES)
def test_every_tajik_name_is_proposed_in_whole_persian_words(name: str) -> None:
    proposed = spelled(name, "fa")

    assert scripts_of(proposed) <= {"fa"}
    assert proposed == correct_title(proposed)
    assert not any(word.startswith("\u200c") or word.endswith("\u200c") for word in proposed.split())


@given(name=st.text())
def test_whatever_is_typed_a_proposal_is_in_the_script_that_was_asked_for(name: str) -> None:
    assert scripts_of(spelled(name, "fa")) <= {"fa"}
    assert scripts_of(spelled(name, "tg")) <= {"tg"}


def test_known_names_and_endings_are_written_as_names_are() -> None:
    spellings = [(*pair,) for pair in PAIRS] + [(tajik, persian)[::-1] for tajik, persian in ENDINGS]

    assert [pair for pair in spellings if len(pair) != 2 or scripts_of(pair[0]) != {"fa"}] == []
    assert [pair for pair in spellings if scripts_of(pair[1]) != {"tg"} or correct_title(pair[1]) != pair[1]] == []
    assert [pair for pair in PAIRS if not pair[1][0].isupper() or correct_title(pair[0]) != pair[0]] == []
