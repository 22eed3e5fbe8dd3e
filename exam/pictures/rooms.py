"""Things of the indoors: furniture, fittings, kitchen."""

from exam.pictures.registry import drawing
from exam.pictures.svg import circle, ellipse, group, line, path, polygon, rect, text


@drawing
def table(*, fill: str = "wood", width: float = 150) -> str:
    """Draw a table, 62 high."""
    half = width / 2
    return "".join(rect(x - 4, -56, 8, 56, fill) for x in (-half + 14, half - 14)) + rect(-half, -64, width, 10, fill, r=4)


@drawing
def round_table(*, fill: str = "wood") -> str:
    """Draw a small round table on one leg."""
    return rect(-4, -58, 8, 58, "dark_grey") + ellipse(0, 0, 26, 5, "dark_grey") + ellipse(0, -60, 54, 9, fill)


@drawing
def chair(*, fill: str = "light_brown") -> str:
    """Draw a chair that faces right; its seat is 38 high."""
    return rect(-22, -88, 7, 88, fill, r=2) + rect(-22, -40, 44, 8, fill, r=3) + rect(15, -36, 6, 36, fill) + rect(-20, -84, 6, 40, fill)


@drawing
def stool(*, fill: str = "wood") -> str:
    """Draw a stool, 38 high."""
    return line([(-10, -36), (-15, 0)], fill, 5) + line([(10, -36), (15, 0)], fill, 5) + rect(-18, -42, 36, 8, fill, r=4)


@drawing
def armchair(*, fill: str = "teal") -> str:
    """Draw an armchair that faces right."""
    return (
        rect(-42, -100, 26, 92, fill, r=12)
        + rect(-40, -46, 80, 36, fill, r=8)
        + rect(-24, -60, 66, 16, fill, r=8)
        + rect(-34, -10, 8, 10, "dark_brown")
        + rect(26, -10, 8, 10, "dark_brown")
    )


@drawing
def sofa(*, fill: str = "purple", width: float = 230) -> str:
    """Draw a sofa seen from the front; its seat is 42 high."""
    half = width / 2
    return (
        rect(-half, -98, width, 80, fill, r=16)
        + rect(-half + 18, -46, width - 36, 32, fill, r=8)
        + line([(-half + 22, -47), (half - 22, -47)], "dark_grey", 1.5)
        + rect(-half - 10, -72, 26, 62, fill, r=12)
        + rect(half - 16, -72, 26, 62, fill, r=12)
        + rect(-half + 4, -12, 10, 12, "dark_brown")
        + rect(half - 14, -12, 10, 12, "dark_brown")
    )


@drawing
def bed(*, fill: str = "blue") -> str:
    """Draw a bed from the side, with its head on the left."""
    return (
        rect(-130, -92, 10, 92, "wood", r=3)
        + rect(118, -58, 10, 58, "wood", r=3)
        + rect(-124, -40, 246, 20, "wood")
        + rect(-122, -60, 244, 24, "white", r=8)
        + rect(-50, -66, 172, 30, fill, r=8)
        + rect(-116, -78, 54, 22, "cream", r=10)
    )


@drawing
def window(*, view: str = "sky", width: float = 130) -> str:
    """Draw a window; its foot is the sill."""
    half = width / 2
    return (
        rect(-half - 6, -126, width + 12, 126, "white")
        + rect(-half, -120, width, 114, view)
        + rect(-3, -120, 6, 114, "white")
        + rect(-half, -66, width, 5, "white")
        + rect(-half - 12, -6, width + 24, 8, "cream")
    )


@drawing
def curtains(*, fill: str = "red", width: float = 150) -> str:
    """Draw a pair of curtains to hang before a window."""
    half = width / 2
    return (
        line([(-half - 10, -140), (half + 10, -140)], "dark_brown", 5)
        + path(f"M{-half},-140 h34 q-6,70 -22,140 h-16 z", fill)
        + path(f"M{half},-140 h-34 q6,70 22,140 h16 z", fill)
    )


@drawing
def door(*, fill: str = "wood") -> str:
    """Draw a door, 190 high."""
    return (
        rect(-48, -196, 96, 196, "cream")
        + rect(-42, -190, 84, 190, fill)
        + rect(-30, -176, 60, 64, "light_brown", r=3)
        + rect(-30, -94, 60, 76, "light_brown", r=3)
        + circle(30, -98, 4.5, "gold")
    )


@drawing
def picture(*, fill: str = "light_blue") -> str:
    """Draw a framed picture of hills on the wall."""
    return (
        rect(-48, -72, 96, 72, "dark_brown")
        + rect(-41, -65, 82, 58, fill)
        + path("M-41,-7 v-20 q22,-26 44,-2 q18,-16 38,2 v20 z", "green")
        + circle(22, -50, 8, "yellow")
    )


