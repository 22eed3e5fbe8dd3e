// Keeps, in this tab and for this person only, what is typed into a field of a conversation until it is stored: a reload, or a login that
// ended elsewhere, takes nothing away.
//
// `data-viva-seq` and `data-viva-said` are the newest thing of the person's that is stored. Only that tells what was sent from what is
// still to be sent, because a field is emptied before the server has answered. A field that stood here all the time says itself what is
// left; a new one gets back what was kept, unless that is what was stored meanwhile.
{
  const LOOKS = 50;
  const PREFIX = "viva-saying-";
  const fill = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  const even = (text) => text.replace(/\s+/g, " ").trim();

  const keep = ({ vivaSaying, vivaPerson, vivaField, vivaSeq, vivaSaid, vivaDrawn }) => {
    const mine = PREFIX + vivaPerson + "-";
    const name = mine + vivaSaying;
    const read = () => {
      try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
    };
    const write = (text, seq) => {
      try {
        if (text === vivaDrawn) sessionStorage.removeItem(name);
        else sessionStorage.setItem(name, JSON.stringify({ text, seq }));
      } catch { /* the browser keeps none */ }
    };
    const dropOthers = () => {
      try {
        Object.keys(sessionStorage)
          .filter((key) => key.startsWith(PREFIX) && !key.startsWith(mine))
          .forEach((key) => sessionStorage.removeItem(key));
      } catch { /* the browser keeps none */ }
    };

    const putBack = (box, kept) => {
      if (box.value !== vivaDrawn) {
        write(box.value, vivaSeq);
        return;
      }
      if (!kept) return;
      if (Number(vivaSeq) > Number(kept.seq) && even(kept.text) === even(vivaSaid)) {
        write(vivaDrawn);
        return;
      }
      fill.call(box, kept.text);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const watch = (box) => {
      box.addEventListener("input", () => {
        if (box.dataset.vivaSaying === name) write(box.value, box.dataset.vivaSeq);
      });
      const form = box.closest("[data-testid=stForm]");
      if (form) {
        form.addEventListener("click", (event) => {
          if (event.target.closest("[class*=st-key-cancel-]")) write(vivaDrawn);
        });
      }
    };

    const begin = (looks) => {
      const box = document.querySelector(vivaField);
      if (!box) {
        if (LOOKS > looks) setTimeout(() => begin(looks + 1), 100);
        return;
      }
      const kept = read();
      const stood = box.dataset.vivaSaying === name;
      box.dataset.vivaSaying = name;
      box.dataset.vivaSeq = vivaSeq;
      if (!stood) {
        putBack(box, kept);
        watch(box);
      } else if (kept && Number(vivaSeq) > Number(kept.seq)) {
        write(box.value, vivaSeq);
      }
    };

    dropOthers();
    begin(0);
  };

  document.querySelectorAll("[data-viva-saying][data-viva-field]:not([data-viva-ready])").forEach((mark) => {
    mark.dataset.vivaReady = "yes";
    keep(mark.dataset);
  });
}
