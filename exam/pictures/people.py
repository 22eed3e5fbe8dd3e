"""People: one figure with joints, posed by angles, and dressed by options."""

from dataclasses import dataclass

from exam.pictures.registry import draw, drawing
from exam.pictures.svg import Point, along, circle, ellipse, group, line, path, polygon, rect

_THIGH, _SHIN, _UPPER_ARM, _FOREARM = 37.0, 37.0, 27.0, 25.0
_TORSO, _NECK = 50.0, 21.0
_BOTH_LEGS = _THIGH + _SHIN
_STANDING_HIP = 50.0  # lower, somebody sits


@dataclass(frozen=True, slots=True)
class _Pose:
    """Angles in degrees, 0 straight down and 90 forwards: upper and lower part of the far and the near limb."""

    far_arm: Point = (-12, -4)
    near_arm: Point = (12, 16)
    far_leg: Point = (-5, -3)
    near_leg: Point = (6, 4)
    hip: float = _BOTH_LEGS
    lean: float = 0


POSES = {
    "stand": _Pose(),
    "walk": _Pose(far_arm=(28, 45), near_arm=(-28, -8), far_leg=(-22, -34), near_leg=(24, 12), hip=71),
    "run": _Pose(far_arm=(55, 120), near_arm=(-55, 20), far_leg=(-28, -95), near_leg=(58, -4), hip=66, lean=12),
    "sit": _Pose(far_arm=(20, 62), near_arm=(28, 72), far_leg=(84, 2), near_leg=(88, 4), hip=40),
    "write": _Pose(far_arm=(30, 88), near_arm=(38, 84), far_leg=(84, 2), near_leg=(88, 4), hip=40, lean=8),
    "eat": _Pose(far_arm=(30, 90), near_arm=(35, 140), far_leg=(84, 2), near_leg=(88, 4), hip=40),
    "sit_wave": _Pose(far_arm=(25, 70), near_arm=(140, 168), far_leg=(84, 2), near_leg=(88, 4), hip=40),
    "floor": _Pose(far_arm=(-30, -20), near_arm=(30, 74), far_leg=(96, 82), near_leg=(118, 45), hip=9),
    "kneel": _Pose(far_arm=(40, 60), near_arm=(48, 66), far_leg=(10, -88), near_leg=(82, 0), hip=40, lean=14),
    "wave": _Pose(near_arm=(142, 170)),
    "point": _Pose(near_arm=(82, 86)),
    "reach": _Pose(far_arm=(112, 118), near_arm=(124, 128)),
    "carry": _Pose(far_arm=(24, 86), near_arm=(28, 88)),
    "give": _Pose(near_arm=(52, 76)),
    "hold": _Pose(near_arm=(18, 104)),
    "call": _Pose(near_arm=(30, 165)),
    "work": _Pose(far_arm=(44, 78), near_arm=(50, 70), lean=5),
    "push": _Pose(far_arm=(60, 86), near_arm=(66, 84), lean=8),
    "dance": _Pose(far_arm=(-120, -165), near_arm=(120, 165), far_leg=(-14, -6), near_leg=(34, -20)),
    "cheer": _Pose(far_arm=(-150, -168), near_arm=(150, 168)),
    "bend": _Pose(far_arm=(26, 12), near_arm=(34, 16), lean=52),
    "ride": _Pose(far_arm=(62, 66), near_arm=(64, 70), far_leg=(62, -10), near_leg=(38, -24), hip=62, lean=20),
    "think": _Pose(far_arm=(30, 96), near_arm=(24, 150)),
}
_FACES = ("happy", "calm", "sad", "surprised", "angry", "tired")
_STYLES = ("short", "long", "bun", "curly", "ponytail", "bald", "bob")
_HATS = ("none", "hat", "cap", "helmet", "scarf", "chef", "woolly")