@drawing
def clock() -> str:
    """Draw a round clock on the wall."""
    return (
        circle(0, -26, 26, "dark_grey")
        + circle(0, -26, 22, "white")
        + line([(0, -26), (0, -41)], "black", 3)
        + line([(0, -26), (10, -21)], "black", 3)
    )


@drawing
def lamp(*, fill: str = "yellow") -> str:
    """Draw a standing lamp."""
    return (
        rect(-3, -150, 6, 150, "dark_grey")
        + ellipse(0, 0, 24, 5, "dark_grey")
        + polygon([(-18, -184), (18, -184), (32, -142), (-32, -142)], fill)
    )


@drawing
def hanging_lamp(*, fill: str = "yellow") -> str:
    """Draw a lamp that hangs from the ceiling; its foot is the lower edge."""
    return line([(0, -90), (0, -30)], "dark_grey", 3) + path("M-36,0 q6,-34 36,-34 q30,0 36,34 z", fill)


@drawing
def shelf(*, fill: str = "wood") -> str:
    """Draw a tall bookcase full of books."""
    colours = ("red", "teal", "yellow", "blue", "green", "purple", "orange", "dark_blue", "pink")
    books = "".join(
        rect(
            -58 + column * 13,
            -28 - row * 50 - (column * 7 + row * 5) % 9,
            10,
            28 + (column * 7 + row * 5) % 9,
            colours[(column * 2 + row * 3) % 9],
        )
        for row in range(4)
        for column in range(9)
    )
    boards = "".join(rect(-66, -4 - row * 50, 132, 6, fill) for row in range(5))
    return rect(-66, -206, 132, 206, "dark_brown") + books + boards + rect(-70, -208, 8, 208, fill) + rect(62, -208, 8, 208, fill)


