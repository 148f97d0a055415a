"""Words by their consonants and script, so that what was typed in one script is found in the others."""

import re
import unicodedata

from bot.i18n.folding import skeleton

_WORD = re.compile("[^\\W_]+(?:[\u200c'’][^\\W_]+)*")
_SCRIPTS = {"ARABIC": "a", "CYRILLIC": "c", "LATIN": "l"}
# Two consonants are a whole word, for as the beginning of one they would fit too many.
_SHORT = 2


def sounds(*texts: str) -> str:
    """Give what the search column of *texts* holds: each word's script and consonants, between spaces."""
    found = dict.fromkeys(sound for text in texts for word in _WORD.findall(text) if (sound := _of_word(word)))
    return f" {' '.join(found)} " if found else ""


def as_heard(word: str) -> tuple[str, ...]:
    """Give what to look for in such columns, to find *word* where it is written in another script."""
    own = _of_word(word)
    if not own:
        return ()
    script, consonants = own.split(":")
    end = " " if len(consonants) <= _SHORT else ""
    return tuple(f" {other}:{consonants}{end}" for other in _SCRIPTS.values() if other != script)


def _of_word(word: str) -> str:
    letter = next((letter for letter in word if letter.isalpha()), "")
    script = _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0]) if letter else None
    consonants = skeleton(word).replace(" ", "")
    return f"{script}:{consonants}" if script and len(consonants) >= _SHORT else ""
