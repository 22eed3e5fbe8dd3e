"""What the app imports at start must not load numpy, the decoder or an HTTP client."""

import subprocess
import sys

HEAVY = ("numpy", "soundfile", "urllib3", "httpx2", "faster_whisper", "openai")


def test_everything_that_wiring_imports_stays_light() -> None:
    modules = (
        "speech.audio, speech.timing, speech.models, speech.errors, speech.ports, speech.service, speech.voice, "
        "speech.transcribers.multipart, speech.transcribers.openrouter, speech.transcribers.gemini, speech.transcribers.local_whisper"
    )
    program = f"import sys, {modules}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
