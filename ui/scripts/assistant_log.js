// Has each new bubble of the sign-up assistant read out, puts the cursor where the answer goes, and has the language of the conversation
// ready for the moment when the server cannot be reached (`exam.css`).
//
// For a second it looks again at every frame, and for five while the field is still being fetched, because the field may be drawn after
// the bubbles; but it takes the cursor from nowhere that a person has put it. Whoever comes to the field first hears the last question
// with it. Not on a touch screen: the keyboard that comes up would hide what was said.
{
  const FRAMES = 60;
  const FRAMES_WITHOUT_FIELD = 300;
  const told = document.getElementById("viva-join");
  const log = document.querySelector(".st-key-viva-join-log");

  const listen = () => {
    const { turn, secret, label, language, lostTitle, lost } = told.dataset;
    document.documentElement.style.setProperty("--viva-lost-title", JSON.stringify(lostTitle));
    document.documentElement.style.setProperty("--viva-lost", JSON.stringify(lost));
    const wanted = secret ? ".st-key-viva-join-secret input" : "[data-testid=stChatInputTextArea]:enabled";
    const fresh = !log.hasAttribute("role");
    log.setAttribute("role", "log");
    log.setAttribute("aria-live", "polite");
    log.setAttribute("aria-label", label);
    document.querySelectorAll("[class*='st-key-viva-join-']").forEach((part) => {
      if (part !== log) part.setAttribute("lang", language);
    });

    const name = (field) => {
      const asked = [...log.querySelectorAll("[lang]")].pop();
      field.setAttribute("lang", language);
      if (fresh && asked) {
        asked.id = "viva-asked";
        field.setAttribute("aria-describedby", "viva-asked");
      } else {
        field.removeAttribute("aria-describedby");
      }
    };

    const isIdle = (at, frame) =>
      !at ||
      at === document.body ||
      (secret && at.matches("[data-testid=stChatInputTextArea]")) ||
      (frame === 0 && at.closest("[class*='st-key-viva-join-replies']"));

    const settle = (frame) => {
      const now = document.getElementById("viva-join");
      if (!now || now.dataset.turn !== turn) return;
      const field = document.querySelector(wanted);
      if (field) {
        name(field);
        const at = document.activeElement;
        if (field !== at && isIdle(at, frame) && matchMedia("(pointer:fine)").matches) field.focus();
      }
      if ((field ? FRAMES : FRAMES_WITHOUT_FIELD) > frame) requestAnimationFrame(() => settle(frame + 1));
    };
    settle(0);
  };

  if (log && told) listen();
}
