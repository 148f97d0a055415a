"""How people say which milestones they want to see: open, overdue, at risk, done, all, and their own."""

from bot.domain.roadmap_filters import Standing
from bot.i18n.folding import fold

OPEN = ("open", "باز", "кушода", "открытые")
OVERDUE = ("overdue", "late", "معوق", "دیرکرد", "عقب‌افتاده", "муҳлаташ гузашта", "мӯҳлаташ гузашта", "просрочено")
_WORDS: dict[Standing, tuple[str, ...]] = {
    Standing.ALL: ("all", "همه", "ҳама", "все"),
    Standing.OPEN: OPEN,
    Standing.OVERDUE: OVERDUE,
    Standing.AT_RISK: (
        "at risk", "off track", "risk", "در معرض خطر", "خارج از برنامه", "зери хатар", "берун аз нақша",
    ),
    Standing.DONE: ("done", "finished", "completed", "انجام‌شده", "تمام‌شده", "иҷрошуда", "анҷомёфта", "готово"),
}  # fmt: skip
_MINE = ("my", "mine", "من", "مال من", "ман", "аз они ман", "мои")
_STANDINGS = {fold(word): standing for standing, words in _WORDS.items() for word in words}
_MINE_WORDS = frozenset(map(fold, _MINE))


def read_standing(text: str) -> Standing | None:
    """Read how the work stands; None where the text says nothing of it."""
    return _STANDINGS.get(fold(text))


def is_mine(text: str) -> bool:
    """Tell whether the text says that it is about one's own."""
    return fold(text) in _MINE_WORDS
