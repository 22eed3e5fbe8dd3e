"""Small things: what people hold, wear, eat and play with. Those that are held have their grip at the origin."""

from exam.pictures.registry import drawing
from exam.pictures.svg import circle, ellipse, group, line, path, polygon, rect, text


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
    return polygon([(-18, -16), (0, -11), (0, 9), (-18, 4)], "white") + polygon([(18, -16), (0, -11), (0, 9), (18, 4)], "cream") + line([(-18, 6), (0, 11), (18, 6)], fill, 4)


@drawing
def cup(*, fill: str = "white") -> str:
    """Draw a cup with a handle."""
    return rect(-9, -20, 18, 20, fill, r=4) + path("M9,-16 q9,0 9,6 q0,6 -9,5", stroke=fill, width=3) + ellipse(0, -19, 9, 2.5, "dark_brown")


@drawing
def glass(*, fill: str = "light_blue") -> str:
    """Draw a glass."""
    return polygon([(-8, -24), (8, -24), (6, 0), (-6, 0)], "glass") + polygon([(-7, -16), (7, -16), (6, 0), (-6, 0)], fill)


@drawing
def bottle(*, fill: str = "green") -> str:
    """Draw a bottle."""
    return rect(-8, -34, 16, 34, fill, r=4) + rect(-3.5, -50, 7, 18, fill) + rect(-8, -24, 16, 12, "cream")


@drawing
def plate(*, food: str = "salad") -> str:
    """Draw a plate with salad, pasta, fish, cake, a sandwich or nothing."""
    foods = {
        "none": "",
        "salad": "".join(circle(x, -7, 7, c) for x, c in ((-12, "green"), (0, "dark_green"), (11, "red"), (5, "grass"))),
        "pasta": ellipse(0, -6, 18, 7, "yellow") + circle(0, -9, 7, "red"),
        "fish": path("M-18,-6 q14,-12 26,0 l8,-6 v12 l-8,-6 q-12,12 -26,0 z", "blue"),
        "cake": polygon([(-14, -3), (14, -3), (14, -18), (-14, -12)], "beige") + line([(-14, -12), (14, -18)], "pink", 4),
        "sandwich": rect(-18, -8, 36, 5, "light_brown", r=2) + rect(-17, -11, 34, 4, "green") + rect(-18, -17, 36, 6, "light_brown", r=3),
    }
    if food not in foods:
        raise ValueError(f"a plate holds one of {', '.join(foods)}")
    return ellipse(0, -1, 28, 5, "white") + foods[food]


@drawing
def pot(*, fill: str = "red") -> str:
    """Draw a cooking pot with steam."""
    steam = "".join(path(f"M{x},-40 q6,-8 0,-16 q-6,-8 0,-16", stroke="light_grey", width=3) for x in (-10, 8))
    return steam + rect(-28, -30, 56, 30, fill, r=6) + rect(-38, -26, 76, 6, "dark_grey", r=3) + rect(-30, -34, 60, 6, "dark_grey", r=3)


@drawing
def pan() -> str:
    """Draw a frying pan, held by its handle."""
    return line([(0, 0), (22, 2)], "black", 5) + path("M20,-4 h42 q-2,14 -12,14 h-18 q-10,0 -12,-14 z", "dark_grey")


@drawing
def bread() -> str:
    """Draw a loaf of bread."""
    return path("M-30,0 q-8,-22 14,-24 h32 q22,2 14,24 z", "light_brown") + "".join(line([(x, -20), (x + 6, -8)], "beige", 3) for x in (-16, -2, 12))


@drawing
def fruit() -> str:
    """Draw a bowl of fruit."""
    return circle(-12, -24, 10, "red") + circle(10, -24, 10, "orange") + circle(-1, -32, 9, "green") + path("M14,-30 q18,-4 14,-22", stroke="yellow", width=7) + path("M-32,-22 h64 q-4,22 -22,22 h-20 q-18,0 -22,-22 z", "blue")


@drawing
def cake() -> str:
    """Draw a birthday cake with candles."""
    candles = "".join(rect(x - 2, -66, 4, 18, "white") + ellipse(x, -71, 3, 5, "yellow") for x in (-22, 0, 22))
    return candles + rect(-38, -48, 76, 24, "pink", r=5) + rect(-46, -26, 92, 26, "beige", r=5) + path("M-38,-40 q10,14 19,0 q10,14 19,0 q10,14 19,0 q10,14 19,0 v-6 h-76 z", "white")


