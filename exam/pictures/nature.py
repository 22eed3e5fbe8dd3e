"""Things of the outdoors: plants, water, weather, animals."""

from exam.pictures.registry import drawing
from exam.pictures.svg import circle, ellipse, group, line, path, polygon, rect


@drawing
def tree(*, leaves: str = "dark_green", trunk: str = "brown") -> str:
    """Draw a broad tree."""
    crown = ((0, -150, 46), (-34, -122, 34), (34, -122, 36), (0, -108, 38))
    return rect(-9, -85, 18, 85, trunk, r=4) + "".join(circle(x, y, r, leaves) for x, y, r in crown)


@drawing
def fir(*, leaves: str = "dark_green", trunk: str = "brown") -> str:
    """Draw a fir tree."""
    return rect(-6, -24, 12, 24, trunk) + "".join(
        polygon([(-w, y), (w, y), (0, y - 58)], leaves) for w, y in ((40, -18), (32, -52), (23, -86))
    )


@drawing
def palm() -> str:
    """Draw a palm tree."""
    leaves = "".join(
        group(path("M0,0 q34,-22 62,10 q-32,-8 -62,-2 z", "dark_green"), y=-150, flip=f, turn=t)
        for f in (False, True)
        for t in (-25, 5, 38)
    )
    return path("M-6,0 q10,-80 2,-152 l9,0 q6,80 6,152 z", "light_brown") + leaves


@drawing
def bush(*, leaves: str = "green") -> str:
    """Draw a low bush."""
    return "".join(ellipse(x, y, r, r * 0.8, leaves) for x, y, r in ((-26, -16, 22), (26, -16, 22), (0, -24, 28)))


@drawing
def flower(*, fill: str = "pink") -> str:
    """Draw one flower on its stalk."""
    petals = "".join(circle(x, y, 5, fill) for x, y in ((-5, -26), (5, -26), (0, -31), (0, -21)))
    return line([(0, 0), (0, -24)], "green", 2.5) + petals + circle(0, -26, 3.4, "yellow")


@drawing
def flower_bed(*, fill: str = "red") -> str:
    """Draw a bed of seven flowers."""
    return ellipse(0, 0, 70, 9, "dark_brown") + "".join(
        group(flower(fill=f), x=x, y=0)
        for x, f in zip(range(-54, 55, 18), (fill, "yellow", fill, "pink", fill, "yellow", fill), strict=True)
    )


@drawing
def vegetables() -> str:
    """Draw a row of vegetables that grow in the ground."""
    return ellipse(0, 0, 80, 8, "dark_brown") + "".join(
        ellipse(x, -9, 12, 10, "green") + ellipse(x, -12, 6, 6, "grass")
        if x % 40
        else ellipse(x, -4, 5, 7, "orange") + line([(x, -10), (x - 5, -22)], "green", 3) + line([(x, -10), (x + 5, -22)], "green", 3)
        for x in range(-60, 61, 20)
    )


@drawing
def mountain(*, fill: str = "grey") -> str:
    """Draw a mountain with snow on its top."""
    return polygon([(-170, 0), (0, -190), (170, 0)], fill) + polygon(
        [(0, -190), (-44, -141), (-20, -150), (0, -134), (22, -152), (44, -141)], "snow"
    )


@drawing
def hill(*, fill: str = "grass") -> str:
    """Draw a wide hill."""
    return path("M-260,0 q260,-170 520,0 z", fill)


@drawing
def river(*, fill: str = "sea") -> str:
    """Draw a river that comes from the distance."""
    return path("M-14,0 q30,60 -50,110 q-60,40 -70,90 h230 q-40,-60 -70,-100 q-40,-50 -14,-100 z", fill)


@drawing
def lake(*, fill: str = "sea") -> str:
    """Draw a lake."""
    return ellipse(0, 0, 190, 38, fill) + "".join(
        path(f"M{x},{y} q12,-5 24,0", stroke="sky", width=2) for x, y in ((-90, -8), (10, 8), (60, -12))
    )


@drawing
def sea(*, fill: str = "sea") -> str:
    """Draw the sea over the whole width, 110 high, with waves."""
    waves = "".join(
        path(f"M{x},{y} q15,-8 30,0 q15,8 30,0", stroke="white", width=2.5)
        for x, y in ((-330, -70), (-150, -40), (40, -75), (200, -35), (310, -80))
    )
    return rect(-400, -110, 800, 110, fill) + waves


@drawing
def sun(*, fill: str = "yellow") -> str:
    """Draw the sun with its rays."""
    rays = "".join(group(line([(0, -40), (0, -54)], fill, 4), turn=turn) for turn in range(0, 360, 45))
    return circle(0, 0, 31, fill) + rays


@drawing
def moon() -> str:
    """Draw the moon."""
    return path("M10,-30 a30,30 0 1 0 0,60 a24,30 0 1 1 0,-60 z", "cream")


@drawing
def cloud(*, fill: str = "white") -> str:
    """Draw a cloud."""
    return "".join(ellipse(x, y, rx, ry, fill) for x, y, rx, ry in ((-34, 0, 30, 19), (0, -12, 36, 27), (36, 0, 32, 20)))


