"""Small things: what people carry and use. Those that are held have their grip at the origin."""

from exam.pictures.registry import drawing
from exam.pictures.svg import circle, line, path, polygon, rect, text


@drawing
def bag(*, fill: str = "red") -> str:
    """Draw a shopping bag that hangs from the hand."""
    return path("M-10,8 q0,-14 10,-14 q10,0 10,14", stroke=fill, width=3) + polygon([(-18, 8), (18, 8), (22, 46), (-22, 46)], fill)


@drawing
def phone(*, fill: str = "black") -> str:
    """Draw a mobile phone."""
    return rect(-6, -20, 13, 24, fill, r=3) + rect(-4, -17, 9, 17, "light_blue")


@drawing
def book(*, fill: str = "red") -> str:
    """Draw an open book."""
    return (
        polygon([(-18, -16), (0, -11), (0, 9), (-18, 4)], "white")
        + polygon([(18, -16), (0, -11), (0, 9), (18, 4)], "cream")
        + line([(-18, 6), (0, 11), (18, 6)], fill, 4)
    )


@drawing
def map(*, fill: str = "cream") -> str:  # noqa: A001  # the name that scene files use
    """Draw a folded map, held open."""
    return (
        polygon([(-24, -22), (-8, -17), (8, -22), (24, -17), (24, 13), (8, 8), (-8, 13), (-24, 8)], fill)
        + path("M-18,-10 q14,10 20,2 q8,-8 16,4", stroke="red", width=2.5)
        + path("M-16,4 q10,-6 16,0", stroke="blue", width=2)
    )


@drawing
def paper(*, fill: str = "white") -> str:
    """Draw a sheet of paper with writing."""
    return rect(-12, -26, 26, 34, fill) + "".join(line([(-7, y), (9, y)], "grey", 1.5) for y in (-19, -13, -7, -1))


@drawing
def newspaper() -> str:
    """Draw a newspaper, held open."""
    return (
        rect(-26, -26, 52, 36, "white")
        + rect(-1, -26, 2, 36, "light_grey")
        + rect(-22, -22, 18, 6, "dark_grey")
        + "".join(line([(x, y), (x + 17, y)], "grey", 1.5) for x in (-22, 4) for y in (-10, -5, 0, 5))
        + rect(5, -22, 17, 8, "light_blue")
    )


@drawing
def umbrella(*, fill: str = "red") -> str:
    """Draw an open umbrella, held by its handle."""
    return line([(0, 4), (0, -92)], "black", 3) + path(
        "M-56,-74 q6,-46 56,-46 q50,0 56,46 q-14,-10 -28,0 q-14,-10 -28,0 q-14,-10 -28,0 q-14,-10 -28,0 z", fill
    )


@drawing
def suitcase(*, fill: str = "blue") -> str:
    """Draw a suitcase that stands on the floor."""
    return (
        path("M-12,-62 v-14 h24 v14", stroke="dark_grey", width=5)
        + rect(-28, -64, 56, 60, fill, r=7)
        + rect(-28, -48, 56, 4, "cream")
        + rect(-28, -24, 56, 4, "cream")
        + circle(-18, -3, 4, "black")
        + circle(18, -3, 4, "black")
    )


@drawing
def backpack(*, fill: str = "orange") -> str:
    """Draw a backpack that stands on the floor."""
    return (
        path("M-8,-56 q0,-12 8,-12 q8,0 8,12", stroke="dark_grey", width=4)
        + rect(-26, -58, 52, 58, fill, r=14)
        + rect(-17, -30, 34, 24, "brown", r=6)
    )


@drawing
def box(*, fill: str = "gold") -> str:
    """Draw a cardboard box."""
    return rect(-28, -40, 56, 40, fill, r=2) + rect(-5, -40, 10, 40, "beige") + rect(-28, -40, 56, 4, "brown")


@drawing
def parcel(*, fill: str = "light_brown") -> str:
    """Draw a parcel, held before the body."""
    return rect(-14, -26, 44, 30, fill, r=2) + rect(4, -26, 8, 30, "beige")


@drawing
def flowers(*, fill: str = "pink") -> str:
    """Draw a bunch of flowers."""
    return "".join(
        line([(0, 6), (x, -18)], "green", 2) + circle(x, y, 6, c)
        for x, y, c in ((-10, -20, fill), (0, -26, "yellow"), (10, -20, fill), (4, -14, "white"), (-4, -12, "purple"))
    )


