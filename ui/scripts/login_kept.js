// Swaps the one-time code of a fresh login for the cookie that survives a reload.
{
  const box = document.getElementById("viva-handoff");
  if (box && box.dataset.code) {
    const code = box.dataset.code;
    box.removeAttribute("data-code");
    fetch("/auth/browser/session", {
      method: "POST",
      credentials: "same-origin",
      keepalive: true,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code }),
    })
      .then((answer) => { box.dataset.state = answer.ok ? "kept" : "refused"; })
      .catch(() => { box.dataset.state = "failed"; });
  }
}
