"""The only scripts of our own that run in the browser. They are constant, so that the content policy can allow exactly them."""

from html import escape

import streamlit as st

from speech import voice
from ui import attention, exam_scripts

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
    'const left=document.getElementById("viva-leave");fetch("/auth/browser/end",{method:"POST",credentials:"same-origin",keepalive:true,'
    'headers:{"Content-Type":"application/json"},body:"{}"})'
    '.finally(function(){try{sessionStorage.clear()}catch(e){}window.location.replace("/"+(left?left.dataset.next:""))})'
)
"""Ends the browser's login and loads the page anew, so that nothing of the person stays in memory."""

METER = (
    'if(!window.vivaMeter){window.vivaMeter=true;document.addEventListener("input",function(event){'
    'const field=event.target,box=document.getElementById("viva-meter");'
    'if(!box||!field.matches||!field.matches("input[autocomplete=new-password]"))return;'
    'const all=[...document.querySelectorAll("input[autocomplete=new-password]")];if(field!==all[0])return;'
    "const word=field.value.normalize('NFC'),signs=[...word],"
    "kept={length:signs.length>=8&&signs.length<=128,upper:/\\p{Lu}/u.test(word),lower:/\\p{Ll}/u.test(word),digit:/\\p{Nd}/u.test(word)};"
    'let good=true;box.querySelectorAll("[data-rule]").forEach(function(rule){'
    'const met=kept[rule.dataset.rule];rule.dataset.met=met?"yes":"no";good=good&&met});'
    "let worth=0;const seen={};signs.forEach(function(sign,at){const before=at?signs[at-1].codePointAt(0):0,"
    "step=sign.codePointAt(0)-before,times=seen[sign]||0;seen[sign]=times+1;"
    "worth+=(at&&Math.abs(step)<=1?.3:1)/(1+times)});"
    'const score=!signs.length?"":!good?"1":8>worth?"2":12>worth?"3":"4";box.dataset.score=score;'
    'const said={"1":"Not enough yet","2":"Easy to guess: make it longer","3":"Good","4":"Strong"}[score]||"",place=box.querySelector("p");'
    "if(place.textContent!==said)place.textContent=said})}"
)
"""Ticks off the rules of a new password and says how hard it is to guess, while it is typed. Nothing of it leaves the field.

No "<" before a letter or digit in here: the browser side takes such a script out, for fear of hidden markup.
"""

COPY = (
    'if(!window.vivaCopy){window.vivaCopy=true;document.addEventListener("click",function(event){'
    'const button=event.target.closest&&event.target.closest("button.viva-copy");if(!button)return;'
    'const bubble=button.closest("[data-testid=stChatMessage]"),words=bubble&&bubble.querySelector("[data-testid=stMarkdownContainer]");'
    "if(!words||!navigator.clipboard)return;"
    'navigator.clipboard.writeText(words.innerText).then(function(){const said=button.querySelector("span");'
    'said.textContent="Copied";setTimeout(function(){said.textContent="Copy"},2000)}).catch(function(){})})}'
)
"""Copies the words of the bubble that a copy button stands in."""

LOG = (
    '{const told=document.getElementById("viva-join"),log=document.querySelector(".st-key-viva-join-log");'
    "if(log&&told){const turn=told.dataset.turn,secret=told.dataset.secret,fresh=!log.hasAttribute('role'),"
    'wanted=secret?".st-key-viva-join-secret input":"[data-testid=stChatInputTextArea]:enabled";'
    'log.setAttribute("role","log");log.setAttribute("aria-live","polite");log.setAttribute("aria-label",told.dataset.label);'
    "document.querySelectorAll(\"[class*='st-key-viva-join-']\").forEach(function(part){"
    'if(part!==log)part.setAttribute("lang",told.dataset.language)});'
    "const settle=function(frame){"
    'const now=document.getElementById("viva-join"),at=document.activeElement,field=document.querySelector(wanted);'
    "if(!now||now.dataset.turn!==turn)return;"
    "if(field){"
    'const asked=[...log.querySelectorAll("[lang]")].pop();'
    'field.setAttribute("lang",told.dataset.language);'
    'if(fresh&&asked){asked.id="viva-asked";field.setAttribute("aria-describedby","viva-asked")}'
    'else field.removeAttribute("aria-describedby");'
    'const idle=!at||at===document.body||secret&&at.matches("[data-testid=stChatInputTextArea]")'
    "||frame===0&&at.closest(\"[class*='st-key-viva-join-replies']\");"
    'if(field!==at&&idle&&matchMedia("(pointer:fine)").matches)field.focus()}'
    "if(60>frame)requestAnimationFrame(function(){settle(frame+1)})};settle(0)}}"
)
"""Has each new bubble of the signup assistant read out, and puts the cursor where the answer goes.

For a second it looks again at every frame, because the field may be drawn after the bubbles, but it takes the cursor from nowhere that
a person has put it. Whoever comes to the field first hears the last question with it. Not on a touch screen: the keyboard that comes up
would hide what was said. All in a block, because it runs once a turn and a name at the top could be declared only once.
"""

SCRIPTS = (HANDOFF, LEAVE, COPY, METER, LOG, exam_scripts.CLOCK, exam_scripts.DRAFT, voice.SCRIPT, *attention.SCRIPTS)


def keep_login(code: str) -> None:
    """Draw the script that swaps `code` for the cookie. Drawn again with the same code it does nothing more."""
    with st.container(key="viva-quiet-handoff"):
        st.html(f'<div id="viva-handoff" data-code="{escape(code)}"></div><script>{HANDOFF}</script>', unsafe_allow_javascript=True)


def forget_login(then: str) -> None:
    """Draw the script that ends the browser's login and opens the page at `then` (ours, without the first slash)."""
    with st.container(key="viva-quiet-leave"):
        st.html(f'<div id="viva-leave" data-next="{escape(then)}"></div><script>{LEAVE}</script>', unsafe_allow_javascript=True)


def let_copy() -> None:
    """Draw the script behind the copy buttons of a conversation."""
    with st.container(key="viva-quiet-copy"):
        st.html(f"<script>{COPY}</script>", unsafe_allow_javascript=True)


def let_log(label: str, *, language: str, turn: int, secret: bool) -> None:
    """Draw the script behind the assistant's bubbles, once more at each `turn`.

    `label` is what the conversation is called, `secret` whether the answer goes into the password's field.
    """
    data = f'data-label="{escape(label)}" data-language="{escape(language)}" data-turn="{turn}" data-secret="{"yes" if secret else ""}"'
    with st.container(key="viva-quiet-log"):
        st.html(f'<div id="viva-join" {data}></div><script>{LOG}</script>', unsafe_allow_javascript=True)