@drawing
def shop_shelf(*, fill: str = "light_grey") -> str:
    """Draw a shop's shelf with bottles, tins and boxes."""
    colours = ("red", "yellow", "green", "blue", "orange", "pink")
    goods = ""
    for row in range(4):
        for column in range(9):
            x, y, paint = -82 + column * 20, -8 - row * 48, colours[(column // 3 + row * 2) % 6]
            goods += (
                rect(x - 6, y - 30, 12, 30, paint, r=4) + rect(x - 3, y - 36, 6, 8, "white")
                if row % 2
                else rect(x - 7, y - 24, 14, 24, paint, r=2)
            )
    boards = "".join(rect(-96, -8 - row * 48, 192, 6, "grey") for row in range(4))
    return rect(-98, -208, 196, 208, fill) + goods + boards


@drawing
def counter(*, fill: str = "wood", width: float = 260, top: str = "cream") -> str:
    """Draw a counter, 78 high."""
    half = width / 2
    return (
        rect(-half, -72, width, 72, fill)
        + rect(-half - 8, -80, width + 16, 10, top, r=3)
        + "".join(rect(x, -60, 2, 54, "dark_brown") for x in range(int(-half) + 60, int(half), 60))
    )


@drawing
def kitchen_units(*, fill: str = "teal", width: float = 420) -> str:
    """Draw a row of kitchen cupboards with a sink, 82 high."""
    half = width / 2
    doors = "".join(rect(x + 4, -66, 62, 60, fill, r=3) + rect(x + 56, -42, 4, 14, "cream") for x in range(int(-half), int(half) - 60, 70))
    tap = path("M60,-82 v-24 q0,-12 14,-12 q12,0 12,12", stroke="metal", width=6)
    return rect(-half, -74, width, 74, "dark_grey") + doors + rect(-half - 6, -84, width + 12, 12, "cream", r=3) + tap


@drawing
def wall_cupboards(*, fill: str = "teal") -> str:
    """Draw three kitchen cupboards on the wall."""
    return "".join(rect(x, -70, 84, 70, fill, r=3) + rect(x + 72, -20, 4, 12, "cream") for x in (-134, -46, 42))


@drawing
def stove() -> str:
    """Draw a stove with an oven, 84 high."""
    knobs = "".join(circle(x, -68, 4, "black") for x in (-26, -9, 9, 26))
    return (
        rect(-42, -82, 84, 82, "light_grey", r=3)
        + rect(-42, -86, 84, 8, "black", r=2)
        + knobs
        + rect(-32, -54, 64, 42, "dark_grey", r=4)
        + rect(-30, -58, 60, 4, "metal")
    )


@drawing
def fridge(*, fill: str = "white") -> str:
    """Draw a tall fridge."""
    return (
        rect(-42, -196, 84, 196, fill, r=8)
        + rect(-42, -128, 84, 3, "grey")
        + rect(26, -116, 5, 40, "metal", r=2)
        + rect(26, -172, 5, 34, "metal", r=2)
    )


@drawing
def washing_machine() -> str:
    """Draw a washing machine."""
    return (
        rect(-38, -82, 76, 82, "white", r=5)
        + circle(0, -36, 26, "metal")
        + circle(0, -36, 19, "dark_blue")
        + circle(22, -71, 5, "grey")
        + rect(-30, -75, 30, 8, "light_grey")
    )


@drawing
def board(*, words: str = "", fill: str = "dark_green") -> str:
    """Draw a board on the wall, with a word or two written on it."""
    return (
        rect(-126, -136, 252, 136, "wood")
        + rect(-118, -128, 236, 120, fill)
        + (text(0, -62, words[:22], size=26, fill="white") if words else "")
        + rect(-110, -8, 60, 5, "white")
    )


@drawing
def screen(*, kind: str = "chart") -> str:
    """Draw a large screen on the wall that shows a `chart`, a `film`, a `game` or a `map`."""
    shows = {
        "chart": rect(-90, -112, 180, 98, "white")
        + "".join(rect(x, -22 - h, 22, h, c) for x, h, c in ((-70, 30, "teal"), (-32, 52, "blue"), (6, 44, "orange"), (44, 72, "red"))),
        "film": rect(-90, -112, 180, 98, "night")
        + circle(42, -84, 16, "cream")
        + path("M-90,-14 q60,-50 100,-16 q40,-20 80,4 v12 z", "dark_green"),
        "game": rect(-90, -112, 180, 98, "green")
        + rect(-2, -112, 4, 98, "white")
        + circle(0, -62, 20, "white")
        + circle(0, -62, 16, "green")
        + circle(30, -50, 5, "white"),
        "map": rect(-90, -112, 180, 98, "light_blue")
        + path("M-70,-90 q30,-20 50,6 q-6,30 -34,36 q-30,-8 -16,-42 z M10,-84 q40,-22 66,0 q4,40 -30,52 q-40,-6 -36,-52 z", "green"),
    }
    if kind not in shows:
        raise ValueError(f"a screen shows one of {', '.join(shows)}")
    return rect(-98, -120, 196, 114, "black", r=5) + shows[kind]


@drawing
def computer() -> str:
    """Draw a computer's screen on its stand, to put on a table."""
    return (
        rect(-5, -14, 10, 12, "dark_grey")
        + rect(-18, -4, 36, 4, "dark_grey")
        + rect(-36, -58, 72, 46, "black", r=4)
        + rect(-32, -54, 64, 38, "light_blue")
    )


@drawing
def laptop(*, fill: str = "metal") -> str:
    """Draw an open laptop from the side, its back to the right."""
    return rect(-26, -5, 46, 5, fill, r=2) + polygon([(16, -4), (22, -4), (34, -40), (29, -41)], fill)


@drawing
def plant() -> str:
    """Draw a plant in a pot."""
    leaves = "".join(group(path("M0,0 q14,-24 2,-54 q-16,26 -2,54 z", "green"), y=-34, turn=t) for t in (-50, -25, 0, 25, 50))
    return leaves + polygon([(-20, -36), (20, -36), (14, 0), (-14, 0)], "brick")


@drawing
def rug(*, fill: str = "red") -> str:
    """Draw a rug on the floor."""
    return ellipse(0, 0, 150, 24, fill) + ellipse(0, 0, 122, 17, "cream") + ellipse(0, 0, 108, 14, fill)


@drawing
def fireplace() -> str:
    """Draw a fireplace with a fire in it."""
    return (
        rect(-70, -120, 140, 120, "brick")
        + rect(-82, -128, 164, 12, "dark_brown")
        + rect(-42, -86, 84, 86, "black")
        + path("M-22,-4 q-8,-34 10,-50 q2,18 8,6 q4,-18 0,-28 q24,24 24,52 q0,16 -10,20 z", "orange")
        + path("M-8,-4 q-3,-18 8,-30 q9,14 10,30 z", "yellow")
    )


@drawing
def hospital_bed() -> str:
    """Draw a hospital bed with its head on the left."""
    wheels = "".join(circle(x, -6, 6, "dark_grey") for x in (-96, 96))
    return (
        wheels
        + rect(-110, -40, 220, 8, "metal")
        + line([(-96, -34), (-96, -10)], "metal", 5)
        + line([(96, -34), (96, -10)], "metal", 5)
        + rect(-108, -60, 214, 22, "white", r=7)
        + rect(-30, -64, 136, 26, "light_blue", r=7)
        + rect(-106, -76, 46, 20, "cream", r=8)
        + rect(-116, -96, 8, 60, "metal", r=3)
        + rect(108, -76, 8, 40, "metal", r=3)
    )
