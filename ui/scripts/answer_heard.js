// Has a screen reader say an answer, once, when it is whole: a region of its own gets the words, not the bubble that grows word by word.
// What was there when the page was opened is not read out. It looks for ten seconds, because the words may be drawn after the mark.
{
  const LOOKS = 100;
  const told = document.getElementById("viva-heard");

  const region = () => {
    const found = document.getElementById("viva-voice-over");
    if (found) return found;
    const made = document.createElement("div");
    made.id = "viva-voice-over";
    made.className = "viva-unseen";
    made.setAttribute("role", "status");
    document.body.append(made);
    return made;
  };

  const wordsOf = (message) => {
    const words = document.querySelector(".st-key-viva-words-" + message);
    if (!words) return "";
    const copy = words.cloneNode(true);
    copy.querySelectorAll("[role=img],[data-testid=stIconMaterial]").forEach((icon) => icon.remove());
    return copy.textContent.trim();
  };

  const say = (voice, newest, message, looks) => {
    if (window.vivaHeard.newest !== newest) return;
    const said = wordsOf(message);
    if (!said) {
      if (LOOKS > looks) setTimeout(() => say(voice, newest, message, looks + 1), 100);
      return;
    }
    voice.textContent = said;
    setTimeout(() => { if (voice.textContent === said) voice.textContent = ""; }, 10000);
  };

  if (told) {
    const { room, newest, fresh, message } = told.dataset;
    const before = window.vivaHeard || {};
    const voice = region();
    window.vivaHeard = { room, newest };
    if (newest && before.newest !== newest && (fresh === "yes" || before.room === room)) {
      setTimeout(() => say(voice, newest, message, 0), 100);
    }
  }
}
