"""Values of pictures: a scene made of things, or a chart drawn from data. Every picture has a text alternative."""

import difflib
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from exam.pictures.registry import option_fault, thing_names
from exam.pictures.settings import SETTINGS

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
Text = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(allow_inf_nan=False)]

SHORTEST_ALT = 80


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Thing:
    """One drawn thing: its name, where its foot stands (x 0–800 from the left, y 0–500 from the top), size, options."""

    name: Text
    x: Number
    y: Number
    size: Annotated[float, Field(gt=0, le=10)] = 1.0
    options: dict[str, str | float | bool] = Field(default_factory=dict)


def _thing(value: Any) -> Any:
    """Read `name: [x, y]`, `name: [x, y, size]` or `name: {at: [x, y], size: 1.2, option: value}`."""
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError("a thing is written as `- name: [x, y]` or `- name: {at: [x, y], …}`")
    name, given = next(iter(value.items()))
    if name not in thing_names():
        near = difflib.get_close_matches(str(name), thing_names(), n=3)
        raise ValueError(f"nothing called {name!r} can be drawn; {'did you mean ' + ' or '.join(near) if near else 'see exam/pictures'}")
    options: dict[str, Any] = dict(given) if isinstance(given, dict) else {"at": given}
    at = options.pop("at", None)
    if not isinstance(at, list | tuple) or len(at) not in (2, 3):
        raise ValueError(f"{name} needs a place: `at: [x, y]` or `at: [x, y, size]`")
    x, y, *sizes = at
    size = options.pop("size", *(sizes or [1.0]))
    if fault := option_fault(name, options):
        raise ValueError(fault)
    return {"name": name, "x": x, "y": y, "size": size, "options": options}


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Series:
    """One named row of numbers of a chart, as long as the chart's `labels`."""

    name: Text
    values: tuple[Number, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Chart:
    """A chart and all its data. `unit` follows a number ("%", "hours"); `pie` takes one series."""

    kind: Literal["bars", "lines", "pie"]
    title: Text
    labels: tuple[Text, ...] = Field(min_length=2, max_length=12)
    series: tuple[Series, ...] = Field(min_length=1, max_length=4)
    unit: str = ""
    x_title: str = ""
    y_title: str = ""

    @model_validator(mode="after")
    def _fits(self) -> "Chart":
        for row in self.series:
            if len(row.values) != len(self.labels):
                raise ValueError(f"{row.name!r} has {len(row.values)} values for {len(self.labels)} labels")
            if any(value < 0 for value in row.values):
                raise ValueError(f"{row.name!r} has a value below zero, which the charts cannot show")
        if self.kind == "pie" and len(self.series) != 1:
            raise ValueError("a pie shows exactly one series")
        if not any(value for row in self.series for value in row.values):
            raise ValueError("all values are zero")
        return self


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Picture:
    """Either a `scene` (the name of a setting, with things in it and an `alt` of its own) or a `chart`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    scene: str = ""
    things: tuple[Annotated[Thing, BeforeValidator(_thing)], ...] = ()
    chart: Chart | None = None
    alt: str = ""

    @model_validator(mode="after")
    def _is_one_of_the_two(self) -> "Picture":
        if bool(self.scene) == bool(self.chart):
            raise ValueError("a picture has either a scene or a chart")
        if self.scene and self.scene not in SETTINGS:
            raise ValueError(f"there is no setting {self.scene!r}; the settings are {', '.join(sorted(SETTINGS))}")
        if self.scene and len(self.alt) < SHORTEST_ALT:
            raise ValueError(f"alt must describe the scene fully, in at least {SHORTEST_ALT} characters")
        return self
