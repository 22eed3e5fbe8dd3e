"""The exam's constant scripts: a clock that counts down between two looks at the server, and a keeper of what is being typed.

They hold no `<`: the page's sanitiser drops scripts that could hold markup. What differs is data in attributes.
"""

from html import escape

CLOCK = (
    '(function(){document.querySelectorAll("[data-viva-clock]:not([data-viva-ready])").forEach(function(box){'
    'box.dataset.vivaReady="yes";'
    "const whole=Number(box.dataset.whole)||1;const ends=performance.now()+Number(box.dataset.left)*1000;"
    'const face=box.querySelector("[data-viva-face]");const bar=box.querySelector("[data-viva-bar]");'
    'const said=box.querySelector("[data-viva-said]");let last=-1;'
    "function draw(){if(!box.isConnected){clearInterval(timer);return}"
    "const exact=Math.max(0,(ends-performance.now())/1000);const left=Math.ceil(exact);"
    "if(left===last)return;"
    'face.textContent=Math.floor(left/60)+":"+String(left%60).padStart(2,"0");'
    'bar.style.width=Math.min(100,100*exact/whole)+"%";'
    'box.dataset.low=10>=left?"yes":"no";'
    'if(last!==-1){if(left===30)said.textContent="30 seconds left";if(left===10)said.textContent="10 seconds left";'
    "if(left===0)said.textContent=box.dataset.over}"
    'if(left===0){box.dataset.ended="yes";clearInterval(timer)}last=left}'
    "const timer=setInterval(draw,200);draw()})})();"
)
"""Counts `data-left` seconds down in every `data-viva-clock` box; says the last moments to screen readers."""

DRAFT = (
    '(function(){const setter=Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype,"value").set;'
    'document.querySelectorAll("[data-viva-draft]:not([data-viva-ready])").forEach(function(mark){'
    'mark.dataset.vivaReady="yes";const name="viva-draft-"+mark.dataset.vivaDraft;let tries=0;'
    "function keep(text){try{if(text)sessionStorage.setItem(name,text);else sessionStorage.removeItem(name)}catch(e){}}"
    'if(mark.dataset.vivaDone==="yes"){keep("");return}'
    'function begin(){const box=document.querySelector(".st-key-"+mark.dataset.vivaField+" textarea");'
    "if(!box){tries+=1;if(50>tries)setTimeout(begin,100);return}"
    "if(box.dataset.vivaKept===name)return;box.dataset.vivaKept=name;"
    "let kept=null;try{kept=sessionStorage.getItem(name)}catch(e){}"
    'if(kept){if(kept!==box.value){setter.call(box,kept);box.dispatchEvent(new Event("input",{bubbles:true}))}}'
    'box.addEventListener("input",function(){keep(box.value)})}'
    "begin()})})();"
)
"""Keeps what is typed in a text area in this tab at every key, and puts it back after a reload."""


def draft(*, name: str, field: str, done: bool = False) -> str:
    """Return markup that keeps the text area in the container with the key `field` under `name`; `done` forgets it."""
    return (
        f'<div data-viva-draft="{escape(name)}" data-viva-field="{escape(field)}" data-viva-done="{"yes" if done else "no"}"></div>'
        f"<script>{DRAFT}</script>"
    )


def countdown(*, left: float, whole: float, label: str, over: str, face: str) -> str:
    """Return markup of a clock with `left` of `whole` seconds; `over` is what it says when it has run out, `face` its first face."""
    return (
        f'<div class="viva-clock" data-viva-clock data-left="{left:.1f}" data-whole="{whole:.1f}" data-over="{escape(over)}" role="timer" '
        f'aria-label="{escape(label)}"><span class="viva-clock-label">{escape(label)}</span><span class="viva-clock-face" data-viva-face>'
        f'{escape(face)}</span><span class="viva-clock-line"><span data-viva-bar></span></span>'
        f'<span class="viva-clock-said" role="status" data-viva-said></span></div><script>{CLOCK}</script>'
    )
