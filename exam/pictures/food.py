"""Things to eat and drink, and what they are cooked and served in."""

from exam.pictures.registry import drawing
from exam.pictures.svg import circle, ellipse, group, line, path, polygon, rect


@drawing
def cup(*, fill: str = "white") -> str:
    """Draw a cup with a handle."""
    return (
        rect(-9, -20, 18, 20, fill, r=4) + path("M9,-16 q9,0 9,6 q0,6 -9,5", stroke=fill, width=3) + ellipse(0, -19, 9, 2.5, "dark_brown")
    )


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
    return path("M-30,0 q-8,-22 14,-24 h32 q22,2 14,24 z", "light_brown") + "".join(
        line([(x, -20), (x + 6, -8)], "beige", 3) for x in (-16, -2, 12)
    )


@drawing
def fruit() -> str:
    """Draw a bowl of fruit."""
    return (
        circle(-12, -24, 10, "red")
        + circle(10, -24, 10, "orange")
        + circle(-1, -32, 9, "green")
        + path("M14,-30 q18,-4 14,-22", stroke="yellow", width=7)
        + path("M-32,-22 h64 q-4,22 -22,22 h-20 q-18,0 -22,-22 z", "blue")
    )


@drawing
def cake() -> str:
    """Draw a birthday cake with candles."""
    candles = "".join(rect(x - 2, -66, 4, 18, "white") + ellipse(x, -71, 3, 5, "yellow") for x in (-22, 0, 22))
    return (
        candles
        + rect(-38, -48, 76, 24, "pink", r=5)
        + rect(-46, -26, 92, 26, "beige", r=5)
        + path("M-38,-40 q10,14 19,0 q10,14 19,0 q10,14 19,0 q10,14 19,0 v-6 h-76 z", "white")
    )


@drawing
def pizza() -> str:
    """Draw a pizza seen from above."""
    return (
        circle(0, -26, 27, "light_brown")
        + circle(0, -26, 22, "yellow")
        + "".join(circle(x, y, 5, "red") for x, y in ((-8, -34), (9, -30), (-3, -16), (10, -15)))
    )


@drawing
def ice_cream(*, fill: str = "pink") -> str:
    """Draw an ice cream in a cone."""
    return polygon([(-7, -12), (7, -12), (0, 10)], "light_brown") + circle(0, -17, 9, fill)


@drawing
def tray() -> str:
    """Draw a tray with two glasses."""
    return (
        group(glass(fill="orange"), x=8, y=-5, size=0.8)
        + group(glass(fill="red"), x=28, y=-5, size=0.8)
        + rect(-8, -6, 54, 5, "dark_grey", r=2)
    )
