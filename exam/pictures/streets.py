"""Things of the street and of journeys: buildings, vehicles, street furniture."""

from exam.pictures.registry import drawing
from exam.pictures.svg import circle, ellipse, line, path, polygon, rect, text


@drawing
def house(*, fill: str = "cream", roof: str = "brick") -> str:
    """Draw a small house with a door and two windows."""
    panes = "".join(rect(x - 15, -84, 30, 32, "glass") + rect(x - 1, -84, 2, 32, "white") for x in (-42, 42))
    return (
        rect(-70, -104, 140, 104, fill)
        + polygon([(-84, -104), (84, -104), (0, -166)], roof)
        + panes
        + rect(-14, -54, 28, 54, "wood")
        + circle(8, -26, 2.4, "gold")
    )


@drawing
def building(*, fill: str = "brick", floors: float = 4, width: float = 120) -> str:
    """Draw a block of flats or offices with as many floors as asked for."""
    half, levels = width / 2, int(floors)
    panes = "".join(
        rect(x, -34 - 44 * floor, 20, 26, "glass") for floor in range(1, levels) for x in range(int(-half) + 14, int(half) - 24, 32)
    )
    return (
        rect(-half, -44 * levels - 12, width, 44 * levels + 12, fill)
        + rect(-half - 4, -44 * levels - 16, width + 8, 8, "dark_grey")
        + panes
        + rect(-12, -36, 24, 36, "dark_brown")
    )


