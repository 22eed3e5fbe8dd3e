"""The list of conversations: search, filters, one row for each, the rows that were chosen."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from typing import Literal

import streamlit as st

from chat.models import Conversation, ConversationKind
from chat.results import SearchHit
from ui import frame, markup, menu, state
from ui.views.conversation import LEVELS, title_of

Act = Literal["rename", "star", "unstar", "share", "export", "delete", "restore", "erase", "undo", "newer", "older"]
_DEEDS = {
    "rename": ":material/edit: Rename",
    "star": ":material/star: Star",
    "unstar": ":material/star_border: Take the star off",
    "share": ":material/link: Share",
    "export": ":material/download: Download",
    "delete": ":material/delete: Delete",
}
KINDS = {ConversationKind.PRACTICE: "Practice", ConversationKind.CHAT: "Chat"}
VIEWS = {"all": "All", "starred": "Starred", "deleted": "Recently deleted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryIntent:
    """What the person wants; `ids` and `title` are those of the conversations it is about."""

    act: Act
    ids: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is to show. Days are those of the person's calendar, both included."""

    text: str = ""
    view: str = "all"
    level: str = ""
    kind: ConversationKind | None = None
    first: date | None = None
    last: date | None = None

    @property
    def filtered(self) -> bool:
        """Whether something is set among the filters."""
        return bool(self.level or self.kind or self.first or self.last)

    @property
    def narrowed(self) -> bool:
        """Whether something other than everything is asked for."""
        return self != Wanted()


def looking_for() -> Wanted:
    """Draw the search field and the filters; return what is wanted."""
    text = st.text_input(
        "Search your conversations",
        placeholder="Search what was said",
        type="search",
        icon=":material/search:",
        max_chars=200,
        label_visibility="collapsed",
        key=state.widget("history-search"),
    )
    with st.container(horizontal=True, vertical_alignment="center", key="viva-filters"):
        view = st.segmented_control(
            "Which",
            list(VIEWS),
            default="all",
            required=True,
            format_func=VIEWS.__getitem__,
            label_visibility="collapsed",
            key=state.widget("history-view"),
        )
        with st.popover("Filters", icon=":material/tune:", type="tertiary", key=state.widget("history-filters")):
            level = st.selectbox("Level", ["", *LEVELS], format_func=lambda key: key or "Any level", key=state.widget("history-level"))
            kind = st.selectbox("Kind", [None, *KINDS], format_func=_kind_said, key=state.widget("history-kind"))
            first = st.date_input("From", value=None, key=state.widget("history-first"))
            last = st.date_input("To", value=None, key=state.widget("history-last"))
    return Wanted(
        text=(text or "").strip(),
        view=view or "all",
        level=level or "",
        kind=kind,
        first=first if isinstance(first, date) else None,
        last=last if isinstance(last, date) else None,
    )


def empty() -> None:
    """Draw what stands there before the first conversation."""
    with st.container(key="card-empty"):
        st.header("Nothing here yet")
        st.write("Your conversations appear here as soon as you have had one, newest first.")
        frame.link(menu.PRACTICE, "Start your first practice", icon=":material/arrow_forward:")


def nothing_found(wanted: Wanted, *, restorable_for: timedelta) -> None:
    """Draw what stands there when nothing fits the search or the filters, with the way out that there is."""
    with st.container(key="card-none"):
        if wanted.view == "deleted" and not wanted.filtered:
            days = restorable_for.days
            st.write(f"Nothing was deleted in the last {'day' if days == 1 else f'{days} days'}.")
        elif wanted == Wanted(view="starred"):
            st.write("No stars yet. Open the menu of a conversation to star it.")
        else:
            st.write("Nothing fits. Try fewer or other words." if wanted.text and wanted.view != "deleted" else "Nothing fits.")
            if wanted.filtered:
                st.button(
                    "Take the filters off", icon=":material/filter_alt_off:", on_click=_unfilter, key=state.widget("history-unfilter")
                )


def _unfilter() -> None:
    for name, value in (("level", ""), ("kind", None), ("first", None), ("last", None)):
        st.session_state[state.widget(f"history-{name}")] = value


def deleted(title: str) -> bool:
    """Draw the notice about what was just deleted; return whether the person wants it back."""
    with st.container(horizontal=True, vertical_alignment="center", key="card-undo"):
        st.markdown(f"Deleted: {markup.plain(title)}", width="stretch")
        return st.button("Undo", icon=":material/undo:")


def selecting() -> bool:
    """Draw the switch that lets several rows be chosen; return whether it is on."""
    return st.toggle("Select several", key=state.widget("history-selecting"))


