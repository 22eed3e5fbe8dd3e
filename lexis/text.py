"""Words and sentences of an answer, whatever it was typed with.

Everything here is linear in the length of the text and never raises on odd input: lone surrogates, control
characters, a megabyte of one letter. Nothing is imported that takes time to load.
"""

import re
import unicodedata

# Sounds people make while they think. They are counted apart and never looked up as words.
_FILLERS_TEXT = """
um umm uhm uh uhh er err erm em ehm eh hm hmm hmmm mm mmm mhm mm-hm mm-hmm mhmm ah ahh aah oh ooh ha huh
uh-huh uh-hu ur urm
"""
FILLERS = frozenset(_FILLERS_TEXT.split())

# Spoken short forms, spelt with or without the apostrophe, and the words they stand for. Forms whose bare spelling
# is a word of its own ("its", "well", "were", "ill", "shell", "wed", "id") are expanded only with the apostrophe.
_NOT_FORMS = "do does did is are was were have has had would could should must need can't:can won't:will shan't:shall"
_PRONOUNS = "i you he she it we they that there who what here where how"
_TAILS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": "is"}
_AMBIGUOUS_BARE = frozenset({"its", "were", "ill", "shell", "well", "wed", "id", "hell", "shed", "whore", "cant"})


def _contractions() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {
        "gonna": ("going", "to"),
        "wanna": ("want", "to"),
        "gotta": ("got", "to"),
        "gotcha": ("got", "you"),
        "gimme": ("give", "me"),
        "lemme": ("let", "me"),
        "kinda": ("kind", "of"),
        "sorta": ("sort", "of"),
        "outta": ("out", "of"),
        "dunno": ("do", "not", "know"),
        "ain't": ("is", "not"),
        "aint": ("is", "not"),
        "cannot": ("can", "not"),
        "cant": ("can", "not"),
        "let's": ("let", "us"),
        "lets": ("let", "us"),
        "y'all": ("you", "all"),
        "ma'am": ("madam",),
        "o'clock": ("o'clock",),
        "oclock": ("o'clock",),
        "'cause": ("because",),
        "'cos": ("because",),
        "cos": ("because",),
        "coz": ("because",),
        "cuz": ("because",),
        "ya": ("you",),
        "yep": ("yes",),
        "yup": ("yes",),
        "nope": ("no",),
        "yeah": ("yes",),
        "ok": ("okay",),
    }
    for entry in _NOT_FORMS.split():
        short, _, base = entry.partition(":")
        form = short if base else f"{short}n't"
        table[form] = table[form.replace("'", "")] = (base or short, "not")
    for pronoun in _PRONOUNS.split():
        for tail, verb in _TAILS.items():
            if tail == "'m" and pronoun != "i":
                continue
            form = pronoun + tail
            table[form] = (pronoun, verb)
            bare = form.replace("'", "")
            if bare not in _AMBIGUOUS_BARE:
                table[bare] = (pronoun, verb)
    table["cant"] = ("can", "not")
    return table


CONTRACTIONS = _contractions()

_APOSTROPHES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u02b9": "'", "\uff07": "'", "`": "'", "\u00b4": "'"},
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011", "-"))
_WORD = re.compile(r"'?[^\W\d_]+(?:['-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\n\r]+")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """One spelling of the same text: NFC, straight apostrophes, lower case, single spaces, no control characters."""
    composed = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).translate(_DASHES)
    return _SPACE.sub(" ", composed.casefold().replace("\u00ad", "")).strip()


def tokens(text: str) -> list[str]:
    """Every word-like run of letters in lower case, in order, fillers included; digits and signs are left out."""
    found = _WORD.findall(normalise(text))
    return [word if word in CONTRACTIONS else word.lstrip("'") for word in found]


def is_filler(token: str) -> bool:
    """Whether the token is a thinking sound ("um", "erm", "mmm") and not a word."""
    return token in FILLERS


def words(text: str) -> list[str]:
    """The tokens without the fillers."""
    return [token for token in tokens(text) if token not in FILLERS]


def expand(token: str) -> tuple[str, ...]:
    """The words a short form stands for ("don't" and "dont" → do, not; "gonna" → going, to); others as they are.

    A possessive loses its ending ("teacher's" → teacher).
    """
    known = CONTRACTIONS.get(token)
    if known is not None:
        return known
    if token.endswith("'s"):
        return (token[:-2],)
    return (token,)


def sentences(text: str) -> list[str]:
    """The stretches between sentence marks or line breaks that hold at least one word, trimmed, in order."""
    return [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]
