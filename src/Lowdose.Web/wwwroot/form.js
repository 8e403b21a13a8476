// Small comforts: a chosen or dropped file is read at once, a print button, a passphrase that is the same on every device, the cursor on the line that is wrong.
const file = document.querySelector("input[type=file]");
file?.addEventListener("change", () => { if (file.files.length) file.form.requestSubmit(); });

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// An é is one sign on one device, and an e with an accent on another. A passphrase is sent in one form (Unicode NFC), and beside
// it as it was typed: a diary may have been locked with that.
for (const secret of document.querySelectorAll("input[type=password]")) {
  secret.form.addEventListener("formdata", ({ formData }) => {
    const same = secret.value.normalize("NFC");
    formData.set(secret.name, same);
    if (same !== secret.value) formData.set(`${secret.name}-typed`, secret.value);
  });
}

const wrong = document.querySelector("textarea[data-line]");
if (wrong) {
  const lines = wrong.value.split("\n");
  const line = Math.min(Number(wrong.dataset.line), lines.length) - 1;
  const start = lines.slice(0, line).reduce((n, text) => n + text.length + 1, 0);
  wrong.setSelectionRange(start, start + lines[line].length);
  wrong.scrollTop = wrong.scrollHeight * line / lines.length - wrong.clientHeight / 2;
}
