"""The HTML that the browser loads first: Streamlit's own, under our name, icon and style; and what an address without a page gets.

Streamlit sets the title only once the script has run; until then a tab, a bookmark or a link preview would say "Streamlit".
"""

import re
from functools import cache
from html import escape
from http import HTTPStatus
from pathlib import Path

import streamlit as st
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ui import menu

PRODUCT = "CEFR Speaking Exam Simulator"
DESCRIPTION = "Practise a speaking exam with an examiner, at every level from A1 to C2, and get an honest estimate."
ASSETS = Path(__file__).parent / "assets"
_BY_SECRET = frozenset({"shared", "reset-password", "confirm-email"})
"""Pages whose address holds a secret: no search engine is to keep one."""
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_AT_THE_ROOT = "window.__streamlit={BACKEND_BASE_URL:location.origin}"
"""Otherwise Streamlit first looks for itself below the page's own name and puts two errors into the browser's console."""
_HEAD = (
    f"<title>{PRODUCT}</title>"
    f'<meta name="description" content="{escape(DESCRIPTION)}" />'
    '<meta name="color-scheme" content="light dark" />'
    f"<script>{_AT_THE_ROOT}</script>"
    '<link rel="stylesheet" href="/assets/viva.css" /><link rel="stylesheet" href="/assets/exam.css" />'
)
_CHANGES = (
    (r"<title>Streamlit</title>", _HEAD),
    (r'<link rel="shortcut icon" href="./favicon.png" />', '<link rel="icon" type="image/svg+xml" href="/assets/mark.svg" />'),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"<!--.*?-->", ""),
    (r"<noscript>.*?</noscript>", f"<noscript><p>{PRODUCT} needs JavaScript. Please switch it on and load the page again.</p></noscript>"),
)


_PAGES = frozenset(entry.path for entry in menu.ENTRIES if entry is not menu.NOT_FOUND)
_PAGE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class _PageName(StringConvertor):
    """One segment that is no file and nothing of Streamlit's own."""

    regex = r"(?!_stcore)[A-Za-z0-9_-]{1,64}"


class _Elsewhere(StringConvertor):
    """Every other address that is neither ours nor Streamlit's, which would answer it with its own shell."""

    regex = r"(?!(_stcore|static|media|component|assets)/|(favicon\.png|manifest\.json)$).+"


register_url_convertor("page_name", _PageName())
register_url_convertor("elsewhere", _Elsewhere())


def is_page_name(path: str) -> bool:
    """Tell whether a page could stand at this path (without slashes): a single plain segment."""
    return _PAGE_NAME.fullmatch(path) is not None


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

    The shell answers every address of one plain segment, with 404 where no page stands: the script then draws our page that says so.
    Below other addresses the shell would look for its files in the wrong place, so a reader is led to that page.
    """
    return [
        Mount("/assets", StaticFiles(directory=ASSETS)),
        Route("/favicon.ico", _icon, methods=["GET"]),
        Route("/", _answer, methods=["GET"]),
        Route("/{page:page_name}", _answer, methods=["GET"]),
        Route("/{rest:elsewhere}", _elsewhere, methods=["GET"]),
    ]


async def _icon(_: Request) -> FileResponse:
    """Answer what browsers ask for by themselves wherever no page of ours names the icon."""
    return FileResponse(ASSETS / "mark.svg")


async def _answer(request: Request) -> HTMLResponse:
    headers = {"Cache-Control": "no-cache"}
    page = request.path_params.get("page", "")
    if page in _BY_SECRET:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    return HTMLResponse(html(), status_code=HTTPStatus.OK if page in _PAGES else HTTPStatus.NOT_FOUND, headers=headers)


async def _elsewhere(request: Request) -> Response:
    name = str(request.path_params["rest"]).removesuffix("/")
    if is_page_name(name):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{name}{query}", status_code=HTTPStatus.MOVED_PERMANENTLY)
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/{menu.NOT_FOUND.path}", status_code=HTTPStatus.SEE_OTHER)
    return PlainTextResponse("Not found", status_code=HTTPStatus.NOT_FOUND)
