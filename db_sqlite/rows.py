"""Rows as values, and the few SQL statements that are put together from column names: our dataclasses' own, with values always bound."""

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from core.records import Record, from_record

T = TypeVar("T")


def remembered(cls: type[T], row: sqlite3.Row) -> T:
    """Return `from_record(cls, row)`; a row that is the same in every column gives the same value again, so never change what is in it.

    For what each request reads: comparing a row takes a tenth of the time that it takes to make a value of it.
    """
    hashable: Any = cls
    value: T = _remembered(hashable, row)
    return value


_remembered = lru_cache(maxsize=1024)(from_record)


def insert(connection: sqlite3.Connection, table: str, record: Record, *, on_conflict: str = "") -> int:
    """Insert one record and return how many rows that made; `on_conflict` is an `ON CONFLICT …` clause of ours."""
    return connection.execute(_insert(table, tuple(record), on_conflict), tuple(record.values())).rowcount


def insert_many(connection: sqlite3.Connection, table: str, records: Sequence[Record], *, on_conflict: str = "") -> None:
    """Insert records of equal columns."""
    if records:
        sql = _insert(table, tuple(records[0]), on_conflict)
        connection.executemany(sql, [tuple(record.values()) for record in records])


@lru_cache(maxsize=256)
def _insert(table: str, columns: tuple[str, ...], on_conflict: str) -> str:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks}) {on_conflict}'  # noqa: S608 - our own column names; values are bound


@lru_cache(maxsize=256)
def assignments(columns: tuple[str, ...]) -> str:
    """Return `"a"=?, "b"=?` for an UPDATE."""
    return ", ".join(f'"{name}"=?' for name in columns)
