"""Options to choose between, each as a small drawing with its words under it."""

from collections.abc import Sequence

from exam.pictures.registry import draw, thing_names
from exam.pictures.svg import HEIGHT, WIDTH, group, rect, text

Tile = tuple[str, str]
"""Words and the name of the drawing, which may be followed by options: `person pose=dance top=red`."""

_LONGEST_LINE = 21
_GROUNDS = ("light_blue", "beige", "grass", "light_grey", "pink", "sand")
_SMALL = {"phone": 3.4, "cup": 2.8, "glass": 2.6, "book": 2.8, "paper": 2.6, "camera": 2.8, "ice_cream": 2.8, "ball": 2.6, "flower": 2.4,
          "guitar": 1.3, "plate": 2.0, "money": 1.8, "ticket": 1.6, "heart": 1.8, "medal": 2.0, "newspaper": 2.0, "tablet": 2.4, "map": 2.2,
          "game_controller": 2.4, "bottle": 1.8, "fruit": 1.6, "bread": 1.8, "weights": 2.0, "racket": 1.6, "microphone": 2.6, "brush": 2.6,
          "pizza": 1.6, "laptop": 1.6, "computer": 1.5, "chess": 1.9, "tools": 1.3, "present": 1.8, "medicine": 1.8, "bag": 1.7, "dog": 1.4,
          "cat": 1.4, "bird": 2.0, "cake": 1.2, "pot": 1.4, "robot": 0.95, "backpack": 1.5, "suitcase": 1.3, "box": 1.6, "flowers": 2.4,
          "television": 0.9, "sun": 1.1, "cloud": 1.1, "bush": 1.4, "bin": 1.6, "duck": 1.6, "rubbish": 1.6, "parcel": 1.8, "clock": 1.8,
          "bicycle": 1.05, "car": 0.85, "bus": 0.68, "train": 0.4, "plane": 0.8, "boat": 0.85, "tent": 0.95, "tree": 0.55, "house": 0.62,
          "person": 0.66, "building": 0.55, "stage": 0.4, "shop_front": 0.6, "stall": 0.62, "shelf": 0.5, "mountain": 0.5, "sofa": 0.6,
          "bed": 0.6, "fridge": 0.52, "washing_machine": 1.2, "bench": 0.95, "table": 0.95, "easel": 0.68, "piano": 0.9, "screen": 0.8,
          "board": 0.6, "playground": 0.85, "swing": 0.7, "goal": 0.85, "fire": 1.5, "solar_panel": 1.3, "wind_turbine": 0.5, "plant": 1.1,
          "cow": 1.0, "umbrella": 0.9, "balloons": 0.8, "hospital_bed": 0.6, "stove": 1.1, "street_lamp": 0.55, "traffic_light": 0.7,
          "flower_bed": 1.0, "vegetables": 1.0, "fir": 0.7, "palm": 0.6, "watering_can": 2.0, "broom": 0.85, "spade": 0.9, "pram": 1.2,
          "trolley": 1.2, "wheelchair": 1.1, "fence": 0.7, "sea": 0.26, "hill": 0.4, "fireplace": 0.8, "lamp": 0.6, "armchair": 1.0,
          "tray": 2.0, "sign": 0.8, "counter": 0.6, "window": 0.85, "door": 0.55, "picture": 1.4, "chair": 1.2, "label": 1.0}  # fmt: skip
# Drawings that reach below their origin, because a hand holds them there.
_HANGING = {"phone": 8, "book": 20, "bag": 76, "camera": 12, "map": 28, "paper": 22, "newspaper": 18, "ice_cream": 26, "guitar": 26,
            "flowers": 12, "broom": 68, "spade": 58, "watering_can": 54, "brush": 20, "microphone": 24, "tablet": 14, "weights": 14,
            "racket": 8, "game_controller": 14, "parcel": 8, "ticket": 12, "bird": 30, "sun": 54, "cloud": 26,
            "bunting": 20, "plane": 34}  # fmt: skip


def draw_tiles(tiles: Sequence[Tile]) -> str:
    """Return up to six tiles in two rows."""
    columns = max(2, (len(tiles) + 1) // 2)  # in two rows
    width, height = (WIDTH - 20 * (columns + 1)) / columns, (HEIGHT - 60) / 2
    parts = rect(0, 0, WIDTH, HEIGHT, "white")
    for index, tile in enumerate(tiles):
        row, column = divmod(index, columns)
        in_row = min(columns, len(tiles) - row * columns)
        left = (WIDTH - in_row * width - (in_row - 1) * 20) / 2 + column * (width + 20)
        parts += _tile(tile, x=left, y=20 + row * (height + 20), width=width, height=height, ground=_GROUNDS[index % len(_GROUNDS)])
    return parts


def _tile(tile: Tile, *, x: float, y: float, width: float, height: float, ground: str) -> str:
    words, icon = tile
    name, options = parse_icon(icon)
    size = _SMALL.get(name, 1.0)
    lines = _wrapped(words)
    foot = height - 36 - 17 * len(lines) - _HANGING.get(name, 0)
    written = "".join(text(width / 2, height - 14 - 19 * (len(lines) - 1 - i), part, size=17, bold=True) for i, part in enumerate(lines))
    return group(rect(0, 0, width, height, ground, r=14), group(draw(name, options), x=width / 2, y=foot, size=size), written, x=x, y=y)


def parse_icon(icon: str) -> tuple[str, dict[str, str]]:
    """Return the drawing's name and options of `person pose=dance`; raises ValueError for what cannot be drawn."""
    name, *pairs = icon.split()
    if name not in thing_names():
        raise ValueError(f"nothing called {name!r} can be drawn")
    options = dict(pair.split("=", 1) for pair in pairs)
    draw(name, options)
    return name, options


def describe_tiles(tiles: Sequence[Tile]) -> str:
    """Return the tiles in words."""
    counts = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
    names = "; ".join(words[:1].lower() + words[1:] for words, _ in tiles)
    return f"{counts.get(len(tiles), str(len(tiles)))} small pictures of things to talk about: {names}."


def _wrapped(words: str) -> list[str]:
    if len(words) <= _LONGEST_LINE or " " not in words:
        return [words]
    middle = min((i for i, c in enumerate(words) if c == " "), key=lambda i: abs(i - len(words) / 2))
    return [words[:middle], words[middle + 1 :]]
