"""The HTML that the browser loads first: Streamlit's own, under our name, icon and style.

Streamlit sets the title only once the script has run; until then a tab, a bookmark or a link preview would say "Streamlit".
"""

import re
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

PRODUCT = "CEFR Speaking Exam Simulator"
DESCRIPTION = "Practise a speaking exam with an examiner, at every level from A1 to C2, and get an honest estimate."
ASSETS = Path(__file__).parent / "assets"
_BY_SECRET = frozenset({"shared", "reset-password", "confirm-email"})
"""Pages whose address holds a secret: no search engine is to keep one."""
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HEAD = (
    f"<title>{PRODUCT}</title>"
    f'<meta name="description" content="{escape(DESCRIPTION)}" />'
    '<meta name="color-scheme" content="light dark" />'
    '<link rel="stylesheet" href="/assets/viva.css" /><link rel="stylesheet" href="/assets/exam.css" />'
)
_CHANGES = (
    (r"<title>Streamlit</title>", _HEAD),
    (r'<link rel="shortcut icon" href="./favicon.png" />', '<link rel="icon" type="image/svg+xml" href="/assets/mark.svg" />'),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"<!--.*?-->", ""),
    (r"<noscript>.*?</noscript>", f"<noscript><p>{PRODUCT} needs JavaScript. Please switch it on and load the page again.</p></noscript>"),
)


class _PageName(StringConvertor):
    """One segment that is no file and nothing of Streamlit's own."""

    regex = r"(?!_stcore)[^./]+"


register_url_convertor("page_name", _PageName())


@cache
def html() -> str:
    """Return the page shell. Raises RuntimeError when Streamlit's own has changed so that ours would not be complete."""
    text = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    for pattern, replacement in _CHANGES:
        text, count = re.subn(pattern, replacement, text, flags=re.DOTALL)
        if count == 0:
            raise RuntimeError(f"Streamlit's page shell has changed: {pattern} is not in it any more")
    return text


def inline_scripts() -> tuple[str, ...]:
    """Return the inline scripts of the shell, which the content policy must allow."""
    return tuple(_INLINE_SCRIPT.findall(html()))


def routes() -> list[BaseRoute]:
    """Return the routes of our own images and styles and of the shell.

    The shell answers every address of one segment without a dot: the pages, and what Streamlit then calls "page not found".
    """
    return [
        Mount("/assets", StaticFiles(directory=ASSETS)),
        Route("/", _answer, methods=["GET"]),
        Route("/{page:page_name}", _answer, methods=["GET"]),
    ]


async def _answer(request: Request) -> HTMLResponse:
    headers = {"Cache-Control": "no-cache"}
    if request.path_params.get("page") in _BY_SECRET:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    return HTMLResponse(html(), headers=headers)
