// Puts the cursor on what `data-viva-aim` names, as soon as it can be used; with `data-viva-gently` not where a keyboard would come up.
//
// With `data-viva-filled` not before the field has its text: a new one gets it a moment after it stands there, and what somebody types
// before would be all that is left (the mark itself may be drawn anew meanwhile). Who has gone on with the Tab key since the press that
// asked for it stays where they are.
{
  const FRAMES = 300;
  if (!window.vivaSteps) {
    const steps = { away: false };
    window.vivaSteps = steps;
    const stepped = (event) => {
      if (event.key === "Tab") steps.away = true;
      else if (event.key === "Enter") steps.away = false;
    };
    addEventListener("keydown", stepped, true);
    addEventListener("click", () => { steps.away = false; }, true);
  }

  const aim = (mark) => {
    const { vivaAim, vivaFilled, vivaGently } = mark.dataset;
    const look = (frame) => {
      if (window.vivaSteps.away || (!mark.isConnected && !vivaFilled)) return;
      const target = document.querySelector(vivaAim);
      if (!target || target.disabled || (vivaFilled && !target.value)) {
        if (FRAMES > frame) requestAnimationFrame(() => look(frame + 1));
        return;
      }
      if (vivaGently && !matchMedia("(pointer:fine)").matches) return;
      target.focus();
      if (target.matches("textarea")) target.setSelectionRange(target.value.length, target.value.length);
    };
    look(0);
  };

  document.querySelectorAll("[data-viva-aim]:not([data-viva-told])").forEach((mark) => {
    mark.dataset.vivaTold = "yes";
    aim(mark);
  });
}