@drawing
def rain() -> str:
    """Draw rain, 260 wide and 200 high."""
    return "".join(
        line([(x + (y % 3) * 9, y), (x - 6 + (y % 3) * 9, y + 18)], "blue", 2.5) for x in range(-130, 131, 32) for y in range(-200, 0, 40)
    )


@drawing
def falling_snow() -> str:
    """Draw falling snow, 400 wide and 260 high."""
    return "".join(circle(x + (y * 7) % 31, y, 3.4, "white") for x in range(-200, 200, 44) for y in range(-260, 0, 37))


@drawing
def fire() -> str:
    """Draw a camp fire."""
    logs = line([(-26, -3), (24, -9)], "dark_brown", 9) + line([(-24, -9), (26, -3)], "brown", 9)
    return (
        logs
        + path("M-18,-10 q-6,-24 8,-38 q2,14 8,4 q2,-16 -2,-24 q22,18 22,42 q0,14 -10,16 z", "orange")
        + path("M-7,-10 q-3,-14 6,-24 q8,10 9,24 z", "yellow")
    )


@drawing
def dog(*, fill: str = "light_brown") -> str:
    """Draw a dog that stands and looks right."""
    legs = "".join(line([(x, -20), (x, -2)], fill, 7) for x in (-20, -12, 14, 22))
    return (
        legs
        + rect(-26, -42, 54, 24, fill, r=11)
        + line([(-25, -36), (-40, -52)], fill, 6)
        + circle(34, -48, 14, fill)
        + rect(38, -50, 18, 11, fill, r=5)
        + ellipse(27, -46, 5, 12, "dark_brown")
        + circle(38, -52, 2, "black")
        + circle(55, -47, 2.6, "black")
    )


@drawing
def cat(*, fill: str = "orange") -> str:
    """Draw a cat that sits."""
    ears = polygon([(-3, -54), (1, -66), (8, -57)], fill) + polygon([(12, -57), (19, -66), (22, -53)], fill)
    return (
        path("M-18,-6 q-22,4 -20,-22", stroke=fill, width=6)
        + ellipse(0, -18, 19, 20, fill)
        + circle(10, -45, 14, fill)
        + ears
        + circle(7, -47, 1.8, "black")
        + circle(16, -47, 1.8, "black")
        + path("M9,-40 q3,3 6,0", stroke="black", width=1.3)
    )


@drawing
def bird(*, fill: str = "dark_grey") -> str:
    """Draw a bird in flight."""
    return path("M-22,-8 q12,-12 22,4 q10,-16 22,-4", stroke=fill, width=4)


@drawing
def duck() -> str:
    """Draw a duck on the water."""
    return (
        path("M-24,-12 q24,10 36,-4 l4,8 q-6,14 -24,14 q-18,0 -16,-18 z", "white")
        + circle(15, -20, 9, "dark_green")
        + polygon([(22, -20), (32, -17), (22, -14)], "orange")
        + circle(17, -22, 1.5, "black")
    )


@drawing
def cow() -> str:
    """Draw a cow."""
    legs = "".join(line([(x, -34), (x, -2)], "white", 9) for x in (-38, -26, 26, 38))
    return (
        legs
        + rect(-48, -74, 98, 44, "white", r=16)
        + ellipse(-18, -58, 18, 12, "black")
        + ellipse(22, -46, 14, 10, "black")
        + rect(44, -92, 30, 38, "white", r=11)
        + rect(50, -66, 26, 14, "pink", r=6)
        + circle(62, -80, 2.4, "black")
    )


@drawing
def rock(*, fill: str = "grey") -> str:
    """Draw a rock."""
    return polygon([(-34, 0), (-26, -24), (-4, -36), (22, -26), (34, 0)], fill)


@drawing
def rubbish() -> str:
    """Draw rubbish that lies about: a bottle, a bag and a can."""
    return (
        group(rect(-5, -22, 10, 22, "teal", r=3) + rect(-2.5, -29, 5, 8, "teal"), x=-28, y=-3, turn=78)
        + path("M-12,0 q-4,-18 6,-22 l3,-7 l5,7 q12,4 8,22 z", "light_grey")
        + rect(20, -16, 10, 15, "red", r=2)
    )


@drawing
def solar_panel() -> str:
    """Draw a solar panel on a stand."""
    return (
        line([(0, 0), (0, -30)], "grey", 5)
        + polygon([(-44, -24), (-26, -64), (44, -64), (28, -24)], "dark_blue")
        + line([(-34, -44), (36, -44)], "light_blue", 1.5)
        + line([(0, -64), (-4, -24)], "light_blue", 1.5)
    )


@drawing
def wind_turbine() -> str:
    """Draw a wind turbine."""
    return (
        polygon([(-5, 0), (5, 0), (2, -150), (-2, -150)], "white")
        + "".join(group(polygon([(-4, 0), (4, 0), (1, -74), (-1, -74)], "white"), y=-150, turn=t) for t in (15, 135, 255))
        + circle(0, -150, 5, "grey")
    )
