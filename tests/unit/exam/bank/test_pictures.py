"""The pictures: safe, complete in words, and drawn from what their files say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from pydantic import TypeAdapter, ValidationError

from exam.bank import ExamItem, default_catalogue
from exam.pictures import Chart, Picture, Series, alternative, render, svg
from exam.pictures.registry import thing_names
from exam.pictures.tiles import parse_icon

CATALOGUE = default_catalogue()
PICTURES = CATALOGUE.pictures()
SCENES = [picture for picture in PICTURES if picture.scene]
CHARTS = [picture for picture in PICTURES if picture.chart]
WITH_TILES = [item for item in CATALOGUE.items("collaborative") if CATALOGUE.pictures_of(item)]
ADAPTER: TypeAdapter[Picture] = TypeAdapter(Picture)

# What an alternative may call a drawn thing, where it is not the drawing's own name.
ALSO_CALLED = {
    "hospital_bed": "bed",
    "person": "man woman women child boy girl people pupils teacher doctor worker candidates visitors children grandmother father mother",
    "baby": "baby",
    "armchair": "armchair",
    "backpack": "backpack rucksack",
    "balloons": "balloons",
    "bench": "bench",
    "bicycle": "bicycle",
    "bin": "bin",
    "board": "board",
    "book": "book",
    "box": "box boxes",
    "bread": "bread",
    "building": "building buildings",
    "bunting": "flags",
    "bush": "bush",
    "cake": "cake",
    "chair": "chairs sitting sits sit",
    "stool": "stool",
    "chess": "chess",
    "cup": "cup cups",
    "fir": "fir",
    "falling_snow": "snow",
    "flower_bed": "flowers flower",
    "fruit": "fruit",
    "goal": "goal",
    "hanging_lamp": "lamp",
    "house": "house houses",
    "kitchen_units": "cupboards",
    "wall_cupboards": "cupboards",
    "paper": "paper papers",
    "picture": "picture painting paintings pictures",
    "plate": "plate cake salad pasta sandwich",
    "rock": "rock",
    "round_table": "table",
    "rubbish": "rubbish",
    "rug": "rug blanket",
    "screen": "screen",
    "shelf": "shelf shelves",
    "shop_front": "shop café bookshop",
    "shop_shelf": "shelves",
    "solar_panel": "panel panels",
    "stall": "stall",
    "street_lamp": "lamp",
    "television": "television screen",
    "tent": "tent",
    "tools": "tools",
    "traffic_light": "light",
    "tree": "tree trees",
    "vegetables": "vegetables",
    "wind_turbine": "turbines",
    "sign": "stop sign",
    "cloud": "cloud clouds",
    "bird": "bird birds",
    "easel": "easels",
    "window": "window",
    "computer": "computer",
    "rain": "rainy rain",
    "cow": "cow",
    "present": "present",
    "glass": "glass",
    "sun": "sunny sun",
    "stage": "stage",
    "umbrella": "umbrella",
    "bag": "bag bags",
    "car": "car cars",
    "counter": "counter",
    "door": "door",
}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.id)
def test_every_picture_is_a_well_formed_document_without_anything_active(picture: Picture) -> None:
    svg = render(picture)
    root = ET.fromstring(svg)
    allowed = {"svg", "title", "desc", "defs", "clipPath", "g", "rect", "circle", "ellipse", "polygon", "polyline", "path", "text"}
    for element in root.iter():
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in allowed
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert "url(" not in value or value == "url(#card)"
    assert not re.search(r"<script|javascript:|https?://(?!www\.w3\.org/2000/svg)|<!ENTITY|<style|@import", svg)
    assert len(svg) < 100_000


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.id)
def test_every_picture_says_in_words_what_it_shows(picture: Picture) -> None:
    words = alternative(picture)
    assert len(words) >= 80
    assert words.endswith(".")
    root = ET.fromstring(render(picture))
    assert root.find("{http://www.w3.org/2000/svg}desc").text == words  # type: ignore[union-attr]  # its absence must fail the test


@pytest.mark.parametrize("picture", SCENES, ids=lambda picture: picture.id)
def test_the_words_for_a_scene_name_every_kind_of_thing_in_it(picture: Picture) -> None:
    spoken = set(re.findall(r"[a-zé]+", alternative(picture).lower()))
    for thing in picture.things:
        names = set(ALSO_CALLED.get(thing.name, thing.name).split())
        assert spoken & names, f"{thing.name} is drawn but not described"
        held = str(thing.options.get("holding", "none"))
        if held != "none":
            also = {
                "tray": "drinks",
                "brush": "painting",
                "parcel": "box",
                "phone": "phones phone",
                "watering_can": "watering",
                "weights": "weight",
            }
            assert spoken & set(also.get(held, held).split()), f"{held} is held but not described"


@pytest.mark.parametrize("picture", SCENES, ids=lambda picture: picture.id)
def test_everything_in_a_scene_stands_inside_the_picture(picture: Picture) -> None:
    for thing in picture.things:
        assert 0 <= thing.x <= 800
        assert 0 <= thing.y <= 500
    assert sum(thing.name == "person" for thing in picture.things) >= 1


@pytest.mark.parametrize("picture", CHARTS, ids=lambda picture: picture.id)
def test_the_words_for_a_chart_hold_every_number_of_its_data(picture: Picture) -> None:
    assert picture.chart is not None
    words = alternative(picture)
    svg = render(picture)
    for row in picture.chart.series:
        for label, value in zip(picture.chart.labels, row.values, strict=True):
            assert f"{label} {value:g}" in words
            assert f"{value:g}" in svg


@pytest.mark.parametrize("picture", CHARTS, ids=lambda picture: picture.id)
def test_what_is_written_in_a_chart_is_large_enough_for_a_phone_and_stands_apart(picture: Picture) -> None:
    boxes = list(written(render(picture)))
    assert min(box.size for box in boxes) >= 15
    for box in boxes:
        assert box.left >= 0, box
        assert box.right <= svg.WIDTH, box
        assert box.y <= svg.HEIGHT - 10, box
    for one, other in combinations(boxes, 2):
        beside = min(one.right, other.right) - max(one.left, other.left) < 2
        apart = abs(one.y - other.y) > 0.65 * max(one.size, other.size)
        assert beside or apart, (one.words, other.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where about a text of a drawing stands: its lower line is at `y`."""

    words: str
    left: float
    right: float
    y: float
    size: float


