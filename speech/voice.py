"""The examiner heard: markup and one constant script for the browser's own speech synthesis.

The script never changes, so that a content policy can allow exactly it (`SCRIPT`); what differs is data in attributes. The words
always stand in the page as text: the voice reads that text, it does not replace it. Nothing leaves the browser, except that some
browsers let their maker make the sound; a voice on the device is preferred where there is one.
"""

from html import escape
from pathlib import Path

from core.scripts import constant

SCRIPT = constant(Path(__file__).with_suffix(".js"))

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
