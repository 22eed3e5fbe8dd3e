"""Things of free time: music, sport, games, parties. Those that are held have their grip at the origin."""

from exam.pictures.registry import drawing
from exam.pictures.svg import circle, ellipse, group, line, path, polygon, rect


@drawing
def ball(*, fill: str = "red") -> str:
    """Draw a ball."""
    return circle(0, -13, 13, fill) + path("M-12,-15 q12,8 24,0 M0,-26 q-8,13 0,26", stroke="white", width=2)


@drawing
def guitar(*, fill: str = "light_brown") -> str:
    """Draw a guitar held across the body."""
    return group(
        circle(-16, 0, 16, fill)
        + circle(4, 0, 12, fill)
        + circle(-8, 0, 5, "dark_brown")
        + rect(12, -3, 46, 6, "dark_brown")
        + rect(56, -5, 12, 10, "black", r=2),
        turn=-22,
        y=-6,
    )


@drawing
def piano() -> str:
    """Draw an upright piano."""
    keys = "".join(rect(-48 + i * 12, -62, 11, 8, "white") for i in range(8)) + "".join(
        rect(-40 + i * 12, -62, 5, 5, "black") for i in range(7)
    )
    return (
        rect(-56, -112, 112, 112, "dark_brown", r=3)
        + rect(-62, -58, 124, 12, "dark_brown", r=2)
        + keys
        + rect(-30, -104, 60, 32, "cream")
        + rect(-56, -46, 10, 46, "black")
        + rect(46, -46, 10, 46, "black")
    )


@drawing
def camera(*, fill: str = "black") -> str:
    """Draw a camera."""
    return rect(-14, -14, 28, 19, fill, r=3) + rect(-5, -19, 10, 6, fill) + circle(0, -4, 7, "light_grey") + circle(0, -4, 4, "dark_blue")


@drawing
def present(*, fill: str = "red") -> str:
    """Draw a present with a ribbon."""
    return (
        rect(-22, -34, 44, 34, fill, r=2)
        + rect(-4, -34, 8, 34, "yellow")
        + rect(-22, -22, 44, 6, "yellow")
        + path("M0,-34 q-18,-16 -14,2 q6,4 14,-2 q18,-16 14,2 q-6,4 -14,-2 z", "yellow")
    )


@drawing
def brush(*, fill: str = "red") -> str:
    """Draw a paint brush."""
    return line([(-4, 8), (12, -18)], "wood", 4) + line([(12, -18), (16, -26)], fill, 7)


@drawing
def easel() -> str:
    """Draw an easel with a half-finished painting."""
    return (
        line([(-30, 0), (-6, -150)], "wood", 5)
        + line([(30, 0), (6, -150)], "wood", 5)
        + rect(-44, -138, 88, 82, "white")
        + path("M-44,-56 v-24 q22,-22 44,-4 q20,-16 44,2 v26 z", "green")
        + circle(20, -116, 10, "orange")
        + rect(-48, -56, 96, 6, "wood")
    )


@drawing
def microphone() -> str:
    """Draw a microphone."""
    return line([(0, 10), (4, -12)], "black", 5) + circle(5, -17, 7, "grey")


@drawing
def weights() -> str:
    """Draw a dumb-bell."""
    return rect(-22, -4, 44, 6, "metal") + rect(-26, -12, 9, 22, "black", r=2) + rect(17, -12, 9, 22, "black", r=2)


@drawing
def racket(*, fill: str = "yellow") -> str:
    """Draw a tennis racket."""
    return line([(0, 6), (12, -18)], "dark_brown", 5) + group(
        path("M-12,0 a12,17 0 1 0 24,0 a12,17 0 1 0 -24,0", stroke=fill, width=4)
        + path("M-8,-8 h16 M-8,4 h16 M-4,-14 v28 M4,-14 v28", stroke="white", width=1),
        x=22,
        y=-36,
        turn=28,
    )


@drawing
def balloons() -> str:
    """Draw three balloons on strings."""
    return "".join(
        line([(0, 0), (x, y + 18)], "grey", 1.5) + ellipse(x, y, 16, 20, c)
        for x, y, c in ((-26, -92, "red"), (2, -112, "yellow"), (28, -88, "blue"))
    )


@drawing
def bunting() -> str:
    """Draw a string of coloured paper flags, 400 wide."""
    colours = ("red", "yellow", "teal", "orange", "blue")
    flags = "".join(
        polygon([(x, y), (x + 24, y), (x + 12, y + 28)], colours[i % 5])
        for i, (x, y) in enumerate((-190 + 40 * k, 12 - abs(4.5 - k) * 3) for k in range(10))
    )
    return path("M-200,-4 q200,36 400,0", stroke="dark_grey", width=2) + flags


@drawing
def chess() -> str:
    """Draw a chessboard with a few pieces, to put on a table."""
    pieces = "".join(
        circle(x, -14, 4, c) + polygon([(x - 5, -4), (x + 5, -4), (x, -15)], c)
        for x, c in ((-24, "white"), (-8, "black"), (10, "white"), (24, "black"))
    )
    return polygon([(-40, 0), (40, 0), (32, -7), (-32, -7)], "dark_brown") + pieces


@drawing
def robot() -> str:
    """Draw a small friendly robot."""
    return (
        rect(-24, -60, 48, 46, "light_grey", r=8)
        + rect(-20, -98, 40, 32, "metal", r=8)
        + circle(-8, -82, 4.5, "teal")
        + circle(8, -82, 4.5, "teal")
        + line([(0, -98), (0, -110)], "dark_grey", 3)
        + circle(0, -112, 4, "red")
        + line([(-24, -50), (-38, -30)], "metal", 7)
        + line([(24, -50), (40, -44)], "metal", 7)
        + circle(-12, -7, 8, "black")
        + circle(12, -7, 8, "black")
    )


@drawing
def game_controller() -> str:
    """Draw the controller of a video game."""
    return (
        path("M-22,6 q-4,-26 12,-24 h20 q16,-2 12,24 q-10,4 -12,-8 h-20 q-2,12 -12,8 z", "dark_grey")
        + circle(9, -9, 3, "red")
        + rect(-12, -11, 9, 3, "white")
        + rect(-9, -14, 3, 9, "white")
    )


@drawing
def television(*, show: str = "light_blue") -> str:
    """Draw a television on a low cupboard."""
    return (
        rect(-64, -34, 128, 34, "wood", r=3)
        + rect(-58, -110, 116, 70, "black", r=4)
        + rect(-53, -105, 106, 60, show)
        + rect(-12, -40, 24, 6, "black")
    )


@drawing
def medal() -> str:
    """Draw a medal on its ribbon."""
    return (
        line([(-8, -36), (0, -12)], "blue", 6)
        + line([(8, -36), (0, -12)], "blue", 6)
        + circle(0, -4, 11, "gold")
        + circle(0, -4, 7, "yellow")
    )


@drawing
def heart(*, fill: str = "red") -> str:
    """Draw a heart."""
    return path("M0,0 q-34,-24 -24,-42 q12,-14 24,4 q12,-18 24,-4 q10,18 -24,42 z", fill)


@drawing
def ticket() -> str:
    """Draw two tickets."""
    return group(rect(-28, -24, 56, 26, "orange", r=3), turn=-10) + group(
        rect(-28, -20, 56, 26, "cream", r=3) + line([(12, -18), (12, 4)], "grey", 1.5), turn=4
    )
