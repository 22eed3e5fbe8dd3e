"""Original pictures for the exam, drawn from data: `render(picture)` gives SVG, `alternative(picture)` the words for it."""

from exam.pictures.models import Chart, Picture, Series, Thing
from exam.pictures.render import alternative, render, render_tiles

__all__ = ["Chart", "Picture", "Series", "Thing", "alternative", "render", "render_tiles"]
