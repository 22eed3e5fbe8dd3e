"""Text of models and people as Markdown that loads, runs and restyles nothing wherever it is drawn: pages, shared pages, files."""

import re

_BLOCK = re.compile(r"(^(?P<fence>`{3,}|~{3,})[^`|\n]*(?:\n|\Z)(?:.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|.*\Z))", re.DOTALL | re.MULTILINE)
"""A block of code that every reader of Markdown takes for one: its fence begins at the very start of a line."""
_MAYBE_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)
_IMAGE = re.compile(r"!\[")
_HEADING = re.compile(r"^( {0,3})#{1,6}(?=[ \t])", re.MULTILINE)
_LINK = re.compile(r"\](?=\(|:)(?!\(https?://|\(mailto:|:[ \t]*https?://|:[ \t]*mailto:)", re.IGNORECASE)
"""What makes words a link, or names the target of one, unless that is an address on the web or a mailbox (`javascript:`, `file:`)."""
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Unseen characters that show the text behind them in another order than it is written."""
_RULE = re.compile(r"(^(?=[^\n]*-)(?=[^\n]*\|)[|:\- \t]+$)", re.MULTILINE)
"""The line below the head of a table. It holds no letter: nothing in it can take effect, and an escape would make it no table."""
_UNSEEN = "\u200b"  # a space without width: unseen in code, and neither image, link nor tag where it turns out to be none


def harmless(text: str, *, risky: str = "<") -> str:
    """Return Markdown in which emphasis, lists and code stay; headings rank below those of a page.

    HTML, images and links that do not lead to the web or a mailbox are shown as text; characters that turn its direction are left out.
    `risky` are the characters that are escaped outside code. Works on unfinished text too, so that a reply can be drawn as it grows.
    """
    text = TURNS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    safe, position = [], 0
    for block in _BLOCK.finditer(text):
        safe += [_prose(text[position : block.start()], risky), block[0]]
        position = block.end()
    return "".join([*safe, _prose(text[position:], risky)])


def _prose(text: str, risky: str) -> str:
    parts = _MAYBE_CODE.split(_HEADING.sub(r"\1####", text))
    certain = _is_plain(text)
    for index, part in enumerate(parts):
        if index % 2 == 0:
            parts[index] = _defuse(part, risky)
        elif not certain:
            parts[index] = _broken(part)
    return "".join(parts)


def _is_plain(text: str) -> bool:
    """Whether every reader finds the same code in a text: pairs of single marks, each on one line, none escaped, none in a table."""
    lines = [line for line in text.split("\n") if "`" in line]
    return not any("``" in line or "\\`" in line or "|" in line or line.count("`") % 2 for line in lines)


def _broken(part: str) -> str:
    """Return what may be code or not: nothing in it takes effect if it is none."""
    return _TAG.sub(f"<{_UNSEEN}", _LINK.sub(f"]{_UNSEEN}", _IMAGE.sub(f"!{_UNSEEN}[", part)))


def _defuse(part: str, risky: str) -> str:
    escaped = re.compile(rf"(?<!\\)(\\*)([{re.escape(risky)}]|{_LINK.pattern}|(?<=!)\[)", re.IGNORECASE)
    return "".join(piece if index % 2 else escaped.sub(_escaped, piece) for index, piece in enumerate(_RULE.split(part)))


def _escaped(found: re.Match[str]) -> str:
    """Return the character with a backslash, unless the ones before it escape it already."""
    before, character = found.groups()
    return found[0] if len(before) % 2 else f"{before}\\{character}"
