"""A picture as a safe SVG document, and in words."""

from collections.abc import Sequence

from exam.pictures.charts import describe_chart, draw_chart
from exam.pictures.models import Picture
from exam.pictures.registry import draw
from exam.pictures.settings import SETTINGS
from exam.pictures.svg import document, group
from exam.pictures.tiles import Tile, describe_tiles, draw_tiles


def render(picture: Picture) -> str:
    """Return the picture as an SVG document: 800 × 500, no scripts, no links, no outside references."""
    if picture.chart:
        return document(draw_chart(picture.chart), title=picture.chart.title, description=alternative(picture))
    parts = [SETTINGS[picture.scene]]
    for thing in picture.things:
        options = dict(thing.options)
        flip, turn = bool(options.pop("flip", False)), float(options.pop("turn", 0))
        parts.append(group(draw(thing.name, options), x=thing.x, y=thing.y, size=thing.size, flip=flip, turn=turn))
    return document(*parts, title="Picture", description=alternative(picture))


def alternative(picture: Picture) -> str:
    """Return what the picture shows in words, complete enough to do the task without seeing it."""
    if picture.alt:
        return picture.alt
    return describe_chart(picture.chart) if picture.chart else ""


def render_tiles(tiles: Sequence[Tile]) -> tuple[str, str]:
    """Return options as one SVG document of small pictures, and the same in words."""
    words = describe_tiles(tiles)
    return document(draw_tiles(tiles), title="Options", description=words), words
