// Copies the words of the bubble that a copy button stands in.
if (!window.vivaCopy) {
  window.vivaCopy = true;
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.viva-copy");
    const bubble = button && button.closest("[data-testid=stChatMessage]");
    const words = bubble && bubble.querySelector("[data-testid=stMarkdownContainer]");
    if (!words || !navigator.clipboard) return;
    navigator.clipboard
      .writeText(words.innerText)
      .then(() => {
        const said = button.querySelector("span");
        said.textContent = "Copied";
        setTimeout(() => { said.textContent = "Copy"; }, 2000);
      })
      .catch(() => {});
  });
}
