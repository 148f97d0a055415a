"""The language that a text of somebody's is written in, told by its script where that is clear."""

import unicodedata
from collections import Counter

from bot.domain.readers import Language

_LANGUAGE_OF: dict[str, Language] = {"ARABIC": "fa", "CYRILLIC": "tg", "LATIN": "en"}
_FEWEST = 3
# A Persian line may name a Latin model number, and stays Persian.
_CLEAR_SHARE = 2 / 3


def written_in(text: str, otherwise: Language) -> Language:
    """
    Tell the language of *text* by the script that most of its letters have.

    *otherwise*, the writer's own language, stands where there are hardly any letters or no script prevails.
    """
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    letters = scripts.total()
    if letters < _FEWEST:
        return otherwise
    script, count = scripts.most_common(1)[0]
    return _LANGUAGE_OF.get(script, otherwise) if count >= letters * _CLEAR_SHARE else otherwise
