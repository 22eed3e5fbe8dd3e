"""Makes text that is not ours safe to draw as Markdown: no HTML, no remote images, no formulas, none of Streamlit's own directives."""

import re

_EVERYTHING = frozenset("\\`*_{}[]<>()#+-.!|~$:&")
_IMAGE = re.compile(r"!\[")
_FENCE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)
_RISKY = re.compile(r"[<$:]")


def plain(text: str) -> str:
    """Return Markdown that shows `text` exactly as it is: what a person wrote never becomes markup. Line breaks are kept."""
    escaped = "".join(f"\\{character}" if character in _EVERYTHING else character for character in text)
    return escaped.replace("\n", "  \n")


def rich(text: str) -> str:
    """Return Markdown for an examiner's words: emphasis, lists and code stay; what could load, run or restyle something is shown as text.

    Works on unfinished text too, so that a reply can be drawn while it grows.
    """
    parts = _FENCE.split(text)
    return "".join(part if index % 2 else _defuse(part) for index, part in enumerate(parts))


def _defuse(part: str) -> str:
    return _RISKY.sub(lambda found: f"\\{found[0]}", _IMAGE.sub(r"!\\[", part))
