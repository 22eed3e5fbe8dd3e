// Counts `data-left` seconds down in every `data-viva-clock` box; says the last moments to screen readers.
//
// And puts the focus that the last question took with it on what `data-viva-focus` names: it is read out, and the tab key goes on from
// there. It looks for five seconds, because the button that was pressed goes last. What `data-viva-top` marks is new: the page is shown
// from its top, however far down the button was.
{
  const LOOKS = 50;

  const count = (box) => {
    const whole = Number(box.dataset.whole) || 1;
    const ends = performance.now() + Number(box.dataset.left) * 1000;
    const face = box.querySelector("[data-viva-face]");
    const bar = box.querySelector("[data-viva-bar]");
    const said = box.querySelector("[data-viva-said]");
    const moments = { 30: "30 seconds left", 10: "10 seconds left", 0: box.dataset.over };
    let last = null;
    const draw = () => {
      if (!box.isConnected) {
        clearInterval(timer);
        return;
      }
      const exact = Math.max(0, (ends - performance.now()) / 1000);
      const left = Math.ceil(exact);
      if (left === last) return;
      face.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
      bar.style.width = Math.min(100, (100 * exact) / whole) + "%";
      box.dataset.low = 10 >= left ? "yes" : "no";
      if (last !== null && left in moments) said.textContent = moments[left];
      if (left === 0) {
        box.dataset.ended = "yes";
        clearInterval(timer);
      }
      last = left;
    };
    const timer = setInterval(draw, 200);
    draw();
  };

  const lead = (mark) => {
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      const target = document.querySelector(mark.dataset.vivaFocus);
      const lost = !document.activeElement || document.activeElement === document.body;
      if (looks > LOOKS || !mark.isConnected || lost) clearInterval(timer);
      if (!lost || !target || !mark.isConnected) return;
      target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
      const main = document.querySelector("[data-testid=stMain]");
      if (main && mark.dataset.vivaTop === "yes") main.scrollTo(0, 0);
    }, 100);
  };

  const begin = (selector, what) => {
    document.querySelectorAll(selector + ":not([data-viva-ready])").forEach((mark) => {
      mark.dataset.vivaReady = "yes";
      what(mark);
    });
  };
  begin("[data-viva-clock]", count);
  begin("[data-viva-focus]", lead);
}
