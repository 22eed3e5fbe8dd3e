"""The few SVG elements that the drawings are made of. Everything is escaped; no scripts, links, styles or fonts."""

import math
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 800, 500

# Muted, so that pictures sit well on a light and on a dark page.
PALETTE = {
    "red": "#c5553f", "orange": "#dd8a4b", "yellow": "#e7bd57", "green": "#6f9d6b", "dark_green": "#47704f", "teal": "#4c8f92",
    "blue": "#5b86b5", "dark_blue": "#3a5580", "light_blue": "#b9d7e4", "purple": "#84699c", "pink": "#d58f9b", "brown": "#8a6248",
    "dark_brown": "#5a4033", "light_brown": "#b98d66", "beige": "#e2cfae", "white": "#f7f4ec", "cream": "#f1e8d6", "grey": "#97989c",
    "light_grey": "#cfd0d1", "dark_grey": "#595a60", "black": "#35343a", "gold": "#caa14a", "blond": "#d9b56a", "ginger": "#b5643a",
    "skin1": "#f0c9a8", "skin2": "#d9a57d", "skin3": "#b07a55", "skin4": "#7c5238", "sand": "#e5d2a4", "grass": "#a9c48f", "sea": "#7fb0c2",
    "sky": "#cfe4ea", "night": "#2f3c5c", "wood": "#a97c55", "brick": "#b8705a", "glass": "#c9dfe6", "metal": "#a9b0b5", "snow": "#f2f5f6",
}  # fmt: skip

_SHADE = 0.84

Point = tuple[float, float]


def colour(name: str) -> str:
    """Return the palette's value of `name`, or of `name-dark`, a shade darker; raises ValueError for any other name."""
    if name.endswith("-dark") and name.removesuffix("-dark") in PALETTE:
        value = PALETTE[name.removesuffix("-dark")]
        return "#" + "".join(f"{round(int(value[i : i + 2], 16) * _SHADE):02x}" for i in (1, 3, 5))
    if name not in PALETTE:
        raise ValueError(f"there is no colour {name!r}; the colours are {', '.join(PALETTE)}")
    return PALETTE[name]


def num(value: float) -> str:
    """Return a number as short as it can be written, to a tenth of a unit."""
    return f"{round(value, 1):g}"


def tag(name: str, *children: str, **attributes: str | float) -> str:
    """Return one element; underscores in attribute names become hyphens, a trailing one is dropped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(num(value) if isinstance(value, int | float) else value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def rect(x: float, y: float, width: float, height: float, fill: str, *, r: float = 0) -> str:
    """Return a filled rectangle with corners of radius `r`."""
    rounded: dict[str, str | float] = {"rx": r} if r else {}
    return tag("rect", x=x, y=y, width=width, height=height, fill=colour(fill), **rounded)


def circle(x: float, y: float, r: float, fill: str) -> str:
    """Return a filled circle."""
    return tag("circle", cx=x, cy=y, r=r, fill=colour(fill))


def ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    """Return a filled ellipse."""
    return tag("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=colour(fill))


def polygon(points: Sequence[Point], fill: str) -> str:
    """Return a filled polygon."""
    return tag("polygon", points=" ".join(f"{num(x)},{num(y)}" for x, y in points), fill=colour(fill))


def line(points: Sequence[Point], stroke: str, width: float) -> str:
    """Return a line through `points` with round ends and joints."""
    return tag(
        "polyline",
        points=" ".join(f"{num(x)},{num(y)}" for x, y in points),
        fill="none",
        stroke=colour(stroke),
        stroke_width=width,
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def path(d: str, fill: str = "", *, stroke: str = "", width: float = 0) -> str:
    """Return a path, filled or stroked."""
    outline: dict[str, str | float] = {"stroke": colour(stroke), "stroke_width": width, "stroke_linecap": "round"} if stroke else {}
    return tag("path", d=d, fill=colour(fill) if fill else "none", **outline)


def text(x: float, y: float, content: str, *, size: float = 16, fill: str = "black", anchor: str = "middle", bold: bool = False) -> str:
    """Return one line of text."""
    weight = {"font_weight": "600"} if bold else {}
    return tag(
        "text",
        escape(content, quote=False),
        x=x,
        y=y,
        font_family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif",
        font_size=size,
        text_anchor=anchor,
        fill=colour(fill),
        **weight,
    )


def group(*children: str, x: float = 0, y: float = 0, size: float = 1, flip: bool = False, turn: float = 0) -> str:
    """Return `children` moved to (x, y), scaled, mirrored and turned by degrees about their origin."""
    transform = f"translate({num(x)} {num(y)})"
    if size != 1 or flip:
        transform += f" scale({-size if flip else size:.3g} {size:.3g})"
    if turn:
        transform += f" rotate({num(turn)})"
    return tag("g", *children, transform=transform) if children else ""


def along(start: Point, degrees: float, length: float) -> Point:
    """Return the point `length` away from `start`; 0 degrees point straight down, 90 to the right."""
    angle = math.radians(degrees)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)


def document(*children: str, title: str, description: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """Return a whole SVG document with rounded corners, its title and description for assistive technology."""
    clip = tag("clipPath", tag("rect", x=0, y=0, width=width, height=height, rx=16), id="card")
    return tag(
        "svg",
        tag("title", escape(title, quote=False)),
        tag("desc", escape(description, quote=False)),
        tag("defs", clip),
        tag("g", *children, clip_path="url(#card)"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
    )
