"""What all tables share: names of constraints, instants in UTC, and texts that hold JSON."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive values, stores UTC, gives aware ones back (SQLite forgets time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into what the driver stores; raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs a time zone"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


Json = JSON(none_as_null=True)
# SQLite's own integers are as big, and only a column of that very type counts itself up there.
Big = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The root of all rows. Names are kept as {"fa": …, "tg": …, "en": …}."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        str: Text,
        dict[str, Any]: Json,
        dict[str, str]: Json,
        list[Any]: Json,
        list[str]: Json,
        list[int]: Json,
        Sequence[str]: Json,
    }
