"""What the exams page does with the list: turn pages, leave for good, delete."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.errors import AppError
from exam.models import Exam, ExamCursor
from exam.service import ExamService
from ui import faults, messages, session, state
from ui.views import exams as view
from ui.views.history import HistoryIntent

_LATEST = 3
_QUESTIONS = {
    "abandon": ("Leave this exam for good? You get no result, and you cannot go on with it later.", "Leave for good"),
    "delete": ("Delete this exam with its answers, recordings and report? This cannot be undone.", "Delete"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What stands on the page: above the formats what is unfinished and the latest results, below them a page of the rest."""

    unfinished: Sequence[Exam]
    latest: Sequence[Exam]
    earlier: Sequence[Exam]
    following: ExamCursor | None


def cursors() -> tuple[ExamCursor, ...]:
    """Return where the pages up to this one begin; the first page has none."""
    kept = state.get("exams.cursors")
    return kept if isinstance(kept, tuple) else ()


def shelf(exams: ExamService, user_id: str) -> Shelf:
    """Return the person's exams as the page shows them; what comes first is the same whichever page of earlier ones is open."""
    first = exams.history(user_id)
    unfinished = [exam for exam in first.items if exam.is_open]
    latest = [exam for exam in first.items if not exam.is_open][:_LATEST]
    page = exams.history(user_id, after=cursors()[-1]) if cursors() else first
    shown = {exam.id for exam in (*unfinished, *latest)}
    earlier = [exam for exam in page.items if exam.id not in shown]
    return Shelf(unfinished=unfinished, latest=latest, earlier=earlier, following=page.next)


def act(
    exams: ExamService, user_id: str, wish: view.ListIntent | None, turned: HistoryIntent | None, *, following: ExamCursor | None
) -> None:
    """Do what the person wants with their list."""
    if turned is not None:
        behind = (*cursors(), following) if turned.act == "older" and following else cursors()[:-1]
        state.put("exams.cursors", behind)
        st.rerun()
    if wish is not None:
        ask(exams, user_id, wish)


def ask(exams: ExamService, user_id: str, wish: view.ListIntent) -> None:
    """Ask whether that is really wanted, and do it."""

    @st.dialog(wish.title)
    def asking() -> None:
        if session.require_person().user.id != user_id:  # a dialog runs again without its page
            st.rerun()
        question, button = _QUESTIONS[wish.act]
        answer = view.confirm(question=question, act=button)
        if answer is None:
            return
        if answer:
            try:
                if wish.act == "delete":
                    exams.delete(user_id, wish.id)
                    messages.later("The exam is deleted.")
                else:
                    exams.abandon(user_id, wish.id)
            except AppError as error:
                faults.show(error)
                return
        st.rerun()

    asking()
