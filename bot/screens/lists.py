"""Lists in pages of five, edited in place: the rows that turn pages, open obstacles, and what waits for one member."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.groups import WorkingGroup
from bot.domain.obstacles import Severity
from bot.domain.summaries import AgedObstacle, MyPage, ObstaclePage, Page
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.audience import Audience, of_person
from bot.screens.obstacles import severity_word
from bot.screens.roadmap import milestone_line
from bot.screens.screen import Button, Screen, keyboard

OBSTACLES_VIEW = "obstacles"
MY_VIEW = "my"
_SEVERITY_ICONS = {Severity.CRITICAL: "🟥", Severity.HIGH: "🟧", Severity.LOW: "🟨"}
