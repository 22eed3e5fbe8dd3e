"""Makes text that is not ours safe to draw as Markdown: no HTML, no remote images, no formulas, none of Streamlit's own directives."""

import re

from chat import markdown

_EVERYTHING = frozenset("\\`*_{}[]<>()#+-.!|~$:&")
_ICON = re.compile(r"\\:(?=material/|streamlit)")
_SIGNS = re.compile(r"[*_`#>|]+")
_FIRST_WORDS = 12
_BROKEN_ICON = "\\:\u200b"  # icons are put in where escapes are gone already; a space without width is none of their name


def plain(text: str) -> str:
    """Return Markdown that shows `text` exactly as it is: what a person wrote never becomes markup. Line breaks are kept.

    A whole web address can still be pressed (the renderer looks for those in the finished text); it leads where it says.
    """
    escaped = "".join(f"\\{character}" if character in _EVERYTHING else character for character in text)
    return _ICON.sub(lambda _: _BROKEN_ICON, escaped).replace("\n", "  \n")


def named(act: str, of: str) -> str:
    """Return the label of one of many like buttons: seen is only `act`, read aloud is whose it is, too. The key begins with `named-`."""
    return f"{act} *{plain(of)}*"


def begins(text: str) -> str:
    """Return the first words of a message, without signs of Markdown, to name it where it is read aloud."""
    words = _SIGNS.sub("", text).split()
    return " ".join(words[:_FIRST_WORDS]) + (" …" if len(words) > _FIRST_WORDS else "")


def rich(text: str) -> str:
    """Return Markdown for an examiner's words: emphasis, lists and code stay; what could load, run or restyle something is shown as text.

    Works on unfinished text too, so that a reply can be drawn while it grows.
    """
    return _ICON.sub(lambda _: _BROKEN_ICON, markdown.harmless(text, risky="<$:"))
