"""The settings in which scenes take place: what fills the background before any thing is drawn."""

from exam.pictures.svg import HEIGHT, WIDTH, ellipse, path, polygon, rect

SETTINGS: dict[str, str] = {}


def _outdoors(sky: str, ground: str, *, horizon: float = 300) -> str:
    return rect(0, 0, WIDTH, horizon, sky) + rect(0, horizon, WIDTH, HEIGHT - horizon, ground)


def _indoors(wall: str, floor: str, *, edge: float = 370) -> str:
    return rect(0, 0, WIDTH, edge, wall) + rect(0, edge, WIDTH, HEIGHT - edge, floor) + rect(0, edge - 8, WIDTH, 8, "white")


SETTINGS["park"] = _outdoors("sky", "grass") + path("M0,300 q200,-60 400,-10 q200,-50 400,8 v20 h-800 z", "green")
SETTINGS["path"] = SETTINGS["park"] + path("M330,300 q60,90 -60,200 h260 q20,-110 -130,-200 z", "sand")
SETTINGS["country"] = _outdoors("sky", "grass") + path("M0,298 q220,-120 430,-12 q180,-90 370,2 v14 h-800 z", "green")
SETTINGS["mountains"] = (
    _outdoors("sky", "grass")
    + polygon([(0, 300), (150, 110), (300, 300)], "grey")
    + polygon([(210, 300), (430, 60), (650, 300)], "light_grey")
    + polygon([(430, 60), (376, 119), (405, 112), (430, 132), (458, 112), (484, 119)], "snow")
    + polygon([(520, 300), (700, 130), (800, 230), (800, 300)], "grey")
)
SETTINGS["winter"] = _outdoors("light_blue", "snow") + path("M0,310 q220,-110 430,-20 q180,-80 370,6 v30 h-800 z", "white")
SETTINGS["beach"] = (
    rect(0, 0, WIDTH, 220, "sky") + rect(0, 220, WIDTH, 120, "sea") + path("M0,300 q200,26 400,4 q200,-20 400,10 v190 h-800 z", "sand")
)
SETTINGS["street"] = (
    rect(0, 0, WIDTH, 330, "sky")
    + rect(0, 330, WIDTH, 60, "light_grey")
    + rect(0, 386, WIDTH, 8, "grey")
    + rect(0, 394, WIDTH, 106, "dark_grey")
    + "".join(rect(x, 446, 60, 7, "cream") for x in range(20, 800, 120))
)
SETTINGS["rainy_street"] = SETTINGS["street"].replace("#cfe4ea", "#a9b0b5", 1)
SETTINGS["square"] = (
    rect(0, 0, WIDTH, 310, "sky")
    + rect(0, 310, WIDTH, 190, "beige")
    + "".join(rect(x, 310 + (x % 3) * 60, 2, 60, "sand") for x in range(40, 800, 73))
)
SETTINGS["evening"] = _outdoors("night", "dark_green")
SETTINGS["field"] = _outdoors("sky", "grass", horizon=240) + "".join(rect(0, y, WIDTH, 34, "green") for y in (260, 330, 410))
SETTINGS["river_bank"] = _outdoors("sky", "grass", horizon=250) + path(
    "M0,330 q200,-30 400,0 q200,30 400,0 v80 q-200,30 -400,0 q-200,-30 -400,0 z", "sea"
)
SETTINGS["platform"] = (
    rect(0, 0, WIDTH, 330, "light_blue")
    + rect(0, 0, WIDTH, 46, "dark_grey")
    + rect(0, 330, WIDTH, 22, "dark_grey")
    + rect(0, 352, WIDTH, 10, "yellow")
    + rect(0, 362, WIDTH, 138, "light_grey")
)
SETTINGS["living_room"] = _indoors("cream", "light_brown")
SETTINGS["kitchen"] = _indoors("beige", "light_grey") + rect(0, 240, WIDTH, 60, "cream")
SETTINGS["bedroom"] = _indoors("light_blue", "brown")
SETTINGS["classroom"] = _indoors("cream", "beige")
SETTINGS["office"] = _indoors("light_grey", "grey")
SETTINGS["shop"] = _indoors("cream", "light_grey")
SETTINGS["cafe"] = _indoors("beige", "brown") + rect(0, 250, WIDTH, 112, "light_brown")
SETTINGS["library"] = _indoors("beige", "brown")
SETTINGS["hospital"] = _indoors("light_blue", "light_grey") + rect(0, 200, WIDTH, 10, "white")
SETTINGS["gym"] = _indoors("light_grey", "dark_grey") + rect(0, 330, WIDTH, 32, "orange")
SETTINGS["hall"] = _indoors("dark_blue", "dark_brown")
SETTINGS["museum"] = _indoors("white", "light_brown") + ellipse(400, 470, 320, 20, "beige")
SETTINGS["workshop"] = _indoors("light_brown", "grey")
