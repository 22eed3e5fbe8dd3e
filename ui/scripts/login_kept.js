// Swaps the one-time code of a fresh login for the cookie that survives a reload. A page that is drawn again at that moment makes a
// box anew, with the same code: it waits for the same answer. Of the code only its end is remembered, which opens nothing. What somebody
// else was typing in this tab before (`words_kept.js`, `exam_typing.js`) is forgotten.
{
  const box = document.getElementById("viva-handoff");
  if (box && box.dataset.code) {
    const code = box.dataset.code;
    const mark = code.slice(-8);
    const kinds = ["viva-saying-", "viva-draft-"];
    const { person } = box.dataset;
    box.removeAttribute("data-code");
    try {
      Object.keys(sessionStorage)
        .filter((name) => kinds.some((kind) => name.startsWith(kind) && !name.startsWith(kind + person + "-")))
        .forEach((name) => sessionStorage.removeItem(name));
    } catch { /* the browser keeps none */ }
    if (window.vivaHandoff?.mark !== mark) {
      const answer = fetch("/auth/browser/session", {
        method: "POST",
        credentials: "same-origin",
        keepalive: true,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ code }),
      });
      window.vivaHandoff = {
        mark,
        state: answer.then((got) => (got.ok ? "kept" : "refused")).catch(() => {
          window.vivaHandoff = undefined;
          return "failed";
        }),
      };
    }
    window.vivaHandoff.state.then((state) => { box.dataset.state = state; });
  }
}