@drawing
def person(
    *, age: str = "adult", pose: str = "stand", top: str = "blue", bottom: str = "dark_blue", skin: str = "skin1", hair: str = "brown",
    style: str = "short", hat: str = "none", hat_colour: str = "red", face: str = "happy", glasses: bool = False, beard: bool = False,
    dress: bool = False, coat: bool = False, apron: bool = False, stick: bool = False, pack: bool = False, holding: str = "none",
    held_colour: str = "red",
) -> str:  # fmt: skip
    """Draw somebody facing right: `age` child, teen, adult or old; `holding` names a thing in the near hand."""
    _check(pose, POSES, "pose")
    _check(style, _STYLES, "style")
    _check(hat, _HATS, "hat")
    _check(face, _FACES, "face")
    sizes = {"child": 0.66, "teen": 0.88, "adult": 1.0, "old": 0.96}
    _check(age, sizes, "age")
    joints = POSES[pose]
    hip: Point = (0.0, -joints.hip)
    shoulder = along(hip, 180 - joints.lean - (7 if age == "old" else 0), _TORSO)
    head = along(shoulder, 180 - joints.lean * 0.7, _NECK)
    hand = along(along(shoulder, joints.near_arm[0], _UPPER_ARM), joints.near_arm[1], _FOREARM)
    parts = [
        _arm(shoulder, joints.far_arm, sleeve=f"{top}-dark", skin=skin, width=9),
        _pack(shoulder, hip) if pack else "",
        _leg(hip, joints.far_leg, f"{bottom}-dark"),
        _leg(hip, joints.near_leg, bottom),
        _body(hip, shoulder, top, dress=dress or coat, seated=joints.hip < _STANDING_HIP),
        line([hip, along(hip, 180 - joints.lean, _TORSO * 0.66)], "cream", 17) if apron else "",
        _head(head, hair=hair, style=style, skin=skin, face=face, glasses=glasses, beard=beard, big=1.28 if age == "child" else 1),
        _hat(head, hat, hat_colour, big=1.28 if age == "child" else 1),
        line([hand, (hand[0] + 6, 0)], "brown", 3.5) if stick else "",
        group(draw(holding, {}) if held_colour == "red" else draw(holding, {"fill": held_colour}), x=hand[0] + 2, y=hand[1] + 6, size=0.8)
        if holding != "none"
        else "",
        _arm(shoulder, joints.near_arm, sleeve=f"{top}-dark", skin=skin, width=10.5),
    ]
    return group(*[part for part in parts if part], size=sizes[age])


def _check(value: str, allowed: object, what: str) -> None:
    if not hasattr(allowed, "__contains__") or value not in allowed:
        known = ", ".join(allowed) if hasattr(allowed, "__iter__") else ""
        raise ValueError(f"there is no {what} {value!r}; use one of {known}")


def _arm(shoulder: Point, angles: Point, *, sleeve: str, skin: str, width: float) -> str:
    elbow = along(shoulder, angles[0], _UPPER_ARM)
    hand = along(elbow, angles[1], _FOREARM)
    return line([shoulder, elbow], sleeve, width) + line([elbow, hand], sleeve, width - 1) + circle(hand[0], hand[1], width * 0.52, skin)


def _leg(hip: Point, angles: Point, trousers: str) -> str:
    knee = along(hip, angles[0], _THIGH)
    foot = along(knee, angles[1], _SHIN - 3)
    toe = along(foot, angles[1] + 80, 9)
    return line([foot, toe], "black", 7) + line([hip, knee, foot], trousers, 11.5)


def _body(hip: Point, shoulder: Point, top: str, *, dress: bool, seated: bool) -> str:
    torso = line([hip, shoulder], top, 27)
    if not dress:
        return torso
    if seated:
        return torso + line([hip, along(hip, 86, _THIGH * 0.85)], top, 19)
    x, y = hip
    return torso + polygon([(x - 13, y - 8), (x + 13, y - 8), (x + 23, y + 38), (x - 21, y + 38)], top)


def _pack(shoulder: Point, hip: Point) -> str:
    return line([(shoulder[0] - 17, shoulder[1] + 8), (hip[0] - 17, hip[1] - 12)], "orange", 19)


