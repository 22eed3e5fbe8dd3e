"""Dataclasses as flat records and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

import pytest

from core.records import from_record, to_record


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    at: datetime | None = None
    colour: Colour = Colour.RED
    sizes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    text: str
    flag: bool
    number: int
    ratio: float
    at: datetime
    colour: Colour
    maybe: datetime | None = None
    mapping: Mapping[str, object] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    part: Part | None = None
    parts: tuple[Part, ...] = ()
    size: Literal["S", "M"] = "S"
    sizes: Mapping[Literal["S", "M"], int] = field(default_factory=dict)


AT = datetime(2026, 3, 14, 12, 0, 0, 123456, tzinfo=UTC)


def whole() -> Whole:
    part = Part(name="ä", at=AT, sizes=(1.5, 2.0))
    return Whole(
        text="x",
        flag=True,
        number=3,
        ratio=0.5,
        at=AT,
        colour=Colour.RED,
        mapping={"a": [1, None]},
        words=("b",),
        part=part,
        parts=(part,),
        size="M",
        sizes={"M": 1},
    )


def test_a_value_survives_the_way_there_and_back() -> None:
    assert from_record(Whole, to_record(whole())) == whole()


def test_a_record_holds_only_what_every_store_can_hold() -> None:
    record = to_record(whole())
    assert {type(value) for value in record.values()} <= {str, int, float, type(None)}
    assert record["flag"] == 1
    assert record["at"] == "2026-03-14T12:00:00.123456Z"
    assert record["mapping"] == '{"a":[1,null]}'


def test_columns_that_the_class_does_not_have_are_ignored() -> None:
    assert from_record(Part, to_record(Part(name="p")) | {"extra": 1}) == Part(name="p")


def test_a_missing_column_is_an_error() -> None:
    with pytest.raises(KeyError):
        from_record(Part, {"name": "p"})


def test_a_field_added_later_takes_its_default_inside_json() -> None:
    record = to_record(whole()) | {"part": '{"name":"old"}'}
    assert from_record(Whole, record).part == Part(name="old")
