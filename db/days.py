"""How many days lie between two dates, in the words of each kind of database."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class DaysBetween(GenericFunction[int]):
    """The days from a first date to a second one; NULL where one of them is."""

    type = Integer()
    inherit_cache = True


@compiles(DaysBetween, "postgresql")
def _of_postgresql(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(day, **options) for day in element.clauses)
    return f"(CAST({second} AS DATE) - CAST({first} AS DATE))"


@compiles(DaysBetween, "sqlite")
def _of_sqlite(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(day, **options) for day in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"
