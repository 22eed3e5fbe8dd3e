"""Forms of the verbs that learners get wrong most: base, past, past participle, and the forms made by rule."""

from typing import Final

_words = str.split

_IRREGULAR: Final = {
    "go": ("went", "gone"), "see": ("saw", "seen"), "eat": ("ate", "eaten"), "do": ("did", "done"), "take": ("took", "taken"),
    "write": ("wrote", "written"), "come": ("came", "come"), "drink": ("drank", "drunk"), "drive": ("drove", "driven"),
    "break": ("broke", "broken"), "speak": ("spoke", "spoken"), "give": ("gave", "given"), "know": ("knew", "known"),
    "forget": ("forgot", "forgotten"), "begin": ("began", "begun"), "swim": ("swam", "swum"), "sing": ("sang", "sung"),
    "run": ("ran", "run"), "choose": ("chose", "chosen"), "fall": ("fell", "fallen"), "fly": ("flew", "flown"),
    "grow": ("grew", "grown"), "become": ("became", "become"), "wear": ("wore", "worn"), "ride": ("rode", "ridden"),
    "steal": ("stole", "stolen"), "throw": ("threw", "thrown"), "shake": ("shook", "shaken"), "buy": ("bought", "bought"),
    "catch": ("caught", "caught"), "teach": ("taught", "taught"), "think": ("thought", "thought"), "bring": ("brought", "brought"),
    "sleep": ("slept", "slept"), "feel": ("felt", "felt"), "find": ("found", "found"), "get": ("got", "got"), "have": ("had", "had"),
    "leave": ("left", "left"), "lose": ("lost", "lost"), "meet": ("met", "met"), "pay": ("paid", "paid"), "say": ("said", "said"),
    "sell": ("sold", "sold"), "send": ("sent", "sent"), "sit": ("sat", "sat"), "spend": ("spent", "spent"), "stand": ("stood", "stood"),
    "tell": ("told", "told"), "understand": ("understood", "understood"), "win": ("won", "won"), "make": ("made", "made"),
    "build": ("built", "built"), "keep": ("kept", "kept"), "hear": ("heard", "heard"), "hold": ("held", "held"),
    "fight": ("fought", "fought"),
    "read": ("read", "read"), "cut": ("cut", "cut"), "hit": ("hit", "hit"), "hurt": ("hurt", "hurt"), "spell": ("spelled", "spelled"),
}  # fmt: skip
_REGULAR: Final = _words(
    """play visit watch cook travel stay live work study learn like love want need help talk walk listen wait start finish use try arrive
    call ask dance enjoy clean decide move train happen look change study prefer hope"""
)
_OVERREGULAR: Final = {
    "buyed": "buy", "goed": "go", "catched": "catch", "teached": "teach", "thinked": "think", "eated": "eat", "drinked": "drink",
    "comed": "come", "runned": "run", "writed": "write", "speaked": "speak", "taked": "take", "maked": "make", "doed": "do",
    "sleeped": "sleep", "bringed": "bring", "finded": "find", "feeled": "feel", "gived": "give", "getted": "get", "knowed": "know",
    "leaved": "leave", "losed": "lose", "meeted": "meet", "payed": "pay", "readed": "read", "sayed": "say", "selled": "sell",
    "sended": "send", "sitted": "sit", "spended": "spend", "standed": "stand", "swimmed": "swim", "telled": "tell",
    "understanded": "understand", "weared": "wear", "winned": "win", "falled": "fall", "forgetted": "forget", "drived": "drive",
    "choosed": "choose", "breaked": "break", "builded": "build", "cutted": "cut", "hitted": "hit", "hurted": "hurt", "keeped": "keep",
    "growed": "grow", "becomed": "become", "beginned": "begin", "heared": "hear", "holded": "hold", "fighted": "fight", "rided": "ride",
    "shaked": "shake", "stealed": "steal", "throwed": "throw", "haved": "have", "seened": "see", "wented": "go",
}  # fmt: skip
OVERREGULAR: Final = tuple(_OVERREGULAR)
PASTS: Final = {past: base for base, (past, done) in _IRREGULAR.items() if past not in {base, "spelled"}}
"""Irregular pasts that are no base form, with their base form."""
PASTS_NOT_PARTICIPLES: Final = {past: base for base, (past, done) in _IRREGULAR.items() if past != done}
BASES: Final = tuple(dict.fromkeys([*_IRREGULAR, *_REGULAR]))
PARTICIPLES: Final = {done: base for base, (past, done) in _IRREGULAR.items()} | {
    f"{base}ed": base for base in ("visit", "watch", "play", "work")
}
_DOUBLED: Final = {"run", "swim", "sit", "get", "cut", "hit", "begin", "forget", "win", "travel", "stop", "plan"}


def past(base: str) -> str:
    """Return the past tense of a base form."""
    return _IRREGULAR[base][0] if base in _IRREGULAR else _with_ed(base)


def participle(base: str) -> str:
    """Return the past participle of a base form."""
    return _IRREGULAR[base][1] if base in _IRREGULAR else _with_ed(base)


def third(base: str) -> str:
    """Return the form that goes with "he" and "she"."""
    if base == "have":
        return "has"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "o")) else f"{base}s"


def ing(base: str) -> str:
    """Return the form in -ing."""
    if base in _DOUBLED:
        return f"{base}{base[-1]}ing"
    return f"{base[:-1]}ing" if base.endswith("e") and not base.endswith(("ee", "oe", "be")) else f"{base}ing"


def of_overregular(form: str) -> str:
    """Return the base form that "buyed" and the like were made from."""
    return _OVERREGULAR[form]


def _with_ed(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    if base in _DOUBLED:
        return f"{base}{base[-1]}ed"
    return f"{base}d" if base.endswith("e") else f"{base}ed"