def _head(at: Point, *, hair: str, style: str, skin: str, face: str, glasses: bool, beard: bool, big: float) -> str:
    behind = {
        "long": rect(-15, -8, 24, 36, hair, r=10),
        "bob": rect(-16, -8, 27, 22, hair, r=10),
        "bun": circle(-13, -15, 8, hair),
        "ponytail": path("M-12,-8 q-18,8 -12,32 q10,-6 10,-22 z", hair),
        "curly": "".join(circle(x, y, 9, hair) for x, y in ((-12, -2), (-14, 8), (-10, -11), (10, -12))),
    }.get(style, "")
    cap = "" if style == "bald" else path("M-16,1 a16,16 0 0 1 31,-5 q-8,1 -14,-4 q-4,7 -12,8 l-1,6 z", hair)
    chin = path("M-5,8 q10,2 19,-3 q0,13 -11,13 q-8,-1 -8,-10 z", hair) if beard else ""
    return group(
        behind,
        line([(0, 10), (0, 18)], skin, 10),
        circle(0, 0, 15.5, skin),
        circle(-7, 2, 3, skin),
        chin,
        cap,
        *_features(face),
        _glasses() if glasses else "",
        x=at[0],
        y=at[1],
        size=big,
    )


def _features(face: str) -> list[str]:
    mouths = {
        "happy": path("M2,7 q4,5 9,0", stroke="black", width=1.6),
        "calm": path("M3,8 h7", stroke="black", width=1.6),
        "sad": path("M3,10 q4,-5 8,0", stroke="black", width=1.6),
        "surprised": ellipse(7, 9, 2.2, 3, "black"),
        "angry": path("M3,10 q4,-4 8,-1", stroke="black", width=1.6),
        "tired": path("M3,9 h6", stroke="black", width=1.6),
    }
    if face == "tired":
        eyes = path("M2,-1 h4 M9,-1 h4", stroke="black", width=1.5)
    else:
        eyes = circle(4, -1, 1.6, "black") + circle(11, -1, 1.6, "black")
    brows = path("M1,-6 l5,2 M9,-4 l5,-2", stroke="black", width=1.4) if face == "angry" else ""
    return [eyes, brows, mouths[face]]


def _glasses() -> str:
    return "".join(path(f"M{x},-1 a4,4 0 1 0 8,0 a4,4 0 1 0 -8,0", stroke="dark_grey", width=1.2) for x in (0, 8))


def _hat(at: Point, kind: str, fill: str, *, big: float) -> str:
    shapes = {
        "none": "",
        "hat": ellipse(0, -9, 24, 5, fill) + path("M-13,-9 q0,-17 13,-17 q13,0 13,17 z", fill),
        "cap": path("M-16,-5 q0,-15 16,-15 q13,0 15,12 l10,4 q-14,2 -41,-1 z", fill),
        "helmet": path("M-18,-1 q-1,-20 18,-20 q17,0 17,17 z", fill) + line([(-12, 2), (2, 15)], "black", 1.5),
        "scarf": path("M-17,6 q-3,-24 15,-24 q16,0 17,12 q-10,-6 -18,-1 q-4,6 -2,16 q3,9 10,10 l-2,9 h-20 q-6,-12 0,-22 z", fill),
        "chef": path("M-14,-8 v-12 q-8,-14 6,-15 q8,-9 16,0 q14,0 7,15 v9 q-14,-3 -29,3 z", "white"),
        "woolly": path("M-17,-3 q-1,-19 17,-19 q17,0 16,14 q-16,-3 -33,5 z", fill) + circle(0, -24, 5, "white"),
    }
    return group(shapes[kind], x=at[0], y=at[1], size=big) if shapes[kind] else ""


@drawing
def baby(*, fill: str = "yellow", skin: str = "skin1") -> str:
    """Draw a baby wrapped in a blanket."""
    return (
        ellipse(0, -10, 20, 11, fill)
        + circle(15, -14, 9, skin)
        + circle(17, -15, 1.2, "black")
        + path("M16,-10 q3,2 5,0", stroke="black", width=1)
    )