@drawing
def pizza() -> str:
    """Draw a pizza seen from above."""
    return circle(0, -26, 27, "light_brown") + circle(0, -26, 22, "yellow") + "".join(circle(x, y, 5, "red") for x, y in ((-8, -34), (9, -30), (-3, -16), (10, -15)))


@drawing
def ice_cream(*, fill: str = "pink") -> str:
    """Draw an ice cream in a cone."""
    return polygon([(-7, -12), (7, -12), (0, 10)], "light_brown") + circle(0, -17, 9, fill)


@drawing
def ball(*, fill: str = "red") -> str:
    """Draw a ball."""
    return circle(0, -13, 13, fill) + path("M-12,-15 q12,8 24,0 M0,-26 q-8,13 0,26", stroke="white", width=2)


@drawing
def guitar(*, fill: str = "light_brown") -> str:
    """Draw a guitar held across the body."""
    return group(circle(-16, 0, 16, fill) + circle(4, 0, 12, fill) + circle(-8, 0, 5, "dark_brown") + rect(12, -3, 46, 6, "dark_brown") + rect(56, -5, 12, 10, "black", r=2), turn=-22, y=-6)


@drawing
def piano() -> str:
    """Draw an upright piano."""
    keys = "".join(rect(-48 + i * 12, -62, 11, 8, "white") for i in range(8)) + "".join(rect(-40 + i * 12, -62, 5, 5, "black") for i in range(7))
    return rect(-56, -112, 112, 112, "dark_brown", r=3) + rect(-62, -58, 124, 12, "dark_brown", r=2) + keys + rect(-30, -104, 60, 32, "cream") + rect(-56, -46, 10, 46, "black") + rect(46, -46, 10, 46, "black")


@drawing
def camera(*, fill: str = "black") -> str:
    """Draw a camera."""
    return rect(-14, -14, 28, 19, fill, r=3) + rect(-5, -19, 10, 6, fill) + circle(0, -4, 7, "light_grey") + circle(0, -4, 4, "dark_blue")


@drawing
def map(*, fill: str = "cream") -> str:  # noqa: A001  # the name that scene files use
    """Draw a folded map, held open."""
    return polygon([(-24, -22), (-8, -17), (8, -22), (24, -17), (24, 13), (8, 8), (-8, 13), (-24, 8)], fill) + path("M-18,-10 q14,10 20,2 q8,-8 16,4", stroke="red", width=2.5) + path("M-16,4 q10,-6 16,0", stroke="blue", width=2)


@drawing
def paper(*, fill: str = "white") -> str:
    """Draw a sheet of paper with writing."""
    return rect(-12, -26, 26, 34, fill) + "".join(line([(-7, y), (9, y)], "grey", 1.5) for y in (-19, -13, -7, -1))


@drawing
def newspaper() -> str:
    """Draw a newspaper, held open."""
    return rect(-26, -26, 52, 36, "white") + rect(-1, -26, 2, 36, "light_grey") + rect(-22, -22, 18, 6, "dark_grey") + "".join(line([(x, y), (x + 17, y)], "grey", 1.5) for x in (-22, 4) for y in (-10, -5, 0, 5)) + rect(5, -22, 17, 8, "light_blue")


@drawing
def umbrella(*, fill: str = "red") -> str:
    """Draw an open umbrella, held by its handle."""
    return line([(0, 4), (0, -92)], "black", 3) + path("M-56,-74 q6,-46 56,-46 q50,0 56,46 q-14,-10 -28,0 q-14,-10 -28,0 q-14,-10 -28,0 q-14,-10 -28,0 z", fill)


@drawing
def suitcase(*, fill: str = "blue") -> str:
    """Draw a suitcase that stands on the floor."""
    return path("M-12,-62 v-14 h24 v14", stroke="dark_grey", width=5) + rect(-28, -64, 56, 60, fill, r=7) + rect(-28, -48, 56, 4, "cream") + rect(-28, -24, 56, 4, "cream") + circle(-18, -3, 4, "black") + circle(18, -3, 4, "black")


@drawing
def backpack(*, fill: str = "orange") -> str:
    """Draw a backpack that stands on the floor."""
    return path("M-8,-56 q0,-12 8,-12 q8,0 8,12", stroke="dark_grey", width=4) + rect(-26, -58, 52, 58, fill, r=14) + rect(-17, -30, 34, 24, "brown", r=6)


@drawing
def box(*, fill: str = "light_brown") -> str:
    """Draw a cardboard box."""
    return rect(-28, -40, 56, 40, fill, r=2) + rect(-5, -40, 10, 40, "beige") + rect(-28, -40, 56, 4, "brown")


