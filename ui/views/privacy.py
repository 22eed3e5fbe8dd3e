"""What is stored, where, and how to be rid of it, in plain words."""

import streamlit as st


def privacy(*, store: str, letters: str, models: str, restore_days: int, session_days: int) -> None:
    """Draw the page. The arguments say how this site is set up: its database, how letters leave, who words the answers."""
    st.title("Privacy")
    st.html('<p class="viva-lead">What this site keeps about you, where it is, and how to have it deleted.</p>')
    st.header("What is stored")
    st.markdown(
        "- **Your account:** name, email, username, your languages and your level. Your password is kept only as a hash that "
        "cannot be turned back into it.\n"
        "- **Your conversations:** every message that you send and every answer that you get, so that you can come back to them.\n"
        "- **Your sign-ins:** for each device its browser name, network address and times, so that you can see and end them. "
        "A short list of what happened to your account, such as sign-ins and changes, is kept for your safety.\n"
        "- **Exams:** your answers, your results, and your recordings. Recordings only if you record an answer, and only after you have "
        "agreed to it. You can take that back on your account page; what was recorded before stays with its exam until you delete it."
    )
    st.header("Where it is")
    st.markdown(
        f"- Everything is in {store}, run by whoever runs this site.\n"
        f"- {letters}\n"
        f"- {models}\n"
        "- Nothing is sent to advertisers or to anybody who counts visitors. There are two cookies: one keeps you signed in for at "
        f"most {_days(session_days)}, one lets your account recognise this device. Neither says anything about you. What you are typing "
        "is kept in your browser's tab until it is sent or the tab is closed, so that a reload does not lose it."
    )
    st.header("How to have it deleted")
    st.markdown(
        f"- **A conversation:** delete it in your history. You can bring it back for {_days(restore_days)}; then it is gone for good.\n"
        "- **An exam:** delete it in your list of exams. Its recordings go with it.\n"
        "- **Your account:** delete it yourself, from your account page. Everything listed above goes with it.\n\n"
        "You can also take everything with you as one file, from your account page."
    )
    st.header("What this site is not")
    st.markdown("It is a place to practise. Its estimates are not an official exam result, and no exam board stands behind it.")


def _days(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"
