"""A message as tokens: what was written, and a folded form in which spellings of the same word meet."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST_READ = 1000
"""Longer messages are not read at all: no answer to any step has that many characters."""

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = frozenset("\t\n\r\v\f\u2028\u2029\u00a0")
_KEYCAPS = frozenset("\ufe0e\ufe0f\u20e3")  # they choose how an emoji looks
_A_KEYCAP = re.compile(f"[{''.join(sorted(_KEYCAPS))}]")
_QUOTES = '"“”„‟«»‹›「」『』`´'
_APOSTROPHES = "'’‘ʼ`´"
_BREAKS = r"\s,;:!?¡¿\"“”„‟«»‹›「」『』()\[\]{}<>=…。、，！？；：।؟،؛|\\/~*•`´"
# Scripts that write without spaces: one character is one token.
SOLID = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f"
_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_TOKEN = re.compile(rf"[{SOLID}]|[{_EMOJI}]|[^{_BREAKS}{SOLID}{_EMOJI}]+")
_SMILEY = r"[:;=][-'^o]?[)(\]\[DPpoO3*|/\\]{1,4}|[xX]D+|xd+|<3+|\^[_.-]?\^|[oO][_.][oO]|T_T|-[_.]-+|\(:|:'[(D)]"
_MAYBE_SMILEY = re.compile(r"[:;=^<_](?=.)|[xX][dD]|(?<=-)\.-")
_DECORATION = re.compile(rf"(?:^|(?<=\s))(?:(?:{_SMILEY})|[{_EMOJI}]+)[.!,]?(?=\s|$)")
_EDGES = ".-–—_'’‘&+#^"
_ABBREVIATED = frozenset({"jr", "sr", "st", "dr", "mr", "ms"})
_SHORTENED = 2  # "J." and "Jr." keep their dot
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "\u0640")
_HAN = str.maketrans(
    "個們這麼為嗎請郵碼幫給說話還會過來對時間問題註冊帳號戶資訊選擇後從頭開關讓誰東樣點錢費廣發擾訂閱刪銷進確認證驗單級學習覺複雜煩裡邊應該頁網動連結線電腦機親"
    "媽兒孫長歲現實離難決於並無沒緊條項標準寫讀聽見觀護隱洩騙賣買傳輸錯誤換復貼區別處備幾歡樂愛師國語願啟顯際險貴賴達遠運遲適釋鑰門陽隨雙靜顧飛飯養餘體鬧魚麗黃齊",
    "个们这么为吗请邮码帮给说话还会过来对时间问题注册账号户资讯选择后从头开关让谁东样点钱费广发扰订阅删销进确认证验单级学习觉复杂烦里边应该页网动连结线电脑机亲"
    "妈儿孙长岁现实离难决于并无没紧条项标准写读听见观护隐泄骗卖买传输错误换复贴区别处备几欢乐爱师国语愿启显际险贵赖达远运迟适释钥门阳随双静顾飞饭养余体闹鱼丽黄齐",
)
"""Traditional signs of Chinese by the simplified ones, as far as people here use them; names are kept as they are written."""
_FOLDED = {**_ARABIC, **_HAN}
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0655]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_TURKISH = str.maketrans({"ı": "i", "İ": "i"})


class Token(NamedTuple):
    """One word: `raw` as written between `start` and `end`, `folded` for comparing, `before` the text between it and the one before."""

    raw: str
    folded: str
    start: int
    end: int
    before: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message without characters that are not for people, with its words."""

    clean: str
    tokens: tuple[Token, ...]
    folded: tuple[str, ...] = field(init=False)
    """The folded words."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", tuple(token.folded for token in self.tokens))

    def place(self, token: Token) -> int:
        """Return the index of the word that begins where `token` does, which may be one of several put together."""
        return next(index for index, one in enumerate(self.tokens) if one.start == token.start)

    def slice(self, first: int, last: int) -> str:
        """Return what was written from token `first` to token `last`, both included."""
        return self.clean[self.tokens[first].start : self.tokens[last].end]


def is_too_long(message: str) -> bool:
    """Tell whether a message has more than `LONGEST_READ` characters, as it came or as it is compared: one sign can stand for eighteen."""
    return len(message) > LONGEST_READ or len(unicodedata.normalize("NFKC", message)) > LONGEST_READ


def clean(message: str) -> str:
    """Return the NFC form without control, formatting (bidi, zero width), private and unassigned characters; spaces are single."""
    text = unicodedata.normalize("NFC", message)
    if text.isprintable() and (text.isascii() or not _A_KEYCAP.search(text)):
        return " ".join(text.split())
    kept = [
        " " if ch in _SPACES else ch
        for ch in text
        if ch in _SPACES or (ch.isascii() and ch.isprintable()) or (unicodedata.category(ch) not in _DROPPED and ch not in _KEYCAPS)
    ]
    return " ".join("".join(kept).split())


def undecorated(text: str) -> str:
    """Return a cleaned text without smileys and emoji that stand by themselves, unless nothing else would be left."""
    if text.isascii() and not _MAYBE_SMILEY.search(text):
        return text
    bare = " ".join(_DECORATION.sub(" ", text).split())
    return bare if any(ch.isalnum() for ch in bare) else text


def replaced(text: str, *changes: tuple[re.Pattern[str], str]) -> str:
    """Return the text with one pattern after the other replaced by its template, which is only looked at where the pattern is found."""
    for pattern, template in changes:
        if pattern.search(text):
            text = pattern.sub(template, text)
    return text


def tokenize(message: str) -> Text:
    """Clean the message and split it into words."""
    text = clean(message)
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        raw, start = match.group(), match.start()
        if not raw.isalnum():
            raw, start = _core(raw, start, ends=match.end() == len(text))
        if raw:
            tokens.append(Token(raw, fold(raw.removesuffix(".")), start, start + len(raw), text[end:start]))
            end = start + len(raw)
    return Text(text, tuple(tokens))


def _core(raw: str, start: int, *, ends: bool) -> tuple[str, int]:
    """Return what is the word itself of what stands between two breaks, and where it begins; empty where there is none."""
    bare = raw.lstrip(_EDGES)
    left = len(raw) - len(bare)
    core = bare.rstrip(_EDGES)
    if core in {"t", "s"} and raw[:1] in _APOSTROPHES:
        core, left = raw[:2], 0  # "'t Hooft": the apostrophe stands for letters
    follows = raw[left + len(core) : left + len(core) + 2]
    shown = f"{core}." if core and follows[:1] == "." and follows != ".." and _is_shortened(core, ends=ends) else core
    return shown, start + left


def _is_shortened(word: str, *, ends: bool) -> bool:
    """Tell whether a dot belongs to the word: "J.", "Jr.", "J.R."; at the end of a message it rather closes it: "Li."."""
    if not word[0].isascii() or (ends and len(word) > 1 and "." not in word and word.lower() not in _ABBREVIATED):
        return False
    if word.islower() and len(word) > 1 and "." not in word and word not in _ABBREVIATED:
        return False  # "it." ends a sentence
    return all(0 < len(part) <= _SHORTENED and part.isalpha() for part in word.split("."))


def fold(word: str) -> str:
    """Return the form in which two spellings are the same word: case, accents, apostrophes and drawn-out letters do not count.

    Signs that make other letters (Devanagari vowels, kana voicing) stay.
    """
    plain = word.lower() if word.isascii() else _bare(word)
    if not (plain.isascii() and plain.isalnum()):
        plain = _APOSTROPHE.sub("", plain)
    return _REPEATED.sub(r"\1", plain) if len(plain) > len(set(plain)) + 1 else plain  # else no letter stands there three times


def _bare(word: str) -> str:
    """Return a word of any script in small letters without accents, in the signs that it shares with its other spellings."""
    wide = unicodedata.normalize("NFKD", word.translate(_TURKISH).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", wide)).translate(_FOLDED)


def is_solid(ch: str) -> bool:
    """Tell whether a character belongs to a script that is written without spaces."""
    return ch == "\u3005" or "\u3040" <= ch <= "\u30ff" or "\u3400" <= ch <= "\u9fff"


def is_latin(text: str) -> bool:
    """Tell whether every letter is Latin."""
    return all("LATIN" in unicodedata.name(ch, "") for ch in text if not ch.isascii() and unicodedata.category(ch)[0] == "L")


def merged(tokens: list[Token]) -> list[Token]:
    """Put characters together that were written without a space and are one word in their script."""
    merged: list[Token] = []
    for token in tokens:
        if merged and merged[-1].end == token.start and is_solid(merged[-1].raw[-1]) and is_solid(token.raw[0]):
            last = merged.pop()
            merged.append(Token(last.raw + token.raw, last.folded + token.folded, last.start, token.end, last.before))
        else:
            merged.append(token)
    return merged
