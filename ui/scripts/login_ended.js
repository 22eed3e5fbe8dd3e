// Ends the browser's login and loads the page anew, so that nothing of the person stays in memory.
{
  const left = document.getElementById("viva-leave");
  fetch("/auth/browser/end", {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    headers: { "Content-Type": "application/json" },
    body: "{}",
  }).finally(() => {
    try { sessionStorage.clear(); } catch { /* the browser keeps none */ }
    window.location.replace("/" + (left ? left.dataset.next : ""));
  });
}
