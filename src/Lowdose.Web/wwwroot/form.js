// Small comforts: a chosen or dropped file is read at once, a print button, the cursor on the line that is wrong.
const file = document.querySelector("input[type=file]");
file?.addEventListener("change", () => { if (file.files.length) file.form.requestSubmit(); });

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const wrong = document.querySelector("textarea[data-line]");
if (wrong) {
  const lines = wrong.value.split("\n");
  const line = Math.min(Number(wrong.dataset.line), lines.length) - 1;
  const start = lines.slice(0, line).reduce((n, text) => n + text.length + 1, 0);
  wrong.setSelectionRange(start, start + lines[line].length);
  wrong.scrollTop = wrong.scrollHeight * line / lines.length - wrong.clientHeight / 2;
}
