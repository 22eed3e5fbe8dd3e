"""The exam's constant scripts: a clock that counts down between two looks at the server, and a keeper of what is being typed.

They hold no `<`: the page's sanitiser drops scripts that could hold markup. What differs is data in attributes.
"""

from dataclasses import dataclass
from html import escape
from typing import Literal

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
    "const timer=setInterval(draw,200);draw()});"
    'document.querySelectorAll("[data-viva-focus]:not([data-viva-ready])").forEach(function(mark){mark.dataset.vivaReady="yes";let tries=0;'
    "const look=setInterval(function(){tries+=1;const target=document.querySelector(mark.dataset.vivaFocus);"
    "const lost=!document.activeElement||document.activeElement===document.body;"
    "if(tries>50||!mark.isConnected||lost)clearInterval(look);if(!lost||!target||!mark.isConnected)return;"
    'target.setAttribute("tabindex","-1");target.focus({preventScroll:true});'
    'const main=document.querySelector("[data-testid=stMain]");if(main&&mark.dataset.vivaTop==="yes")main.scrollTo(0,0)},100)})})();'
)
"""Counts `data-left` seconds down in every `data-viva-clock` box; says the last moments to screen readers.

And puts the focus that the last question took with it on what `data-viva-focus` names: it is read out, and the tab key goes on from there.
It looks for five seconds, because the button that was pressed goes last. What `data-viva-top` marks is new: the
page is shown from its top, however far down the button was.
"""

DRAFT = (
    '(function(){const setter=Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype,"value").set;'
    'document.querySelectorAll("[data-viva-draft]:not([data-viva-ready])").forEach(function(mark){'
    'mark.dataset.vivaReady="yes";const data=mark.dataset;const name="viva-draft-"+data.vivaDraft;let box=null;let timer=0;let tries=0;'
    "function read(){try{return JSON.parse(sessionStorage.getItem(name))}catch(e){return null}}"
    "function write(kept){try{if(kept)sessionStorage.setItem(name,JSON.stringify(kept));else sessionStorage.removeItem(name)}catch(e){}}"
    'if(data.vivaDone==="yes"){write(null);return}'
    "function later(wait){if(!timer)timer=setTimeout(send,wait)}"
    "function send(){clearTimeout(timer);timer=0;const kept=read();if(!kept||!kept.unsent)return;"
    'fetch("/auth/browser/typing",{method:"POST",credentials:"same-origin",keepalive:true,headers:{"Content-Type":"application/json"},'
    "body:JSON.stringify({exam_id:data.vivaExam,turn_key:data.vivaTurn,kind:data.vivaKind,text:kept.text})})"
    ".then(function(answer){if(answer.status>=500||answer.status===429||answer.status===401){later(4000);return}"
    "const now=read();if(now&&now.text===kept.text)write({text:now.text,unsent:false})})"
    ".catch(function(){later(4000)})}"
    'function begin(){box=document.querySelector(".st-key-"+data.vivaField+" textarea");'
    "if(!box){tries+=1;if(50>tries)setTimeout(begin,100);return}"
    "if(box.dataset.vivaKept===name)return;box.dataset.vivaKept=name;const kept=read();"
    "if(kept&&kept.unsent){if(kept.text!==box.value){"
    'setter.call(box,kept.text);box.dispatchEvent(new Event("input",{bubbles:true}))}later(0)}'
    "else if(box.value!==data.vivaDrawn){write({text:box.value,unsent:true});later(1500)}"
    'box.addEventListener("input",function(){if(box.dataset.vivaKept!==name)return;write({text:box.value,unsent:true});later(1500)});'
    "function now(){if(box.isConnected)send()}"
    'window.addEventListener("pagehide",now);window.addEventListener("online",now);document.addEventListener("visibilitychange",now)}'
    "begin()})})();"
)
"""Keeps what is typed in a text area: in this tab at every key, on the server one and a half seconds later and when the tab is left.

What the server does not have yet is put back after a reload; otherwise the server's text stands, which another device may have written.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Which text of an exam a field is for."""

    exam_id: str
    turn_key: str
    kind: Literal["answer", "notes"] = "answer"

    @property
    def name(self) -> str:
        """The text's name in the tab's storage, which is also a class that CSS can name."""
        return f"viva-{self.kind}-{self.exam_id}-{self.turn_key}"


def draft(typed: Typed, *, drawn: str, step: str = "") -> str:
    """Return markup that keeps what is typed in the text area of the container whose key is the name of `typed`.

    `drawn` is the text with which the area was drawn: what it holds beyond that was typed before the script was there. Another `step`
    means another area.
    """
    data = {"exam": typed.exam_id, "turn": typed.turn_key, "kind": typed.kind, "drawn": drawn, "step": step, "done": "no"}
    return _draft(typed.name, field=typed.name, **data)


def forget(typed: Typed) -> str:
    """Return markup that has the tab forget a text that is handed in."""
    return _draft(typed.name, done="yes")


def _draft(name: str, **data: str) -> str:
    attributes = " ".join(f'data-viva-{key}="{escape(value)}"' for key, value in data.items())
    return f'<div data-viva-draft="{escape(name)}" {attributes}></div><script>{DRAFT}</script>'


def focus(selector: str, *, step: str, top: bool = False) -> str:
    """Return markup that puts a lost focus on the first element that fits `selector`, once for each `step`; `top`: and scrolls up."""
    shown = "yes" if top else "no"
    return (
        f'<div data-viva-focus="{escape(selector)}" data-viva-step="{escape(step)}" data-viva-top="{shown}"></div><script>{CLOCK}</script>'
    )


def countdown(*, left: float, whole: float, label: str, over: str, face: str) -> str:
    """Return markup of a clock with `left` of `whole` seconds; `over` is what it says when it has run out, `face` its first face."""
    return (
        f'<div class="viva-clock" data-viva-clock data-left="{left:.1f}" data-whole="{whole:.1f}" data-over="{escape(over)}" role="timer" '
        f'aria-label="{escape(label)}"><span class="viva-clock-label">{escape(label)}</span><span class="viva-clock-face" data-viva-face>'
        f'{escape(face)}</span><span class="viva-clock-line"><span data-viva-bar></span></span>'
        f'<span class="viva-clock-said" role="status" data-viva-said></span></div><script>{CLOCK}</script>'
    )
