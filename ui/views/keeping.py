"""The small windows of the history: a new title, files to download, links to share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from chat.models import ShareLink
from ui import markup, state

DAYS = {7: "A week", 30: "A month", 90: "Three months", 365: "A year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareIntent:
    """Make a link for so many `days`, or end the link `id`."""

    act: Literal["create", "revoke"]
    days: int = 0
    id: str = ""


def rename_form(title: str, problem: str) -> str | None:
    """Draw the field for a new title and return it when it is sent."""
    with st.form(state.widget("rename"), border=False):
        typed = st.text_input("Title", value=title, max_chars=80, key=state.widget("field-title"))
        if problem:
            st.html(f'<p class="viva-problem" role="alert">{escape(problem)}</p>')
        sent = st.form_submit_button("Save", type="primary")
    return (typed or "") if sent else None


def downloads(name: str, *, markdown: Callable[[], str], json: Callable[[], str]) -> None:
    """Draw the two files; each is made only when its button is pressed. `name` is what they are called, without ending."""
    st.write("Markdown is for reading, JSON for other programs.")
    with st.container(horizontal=True):
        st.download_button(
            "Markdown", markdown, f"{name}.md", "text/markdown", icon=":material/article:", on_click="ignore", type="primary"
        )
        st.download_button("JSON", json, f"{name}.json", "application/json", icon=":material/data_object:", on_click="ignore")


def sharing(links: Sequence[ShareLink], *, fresh: str, said: Callable[[ShareLink], str]) -> ShareIntent | None:
    """Draw the links that work and the way to a new one; `fresh` is the address of one just made, which is shown only now."""
    st.write("Whoever has the link can read what has been said so far, without your name. It ends by itself, or when you end it.")
    if fresh:
        st.markdown("**Your link.** Copy it now: it is not shown again.")
        st.code(fresh, language=None, wrap_lines=True)
    intent: ShareIntent | None = None
    with st.form(state.widget("share"), border=False):
        days = st.selectbox("It works for", list(DAYS), index=1, format_func=DAYS.__getitem__, key=state.widget("share-days"))
        if st.form_submit_button("Make a link", type="primary", icon=":material/link:"):
            intent = ShareIntent(act="create", days=days)
    for number, link in enumerate(links, start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(markup.plain(said(link)), width="stretch")
            label = markup.named("End it", f"link {number}: {said(link)}")
            if st.button(label, icon=":material/link_off:", key=state.widget(f"named-revoke-{link.id}")):
                intent = ShareIntent(act="revoke", id=link.id)
    return intent


def erase(title: str) -> bool:
    """Ask whether a conversation is to go for good; return whether it is."""
    st.markdown(f"**{markup.plain(title)}** cannot be brought back afterwards.")
    return st.button("Delete for good", type="primary", icon=":material/delete_forever:", key=state.widget("erase-now"))
