"""The examiner heard: markup and one constant script for the browser's own speech synthesis.

The script never changes, so that a content policy can allow exactly it (`SCRIPT`); what differs is data in attributes. The words
always stand in the page as text: the voice reads that text, it does not replace it. Nothing leaves the browser, except that some
browsers let their maker make the sound; a voice on the device is preferred where there is one.
"""

from html import escape

SCRIPT = """
(function(){
const synth=window.speechSynthesis;
const key="viva-voice-read";
function pick(lang){
const want=lang.toLowerCase();const base=want.split("-")[0];
const fits=synth.getVoices().filter(function(v){return v.lang.toLowerCase().replace("_","-").split("-")[0]===base});
const rank=function(v){return (v.lang.toLowerCase().replace("_","-")===want?2:0)+(v.localService?1:0)};
fits.sort(function(a,b){return rank(b)-rank(a)});
return fits[0]||null}
function pieces(text){return text.match(/[^.!?;]+[.!?;]*["')\\]]*\\s*/g)||[text]}
function remember(id){try{sessionStorage.setItem(key,id)}catch(e){}}
function remembered(){try{return sessionStorage.getItem(key)}catch(e){return null}}
function ready(box){
const text=box.querySelector("[data-viva-words]");
const listen=box.querySelector("[data-viva-listen]");
const stop=box.querySelector("[data-viva-stop]");
const state=box.querySelector("[data-viva-state]");
function mute(){return synth.getVoices().length===0}
function show(talking,words){listen.disabled=talking||mute();stop.disabled=!talking;state.textContent=words;
box.dataset.vivaTalking=talking?"yes":"no"}
if(!synth||!window.SpeechSynthesisUtterance){listen.hidden=true;stop.hidden=true;state.textContent=box.dataset.vivaUnable;return}
let turn=0;
function silence(){turn+=1;synth.cancel();show(false,"")}
function read(){
silence();const mine=turn;const voice=pick(box.lang);const queue=pieces(text.textContent.trim());let left=queue.length;
show(true,box.dataset.vivaReading);
queue.forEach(function(piece){
const part=new SpeechSynthesisUtterance(piece);part.lang=box.lang;part.rate=Number(box.dataset.vivaRate);
if(voice)part.voice=voice;
part.onstart=function(){if(!box.isConnected)synth.cancel()};
part.onend=function(){left-=1;if(left===0&&mine===turn)show(false,"")};
part.onerror=function(event){if(mine!==turn)return;turn+=1;synth.cancel();
show(false,event.error==="interrupted"||event.error==="canceled"||event.error==="not-allowed"?"":box.dataset.vivaUnable)};
synth.speak(part)})}
listen.addEventListener("click",read);
stop.addEventListener("click",silence);
window.addEventListener("pagehide",silence);
show(false,"");
synth.addEventListener("voiceschanged",function(){if(box.dataset.vivaTalking!=="yes")show(false,"")});
setTimeout(function(){if(mute())show(false,box.dataset.vivaUnable)},2000);
const id=box.dataset.vivaId;
if(box.dataset.vivaAuto==="yes"&&remembered()!==id){remember(id);
if(synth.getVoices().length)read();else synth.addEventListener("voiceschanged",read,{once:true})}}
document.querySelectorAll("[data-viva-voice]:not([data-viva-ready])").forEach(function(box){box.dataset.vivaReady="yes";ready(box)})
})();
"""
"""Reads `data-viva-voice` boxes out. As long as the browser has no voice, "Listen" cannot be pressed; after two seconds it says why.

It holds no `<`: the page's sanitiser drops scripts that could hold markup.
"""

SLOWEST, FASTEST = 0.6, 1.3

_READING = "Reading aloud"
_UNABLE = "This browser cannot read aloud. The text is above."


def voice_box(text: str, *, utterance_id: str, language: str = "en-GB", rate: float = 0.95, automatic: bool = False) -> str:
    """Return markup that shows `text` with the buttons "Listen" and "Stop", followed by the script.

    `utterance_id` names what is read: with `automatic` it is read out once as soon as it is drawn, and neither a rerun nor a reload
    of the tab reads the same one again. `language` is a BCP 47 tag and chooses the voice. `rate` (1 is the voice's own speed) is
    held between `SLOWEST` and `FASTEST`. Draw it with JavaScript allowed; everything given here is escaped.
    """
    speed = min(FASTEST, max(SLOWEST, rate))
    attributes = {
        "data-viva-voice": "",
        "data-viva-id": utterance_id,
        "data-viva-rate": f"{speed:g}",
        "data-viva-auto": "yes" if automatic else "no",
        "data-viva-reading": _READING,
        "data-viva-unable": _UNABLE,
        "lang": language,
    }
    opened = " ".join(f'{name}="{escape(value, quote=True)}"' for name, value in attributes.items())
    return (
        f'<div class="viva-voice" {opened}><p data-viva-words style="white-space:pre-line">{escape(text)}</p>'
        '<button type="button" data-viva-listen lang="en">Listen</button> '
        '<button type="button" data-viva-stop disabled lang="en">Stop</button> '
        '<span role="status" data-viva-state lang="en"></span></div>'
        f"<script>{SCRIPT}</script>"
    )