@drawing
def parcel(*, fill: str = "light_brown") -> str:
    """Draw a parcel, held before the body."""
    return rect(-14, -26, 44, 30, fill, r=2) + rect(4, -26, 8, 30, "beige")


@drawing
def present(*, fill: str = "red") -> str:
    """Draw a present with a ribbon."""
    return rect(-22, -34, 44, 34, fill, r=2) + rect(-4, -34, 8, 34, "yellow") + rect(-22, -22, 44, 6, "yellow") + path("M0,-34 q-18,-16 -14,2 q6,4 14,-2 q18,-16 14,2 q-6,4 -14,-2 z", "yellow")


@drawing
def flowers(*, fill: str = "pink") -> str:
    """Draw a bunch of flowers."""
    return "".join(line([(0, 6), (x, -18)], "green", 2) + circle(x, y, 6, c) for x, y, c in ((-10, -20, fill), (0, -26, "yellow"), (10, -20, fill), (4, -14, "white"), (-4, -12, "purple")))


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
def brush(*, fill: str = "red") -> str:
    """Draw a paint brush."""
    return line([(-4, 8), (12, -18)], "wood", 4) + line([(12, -18), (16, -26)], fill, 7)


@drawing
def easel() -> str:
    """Draw an easel with a half-finished painting."""
    return line([(-30, 0), (-6, -150)], "wood", 5) + line([(30, 0), (6, -150)], "wood", 5) + rect(-44, -138, 88, 82, "white") + path("M-44,-56 v-24 q22,-22 44,-4 q20,-16 44,2 v26 z", "green") + circle(20, -116, 10, "orange") + rect(-48, -56, 96, 6, "wood")


@drawing
def microphone() -> str:
    """Draw a microphone."""
    return line([(0, 10), (4, -12)], "black", 5) + circle(5, -17, 7, "grey")


@drawing
def tablet() -> str:
    """Draw a tablet computer."""
    return rect(-20, -22, 40, 28, "black", r=4) + rect(-16, -18, 32, 20, "light_blue")


@drawing
def tray() -> str:
    """Draw a tray with two glasses."""
    return group(glass(fill="orange"), x=8, y=-5, size=0.8) + group(glass(fill="red"), x=28, y=-5, size=0.8) + rect(-8, -6, 54, 5, "dark_grey", r=2)


@drawing
def weights() -> str:
    """Draw a dumb-bell."""
    return rect(-22, -4, 44, 6, "metal") + rect(-26, -12, 9, 22, "black", r=2) + rect(17, -12, 9, 22, "black", r=2)


@drawing
def racket(*, fill: str = "yellow") -> str:
    """Draw a tennis racket."""
    return line([(0, 6), (12, -18)], "dark_brown", 5) + group(path("M-12,0 a12,17 0 1 0 24,0 a12,17 0 1 0 -24,0", stroke=fill, width=4) + path("M-8,-8 h16 M-8,4 h16 M-4,-14 v28 M4,-14 v28", stroke="white", width=1), x=22, y=-36, turn=28)


@drawing
def lead() -> str:
    """Draw a dog's lead from the hand to the ground on the right."""
    return path("M0,0 q30,40 62,26", stroke="red", width=3)


@drawing
def pram(*, fill: str = "purple") -> str:
    """Draw a pram with its handle on the left."""
    return path("M-36,-58 q30,0 36,-28 q36,4 36,36 q-2,26 -30,26 h-22 q-18,-4 -20,-34 z", fill) + line([(-36, -58), (-56, -74)], "black", 5) + "".join(circle(x, -10, 11, "black") + circle(x, -10, 5, "light_grey") for x in (-14, 26))


@drawing
def trolley(*, fill: str = "metal") -> str:
    """Draw a shopping trolley with food, its handle on the left."""
    food = circle(-6, -62, 9, "green") + rect(6, -76, 12, 24, "orange", r=2) + rect(20, -70, 14, 18, "red", r=2)
    return food + polygon([(-30, -58), (46, -58), (38, -22), (-20, -22)], fill) + line([(-30, -58), (-46, -74)], "dark_grey", 5) + circle(-12, -8, 8, "black") + circle(30, -8, 8, "black") + line([(-16, -22), (-12, -12)], "dark_grey", 4) + line([(34, -22), (30, -12)], "dark_grey", 4)


@drawing
def wheelchair() -> str:
    """Draw a wheelchair that faces right; its seat is 38 high."""
    return rect(-26, -88, 7, 50, "dark_blue", r=3) + rect(-26, -42, 48, 8, "dark_blue", r=3) + path("M-30,-24 a24,24 0 1 0 48,0 a24,24 0 1 0 -48,0", stroke="black", width=4) + circle(30, -8, 8, "black") + line([(20, -38), (32, -10), (44, -8)], "dark_grey", 4)


