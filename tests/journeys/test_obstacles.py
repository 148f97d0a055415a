"""An obstacle is raised with a title and one tap, its owner is told, and it can be taken back."""

from datetime import timedelta

import pytest

from bot.domain.obstacles import Obstacle, ObstacleState, Severity
from db.unit_of_work import UnitOfWork
from tests.houses import STARTS_AT
from tests.people import Stage, Visitor

NEXT = 15


def raised(stage: Stage, number: int = NEXT) -> Obstacle | None:
    return stage.house.database.once(lambda c: UnitOfWork(c, 1, STARTS_AT).obstacles.find(1, number))


def has(visitor: Visitor, words: str) -> bool:
    return any(words in message.text for message in visitor.messages())


@pytest.fixture
def observer(stage: Stage) -> Visitor:
    """An observer of Iran, who reads Persian."""
    return stage.people["dadgarnejad"]


async def test_a_title_and_one_tap_in_english(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newobstacle Two standards wait for the laboratory")
    await keyvan.taps("Save")

    card, obstacle = keyvan.sees, raised(stage)
    assert obstacle is not None
    assert (obstacle.severity, obstacle.state, obstacle.language) == (Severity.LOW, ObstacleState.RAISED, "en")
    assert obstacle.milestone_id is not None
    assert keyvan.member_id in obstacle.owners.values()
    assert card.lines[:2] == ["Saved.", "O-15 Two standards wait for the laboratory"]
    assert "Severity: low" in card.lines
    assert "Status: raised" in card.lines
    assert "Turn to act: Tajikistan, since today" in card.lines
    assert "Needed from: Tajikistan" in card.lines
    assert card.buttons == ["Undo", "History"]


async def test_a_title_and_one_tap_in_tajik_tells_the_owner_in_persian(
    stage: Stage, dilshod: Visitor, ramin: Visitor
) -> None:
    await dilshod.says("M-3 71%")
    await dilshod.says("/newobstacle Харитаҳои геологӣ нарасидаанд")
    await dilshod.taps("Нигоҳ доштан")

    obstacle = raised(stage)
    assert obstacle is not None
    assert obstacle.language == "tg"
    told = next(
        person for person in stage.people.values() if person.member_id == obstacle.owners[obstacle.needed_from_party_id]
    )
    assert "O-15 Харитаҳои геологӣ нарасидаанд" in dilshod.sees.lines
    assert "Дараҷаи аҳамият: паст" in dilshod.sees.lines
    assert told.user_id == ramin.user_id
    assert "مانعی را مطرح کرده است" in told.sees.lines[0]
    assert "O-15 Харитаҳои геологӣ нарасидаанд" in told.sees.lines
    assert "واگرد" not in told.sees.buttons


async def test_the_clock_of_the_turn_counts_shared_working_days(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newobstacle Two standards wait for the laboratory")
    await keyvan.taps("Save")
    await stage.pass_time(timedelta(days=2))
    await keyvan.says("O-15")

    assert "Turn to act: Tajikistan, for 2 shared working days (2 calendar days)" in keyvan.sees.lines


async def test_undo_takes_it_back_and_corrects_who_was_told(stage: Stage, keyvan: Visitor, dilshod: Visitor) -> None:
    await keyvan.says("M-14 61%")
    await keyvan.says("/newobstacle Two standards wait for the laboratory")
    await keyvan.taps("Save")
    was_told = has(dilshod, "Two standards wait for the laboratory")
    await keyvan.taps("Undo")
    told = dilshod.sees.text
    await keyvan.says("O-15")

    assert was_told
    assert raised(stage) is None
    assert "аз Шумо амале талаб намешавад" in told
    assert "O-15 was not found." in keyvan.sees.text


async def test_after_ten_minutes_it_stays(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newobstacle Two standards wait for the laboratory")
    await keyvan.taps("Save")
    await stage.pass_time(timedelta(minutes=11))
    await keyvan.taps("Undo")

    assert "10 minutes" in keyvan.toast
    assert raised(stage) is not None


async def test_a_second_tap_on_save_raises_nothing_more(stage: Stage, keyvan: Visitor) -> None:
    form = await _form(stage, keyvan)
    await _tap_at_once(stage, keyvan, form, form)

    assert raised(stage) is not None
    assert raised(stage, NEXT + 1) is None
    assert keyvan.toast == "Already saved."


async def _form(stage: Stage, keyvan: Visitor) -> tuple[int, str]:
    """Open the form and give the message and the data of its button that saves."""
    await keyvan.says("/newobstacle Two standards wait for the laboratory")
    message = keyvan.sees.message
    data = next(button["callback_data"] for row in message.buttons for button in row if button["text"] == "Save")
    return message.id, data


async def _tap_at_once(stage: Stage, keyvan: Visitor, *buttons: tuple[int, str]) -> None:
    for message_id, data in buttons:
        stage.world.press(keyvan.user_id, keyvan.chat, message_id, data)
    await stage.settled()


async def test_every_field_can_be_changed_before_saving(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newobstacle")
    assert "What is the obstacle?" in keyvan.sees.text
    await keyvan.says("No laboratory")
    await keyvan.taps("Severity")
    await keyvan.taps("critical")
    await keyvan.taps("What is needed")
    await keyvan.says("A slot in the laboratory")
    await keyvan.taps("Needed by")
    await keyvan.says("15 Dec 2026")
    await keyvan.taps("Needed from")
    await keyvan.taps("Back")
    await keyvan.taps("Save")

    obstacle = raised(stage)
    assert obstacle is not None
    assert (obstacle.title, obstacle.need) == ("No laboratory", "A slot in the laboratory")
    assert obstacle.severity is Severity.CRITICAL
    assert "Needed by: Tuesday 15 December 2026 (24 Azar 1405)" in keyvan.sees.lines


async def test_cancel_leaves_nothing(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newobstacle No laboratory")
    await keyvan.taps("Cancel")

    assert raised(stage) is None
    assert "Nothing was saved" in keyvan.sees.text


async def test_a_form_that_was_left_is_offered_again(stage: Stage, keyvan: Visitor) -> None:
    await keyvan.says("/newobstacle No laboratory")
    await keyvan.says("/newobstacle No road")
    offered = keyvan.sees.text
    await keyvan.taps("Drop")
    await keyvan.taps("Save")

    obstacle = raised(stage)
    assert "No laboratory" in offered
    assert obstacle is not None
    assert obstacle.title == "No road"


async def test_an_observer_is_refused(stage: Stage, observer: Visitor) -> None:
    await observer.says("/newobstacle راه بسته است")

    assert "اختیارات" in observer.sees.text
    assert raised(stage) is None


async def test_an_unknown_code_is_not_found(keyvan: Visitor) -> None:
    await keyvan.says("O-999")

    assert "O-999 was not found." in keyvan.sees.text