@drawing
def broom() -> str:
    """Draw a broom."""
    return line([(-10, -50), (22, 62)], "wood", 4) + polygon([(14, 58), (30, 54), (40, 76), (14, 82)], "yellow")


@drawing
def spade() -> str:
    """Draw a spade."""
    return line([(-8, -44), (14, 44)], "wood", 4) + path("M6,42 l18,-5 l8,22 q-6,12 -16,10 z", "metal")


@drawing
def watering_can(*, fill: str = "teal") -> str:
    """Draw a watering can and the water that comes out of it."""
    drops = "".join(line([(x, 18), (x + 3, 30)], "blue", 2) for x in (36, 42, 48))
    return path("M-10,0 q10,-18 20,0", stroke=fill, width=4) + rect(-14, 0, 30, 24, fill, r=4) + line([(16, 16), (40, 6)], fill, 6) + drops


@drawing
def tablet() -> str:
    """Draw a tablet computer."""
    return rect(-20, -22, 40, 28, "black", r=4) + rect(-16, -18, 32, 20, "light_blue")


@drawing
def lead() -> str:
    """Draw a dog's lead from the hand to the ground on the right."""
    return path("M0,0 q30,40 62,26", stroke="red", width=3)


@drawing
def pram(*, fill: str = "purple") -> str:
    """Draw a pram with its handle on the left."""
    return (
        path("M-36,-58 q30,0 36,-28 q36,4 36,36 q-2,26 -30,26 h-22 q-18,-4 -20,-34 z", fill)
        + line([(-36, -58), (-56, -74)], "black", 5)
        + "".join(circle(x, -10, 11, "black") + circle(x, -10, 5, "light_grey") for x in (-14, 26))
    )


@drawing
def trolley(*, fill: str = "metal") -> str:
    """Draw a shopping trolley with food, its handle on the left."""
    food = circle(-6, -62, 9, "green") + rect(6, -76, 12, 24, "orange", r=2) + rect(20, -70, 14, 18, "red", r=2)
    return (
        food
        + polygon([(-30, -58), (46, -58), (38, -22), (-20, -22)], fill)
        + line([(-30, -58), (-46, -74)], "dark_grey", 5)
        + circle(-12, -8, 8, "black")
        + circle(30, -8, 8, "black")
        + line([(-16, -22), (-12, -12)], "dark_grey", 4)
        + line([(34, -22), (30, -12)], "dark_grey", 4)
    )


@drawing
def wheelchair() -> str:
    """Draw a wheelchair that faces right; its seat is 38 high."""
    return (
        rect(-26, -88, 7, 50, "dark_blue", r=3)
        + rect(-26, -42, 48, 8, "dark_blue", r=3)
        + path("M-30,-24 a24,24 0 1 0 48,0 a24,24 0 1 0 -48,0", stroke="black", width=4)
        + circle(30, -8, 8, "black")
        + line([(20, -38), (32, -10), (44, -8)], "dark_grey", 4)
    )


@drawing
def tools() -> str:
    """Draw a hammer and a spanner on the ground."""
    return (
        line([(-28, -4), (10, -4)], "wood", 6)
        + rect(4, -16, 13, 22, "dark_grey", r=2)
        + line([(24, -2), (54, -12)], "metal", 6)
        + circle(57, -13, 7, "metal")
    )


@drawing
def label(*, words: str = "", size: float = 20) -> str:
    """Draw a few words, for signs and screens."""
    return text(0, 0, words[:30], size=size, bold=True)


@drawing
def money() -> str:
    """Draw banknotes and coins."""
    return rect(-28, -26, 50, 24, "green", r=3) + circle(-3, -14, 8, "cream") + circle(22, -8, 9, "gold") + circle(14, -2, 9, "yellow")


@drawing
def medicine() -> str:
    """Draw a bottle of medicine with a red cross."""
    return (
        rect(-16, -38, 32, 38, "white", r=5)
        + rect(-12, -48, 24, 11, "grey", r=2)
        + rect(-3, -30, 6, 20, "red")
        + rect(-10, -23, 20, 6, "red")
    )
