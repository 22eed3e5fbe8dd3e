// Keeps in view what a person reads or has just said in a conversation: what was read stays where it is when earlier messages come before
// it, and whoever sends something sees it, and the answer to it, wherever they had scrolled to.
if (!window.vivaInView) {
  window.vivaInView = true;
  const HELD_MS = 5000;
  const SENT_MS = 1500;
  const STILL_FRAMES = 45;
  const page = () => document.querySelector("[data-testid=stAppScrollToBottomContainer]");
  let stay = 0;

  const letGo = () => { stay += 1; };
  ["wheel", "touchmove", "keydown", "pointerdown"].forEach((name) => addEventListener(name, letGo, { capture: true, passive: true }));

  // Streamlit draws new messages into the old elements, so what was read is found again by the name of an answer's words.
  const hold = () => {
    const words = document.querySelector("[class*=st-key-viva-words-]");
    const name = words && [...words.classList].find((one) => one.startsWith("st-key-viva-words-"));
    if (!name) return;
    const wanted = words.getBoundingClientRect().top;
    const mine = stay;
    const end = performance.now() + HELD_MS;
    const look = (still, moved) => {
      if (mine !== stay || performance.now() > end || (moved && still > STILL_FRAMES)) return;
      const now = document.getElementsByClassName(name)[0];
      const by = now ? now.getBoundingClientRect().top - wanted : 0;
      const far = Math.abs(by) > 1;
      if (far) page().scrollTop += by;
      requestAnimationFrame(() => look(far ? 0 : still + 1, moved || far));
    };
    look(0, false);
  };

  // Streamlit itself goes on following an answer that grows, but only where the page stood at its end when the answer began.
  const toTheEnd = () => {
    const mine = stay;
    const end = performance.now() + SENT_MS;
    const look = () => {
      const whole = page();
      if (mine !== stay || !whole || performance.now() > end) return;
      whole.scrollTop = whole.scrollHeight;
      requestAnimationFrame(look);
    };
    look();
  };

  addEventListener("click", (event) => {
    const at = event.target.closest ? event.target : null;
    if (at && at.closest("[class*=st-key-viva-earlier] button")) hold();
    else if (at && at.closest("[data-testid=stChatInputSubmitButton]")) toTheEnd();
  }, true);
  addEventListener("keydown", (event) => {
    const box = event.target.closest && event.target.closest("[data-testid=stChatInputTextArea]");
    if (box && event.key === "Enter" && !event.shiftKey && !event.isComposing && box.value.trim()) toTheEnd();
  }, true);
}
