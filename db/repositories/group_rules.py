"""A group's rules as JSON and back."""

from datetime import time
from typing import Any, cast

from bot.domain.groups import GroupRules, ObstacleRung, Receiver, ReportingRules, ReportRung
from bot.domain.members import QuietHours


def rules_to_json(rules: GroupRules) -> dict[str, Any]:
    """Give the JSON that the database keeps."""
    reporting = rules.reporting
    return {
        "reporting": {
            "calendar": reporting.calendar,
            "due_shared_working_day": reporting.due_shared_working_day,
            "due_time": reporting.due_time.isoformat(),
            "due_time_zone": reporting.due_time_zone,
            "reminder_time": reporting.reminder_time.isoformat(),
            "never_on_receivers_day_off": reporting.never_on_receivers_day_off,
            "rungs": [{"rung": rung.rung, "offset": rung.offset, "to": list(rung.to)} for rung in reporting.rungs],
        },
        "obstacle_ladder": [
            {"after": rung.after, "after_critical": rung.after_critical, "to": list(rung.to)}
            for rung in rules.obstacle_ladder
        ],
        "quiet_hours": [rules.quiet_hours.start.isoformat(), rules.quiet_hours.end.isoformat()],
        "no_news_after_days": rules.no_news_after_days,
        "undo_minutes": rules.undo_minutes,
    }


def rules_from_json(kept: dict[str, Any]) -> GroupRules:
    """Give the rules that the database kept."""
    reporting = kept["reporting"]
    start, end = kept["quiet_hours"]
    return GroupRules(
        reporting=ReportingRules(
            calendar=reporting["calendar"],
            due_shared_working_day=reporting["due_shared_working_day"],
            due_time=time.fromisoformat(reporting["due_time"]),
            due_time_zone=reporting["due_time_zone"],
            reminder_time=time.fromisoformat(reporting["reminder_time"]),
            never_on_receivers_day_off=reporting["never_on_receivers_day_off"],
            rungs=tuple(
                ReportRung(rung=rung["rung"], offset=rung["offset"], to=_receivers(rung["to"]))
                for rung in reporting["rungs"]
            ),
        ),
        obstacle_ladder=tuple(
            ObstacleRung(after=rung["after"], after_critical=rung["after_critical"], to=_receivers(rung["to"]))
            for rung in kept["obstacle_ladder"]
        ),
        quiet_hours=QuietHours(time.fromisoformat(start), time.fromisoformat(end)),
        no_news_after_days=kept["no_news_after_days"],
        undo_minutes=kept["undo_minutes"],
    )


def _receivers(names: list[str]) -> tuple[Receiver, ...]:
    return cast("tuple[Receiver, ...]", tuple(names))