def written(drawing: str) -> Iterator[Written]:
    for attributes, words in re.findall(r"<text ([^>]*)>([^<]*)</text>", drawing):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        x, size = float(found["x"]), float(found["font-size"])
        width = 0.5 * size * len(words)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[found["text-anchor"]]
        yield Written(words=words, left=left, right=left + width, y=float(found["y"]), size=size)


@pytest.mark.parametrize("picture", [p for p in CHARTS if p.chart and p.chart.kind == "pie"], ids=lambda picture: picture.id)
def test_the_parts_of_a_pie_make_up_a_whole(picture: Picture) -> None:
    assert picture.chart is not None
    assert sum(picture.chart.series[0].values) == (40 if picture.chart.unit == "hours" else 100)


@pytest.mark.parametrize("kind", ["bars", "lines"])
def test_a_chart_of_very_small_or_very_large_numbers_stays_on_its_card(kind: str) -> None:
    for values in ((0.02, 0.05), (0, 1), (12_000_000, 49_999_999), (7, 7)):
        chart = Chart(kind=kind, title="T", labels=("a", "b"), series=(Series(name="s", values=values),))  # type: ignore[arg-type]  # from the list above
        for place in re.findall(r' c?y="(-?[\d.]+)"', render(Picture(id="x", chart=chart))):
            assert 0 <= float(place) <= 500


@pytest.mark.parametrize("item", WITH_TILES, ids=lambda item: item.id)
def test_options_with_drawings_are_shown_and_named(item: ExamItem) -> None:
    (tiles,) = CATALOGUE.pictures_of(item)
    shown = CATALOGUE.show(tiles)
    ET.fromstring(shown.svg)
    for option in item.options:
        assert option.text[:1].lower() + option.text[1:] in shown.alt
        parse_icon(option.icon)


def test_the_lower_levels_have_pictures_for_every_choice() -> None:
    lower = (*CATALOGUE.items("collaborative", "A2"), *CATALOGUE.items("collaborative", "B1"))
    assert {item.id for item in WITH_TILES} == {item.id for item in lower}


def test_every_drawing_can_be_drawn_as_it_is() -> None:
    assert len(thing_names()) > 100
    for name in thing_names():
        ET.fromstring(render(Picture(id="x", scene="park", things=({name: [400, 400]},), alt="x" * 80)))  # type: ignore[arg-type]  # as files write it


@pytest.mark.parametrize(
    ("thing", "complaint"),
    [
        ({"persn": [1, 2]}, "did you mean person"),
        ({"person": [1]}, "needs a place"),
        ({"person": {"at": [1, 2], "pos": "sit"}}, "did you mean 'pose'"),
        ({"person": {"at": [1, 2], "pose": "fly"}}, "there is no pose 'fly'"),
        ({"person": {"at": [1, 2], "top": "mauve"}}, "there is no colour 'mauve'"),
        ({"person": {"at": [1, 2], "top": 'red" onload="x'}}, "there is no colour"),
        ({"plate": {"at": [1, 2], "food": "soup"}}, "a plate holds one of"),
        ("person", "a thing is written as"),
    ],
)
def test_a_slip_in_a_scene_is_answered_with_what_would_be_right(thing: object, complaint: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(complaint)):
        ADAPTER.validate_python({"id": "x", "scene": "park", "alt": "x" * 80, "things": [thing]})


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"scene": "moon", "alt": "x" * 80}, "there is no setting 'moon'"),
        ({"scene": "park", "alt": "A park."}, "alt must describe the scene fully"),
        ({}, "either a scene or a chart"),
        (
            {"chart": {"kind": "bars", "title": "T", "labels": ["a", "b"], "series": [{"name": "s", "values": [1]}]}},
            "1 values for 2 labels",
        ),
        (
            {"chart": {"kind": "bars", "title": "T", "labels": ["a", "b"], "series": [{"name": "s", "values": [0, 0]}]}},
            "all values are zero",
        ),
        ({"chart": {"kind": "bars", "title": "T", "labels": ["a", "b"], "series": [{"name": "s", "values": [-1, 2]}]}}, "below zero"),
    ],
)
def test_a_picture_that_could_not_be_used_is_refused(fields: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(complaint)):
        ADAPTER.validate_python({"id": "x", **fields})


def test_markup_in_a_sign_is_only_text() -> None:
    picture = ADAPTER.validate_python(
        {"id": "x", "scene": "street", "alt": "x" * 80, "things": [{"sign": {"at": [100, 300], "words": "<b>&\"'"}}]}
    )
    texts = [element.text for element in ET.fromstring(render(picture)).iter("{http://www.w3.org/2000/svg}text")]
    assert "<b>&\"'" in texts
