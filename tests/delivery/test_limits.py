"""How fast messages leave: evenly, never more than allowed, also when another process goes on from what was sent."""

from bot.delivery.limits import GROUP_MOST, AccountLimit, ChatLimit

RATE = 28


def left(limit: AccountLimit | ChatLimit, *, from_at: float, count: int) -> list[float]:
    """Send as soon as it is allowed; give the instants."""
    now, instants = from_at, []
    for _ in range(count):
        now = limit.free_at(now)
        limit.count(now)
        instants.append(now)
    return instants


def most_within(instants: list[float], seconds: float) -> int:
    return max(sum(start <= at < start + seconds for at in instants) for start in instants)


def test_an_accounts_messages_are_spread_over_each_second() -> None:
    instants = left(AccountLimit(RATE), from_at=100.0, count=200)

    assert most_within(instants, 1.0 - 1e-9) == RATE
    assert most_within(instants, 0.25) <= RATE / 4 + 2
    assert instants[-1] - instants[0] <= 200 / RATE


def test_a_process_that_goes_on_from_another_keeps_the_limit_with_it() -> None:
    first = AccountLimit(RATE)
    before = left(first, from_at=100.0, count=20)

    after = left(AccountLimit(RATE, first.kept()), from_at=before[-1], count=40)

    assert most_within(before + after, 1.0 - 1e-9) == RATE


def test_one_message_a_second_at_least_leaves_however_low_the_rate() -> None:
    assert left(AccountLimit(0.5), from_at=0.0, count=3) == [0.0, 1.0, 2.0]


def test_a_chat_takes_four_at_once_and_then_one_a_second_wherever_they_come_from() -> None:
    first = ChatLimit(is_group=False)
    before = left(first, from_at=50.0, count=3)

    after = left(ChatLimit(is_group=False, before=first.kept()), from_at=before[-1], count=3)

    assert before + after == [50.0, 50.0, 50.0, 50.0, 51.0, 52.0]


def test_a_group_takes_eighteen_a_minute() -> None:
    instants = left(ChatLimit(is_group=True), from_at=0.0, count=GROUP_MOST + 1)

    assert instants[-1] == 60.0
