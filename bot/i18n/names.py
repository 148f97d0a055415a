"""Which of a thing's names a reader is shown."""

from collections.abc import Mapping

from bot.domain.readers import Language

_NEXT_BEST: dict[Language, tuple[Language, ...]] = {
    "fa": ("fa", "en", "tg"),
    "tg": ("tg", "en", "fa"),
    "en": ("en", "tg", "fa"),
}


def fallback_name(names: Mapping[str, str] | object, language: Language) -> str:
    """Give the name in *language*, else the next best; *names* is a mapping or has an attribute for each language."""
    for candidate in _NEXT_BEST[language]:
        name = names.get(candidate, "") if isinstance(names, Mapping) else getattr(names, candidate, "")
        if name:
            return str(name)
    return ""