@drawing
def shop_front(*, name: str = "SHOP", fill: str = "teal", width: float = 180) -> str:
    """Draw a shop from outside, with its name over the window and a striped blind."""
    half, stripes = width / 2, int(width // 20)
    blind = "".join(rect(-half + i * 20, -118, 20, 24, "white" if i % 2 else fill) for i in range(stripes))
    return (
        rect(-half, -168, width, 168, "cream")
        + rect(-half, -158, width, 34, fill)
        + text(0, -134, name[:16], size=22, fill="white", bold=True)
        + rect(-half + 10, -100, width - 70, 70, "glass")
        + rect(half - 50, -100, 38, 100, "dark_brown")
        + rect(half - 44, -92, 26, 50, "glass")
        + blind
    )


@drawing
def stall(*, fill: str = "red") -> str:
    """Draw a market stall with a striped roof and boxes of fruit."""
    roof = "".join(
        polygon(
            [(-96 + i * 24, -124), (-72 + i * 24, -124), (-74 + i * 24 + 4, -150), (-92 + i * 24 + 4, -150)], "white" if i % 2 else fill
        )
        for i in range(8)
    )
    fruit = "".join(circle(-76 + i * 14, -62 - (i % 2) * 5, 7, ("red", "orange", "green", "yellow")[i // 3]) for i in range(12))
    return (
        rect(-90, -124, 6, 124, "wood")
        + rect(84, -124, 6, 124, "wood")
        + fruit
        + rect(-94, -58, 188, 14, "light_brown")
        + rect(-90, -46, 180, 46, "wood")
        + roof
    )


@drawing
def street_lamp() -> str:
    """Draw a street lamp."""
    return (
        rect(-3, -180, 6, 180, "dark_grey")
        + rect(-12, -4, 24, 4, "dark_grey")
        + path("M0,-178 q2,-14 26,-14", stroke="dark_grey", width=5)
        + ellipse(30, -188, 12, 6, "yellow")
    )


@drawing
def traffic_light(*, shows: str = "red") -> str:
    """Draw a traffic light that shows red, yellow or green."""
    lights = "".join(circle(0, y, 8, c if c == shows else "dark_grey") for y, c in ((-138, "red"), (-117, "yellow"), (-96, "green")))
    return rect(-3, -84, 6, 84, "dark_grey") + rect(-14, -152, 28, 70, "black", r=6) + lights


@drawing
def bench(*, fill: str = "wood") -> str:
    """Draw a bench; its seat is 38 high."""
    legs = "".join(rect(x, -36, 7, 36, "dark_grey") for x in (-60, 53))
    return (
        rect(-72, -84, 144, 10, fill, r=3)
        + rect(-72, -66, 144, 10, fill, r=3)
        + rect(-58, -84, 5, 46, "dark_grey")
        + rect(53, -84, 5, 46, "dark_grey")
        + rect(-76, -44, 152, 10, fill, r=3)
        + legs
    )


@drawing
def sign(*, words: str = "BUS", fill: str = "blue") -> str:
    """Draw a sign on a post."""
    width = max(56, 15 * len(words[:14]) + 20)
    return (
        rect(-3, -110, 6, 110, "dark_grey")
        + rect(-width / 2, -142, width, 38, fill, r=5)
        + text(0, -116, words[:14], size=20, fill="white", bold=True)
    )


@drawing
def bin(*, fill: str = "green") -> str:  # noqa: A001  # the name that scene files use
    """Draw a bin with a lid."""
    return (
        polygon([(-20, -52), (20, -52), (16, 0), (-16, 0)], fill)
        + rect(-24, -60, 48, 9, "dark_grey", r=3)
        + line([(-6, -42), (-4, -10)], "dark_grey", 2)
        + line([(6, -42), (4, -10)], "dark_grey", 2)
    )


@drawing
def car(*, fill: str = "red") -> str:
    """Draw a car that drives to the right."""
    wheels = "".join(circle(x, -14, 15, "black") + circle(x, -14, 7, "light_grey") for x in (-46, 46))
    return (
        path("M-84,-16 v-22 q2,-10 20,-12 l22,-28 q4,-4 12,-4 h36 q8,0 14,6 l22,26 q28,2 32,12 q4,8 2,22 z", fill)
        + polygon([(-48, -50), (-32, -72), (-4, -72), (-4, -50)], "glass")
        + polygon([(4, -50), (4, -72), (26, -72), (42, -50)], "glass")
        + wheels
    )


@drawing
def bus(*, fill: str = "orange", number: str = "12") -> str:
    """Draw a bus that drives to the right, with its number."""
    panes = "".join(rect(x, -96, 32, 34, "glass", r=3) for x in range(-108, 70, 40))
    wheels = "".join(circle(x, -14, 17, "black") + circle(x, -14, 8, "light_grey") for x in (-72, 76))
    return (
        rect(-122, -116, 250, 104, fill, r=12)
        + panes
        + rect(92, -98, 26, 74, "glass", r=3)
        + text(-94, -40, number[:3], size=24, fill="white", bold=True)
        + wheels
    )


@drawing
def train(*, fill: str = "teal") -> str:
    """Draw the front part of a train that stands at a platform, facing right."""
    panes = "".join(rect(x, -128, 50, 44, "glass", r=5) for x in (-210, -144, 10, 76))
    doors = (
        rect(-82, -132, 40, 112, "dark_blue", r=4)
        + rect(-40, -132, 40, 112, "dark_blue", r=4)
        + rect(-74, -124, 24, 50, "glass")
        + rect(-32, -124, 24, 50, "glass")
    )
    return (
        path("M-240,-150 h420 q50,6 66,80 v50 h-486 z", fill)
        + panes
        + doors
        + polygon([(160, -128), (190, -122), (212, -84), (160, -84)], "glass")
        + rect(-240, -70, 486, 8, "cream")
        + rect(-240, -20, 486, 12, "dark_grey")
    )


@drawing
def plane(*, fill: str = "white") -> str:
    """Draw a plane in the air."""
    return (
        path("M-90,-10 l-16,-34 h16 l22,24 h110 q30,2 40,16 q-8,12 -40,12 h-110 q-16,-4 -22,-18 z", fill)
        + polygon([(-4, 0), (30, 0), (-24, 40), (-40, 40)], "light_grey")
        + "".join(circle(x, -10, 4, "blue") for x in range(-40, 50, 15))
    )


@drawing
def bicycle(*, fill: str = "red") -> str:
    """Draw a bicycle that faces right."""
    wheels = "".join(path(f"M{x - 24},-25 a24,24 0 1 0 48,0 a24,24 0 1 0 -48,0", stroke="black", width=4) for x in (-38, 38))
    frame = (
        line([(-38, -25), (-16, -58), (26, -58), (2, -25), (-38, -25)], fill, 5)
        + line([(-20, -66), (2, -25)], fill, 5)
        + line([(38, -25), (24, -68)], fill, 5)
    )
    return wheels + frame + line([(24, -68), (36, -74)], "black", 5) + line([(-30, -68), (-12, -68)], "black", 7)


@drawing
def boat(*, fill: str = "red") -> str:
    """Draw a sailing boat."""
    return (
        path("M-60,-24 h120 q-10,26 -34,26 h-56 q-22,0 -30,-26 z", fill)
        + rect(-3, -128, 5, 106, "wood")
        + polygon([(6, -124), (6, -34), (56, -34)], "white")
        + polygon([(-8, -112), (-8, -34), (-44, -34)], "cream")
    )


@drawing
def tent(*, fill: str = "orange") -> str:
    """Draw a tent."""
    return polygon([(-92, 0), (0, -104), (92, 0)], fill) + polygon([(-28, 0), (0, -104), (28, 0)], "dark_brown")


@drawing
def stage(*, fill: str = "dark_brown") -> str:
    """Draw a stage with curtains at both sides, 420 wide."""
    return (
        rect(-210, -250, 420, 226, "night")
        + path("M-210,-250 h70 q-6,120 -34,226 h-36 z", "red")
        + path("M210,-250 h-70 q6,120 34,226 h36 z", "red")
        + rect(-226, -30, 452, 30, fill)
        + rect(-210, -266, 420, 24, "red")
    )


@drawing
def crane() -> str:
    """Draw a building crane."""
    return (
        rect(-6, -260, 12, 260, "yellow")
        + rect(-60, -262, 210, 10, "yellow")
        + rect(-60, -254, 26, 20, "grey")
        + line([(130, -252), (130, -190)], "black", 2)
        + rect(116, -190, 28, 18, "brick")
        + polygon([(-6, -262), (6, -262), (0, -286)], "yellow")
    )


@drawing
def fence(*, fill: str = "white") -> str:
    """Draw a wooden fence, 240 wide."""
    return (
        rect(-120, -36, 240, 6, fill)
        + rect(-120, -18, 240, 6, fill)
        + "".join(polygon([(x, 0), (x, -44), (x + 6, -51), (x + 12, -44), (x + 12, 0)], fill) for x in range(-118, 110, 24))
    )


@drawing
def playground() -> str:
    """Draw a slide and a ladder."""
    return (
        line([(-50, 0), (-40, -104)], "blue", 7)
        + line([(-24, 0), (-30, -104)], "blue", 7)
        + "".join(line([(-48 + y / 11, -y), (-26 - y / 18, -y)], "blue", 5) for y in (20, 44, 68, 90))
        + path("M-42,-104 h22 q40,16 90,96 h30 v8 h-38 q-50,-78 -104,-94 z", "red")
    )


@drawing
def swing() -> str:
    """Draw a swing."""
    return (
        line([(-62, 0), (-46, -140), (46, -140), (62, 0)], "brown", 7)
        + line([(-14, -138), (-14, -36)], "dark_grey", 2)
        + line([(14, -138), (14, -36)], "dark_grey", 2)
        + rect(-20, -38, 40, 6, "wood")
    )


@drawing
def goal() -> str:
    """Draw a football goal."""
    net = "".join(line([(x, -92), (x, 0)], "light_grey", 1) for x in range(-70, 71, 14)) + "".join(
        line([(-78, y), (78, y)], "light_grey", 1) for y in range(-84, 0, 14)
    )
    return net + line([(-80, 0), (-80, -94), (80, -94), (80, 0)], "white", 7)
