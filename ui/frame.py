"""What surrounds every page: logo, menu, account button, footer; and how a page leads to another."""

from collections.abc import Container
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page

from auth.models import Role, User
from ui import client, markup, menu, shell, state


def page_of(entry: menu.Entry, role: Role | None = None, *, at: str = "") -> Page:
    """Return Streamlit's idea of the page; `at` is another address than its own."""
    return st.Page(
        menu.FOLDER / f"{entry.file}.py",
        title=entry.title,
        icon=entry.icon,
        url_path=at or entry.path,
        default=entry is menu.HOME,
        visibility="visible" if menu.is_listed(entry, role) else "hidden",
    )


def choose_page(role: Role | None) -> Page:
    """Draw the menu for somebody with this role and return the page that was asked for."""
    sections: dict[str, list[Page]] = {"": []}
    for entry in menu.ENTRIES:
        if menu.is_known(entry, role):
            sections.setdefault(entry.section, []).append(page_of(entry, role))
    if lost := _lost({page.url_path for pages in sections.values() for page in pages}):
        sections[""].append(page_of(menu.NOT_FOUND, at=lost))  # otherwise Streamlit shows the home page below a dialog of its own
    chosen = st.navigation(sections, position="top")
    title = shell.PRODUCT if chosen.url_path == menu.HOME.path else f"{chosen.title} · {shell.PRODUCT}"
    st.set_page_config(page_title=title, layout="centered", initial_sidebar_state="collapsed")
    st.logo(shell.ASSETS / "logo.svg", size="large", icon_image=shell.ASSETS / "logo.svg")
    return chosen


def _lost(known: Container[str]) -> str:
    """Return the address of this tab that no page has, if there was one: the last, so that the browser's way back leads there, too."""
    here = client.page_path()
    if shell.is_page_name(here) and here not in known:
        state.put("lost", here)
    last = state.text("lost")
    return "" if last in known else last


def go(entry: menu.Entry, **query: str) -> NoReturn:
    """Open another page."""
    st.switch_page(page_of(entry), query_params=query)


def link(entry: menu.Entry, label: str = "", *, icon: str | None = None, **query: str) -> None:
    """Draw a link to another page."""
    st.page_link(page_of(entry), label=label or entry.title, icon=icon, query_params=query or None)


def account_button(user: User) -> str:
    """Draw the account menu in the header; return what was chosen: the path of a page, "sign-out", or an empty string."""
    labels = {entry.path: f"{entry.icon} {entry.title}" for entry in menu.ACCOUNT_MENU if menu.is_open(entry, user.role)}
    labels["sign-out"] = ":material/logout: Sign out"
    with st.container(key="viva-account"):
        chosen = st.menu_button(
            markup.plain(short_name(user)),
            list(labels),
            format_func=lambda option: labels[option],
            icon=":material/account_circle:",
            type="tertiary",
            key="viva-account-menu",
        )
    return chosen or ""


def follow(path: str) -> None:
    """Open the page at `path`, if there is one."""
    entry = menu.by_path(path) if path else None
    if entry is not None:
        go(entry)


def short_name(user: User) -> str:
    """Return what to call the person: the first name, else the username."""
    return (user.first_name or user.full_name.partition(" ")[0] or user.username)[:24]


def footer() -> None:
    """Draw the last lines of every page."""
    st.html(
        '<footer class="viva-foot">Practice estimates only: this is not an official exam. '
        '<a href="/privacy" target="_self">Privacy</a></footer>'
    )


def lead(text: str) -> None:
    """Draw the sentence below a page's title; `text` is ours, never a person's."""
    st.html(f'<p class="viva-lead">{text}</p>')


def not_found(text: str) -> NoReturn:
    """Say that there is nothing here, offer the way home, and end the page."""
    st.title("Not found")
    st.write(text)
    link(menu.HOME, "Go to the home page", icon=":material/arrow_back:")
    footer()
    st.stop()
