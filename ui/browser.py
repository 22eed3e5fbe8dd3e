"""The only scripts of our own that run in the browser. They are constant, so that the content policy can allow exactly them."""

from html import escape

import streamlit as st

HANDOFF = (
    'const box=document.getElementById("viva-handoff");'
    'if(box&&box.dataset.code){const code=box.dataset.code;box.removeAttribute("data-code");'
    'fetch("/auth/browser/session",{method:"POST",credentials:"same-origin",keepalive:true,'
    'headers:{"Content-Type":"application/json"},body:JSON.stringify({code:code})})'
    '.then(function(answer){box.dataset.state=answer.ok?"kept":"refused"})'
    '.catch(function(){box.dataset.state="failed"})}'
)
"""Swaps the one-time code of a fresh login for the cookie that survives a reload."""

LEAVE = (
    'fetch("/auth/browser/end",{method:"POST",credentials:"same-origin",keepalive:true,'
    'headers:{"Content-Type":"application/json"},body:"{}"})'
    '.finally(function(){window.location.replace("/sign-in")})'
)
"""Ends the browser's login and loads the page anew, so that nothing of the person stays in memory."""

SCRIPTS = (HANDOFF, LEAVE)


def keep_login(code: str) -> None:
    """Draw the script that swaps `code` for the cookie. Drawn again with the same code it does nothing more."""
    with st.container(key="viva-quiet-handoff"):
        st.html(f'<div id="viva-handoff" data-code="{escape(code)}"></div><script>{HANDOFF}</script>', unsafe_allow_javascript=True)


def forget_login() -> None:
    """Draw the script that ends the browser's login and opens the sign-in page."""
    with st.container(key="viva-quiet-leave"):
        st.html(f'<div id="viva-leave"></div><script>{LEAVE}</script>', unsafe_allow_javascript=True)
