"""What the history page does: filter, turn pages, rename, star, share, download, delete and bring back."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

import streamlit as st

from chat.listing import HistoryCursor, HistoryFilter, SearchCursor
from chat.models import Conversation, ShareLink
from chat.results import HistoryPage
from chat.service import ChatService
from core.errors import AppError
from ui import client, faults, messages, session, state, when
from ui.views import history, keeping
from ui.views.history import HistoryIntent, Wanted

Cursor = HistoryCursor | SearchCursor
_CURSORS, _GONE, _PROBLEM, _FRESH = "history.cursors", "history.deleted", "history.problem", "history.fresh-link"
_DRAWN, _JUST_DRAWN, _SHOWN = "history.drawn", "history.just-drawn", "history.shown"
_WATCH_SECONDS = 6.0
"""How often an idle list looks whether something changed in another tab."""


def where(wanted: Wanted, zone: tzinfo) -> HistoryFilter:
    """Return the filter for what is wanted; its days are days in `zone`."""
    return HistoryFilter(
        level=wanted.level,
        kind=wanted.kind,
        starred=True if wanted.view == "starred" else None,
        since=_midnight(wanted.first, zone),
        until=_midnight(wanted.last + timedelta(days=1), zone) if wanted.last else None,
        deleted=wanted.view == "deleted",
    )


def cursors(wanted: Wanted) -> tuple[Cursor, ...]:
    """Return where the pages up to this one begin; the first page has none, and so has another search or filter."""
    kept = state.get(_CURSORS)
    return kept[1] if isinstance(kept, tuple) and kept[0] == wanted else ()


def show(chat: ChatService, user_id: str, wanted: Wanted, *, said: Callable[[datetime], str], zone: tzinfo) -> HistoryIntent | None:
    """Draw the page of the list, or of the hits, that is wanted; return what the person wants with it. Raises AppError."""
    behind = cursors(wanted)
    intent: HistoryIntent | None = None
    following: Cursor | None
    if wanted.text and wanted.view != "deleted":
        at = behind[-1] if behind else None
        found = chat.search(user_id, wanted.text, where=where(wanted, zone), after=at if isinstance(at, SearchCursor) else None)
        history.hits(found.hits, said=said)
        count, following = len(found.hits), found.next
    else:
        page = _page(chat, user_id, wanted, zone)
        state.put(_DRAWN, _seen(page.items))
        state.put(_JUST_DRAWN, value=True)
        count, following = len(page.items), page.next
        if wanted.view == "deleted":
            intent = history.deleted_rows(page.items, gone=lambda row: _until(row.deleted_at, chat.restorable_for, zone))
        elif page.items:
            topics = {topic.id: topic.title for topic in chat.topics()}
            intent = history.rows(page.items, said=said, topic=lambda key: topics.get(key, ""), selecting=history.selecting())
    state.put(_SHOWN, bool(count) and wanted.view != "deleted")
    if not count and not behind:
        if wanted.narrowed:
            history.nothing_found(wanted, restorable_for=chat.restorable_for)
        else:
            history.empty()
    turned = history.turn(newer=bool(behind), older=following is not None)
    if turned is not None:
        state.put(_CURSORS, (wanted, (*behind, following) if turned.act == "older" and following else behind[:-1]))
        st.rerun()
    return intent


@st.fragment(run_every=_WATCH_SECONDS)
def watch(chat: ChatService, user_id: str, wanted: Wanted, zone: tzinfo) -> None:
    """Draw the list anew when it changed in another tab. Shows nothing, so it needs no guard; not drawn beside an open dialog."""
    if state.pop(_JUST_DRAWN) or (wanted.text and wanted.view != "deleted"):
        return
    try:
        changed = _seen(_page(chat, user_id, wanted, zone).items) != state.get(_DRAWN)
    except AppError:
        return
    if changed:
        st.rerun()


def offer_undo(chat: ChatService, user_id: str) -> None:
    """Draw the notice about what was just deleted and bring it back if it is wanted."""
    gone = state.get(_GONE)
    if isinstance(gone, tuple) and history.deleted(gone[1]):
        bring_back(chat, user_id, gone[0])


def act(chat: ChatService, user_id: str, wish: HistoryIntent) -> None:
    """Do what the person wants with conversations of theirs."""
    first = wish.ids[0]
    if wish.act == "rename":
        _rename(chat, user_id, first, wish.title)
    elif wish.act == "share":
        state.pop(_FRESH)
        _share(chat, user_id, first)
    elif wish.act == "export":
        _download(chat, user_id, first)
    elif wish.act == "erase":
        _erase(chat, user_id, first, wish.title)
    elif wish.act == "restore":
        bring_back(chat, user_id, wish.ids)
    else:
        _change(chat, user_id, wish)


def bring_back(chat: ChatService, user_id: str, ids: tuple[str, ...]) -> None:
    """Undo a deletion."""
    restored = chat.restore(user_id, ids)
    state.pop(_GONE)
    messages.later("Your conversation is back." if len(restored) == 1 else "Your conversations are back.")
    st.rerun()


def has_any(chat: ChatService, user_id: str) -> bool:
    """Tell whether there is a conversation that could be downloaded. Asks only where `show` has just drawn none."""
    return bool(state.get(_SHOWN)) or bool(chat.history(user_id, limit=1).items)


def download_all(chat: ChatService, user_id: str) -> None:
    """Open the download of everything."""
    _download(chat, user_id, "")


def _page(chat: ChatService, user_id: str, wanted: Wanted, zone: tzinfo) -> HistoryPage:
    behind = cursors(wanted)
    at = behind[-1] if behind else None
    return chat.history(user_id, where=where(wanted, zone), after=at if isinstance(at, HistoryCursor) else None)


def _seen(rows: Sequence[Conversation]) -> list[tuple[object, ...]]:
    """Return what a reader sees of the rows: drawn anew when it changes."""
    return [(row.id, row.title, row.starred, row.last_message, row.updated_at, row.deleted_at) for row in rows]


def _change(chat: ChatService, user_id: str, wish: HistoryIntent) -> None:
    try:
        if wish.act == "delete":
            state.put(_GONE, (tuple(chat.delete(user_id, wish.ids)), wish.title))
        else:
            chat.star(user_id, wish.ids[0], starred=wish.act == "star")
    except AppError as error:
        faults.show(error)
    else:
        st.rerun()


def _still_theirs(user_id: str) -> None:
    """A dialog runs again without its page: end it when the person is not here any more."""
    if session.require_person().user.id != user_id:
        st.rerun()


@st.dialog("Rename conversation", on_dismiss="rerun")
def _rename(chat: ChatService, user_id: str, conversation_id: str, title: str) -> None:
    _still_theirs(user_id)
    typed = keeping.rename_form(title, state.text(_PROBLEM))
    if typed is None:
        return
    try:
        chat.rename(user_id, conversation_id, typed)
    except AppError as error:
        state.put(_PROBLEM, error.message)
        st.rerun(scope="fragment")
    state.pop(_PROBLEM)
    st.rerun()


@st.dialog("Share conversation", on_dismiss="rerun")
def _share(chat: ChatService, user_id: str, conversation_id: str) -> None:
    _still_theirs(user_id)
    zone = client.timezone()
    try:
        wish = keeping.sharing(chat.shares(user_id, conversation_id), fresh=state.text(_FRESH), said=lambda link: _link(link, zone))
        if wish is None:
            return
        if wish.act == "create":
            _, secret = chat.share(user_id, conversation_id, days=wish.days)
            state.put(_FRESH, session.services().settings.shared_url(secret))
        else:
            chat.revoke_share(user_id, wish.id)
            state.pop(_FRESH)
    except AppError as error:
        faults.show(error)
    else:
        st.rerun(scope="fragment")


@st.dialog("Download", on_dismiss="rerun")
def _download(chat: ChatService, user_id: str, conversation_id: str) -> None:
    _still_theirs(user_id)

    def markdown() -> Iterator[str]:
        return chat.export_markdown(user_id, conversation_id) if conversation_id else chat.export_all(user_id, as_json=False)

    def json() -> Iterator[str]:
        return chat.export_json(user_id, conversation_id) if conversation_id else chat.export_all(user_id, as_json=True)

    name = "conversation" if conversation_id else "conversations"
    keeping.downloads(name, markdown=lambda: "".join(markdown()), json=lambda: "".join(json()))


@st.dialog("Delete for good", on_dismiss="rerun")
def _erase(chat: ChatService, user_id: str, conversation_id: str, title: str) -> None:
    _still_theirs(user_id)
    if keeping.erase(title):
        chat.erase(user_id, [conversation_id])
        state.pop(_GONE)
        st.rerun()


def _link(link: ShareLink, zone: tzinfo) -> str:
    return f"Made on {when.day(link.created_at, zone)}, works until {when.day(link.expires_at, zone)}"


def _until(deleted_at: datetime | None, kept: timedelta, zone: tzinfo) -> str:
    if deleted_at is None:
        return ""
    return f"Deleted on {when.day(deleted_at, zone)}, can be restored until {when.day(deleted_at + kept, zone)}"


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=zone) if day else None
