// Reads `data-viva-voice` boxes out. As long as the browser has no voice, "Listen" cannot be pressed; after two seconds it says why.
{
  const PATIENCE_MS = 2000;
  const KEY = "viva-voice-read";
  const synth = window.speechSynthesis;

  const remember = (id) => {
    try { sessionStorage.setItem(KEY, id); } catch { /* it may be read out again after a reload */ }
  };
  const remembered = () => {
    try { return sessionStorage.getItem(KEY); } catch { return null; }
  };

  // The voice for a language: of the same region rather than another, on this device rather than from a service.
  const pick = (language) => {
    const want = language.toLowerCase();
    const tag = (voice) => voice.lang.toLowerCase().replace("_", "-");
    const rank = (voice) => (tag(voice) === want ? 2 : 0) + (voice.localService ? 1 : 0);
    const fits = synth.getVoices().filter((voice) => tag(voice).split("-")[0] === want.split("-")[0]);
    return fits.sort((one, other) => rank(other) - rank(one))[0] || null;
  };

  const sentences = (text) => text.match(/[^.!?;]+[.!?;]*["')\]]*\s*/g) || [text];

  const ready = (box) => {
    const text = box.querySelector("[data-viva-words]");
    const listen = box.querySelector("[data-viva-listen]");
    const stop = box.querySelector("[data-viva-stop]");
    const state = box.querySelector("[data-viva-state]");
    if (!synth || !window.SpeechSynthesisUtterance) {
      listen.hidden = true;
      stop.hidden = true;
      state.textContent = box.dataset.vivaUnable;
      return;
    }
    let turn = 0;
    const isMute = () => synth.getVoices().length === 0;
    const show = (talking, words) => {
      listen.disabled = talking || isMute();
      stop.disabled = !talking;
      state.textContent = words;
      box.dataset.vivaTalking = talking ? "yes" : "no";
    };
    const silence = () => {
      turn += 1;
      synth.cancel();
      show(false, "");
    };
    const say = (sentence, voice, ended, failed) => {
      const part = new SpeechSynthesisUtterance(sentence);
      part.lang = box.lang;
      part.rate = Number(box.dataset.vivaRate);
      if (voice) part.voice = voice;
      part.onstart = () => { if (!box.isConnected) synth.cancel(); };
      part.onend = ended;
      part.onerror = (event) => failed(event.error);
      synth.speak(part);
    };
    const read = () => {
      silence();
      const mine = turn;
      const voice = pick(box.lang);
      const queue = sentences(text.textContent.trim());
      let left = queue.length;
      const ended = () => {
        left -= 1;
        if (left === 0 && mine === turn) show(false, "");
      };
      const failed = (error) => {
        if (mine !== turn) return;
        turn += 1;
        synth.cancel();
        show(false, ["interrupted", "canceled", "not-allowed"].includes(error) ? "" : box.dataset.vivaUnable);
      };
      show(true, box.dataset.vivaReading);
      queue.forEach((sentence) => say(sentence, voice, ended, failed));
    };

    listen.addEventListener("click", read);
    stop.addEventListener("click", silence);
    window.addEventListener("pagehide", silence);
    show(false, "");
    synth.addEventListener("voiceschanged", () => { if (box.dataset.vivaTalking !== "yes") show(false, ""); });
    setTimeout(() => { if (isMute()) show(false, box.dataset.vivaUnable); }, PATIENCE_MS);
    if (box.dataset.vivaAuto === "yes" && remembered() !== box.dataset.vivaId) {
      remember(box.dataset.vivaId);
      if (isMute()) synth.addEventListener("voiceschanged", read, { once: true });
      else read();
    }
  };

  document.querySelectorAll("[data-viva-voice]:not([data-viva-ready])").forEach((box) => {
    box.dataset.vivaReady = "yes";
    ready(box);
  });
}
