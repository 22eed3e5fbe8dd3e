"""Where the cursor and a screen reader go when a page changes under them: to a field that was opened, to what was refused, to an answer.

Constant scripts, as in `ui.browser`; what differs is data in attributes. They hold no `<` before a letter or digit: the browser side
takes such a script out, for fear of hidden markup.
"""

from html import escape

import streamlit as st

from ui import state

AIM = (
    "{if(!window.vivaSteps){const steps=window.vivaSteps={away:false};"
    'addEventListener("keydown",function(event){if(event.key==="Tab")steps.away=true;else if(event.key==="Enter")steps.away=false},true);'
    'addEventListener("click",function(){steps.away=false},true)}'
    'document.querySelectorAll("[data-viva-aim]:not([data-viva-told])").forEach(function(mark){mark.dataset.vivaTold="yes";'
    "const look=function(frame){if(window.vivaSteps.away||!mark.isConnected&&!mark.dataset.vivaFilled)return;"
    "const target=document.querySelector(mark.dataset.vivaAim);"
    "if(!target||target.disabled||mark.dataset.vivaFilled&&!target.value){if(300>frame)requestAnimationFrame(function(){look(frame+1)});return}"
    'if(mark.dataset.vivaGently&&!matchMedia("(pointer:fine)").matches)return;'
    "target.focus();"
    'if(target.matches("textarea")){const end=target.value.length;target.setSelectionRange(end,end)}};look(0)})}'
)
"""Puts the cursor on what `data-viva-aim` names, as soon as it can be used; with `data-viva-gently` not where a keyboard would come up.

With `data-viva-filled` not before the field has its text: a new one gets it a moment after it stands there, and what somebody types
before would be all that is left (the mark itself may be drawn anew meanwhile). Who has gone on with the Tab key since the press that
asked for it stays where they are.
"""

REFUSED = (
    '{document.querySelectorAll("[data-viva-form]:not([data-viva-told])").forEach(function(mark){mark.dataset.vivaTold="yes";'
    "const all=function(wanted){return [...document.querySelectorAll(wanted)]},end=performance.now()+8000;"
    'const input=function(name){return document.querySelector("."+name+" :is(input,textarea)")};'
    "const join=function(field,reason){"
    'reason.id=reason.id||"viva-reason";field.setAttribute("aria-invalid","true");'
    'field.setAttribute("aria-describedby",[reason.id].concat(reason.dataset.vivaWith||[]).join(" "));'
    'field.dataset.vivaFaulty="yes"};'
    "let calm=0;const look=function(){if(!mark.isConnected||performance.now()>end)return;"
    'calm=document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")?calm+1:0;'
    "if(4>calm){setTimeout(look,40);return}"
    'all("[data-viva-faulty]").forEach(function(field){field.removeAttribute("aria-invalid");field.removeAttribute("aria-describedby");'
    "delete field.dataset.vivaFaulty});"
    'if(mark.dataset.vivaRefused!=="yes")return;'
    "let first=null;"
    'all("p.viva-problem[data-viva-field]").forEach(function(reason){const field=input(reason.dataset.vivaField);'
    "if(field){join(field,reason);first=first||field}});"
    'const alert=document.querySelector(".st-key-viva-fault-"+mark.dataset.vivaForm+" [role=alert]"),'
    "retry=mark.dataset.vivaRetry?input(mark.dataset.vivaRetry):null;"
    "if(!first&&alert&&retry){join(retry,alert);first=retry}"
    'if(!first&&alert){alert.setAttribute("tabindex","-1");first=alert}'
    "if(first)first.focus()};look()})}"
)
"""After a form was refused: ties each fault to its field and puts the cursor into the first of them, or on the fault itself.

It waits until the page is drawn to its end and calm, because the fields of passwords are new ones then, and a new field is given a
description of its own for a moment. Drawn without a fault it unties.
"""