@drawing
def balloons() -> str:
    """Draw three balloons on strings."""
    return "".join(line([(0, 0), (x, y + 18)], "grey", 1.5) + ellipse(x, y, 16, 20, c) for x, y, c in ((-26, -92, "red"), (2, -112, "yellow"), (28, -88, "blue")))


@drawing
def bunting() -> str:
    """Draw a string of coloured paper flags, 400 wide."""
    colours = ("red", "yellow", "teal", "orange", "blue")
    flags = "".join(polygon([(x, y), (x + 24, y), (x + 12, y + 28)], colours[i % 5]) for i, (x, y) in enumerate((-190 + 40 * k, 12 - abs(4.5 - k) * 3) for k in range(10)))
    return path("M-200,-4 q200,36 400,0", stroke="dark_grey", width=2) + flags


@drawing
def chess() -> str:
    """Draw a chessboard with a few pieces, to put on a table."""
    pieces = "".join(circle(x, -14, 4, c) + polygon([(x - 5, -4), (x + 5, -4), (x, -15)], c) for x, c in ((-24, "white"), (-8, "black"), (10, "white"), (24, "black")))
    return polygon([(-40, 0), (40, 0), (32, -7), (-32, -7)], "dark_brown") + pieces


@drawing
def robot() -> str:
    """Draw a small friendly robot."""
    return rect(-24, -60, 48, 46, "light_grey", r=8) + rect(-20, -98, 40, 32, "metal", r=8) + circle(-8, -82, 4.5, "teal") + circle(8, -82, 4.5, "teal") + line([(0, -98), (0, -110)], "dark_grey", 3) + circle(0, -112, 4, "red") + line([(-24, -50), (-38, -30)], "metal", 7) + line([(24, -50), (40, -44)], "metal", 7) + circle(-12, -7, 8, "black") + circle(12, -7, 8, "black")


@drawing
def game_controller() -> str:
    """Draw the controller of a video game."""
    return path("M-22,6 q-4,-26 12,-24 h20 q16,-2 12,24 q-10,4 -12,-8 h-20 q-2,12 -12,8 z", "dark_grey") + circle(9, -9, 3, "red") + rect(-12, -11, 9, 3, "white") + rect(-9, -14, 3, 9, "white")


@drawing
def television(*, show: str = "light_blue") -> str:
    """Draw a television on a low cupboard."""
    return rect(-64, -34, 128, 34, "wood", r=3) + rect(-58, -110, 116, 70, "black", r=4) + rect(-53, -105, 106, 60, show) + rect(-12, -40, 24, 6, "black")


@drawing
def tools() -> str:
    """Draw a hammer and a spanner on the ground."""
    return line([(-28, -4), (10, -4)], "wood", 6) + rect(4, -16, 13, 22, "dark_grey", r=2) + line([(24, -2), (54, -12)], "metal", 6) + circle(57, -13, 7, "metal")


@drawing
def label(*, words: str = "", size: float = 20) -> str:
    """Draw a few words, for signs and screens."""
    return text(0, 0, words[:30], size=size, bold=True)


@drawing
def medal() -> str:
    """Draw a medal on its ribbon."""
    return line([(-8, -36), (0, -12)], "blue", 6) + line([(8, -36), (0, -12)], "blue", 6) + circle(0, -4, 11, "gold") + circle(0, -4, 7, "yellow")


@drawing
def money() -> str:
    """Draw banknotes and coins."""
    return rect(-28, -26, 50, 24, "green", r=3) + circle(-3, -14, 8, "cream") + circle(22, -8, 9, "gold") + circle(14, -2, 9, "yellow")


@drawing
def heart(*, fill: str = "red") -> str:
    """Draw a heart."""
    return path("M0,0 q-34,-24 -24,-42 q12,-14 24,4 q12,-18 24,-4 q10,18 -24,42 z", fill)


@drawing
def ticket() -> str:
    """Draw two tickets."""
    return group(rect(-28, -24, 56, 26, "orange", r=3), turn=-10) + group(rect(-28, -20, 56, 26, "cream", r=3) + line([(12, -18), (12, 4)], "grey", 1.5), turn=4)


@drawing
def medicine() -> str:
    """Draw a bottle of medicine with a red cross."""
    return rect(-16, -38, 32, 38, "white", r=5) + rect(-12, -48, 24, 11, "grey", r=2) + rect(-3, -30, 6, 20, "red") + rect(-10, -23, 20, 6, "red")
