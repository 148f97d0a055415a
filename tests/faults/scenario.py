"""
The scenario of the crash-point sweep, act by act; a new feature adds its acts at the end of ACTS.

An act is what one person does at one moment. What it causes is waited for before the next one begins, and the bot's
clock stands still meanwhile, so that two runs differ in nothing but where the process was ended.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.sandbox.records import Message
from bot.sandbox.world import World
from tests.people import bare, buttons_of

KEYVAN, SECRETARY, OBSERVER = 1005, 1002, 1015
NEWCOMER = 5501
INVITATION = "sweep-invitation-of-the-test"
REMINDED_AT = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)


@dataclass
class Scene:
    """The world as the acts see it. *written* holds the messages that a later act comes back to."""

    world: World
    written: dict[str, Message] = field(default_factory=dict)

    def says(self, person: int, text: str, *, kept_as: str = "") -> None:
        """Write to the bot."""
        self.written[kept_as] = self.world.say(person, person, text)

    def sends(self, person: int, caption: str, *, kept_as: str = "") -> None:
        """Send a document of an album."""
        self.written[kept_as] = self.world.send_file(
            person, person, content=b"content", name="standards.pdf", caption=caption, album="album"
        )

    def edits(self, person: int, kept_as: str, text: str) -> None:
        """Edit what was written before."""
        self.world.edit(person, person, self.written[kept_as].id, text)

    def replies(self, person: int, text: str, *, to: str) -> None:
        """Reply to what was written before."""
        self.world.say(person, person, text, reply_to=self.written[to].id)

    def taps(self, person: int, label: str) -> None:
        """Tap the newest button whose label contains *label*."""
        for message in reversed(self.world.visible(self.world.chat_of(person, person))):
            for button in buttons_of(message):
                if label in bare(button["text"]):
                    self.world.press(person, person, message.id, button["callback_data"])
                    return
        raise AssertionError(f"no button says {label!r}")

    def goes_on_to(self, instant: datetime) -> None:
        """Let time pass."""
        clock: Any = self.world.clock
        clock.move_to(instant)


class Do(Protocol):
    """What happens in an act."""

    def __call__(self, scene: Scene) -> object:
        """Do it."""


@dataclass(frozen=True)
class Act:
    """
    Something that is done, and by its name a part of each crash point.

    *while_down*: it happens while the bot does not run. *awaits* are steps that have to be taken before the act is
    over, where what the act causes does not begin with an update. *leads*: it only leads to the next act, by steps that
    another act is ended at; the sweep passes it by.
    """

    name: str
    do: Callable[[Scene], object]
    while_down: bool = False
    awaits: tuple[str, ...] = ()
    leads: bool = False


ACTS = (
    Act("start", lambda scene: None, while_down=True, awaits=("start.presented", "schedule.reminded")),
    Act("join by invitation", lambda scene: scene.world.start(NEWCOMER, INVITATION)),
    Act("choose the language", lambda scene: scene.taps(NEWCOMER, "English")),
    Act("log progress", lambda scene: scene.says(KEYVAN, "M-14 62% six standards drafted", kept_as="progress")),
    Act(
        "edit the message",
        lambda scene: scene.world.edit(KEYVAN, KEYVAN, scene.written["progress"].id, "M-14 64% six standards drafted"),
    ),
    Act("undo", lambda scene: scene.taps(KEYVAN, "Undo")),
    Act("log again", lambda scene: scene.says(KEYVAN, "M-14 65% seven standards drafted"), leads=True),
    Act("be refused", lambda scene: scene.says(OBSERVER, "M-14 10%")),
    Act(
        "open the form of an obstacle", lambda scene: scene.says(KEYVAN, "/newobstacle Two standards wait"), leads=True
    ),
    Act("ask for the severity", lambda scene: scene.taps(KEYVAN, "Severity"), leads=True),
    Act("choose the severity", lambda scene: scene.taps(KEYVAN, "critical"), leads=True),
    Act("raise the obstacle", lambda scene: scene.taps(KEYVAN, "Save")),
    Act(
        "be reminded",
        lambda scene: scene.goes_on_to(REMINDED_AT),
        while_down=True,
        awaits=("start.presented", "schedule.reminded"),
    ),
    Act("begin to answer", lambda scene: scene.taps(KEYVAN, "Write now"), leads=True),
    Act("answer with a line", lambda scene: scene.says(KEYVAN, "Second line commissioned")),
    Act("answer with nothing", lambda scene: scene.taps(KEYVAN, "Nothing to report")),
    Act("ask for the summary", lambda scene: scene.says(KEYVAN, "/summary")),
    Act("log with a file", lambda scene: scene.sends(KEYVAN, "M-14 66% eight standards drafted", kept_as="evidence")),
    Act("add to the album", lambda scene: scene.sends(KEYVAN, ""), leads=True),
    Act("edit the line", lambda scene: scene.edits(KEYVAN, "evidence", "M-14 68% eight standards drafted"), leads=True),
    Act("log the correction", lambda scene: scene.taps(KEYVAN, "Log the correction")),
    Act("list the evidence", lambda scene: scene.says(KEYVAN, "/evidence M-14"), leads=True),
    Act("have a file sent again", lambda scene: scene.taps(KEYVAN, " 1")),
    Act("leave the part that is asked for next", lambda scene: scene.says(KEYVAN, "/cancel"), leads=True),
    Act("ask to set it back", lambda scene: scene.says(KEYVAN, "M-14 50%"), leads=True),
    Act("give the reason", lambda scene: scene.says(KEYVAN, "two standards were withdrawn"), leads=True),
    Act("set it back", lambda scene: scene.taps(KEYVAN, "Save")),
    Act("take it back", lambda scene: scene.taps(KEYVAN, "Undo")),
    Act("make an item of a message", lambda scene: scene.replies(KEYVAN, "/newobstacle", to="evidence")),
    Act("list the workstreams", lambda scene: scene.says(SECRETARY, "/workstreams"), leads=True),
    Act("edit a workstream", lambda scene: scene.taps(SECRETARY, "✏️ MINES"), leads=True),
    Act("let the other party lead", lambda scene: scene.taps(SECRETARY, "مسئول از طرف دیگر"), leads=True),
    Act("save the workstream", lambda scene: scene.taps(SECRETARY, "ذخیره")),
    Act("undo the change of the workstream", lambda scene: scene.taps(SECRETARY, "واگرد")),
    Act("see a milestone", lambda scene: scene.says(KEYVAN, "M-14"), leads=True),
    Act("open the form of changes", lambda scene: scene.taps(KEYVAN, "Edit"), leads=True),
    Act("ask for the due date", lambda scene: scene.taps(KEYVAN, "Due date"), leads=True),
    Act("type another date", lambda scene: scene.says(KEYVAN, "15 Jan 2027"), leads=True),
    Act("type the reason", lambda scene: scene.says(KEYVAN, "the laboratory opens in January"), leads=True),
    Act("move the date", lambda scene: scene.taps(KEYVAN, "Save")),
    Act("undo the move", lambda scene: scene.taps(KEYVAN, "Undo")),
)