HEARD = (
    '{const told=document.getElementById("viva-heard");if(told){const room=told.dataset.room,newest=told.dataset.newest,'
    "before=window.vivaHeard||{};"
    'let voice=document.getElementById("viva-voice-over");'
    'if(!voice){voice=document.createElement("div");voice.id="viva-voice-over";voice.className="viva-unseen";'
    'voice.setAttribute("role","status");document.body.append(voice)}'
    "window.vivaHeard={room:room,newest:newest};"
    'if(newest&&before.newest!==newest&&(told.dataset.fresh==="yes"||before.room===room))setTimeout(function(){'
    'const words=document.querySelector(".st-key-viva-words-"+told.dataset.message);if(!words)return;'
    "const copy=words.cloneNode(true);"
    'copy.querySelectorAll("[role=img],[data-testid=stIconMaterial]").forEach(function(icon){icon.remove()});'
    "voice.textContent=copy.textContent.trim();const said=voice.textContent;"
    'setTimeout(function(){if(voice.textContent===said)voice.textContent=""},10000)},100)}}'
)
"""Has a screen reader say an answer, once, when it is whole: a region of its own gets the words, not the bubble that grows word by word.

What was there when the page was opened is not read out. All in a block, because it runs again and names at the top stand only once.
"""

SCRIPTS = (AIM, REFUSED, HEARD)
_AIM_NEXT, _AIMED = "aim", "aimed"
WORDS = "viva-words-"
"""Begins the key of the container that holds the words of a message."""
ANSWER_BOX = "[data-testid=stChatInputTextArea]"
"""Where the next answer is typed, for `aim_next`."""


def aim(key: str) -> None:
    """Draw the script that puts the cursor into the field with this key (of `state.widget`), behind the text that it begins with."""
    _draw("aim", f'<div data-viva-aim=".{css_class(key)} :is(textarea,input)" data-viva-filled="yes"></div><script>{AIM}</script>')


def aim_next(selector: str) -> None:
    """Put the cursor on `selector` when the page is drawn the next time, for what a press took away from under it."""
    state.put(_AIM_NEXT, selector)


def aim_as_wanted() -> None:
    """Draw the script for what `aim_next` kept, once; not on a touch screen, where the keyboard would hide what was said."""
    wanted = state.pop(_AIM_NEXT)
    if isinstance(wanted, str):
        time = state.number(_AIMED) + 1  # drawn again with the same words a script does not run again
        state.put(_AIMED, time)
        data = f'data-viva-aim="{escape(wanted)}" data-viva-gently="yes" data-time="{time}"'
        _draw("aim-next", f"<div {data}></div><script>{AIM}</script>")


def refused(form: str, *, attempt: int, failed: bool, retry: str = "") -> None:
    """Draw the script that leads to what was refused in the form; `attempt` makes it run anew.

    The field with the key `retry` is where a fault without a field of its own is to be mended.
    """
    data = f'data-viva-form="{form}" data-attempt="{attempt}" data-viva-refused="{"yes" if failed else "no"}"'
    _draw(f"refused-{form}", f'<div {data} data-viva-retry="{css_class(retry) if retry else ""}"></div><script>{REFUSED}</script>')


def heard(conversation_id: str, *, message_id: str, state_of_it: str, fresh: bool) -> None:
    """Draw the script that has the newest answer said; `fresh`: it was written before the person's eyes just now."""
    newest = f"{message_id}-{state_of_it}" if message_id else ""
    data = f'data-room="{escape(conversation_id)}" data-newest="{escape(newest)}" data-message="{escape(message_id)}"'
    _draw("heard", f'<div id="viva-heard" {data} data-fresh="{"yes" if fresh else "no"}"></div><script>{HEARD}</script>')


def css_class(key: str) -> str:
    """Return the class that Streamlit gives to the element with this key."""
    return "st-key-" + "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-") else "-" for sign in key.strip())


def _draw(name: str, html: str) -> None:
    with st.container(key=f"viva-quiet-{name}"):
        st.html(html, unsafe_allow_javascript=True)