def rows(
    conversations: Sequence[Conversation], *, said: Callable[[datetime], str], topic: Callable[[str], str], selecting: bool
) -> HistoryIntent | None:
    """Draw one row for each conversation. `said` words a time, `topic` an id."""
    intent: HistoryIntent | None = None
    chosen: list[Conversation] = []
    names = _told_apart(conversations, lambda conversation: said(conversation.updated_at))
    for conversation in conversations:
        with st.container(key=f"card-row-{conversation.id}", horizontal=True, vertical_alignment="center"):
            title = title_of(conversation)
            if selecting and st.checkbox(
                f"Select {markup.plain(names[conversation.id])}", label_visibility="collapsed", key=state.widget(f"pick-{conversation.id}")
            ):
                chosen.append(conversation)
            with st.container(gap=None, width="stretch"):
                frame.link(menu.PRACTICE, markup.plain(title), icon=":material/star:" if conversation.starred else "", c=conversation.id)
                facts = _facts(conversation.level, _kind(conversation), topic(conversation.topic), said(conversation.updated_at))
                st.html(f'<p class="viva-meta">{escape(facts)}</p><p class="viva-snippet">{escape(conversation.last_message)}</p>')
            act = st.menu_button(
                f"More: {markup.plain(names[conversation.id])}",
                _deeds(conversation),
                format_func=_DEEDS.__getitem__,
                type="tertiary",
                icon=":material/more_horiz:",
                key=state.widget(f"more-{conversation.id}"),
            )
        if act:
            intent = HistoryIntent(act=act, ids=(conversation.id,), title=title)
    return (_several(chosen) if selecting else None) or intent


def deleted_rows(conversations: Sequence[Conversation], *, gone: Callable[[Conversation], str]) -> HistoryIntent | None:
    """Draw one row for each deleted conversation; `gone` says until when it can be brought back."""
    intent: HistoryIntent | None = None
    names = _told_apart(conversations, gone)
    for conversation in conversations:
        with st.container(key=f"card-row-{conversation.id}", horizontal=True, vertical_alignment="center"):
            title, name = title_of(conversation), names[conversation.id]
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{markup.plain(title)}**")
                st.html(f'<p class="viva-meta">{escape(gone(conversation))}</p>')
            if st.button(markup.named("Restore", name), icon=":material/restore:", key=state.widget(f"named-restore-{conversation.id}")):
                intent = HistoryIntent(act="restore", ids=(conversation.id,), title=title)
            if st.button(markup.named("Delete now", name), type="tertiary", key=state.widget(f"named-erase-{conversation.id}")):
                intent = HistoryIntent(act="erase", ids=(conversation.id,), title=title)
    return intent


def _told_apart(conversations: Sequence[Conversation], facts: Callable[[Conversation], str]) -> dict[str, str]:
    """Return a name for each conversation to be read aloud: its title, with what else is known where several have the same one."""
    titles = Counter(title_of(conversation) for conversation in conversations)
    names: dict[str, str] = {}
    given: Counter[str] = Counter()
    for conversation in conversations:
        title = title_of(conversation)
        name = title if titles[title] == 1 else f"{title}, {facts(conversation)}"
        given[name] += 1
        names[conversation.id] = name if given[name] == 1 else f"{name}, number {given[name]}"
    return names


def hits(found: Sequence[SearchHit], *, said: Callable[[datetime], str]) -> None:
    """Draw what a search found, with the words that fit marked; each leads to its place in the conversation."""
    for hit in found:
        with st.container(key=f"card-hit-{hit.message.id}", gap=None):
            frame.link(menu.PRACTICE, markup.plain(title_of(hit.conversation)), icon="", c=hit.conversation.id, m=hit.message.id)
            who = "You" if hit.message.role == "user" else "Examiner"
            facts = _facts(who, hit.conversation.level, said(hit.message.created_at))
            st.html(f'<p class="viva-meta">{escape(facts)}</p><p class="viva-hit">{marked(hit.snippet, hit.hits)}</p>')


def marked(snippet: str, places: Sequence[tuple[int, int]]) -> str:
    """Return HTML of a snippet with its hits marked; everything else in it is text."""
    parts: list[str] = []
    position = 0
    for start, end in places:
        parts += [escape(snippet[position:start]), f"<mark>{escape(snippet[start:end])}</mark>"]
        position = end
    return "".join([*parts, escape(snippet[position:])])


def turn(*, newer: bool, older: bool) -> HistoryIntent | None:
    """Draw the buttons to the pages before and after this one."""
    if not (newer or older):
        return None
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        back = st.button("Newer", icon=":material/arrow_back:", disabled=not newer)
        on = st.button("Older", icon=":material/arrow_forward:", icon_position="right", disabled=not older)
    if back:
        return HistoryIntent(act="newer")
    return HistoryIntent(act="older") if on else None


def download_all() -> bool:
    """Draw the button that opens the download of everything; return whether it was pressed."""
    return st.button("Download all", icon=":material/download:", type="tertiary", key=state.widget("history-download-all"))


def _several(chosen: Sequence[Conversation]) -> HistoryIntent | None:
    with st.container(horizontal=True, vertical_alignment="center", key="card-several"):
        count = len(chosen)
        st.markdown("Choose conversations in the list." if not count else f"{count} chosen", width="stretch")
        if not st.button("Delete them", icon=":material/delete:", disabled=not count, key=state.widget("history-delete-several")):
            return None
    title = title_of(chosen[0]) if count == 1 else f"{count} conversations"
    return HistoryIntent(act="delete", ids=tuple(conversation.id for conversation in chosen), title=title)


def _deeds(conversation: Conversation) -> list[Act]:
    return ["rename", "unstar" if conversation.starred else "star", "share", "export", "delete"]


def _kind(conversation: Conversation) -> str:
    return "" if conversation.kind is ConversationKind.PRACTICE else KINDS[conversation.kind]


def _kind_said(kind: ConversationKind | None) -> str:
    return "Any kind" if kind is None else KINDS[kind]


def _facts(*facts: str) -> str:
    return " · ".join(fact for fact in facts if fact)
