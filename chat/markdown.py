"""Text of models and people as Markdown that loads, runs and restyles nothing wherever it is drawn: pages, shared pages, files."""

import re

_BLOCK = re.compile(r"(^(?P<fence>`{3,}|~{3,})[^`\n]*(?:\n|\Z)(?:.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|.*\Z))", re.DOTALL | re.MULTILINE)
"""A block of code that every reader of Markdown takes for one: its fence begins at the very start of a line."""
_MAYBE_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)
_IMAGE = re.compile(r"!\[")
_HEADING = re.compile(r"^( {0,3})#{1,6}(?=[ \t])", re.MULTILINE)
_BROKEN_IMAGE = "!\u200b["  # a space without width: unseen in code, and no image where it turns out to be none


def harmless(text: str, *, risky: str = "<") -> str:
    """Return Markdown in which emphasis, lists and code stay; HTML and images are shown as text, headings rank below those of a page.

    `risky` are the characters that are escaped outside code. Works on unfinished text too, so that a reply can be drawn as it grows.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    safe, position = [], 0
    for block in _BLOCK.finditer(text):
        safe += [_prose(text[position : block.start()], risky), block[0]]
        position = block.end()
    return "".join([*safe, _prose(text[position:], risky)])


def _prose(text: str, risky: str) -> str:
    parts = _MAYBE_CODE.split(_HEADING.sub(r"\1####", text))
    return "".join(_IMAGE.sub(_BROKEN_IMAGE, part) if index % 2 else _defuse(part, risky) for index, part in enumerate(parts))


def _defuse(part: str, risky: str) -> str:
    return "".join(f"\\{character}" if character in risky else character for character in _IMAGE.sub(r"!\\[", part))
