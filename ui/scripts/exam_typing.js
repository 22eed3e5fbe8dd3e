// Keeps what is typed in a text area: in this tab, for this person only, at every key, on the server one and a half seconds later and when the tab is left.
//
// What the server does not have yet is put back after a reload; otherwise the server's text stands, which another device may have
// written.
{
  const SAVE_MS = 1500;
  const AGAIN_MS = 4000;
  const LOOKS = 50;
  const fill = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;

  const keep = (data) => {
    const prefix = "viva-draft-";
    const mine = prefix + data.vivaPerson + "-";
    const name = mine + data.vivaDraft;
    let timer = 0;
    let looks = 0;

    const read = () => {
      try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
    };
    const write = (kept) => {
      try {
        if (kept) sessionStorage.setItem(name, JSON.stringify(kept));
        else sessionStorage.removeItem(name);
      } catch { /* the browser keeps none: the server still does */ }
    };
    const dropOthers = () => {
      try {
        Object.keys(sessionStorage)
          .filter((key) => key.startsWith(prefix) && !key.startsWith(mine))
          .forEach((key) => sessionStorage.removeItem(key));
      } catch { /* the browser keeps none */ }
    };
    const later = (wait) => {
      if (!timer) timer = setTimeout(send, wait);
    };
    const send = () => {
      clearTimeout(timer);
      timer = 0;
      const kept = read();
      if (!kept || !kept.unsent) return;
      fetch("/auth/browser/typing", {
        method: "POST",
        credentials: "same-origin",
        keepalive: true,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ exam_id: data.vivaExam, turn_key: data.vivaTurn, kind: data.vivaKind, text: kept.text }),
      })
        .then((answer) => {
          if (answer.status >= 500 || answer.status === 429 || answer.status === 401) {
            later(AGAIN_MS);
            return;
          }
          const now = read();
          if (now && now.text === kept.text) write({ text: now.text, unsent: false });
        })
        .catch(() => later(AGAIN_MS));
    };

    const putBack = (box) => {
      const kept = read();
      if (kept && kept.unsent) {
        if (kept.text !== box.value) {
          fill.call(box, kept.text);
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }
        later(0);
      } else if (box.value !== data.vivaDrawn) {
        write({ text: box.value, unsent: true });
        later(SAVE_MS);
      }
    };

    const begin = () => {
      const box = document.querySelector(".st-key-" + data.vivaField + " textarea");
      if (!box) {
        looks += 1;
        if (LOOKS > looks) setTimeout(begin, 100);
        return;
      }
      if (box.dataset.vivaKept === name) return;
      box.dataset.vivaKept = name;
      putBack(box);
      box.addEventListener("input", () => {
        if (box.dataset.vivaKept !== name) return;
        write({ text: box.value, unsent: true });
        later(SAVE_MS);
      });
      const sendNow = () => { if (box.isConnected) send(); };
      window.addEventListener("pagehide", sendNow);
      window.addEventListener("online", sendNow);
      document.addEventListener("visibilitychange", sendNow);
    };

    dropOthers();
    if (data.vivaDone === "yes") write(null);
    else begin();
  };

  document.querySelectorAll("[data-viva-draft]:not([data-viva-ready])").forEach((mark) => {
    mark.dataset.vivaReady = "yes";
    keep(mark.dataset);
  });
}
