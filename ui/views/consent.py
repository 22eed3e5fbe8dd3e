"""Whether somebody agreed to being recorded, and how to take it back."""

import streamlit as st

from ui import state


def recording(agreed: str) -> bool:
    """Draw since when the person agrees (`agreed` says it in words, empty: they do not); return whether they take it back."""
    with st.container(key="card-consent"):
        st.header("Being recorded")
        if not agreed:
            st.write("You have not agreed to being recorded. You are asked before the first recording, and can always type instead.")
            return False
        st.write(f"You agreed to being recorded: {agreed}.")
        st.caption(
            "If you take it back, nothing new is recorded until you agree again, and you can type your answers. Recordings that exist stay "
            "with their exam, where you can hear them. They go when you delete the exam or your account."
        )
        return st.button("Take back my agreement", icon=":material/mic_off:", key=state.widget("withdraw-consent"))
