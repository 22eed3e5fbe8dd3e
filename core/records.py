"""Frozen dataclasses as flat records and back: the one form in which every store keeps its values.

A record holds only text, whole numbers, floats and None, so that SQLite and MongoDB keep the very same values: times as
`core.clock.to_iso` text (microseconds, text order is time order), booleans as 0 or 1, enums as their text, and mappings,
sequences and nested dataclasses as JSON text.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from core.clock import from_iso, to_iso

Value = str | int | float | None
Record = dict[str, Value]
T = TypeVar("T")


class Row(typing.Protocol):
    """Anything that gives a column's value by its name: a record, or a row of a database driver."""

    def __getitem__(self, name: str, /) -> Any:
        """Return the value of a column. Raises KeyError or IndexError if there is none of that name."""
        ...


def to_record(value: object) -> Record:
    """Return the fields of a dataclass instance as a record."""
    cls: Any = type(value)  # mypy does not see that classes are hashable
    return {name: encode(getattr(value, name)) for name in field_names(cls)}


def from_record(cls: type[T], record: Row) -> T:
    """Return the dataclass that `to_record` wrote; names that `cls` does not have are ignored. Raises KeyError for a missing one."""
    hashable: Any = cls
    return cls(**{name: decode(record[name]) for name, decode in _decoders(hashable)})


@lru_cache
def field_names(cls: type) -> tuple[str, ...]:
    """Return the field names of a dataclass in their order."""
    return tuple(field.name for field in dataclasses.fields(cls))


def encode(value: object) -> Value:
    """Return one field's value as a record keeps it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Enum):
        return encode(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return to_iso(value)
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in field_names(type(value))}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=repr)
    if isinstance(value, bool):
        return value
    return value if value is None or isinstance(value, int | float) else encode(value)


@lru_cache
def _decoders(cls: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = typing.get_type_hints(cls)
    return tuple((name, _decoder(hints[name])) for name in field_names(cls))


def _decoder(hint: Any) -> Callable[[Any], Any]:
    plain = _without_none(hint)
    decode = _scalar(plain)
    if decode is None:
        build = _builder(plain)
        decode = lambda text: build(json.loads(text))  # noqa: E731 - a closure over `build`, nothing more
    return _identity if decode is _identity else lambda value: None if value is None else decode(value)


def _identity(value: Any) -> Any:
    return value


_SCALARS: dict[Any, Callable[[Any], Any]] = {str: _identity, int: _identity, float: float, bool: bool, datetime: from_iso}


def _scalar(plain: Any) -> Callable[[Any], Any] | None:
    if typing.get_origin(plain) is typing.Literal:
        return _identity
    if isinstance(plain, type) and issubclass(plain, Enum):
        return plain
    return _SCALARS.get(plain)


def _builder(hint: Any) -> Callable[[Any], Any]:
    """Return what turns parsed JSON into a value of type `hint`."""
    plain = _without_none(hint)
    origin, arguments = typing.get_origin(plain), typing.get_args(plain)
    if origin is tuple or plain is tuple or origin in {list, Sequence}:
        item = _builder(arguments[0]) if arguments else _identity
        whole: Callable[[Any], Any] = list if origin is list else tuple
        return lambda values: None if values is None else whole(item(value) for value in values)
    if origin in {frozenset, set}:
        return lambda values: None if values is None else origin(values)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        item = _builder(arguments[1])
        return lambda values: None if values is None else {key: item(value) for key, value in values.items()}
    if dataclasses.is_dataclass(plain) and isinstance(plain, type):
        return lambda values: None if values is None else _dataclass_from_json(plain, values)
    scalar = _scalar(plain)
    if scalar is None or scalar is _identity:
        return _identity
    return lambda value: None if value is None else scalar(value)


@lru_cache
def _builders(cls: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = typing.get_type_hints(cls)
    return tuple((name, _builder(hints[name])) for name in field_names(cls))


def _dataclass_from_json(cls: type, values: Mapping[str, Any]) -> Any:
    # A field added after the record was written takes its default.
    return cls(**{name: build(values[name]) for name, build in _builders(cls) if name in values})


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        rest = [part for part in typing.get_args(hint) if part is not types.NoneType]
        return rest[0] if len(rest) == 1 else object
    return hint
