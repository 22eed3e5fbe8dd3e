"""Makes text that is not ours safe to draw as Markdown: no HTML, no remote images, no formulas, none of Streamlit's own directives."""

import re

_EVERYTHING = frozenset("\\`*_{}[]<>()#+-.!|~$:&")
_BLOCK = re.compile(r"(^(?P<fence>`{3,}|~{3,})[^`\n]*(?:\n|\Z)(?:.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|.*\Z))", re.DOTALL | re.MULTILINE)
"""A block of code that every reader of Markdown takes for one: its fence begins at the very start of a line."""
_MAYBE_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)
_IMAGE = re.compile(r"!\[")
_RISKY = re.compile(r"[<$:]")
_BROKEN_IMAGE = "!\u200b["  # a space without width: unseen in code, and no image where it turns out to be none


def plain(text: str) -> str:
    """Return Markdown that shows `text` exactly as it is: what a person wrote never becomes markup. Line breaks are kept."""
    escaped = "".join(f"\\{character}" if character in _EVERYTHING else character for character in text)
    return escaped.replace("\n", "  \n")


def rich(text: str) -> str:
    """Return Markdown for an examiner's words: emphasis, lists and code stay; what could load, run or restyle something is shown as text.

    Works on unfinished text too, so that a reply can be drawn while it grows.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    safe, position = [], 0
    for block in _BLOCK.finditer(text):
        safe += [_prose(text[position : block.start()]), block[0]]
        position = block.end()
    return "".join([*safe, _prose(text[position:])])


def _prose(text: str) -> str:
    parts = _MAYBE_CODE.split(text)
    return "".join(_IMAGE.sub(_BROKEN_IMAGE, part) if index % 2 else _defuse(part) for index, part in enumerate(parts))


def _defuse(part: str) -> str:
    return _RISKY.sub(lambda found: f"\\{found[0]}", _IMAGE.sub(r"!\\[", part))
